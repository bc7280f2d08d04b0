"""The mean of the weights of several runs from the same beginning.

python -m training.blend build/a.pt build/b.pt [--to build/network.pt]

After Wortsman et al. 2022, "Model soups". Runs of one seed begin with the same weights above the encoder, so that the
mean of what they come to is a network too. The card is the first run's; calibrate the mean anew.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch
from torch import Tensor

from training.fit import NETWORK


def mean(states: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of each weight; what is no fraction is the first's."""
    first = states[0]
    return {
        name: torch.stack([state[name] for state in states]).mean(0) if value.is_floating_point() else value
        for name, value in first.items()
    }


def main() -> None:
    """Write the mean of the networks given, and the first's card beside it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("networks", type=Path, nargs="+")
    parser.add_argument("--to", type=Path, default=NETWORK)
    given = parser.parse_args()
    torch.save(mean([torch.load(path, weights_only=True) for path in given.networks]), given.to)
    shutil.copy(given.networks[0].with_suffix(".json"), given.to.with_suffix(".json"))


if __name__ == "__main__":
    main()
