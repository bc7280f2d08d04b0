"""Make a network's shares mean what they say, on the held-out reports; write them into its card.

python -m training.calibrate [--network build/network.pt]

Each question gets a number by which it leans on the rules' answer (claims/trained/leaning.py) and a temperature (Guo et
al. 2017, "On Calibration of Modern Neural Networks"); events get the share from which on they are kept; and the product
of a claim's shares is mapped to how often such claims are right by isotonic regression (Zadrozny and Elkan 2002).
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from onrecord.claims.trained.leaning import answers
from onrecord.claims.trained.windows import Desk
from onrecord.engine.scoring import Outcome
from onrecord.knowledge import builtin
from onrecord.models.card import Card
from onrecord.values import Draft
from training.batches import UNKNOWN, Item, collate, items, placed
from training.dataset import BUILT, Dataset, Example
from training.device import DEVICE
from training.fit import NETWORK, save
from training.measure import best_keep, held_out_gold, judged, scored
from training.torch_model import TorchModel

Numbers = npt.NDArray[np.float64]
_HEAT = [float(heat) for heat in np.geomspace(0.5, 4.0, 40)]
_LEAN = [step / 4 for step in range(13)]
_ROUNDS = 3
# Steps of the map of confidence hold so many claims at least.
_STEP = 40


class Asked(msgspec.Struct, frozen=True):
    """One question over the drafts of one window that have an answer: N drafts, L labels or candidates.

    Attributes:
        scores: [N, L]. right: [N, L], which are right.
        rules: by what the rules' answers are leaned on, which those are [N, L].
    """

    scores: Tensor
    right: Tensor
    rules: dict[str, Tensor]


class Fitted(msgspec.Struct, frozen=True):
    """What makes the held-out answers to one question likeliest: how far to lean on the rules, and a temperature."""

    lean: dict[str, float]
    heat: float


def fitted(model: TorchModel, examples: Sequence[Example]) -> dict[str, Fitted]:
    """By question how far to lean on the rules, and the temperature."""
    desk = Desk(model.card, model.pieces, builtin().lexicon)
    windows = [(example, item) for example in examples for item in items(desk, example)]
    found = [_asked(model, [example.reading.drafts[i] for i in item.window.drafts], item) for example, item in windows]
    return {name: _likeliest([parts[name] for parts in found]) for name in found[0]}


@torch.no_grad()
def _asked(model: TorchModel, drafts: Sequence[Draft], item: Item) -> dict[str, Asked]:
    """The questions of one window."""
    labels = model.card.labels
    batch = placed(collate([item], labels))
    scores = model.network(batch.inputs)
    rules = answers(drafts, item.window.candidates, labels)
    found = {}
    for name, wanted in batch.labels.items():
        known = wanted[0] != UNKNOWN
        right = torch.nn.functional.one_hot(wanted[0][known], scores[name].shape[-1]).bool()
        found[name] = Asked(scores[name][0][known], right, _masks(rules[name], known))
    for column, role in enumerate(labels.roles):
        asked = batch.asked[0, :, column]
        links = scores["links"][0, :, :, column]
        found[role] = Asked(links[asked], batch.right[0, :, :, column][asked], _masks(rules[role], asked))
    kept = batch.keep[0]
    both = torch.stack([torch.zeros_like(scores["keep"][0]), scores["keep"][0]], -1)
    found["keep"] = Asked(both, torch.stack([kept == 0, kept == 1], -1), {})
    return found


def _masks(rules: Mapping[str, npt.NDArray[np.bool_]], asked: Tensor) -> dict[str, Tensor]:
    return {name: torch.from_numpy(mask).to(DEVICE)[asked] for name, mask in rules.items()}


def _likeliest(parts: Sequence[Asked]) -> Fitted:
    """Coordinate descent over a grid: the leanings and the temperature have one valley."""
    names = list(parts[0].rules)
    lean, heat = dict.fromkeys(names, 0.0), 1.0
    for _ in range(_ROUNDS):
        for name in names:
            lean[name] = min(_LEAN, key=lambda value: _loss(parts, {**lean, name: value}, heat))
        heat = min(_HEAT, key=lambda value: _loss(parts, lean, value))
    return Fitted({name: round(value, 2) for name, value in lean.items()}, round(heat, 3))


def _loss(parts: Sequence[Asked], lean: dict[str, float], heat: float) -> float:
    """What the right answers lack in likelihood, over all drafts."""
    total = 0.0
    for part in parts:
        scores = part.scores + sum((lean[name] * mask for name, mask in part.rules.items()), torch.zeros(()))
        shares = (scores / heat).log_softmax(-1).masked_fill(~part.right, -1e4).logsumexp(-1)
        total -= float(shares.clamp(min=-20).sum())
    return total


def matched(outcomes: Sequence[Outcome]) -> tuple[Numbers, Numbers]:
    """The product of the shares of each claim matched with gold, and whether source, type and status were right."""
    pairs = [
        (o.confidence, float(o.right["source"] and o.right["type"] and o.right["status"]))
        for o in outcomes
        if o.found and o.confidence is not None
    ]
    given = np.array(sorted(pairs))
    return given[:, 0], given[:, 1]


def isotonic(shares: Numbers, right: Numbers) -> tuple[tuple[float, float], ...]:
    """A rising map from raw shares to how often they are right, as points between which it runs straight.

    Pool-adjacent-violators over blocks of at least ``_STEP`` claims.
    """
    edges = np.array_split(np.arange(len(shares)), max(1, len(shares) // _STEP))
    blocks = [[float(shares[e].mean()), float(right[e].mean()), float(len(e))] for e in edges]
    pooled: list[list[float]] = []
    for block in blocks:
        pooled.append(block)
        while len(pooled) > 1 and pooled[-2][1] >= pooled[-1][1]:
            high, low = pooled.pop(), pooled.pop()
            size = low[2] + high[2]
            pooled.append([(a * low[2] + b * high[2]) / size for a, b in zip(low[:2], high[:2], strict=True)] + [size])
    points = [(round(x, 4), round(y, 4)) for x, y, _ in pooled]
    return ((0.0, 0.0), *points, (1.0, points[-1][1]))


def calibrated(card: Card, model: TorchModel, dataset: Dataset) -> Card:
    """The card with temperatures, the bound for events and the map of confidence."""
    found = fitted(model, dataset.held_out)
    lean = {name: value for one in found.values() for name, value in one.lean.items()}
    model.card = msgspec.structs.replace(card, lean=lean, temperatures={n: one.heat for n, one in found.items()})
    gold = held_out_gold()
    readings = judged(gold, lambda: model)
    keep = best_keep(gold, readings)
    report = scored(gold, readings, keep)
    shares, right = matched(report.outcomes)
    return msgspec.structs.replace(model.card, keep=keep, confidence=isotonic(shares, right))


def main() -> None:
    """Calibrate a network."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--network", type=Path, default=NETWORK)
    parser.add_argument("--dataset", type=Path, default=BUILT)
    given = parser.parse_args()
    model = TorchModel(given.network)
    dataset = msgspec.msgpack.decode(given.dataset.read_bytes(), type=Dataset)
    card = calibrated(model.card, model, dataset)
    weights: dict[str, Any] = model.network.state_dict()
    save(weights, card, given.network)
    print(f"lean {card.lean}; temperatures {card.temperatures}; events from {card.keep}; confidence {card.confidence}")


if __name__ == "__main__":
    main()
