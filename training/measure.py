"""Measure a network in training on reports whose claims are known.

python -m training.measure [--network build/network.pt]
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from onrecord.claims.finish import CLAIMS
from onrecord.claims.stages import CHOICES, DRAFTS
from onrecord.claims.trained import choices, opinions
from onrecord.claims.trained.opinions import Runs
from onrecord.engine.evaluate import document, gold_documents, records
from onrecord.engine.read import Reader
from onrecord.engine.scoring import Report, score
from onrecord.knowledge import Stage, builtin
from onrecord.values import Reading
from training.dataset import CORPUS, ROOT
from training.fit import NETWORK
from training.split import held_out
from training.torch_model import TorchModel

GOLD = ROOT / "corpus" / "gold" / "dev"


def held_out_gold() -> list[dict[str, Any]]:
    """The reports of the training corpus that are not trained on."""
    return [item for item in gold_documents(CORPUS) if held_out(item["id"])]


def judged(gold: Sequence[dict[str, Any]], model: Callable[[], Runs]) -> list[Reading]:
    """Gold documents read up to the model's opinions."""
    reader = Reader("judged", stages=(*DRAFTS, opinions.stage(model)))
    return list(reader.read(document(item) for item in gold))


def scored(
    gold: Sequence[dict[str, Any]],
    readings: Sequence[Reading],
    keep: float,
    acts: Sequence[Stage] = CHOICES,
    points: Sequence[tuple[float, float]] = ((0.0, 0.0), (1.0, 1.0)),
) -> Report:
    """The scores of judged readings when the stages ``acts`` act on the opinions and events above ``keep`` stay.

    Confidence is mapped along ``points``; without them it is the bare product of the shares.
    """
    found = list(readings)
    for stage in (*acts, choices.selection(lambda: keep), choices.confidence(lambda: points), CLAIMS):
        found = stage.load(builtin())(found)
    return score(gold, {reading.document.id: records(reading.claims) for reading in found})


def best_keep(gold: Sequence[dict[str, Any]], readings: Sequence[Reading]) -> float:
    """The share from which on events are worth keeping, by their F1."""
    grid = [step / 50 for step in range(2, 40)]
    return max(grid, key=lambda keep: scored(gold, readings, keep).events.f1)


def main() -> None:
    """Print the scores on the held-out reports and on the development gold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--network", type=Path, default=NETWORK)
    model = TorchModel(parser.parse_args().network)
    held = held_out_gold()
    readings = judged(held, lambda: model)
    keep = best_keep(held, readings)
    _tell("held out", scored(held, readings, keep))
    gold = gold_documents(GOLD)
    _tell("dev gold", scored(gold, judged(gold, lambda: model), keep))


def _tell(name: str, report: Report) -> None:
    print(name, " ".join(f"{key.removeprefix('field_')} {value:.3f}" for key, value in report.metrics().items()))


if __name__ == "__main__":
    main()
