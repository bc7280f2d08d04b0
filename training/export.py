"""Write a network as the files that the package ships: int8 weights, card, vocabulary.

python -m training.export [--network build/network.pt] [--to src/onrecord/models/data]
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from onrecord.claims.trained.windows import Desk
from onrecord.knowledge import builtin
from onrecord.models.card import Card
from training.dataset import BUILT, ROOT, Dataset
from training.encoders import folder
from training.fit import NETWORK
from training.network import Network, whole
from training.smooth import smooth
from training.torch_model import OUTPUTS, TorchModel, tensors

DATA = ROOT / "src" / "onrecord" / "models" / "data"
OPSET = 17
# By so many reports the encoder is smoothed.
_TYPICAL = 60
# The inputs of one run (claims/trained/windows.py) and the axes along which they grow.
_INPUTS: dict[str, dict[int, str]] = {
    "pieces": {0: "T"},
    "tokens": {0: "T"},
    "subjects": {0: "C"},
    "subject_features": {0: "C"},
    "relations": {0: "C", 1: "T"},
    "candidates": {0: "K"},
    "candidate_features": {0: "K"},
    "pairs": {0: "C", 1: "K"},
    "fits": {0: "K"},
}


class _Single(nn.Module):
    """The network over one run, without the axis of batches."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        scores = self.network(whole(dict(zip(_INPUTS, inputs, strict=True))))
        return tuple(scores[name][0] for name in OUTPUTS)


def example(card: Card) -> tuple[Tensor, ...]:
    """Inputs of an arbitrary run."""
    pieces, drafts, near = 24, 3, 5
    shapes = {
        "tokens": (pieces, len(card.tokens.names)),
        "subject_features": (drafts, len(card.subjects.names)),
        "candidate_features": (near, len(card.candidates.names)),
        "pairs": (drafts, near, len(card.pairs.names)),
    }
    found = {
        "pieces": torch.randint(1000, 2000, (pieces,)),
        "subjects": torch.tensor([[2, 3, 3, 4, 1, 9]] * drafts),
        "relations": torch.ones(drafts, pieces, dtype=torch.long),
        "candidates": torch.tensor([[2, 4, 3, 4]] * near),
        "fits": torch.ones(near, len(card.labels.roles), dtype=torch.bool),
        **{name: torch.zeros(shape, dtype=torch.long) for name, shape in shapes.items()},
    }
    return tuple(found[name] for name in _INPUTS)


def typical(model: TorchModel, dataset: Dataset) -> Iterator[dict[str, Tensor]]:
    """The inputs of some of the reports trained on."""
    desk = Desk(model.card, model.pieces, builtin().lexicon)
    for report in dataset.train[:_TYPICAL]:
        for window in desk.windows(report.reading):
            yield tensors(window.inputs)


def export(model: TorchModel, given: Iterable[dict[str, Tensor]], to: Path) -> None:
    """Write ``reader.onnx`` in int8, ``card.json`` and ``tokenizer.json`` to a folder.

    Args:
        model: the network; its encoder is smoothed.
        given: typical inputs, by which it is.
        to: the folder.
    """
    smooth(model.network, given)
    to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        torch.onnx.export(
            _Single(model.network).cpu().eval(),
            example(model.card),
            str(full),
            input_names=list(_INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes=_INPUTS,
            opset_version=OPSET,
            dynamo=False,
        )
        quantize_dynamic(full, to / "reader.onnx", weight_type=QuantType.QInt8, per_channel=True)
    shutil.copyfile(folder("small") / "tokenizer.json", to / "tokenizer.json")
    files = {name: hashlib.sha256((to / name).read_bytes()).hexdigest() for name in ("reader.onnx", "tokenizer.json")}
    card = msgspec.structs.replace(model.card, version=files["reader.onnx"][:12], files=files)
    (to / "card.json").write_bytes(msgspec.json.format(msgspec.json.encode(card)) + b"\n")


def main() -> None:
    """Export a network."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--network", type=Path, default=NETWORK)
    parser.add_argument("--dataset", type=Path, default=BUILT)
    parser.add_argument("--to", type=Path, default=DATA)
    given = parser.parse_args()
    model = TorchModel(given.network)
    dataset = msgspec.msgpack.decode(given.dataset.read_bytes(), type=Dataset)
    export(model, typical(model, dataset), given.to)
    size = (given.to / "reader.onnx").stat().st_size
    print(f"{given.to}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
