"""Make a network fit for eight bits: what runs into its large matrices is scaled so that no channel stands out.

A few channels of an encoder are a hundred times larger than the rest, and one scale for all leaves the rest few steps.
After Xiao et al. 2023, "SmoothQuant: Accurate and Efficient Post-Training Quantization for Large Language Models", each
channel is divided by a number and the matrix's row multiplied by it, which changes nothing but the sizes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor, nn

from training.network import Network, whole

# How much of the difference between channels goes from what runs through to the weights.
MOVED = 0.8


class Smooth(nn.Module):
    """A linear layer that divides what comes in, by channel, before its weights, which are multiplied by the same."""

    def __init__(self, layer: nn.Linear, sizes: Tensor) -> None:
        super().__init__()
        rows = layer.weight.abs().amax(0).clamp(min=1e-5)
        by = (sizes.clamp(min=1e-5) ** MOVED / rows ** (1 - MOVED)).clamp(min=1e-2, max=1e2)
        self.register_buffer("shrink", 1 / by)
        self.layer = nn.Linear(layer.in_features, layer.out_features)
        self.layer.weight = nn.Parameter(layer.weight * by)
        self.layer.bias = layer.bias

    def forward(self, given: Tensor) -> Tensor:
        """As the layer it stands for."""
        return self.layer(given * self.shrink)  # type: ignore[no-any-return]


@torch.no_grad()
def smooth(network: Network, given: Iterable[dict[str, Tensor]]) -> None:
    """Replace the encoder's linear layers, by what runs into them over the inputs given (those of single windows)."""
    layers = {name: layer for name, layer in network.encoder.named_modules() if isinstance(layer, nn.Linear)}
    sizes: dict[str, Tensor] = {}

    def watch(name: str) -> Any:
        def hook(layer: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            most = inputs[0].abs().flatten(0, -2).amax(0)
            sizes[name] = torch.maximum(sizes[name], most) if name in sizes else most

        return hook

    hooks = [layer.register_forward_pre_hook(watch(name)) for name, layer in layers.items()]
    for inputs in given:
        network(whole(inputs))
    for hook in hooks:
        hook.remove()
    for name, layer in layers.items():
        if name in sizes:
            above, _, last = name.rpartition(".")
            setattr(network.encoder.get_submodule(above), last, Smooth(layer, sizes[name]))
