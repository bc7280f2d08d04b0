"""Runs the weights: numbers in, scores out, each run on one thread."""

from __future__ import annotations

import functools
import hashlib
import importlib.resources
from collections.abc import Mapping
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any

import msgspec

from onrecord.models.card import Card
from onrecord.models.pieces import Pieces
from onrecord.values import ModelError

if TYPE_CHECKING:
    import numpy.typing as npt

# One thread a run, so that its scores do not depend on how many processors a machine has; runs may go side by side.
THREADS = 1
FILES = ("card.json", "reader.onnx", "tokenizer.json")


class Model:
    """The trained reader's weights, card and vocabulary, loaded once.

    Args:
        folder: holds ``FILES``.

    Attributes:
        card: what the weights were trained for.
        pieces: the vocabulary.
        digest: twelve hex characters over the card, which holds those of the other files.

    Raises:
        ModelError: if a file is absent or broken.
    """

    def __init__(self, folder: Traversable) -> None:
        data = {name: _bytes(folder, name) for name in FILES}
        self.card = _card(data)
        self.digest = hashlib.sha256(data["card.json"]).hexdigest()[:12]
        self.pieces = Pieces(data["tokenizer.json"])
        self._session = _session(data["reader.onnx"])
        self._outputs = [output.name for output in self._session.get_outputs()]

    def run(self, inputs: Mapping[str, npt.NDArray[Any]]) -> dict[str, npt.NDArray[Any]]:
        """The scores of one run by output.

        ``types`` [C, types], ``statuses``, ``bases``, ``keep`` [C], ``links``
        [C, K + 1, roles], whose last candidate is nobody.

        Args:
            inputs: as ``claims.trained.windows.Window.inputs`` has them.
        """
        found = self._session.run(self._outputs, dict(inputs))
        return dict(zip(self._outputs, found, strict=True))


def _bytes(folder: Traversable, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except FileNotFoundError as error:
        raise ModelError(f"no model file {name}; reinstall onrecord, or read with --reader rules") from error


def _card(data: Mapping[str, bytes]) -> Card:
    """The card, once the files beside it are those that it describes."""
    try:
        card = msgspec.json.decode(data["card.json"], type=Card)
    except (msgspec.DecodeError, ValueError) as error:
        raise ModelError(f"card.json breaks its schema ({error}); reinstall onrecord or train again") from error
    for name, digest in card.files.items():
        if hashlib.sha256(data[name]).hexdigest() != digest:
            raise ModelError(f"{name} is not the file that card.json describes; reinstall onrecord or train again")
    return card


def _session(weights: bytes) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Shapes differ from window to window, so that patterns of memory use would only cost memory.
    options.enable_mem_pattern = False
    return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])


@functools.cache
def builtin() -> Model:
    """The model that ships with onrecord, loaded once a process.

    Raises:
        ModelError: if the installation is incomplete.
    """
    return Model(importlib.resources.files("onrecord.models") / "data")
