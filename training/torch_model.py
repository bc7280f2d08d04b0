"""A network in training, as the reading stages ask it: the same interface as ``onrecord.models.Model``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import torch

from onrecord.claims.trained.windows import Inputs
from onrecord.models.card import Card
from onrecord.models.pieces import Pieces
from training.device import DEVICE, there
from training.encoders import folder
from training.network import Network, whole
from training.settings import Settings

OUTPUTS = ("types", "statuses", "bases", "keep", "links")


class TorchModel:
    """Weights that ``training.fit`` wrote.

    Args:
        weights: the file; its card stands beside it.
    """

    def __init__(self, weights: Path) -> None:
        self.card = msgspec.json.decode(weights.with_suffix(".json").read_bytes(), type=Card)
        settings = msgspec.convert(self.card.settings, Settings)
        torch.set_num_threads(settings.threads)
        self.pieces = Pieces((folder("small") / "tokenizer.json").read_bytes())
        self.digest = "in training"
        self.network = Network(self.card, settings).to(DEVICE)
        self.network.load_state_dict(torch.load(weights, weights_only=True, map_location=DEVICE))
        self.network.eval()

    @torch.no_grad()
    def run(self, inputs: Inputs) -> dict[str, npt.NDArray[Any]]:
        """The scores of one run."""
        scores = self.network(whole(tensors(inputs)))
        return {name: value[0].cpu().numpy() for name, value in scores.items() if name in OUTPUTS}


def tensors(inputs: Inputs) -> dict[str, torch.Tensor]:
    """The inputs of one run, where the network is."""
    return there({name: torch.from_numpy(np.ascontiguousarray(value)) for name, value in inputs.items()})
