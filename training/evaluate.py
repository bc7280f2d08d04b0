"""Measure the model that ships, write the figures into its card, and print the tables of RESULTS.md.

python -m training.evaluate [--model src/onrecord/models/data]
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from onrecord.claims.stages import CHOICES
from onrecord.engine.evaluate import gold_documents
from onrecord.engine.scoring import Outcome, Report
from onrecord.models import Model
from onrecord.values import Reading
from training.export import DATA
from training.measure import GOLD, held_out_gold, judged, scored

_BINS = 10
# What each stage that acts on the model's opinions is for, and the scores that it moves.
_MOVES = {
    "trained sources": ("field_source", "attribution"),
    "trained types": ("field_type", "events"),
    "trained status": ("field_status",),
    "trained basis": ("field_basis",),
    "trained parties": ("field_actor", "field_target"),
    "trained places": ("field_place",),
    "trained moments": ("field_time",),
}


def right(outcome: Outcome) -> bool:
    """Whether source, type and status of a claim are all right."""
    return outcome.right["source"] and outcome.right["type"] and outcome.right["status"]


def told(outcomes: Sequence[Outcome]) -> list[tuple[float, bool, bool]]:
    """The confidence of each matched claim, whether all of it is right, and whether its source is."""
    return [(o.confidence, right(o), o.right["source"]) for o in outcomes if o.found and o.confidence is not None]


def reliability(outcomes: Sequence[Outcome]) -> tuple[float, list[str]]:
    """The expected calibration error (Guo et al. 2017) over ten classes of confidence, and the classes as rows."""
    given = told(outcomes)
    error, rows = 0.0, []
    for low in np.linspace(0, 1, _BINS, endpoint=False):
        inside = [g for g in given if low <= g[0] < low + 1 / _BINS or (g[0] == 1 and low + 1 / _BINS >= 1)]
        if inside:
            mean = float(np.mean([g[0] for g in inside]))
            share = float(np.mean([g[1] for g in inside]))
            source = float(np.mean([g[2] for g in inside]))
            error += len(inside) / len(given) * abs(mean - share)
            rows.append(f"| {low:.1f} | {len(inside)} | {mean:.2f} | {share:.2f} | {source:.2f} |")
    return error, rows


def sure(outcomes: Sequence[Outcome], least: float = 0.9) -> tuple[float | None, int]:
    """Of the matched claims with at least that confidence, the share with the right source, and how many they are."""
    given = [g[2] for g in told(outcomes) if g[0] >= least]
    return (sum(given) / len(given) if given else None), len(given)


def ablation(gold: Sequence[dict[str, Any]], readings: Sequence[Reading], keep: float) -> Iterator[str]:
    """For each stage the scores that it moves, with it and with the rules in its place."""
    whole = scored(gold, readings, keep).metrics()
    for stage in CHOICES:
        without = scored(gold, readings, keep, [other for other in CHOICES if other is not stage]).metrics()
        for name in _MOVES[stage.name]:
            yield f"| {stage.name} | {name} | {without[name]:.3f} | {whole[name]:.3f} |"


def figures(report: Report) -> dict[str, float]:
    """The scores of a report, rounded, with its calibration."""
    error, _ = reliability(report.outcomes)
    precision, count = sure(report.outcomes)
    found = {name: round(value, 4) for name, value in report.metrics().items()}
    more = {} if precision is None else {"source precision at confidence 0.9": round(precision, 4)}
    return {**found, "calibration error": round(error, 4), "claims at confidence 0.9": count, **more}


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=DATA)
    folder = parser.parse_args().model
    model = Model(folder)
    held, gold = held_out_gold(), gold_documents(GOLD)
    readings = {
        "held out": (held, judged(held, lambda: model)),
        "development gold": (gold, judged(gold, lambda: model)),
    }
    reports = {name: scored(*pair, model.card.keep, points=model.card.confidence) for name, pair in readings.items()}
    measured = {name: figures(report) for name, report in reports.items()}
    card = msgspec.structs.replace(model.card, metrics=measured)
    (folder / "card.json").write_bytes(msgspec.json.format(msgspec.json.encode(card)) + b"\n")
    print(msgspec.json.format(msgspec.json.encode(measured)).decode())
    print("| Stage | Score | rules | trained |\n|---|---|---|---|")
    print("\n".join(ablation(*readings["held out"], model.card.keep)))
    for name, report in reports.items():
        print(f"\n{name}\n\n| From | Claims | Confidence | All right | Source right |\n|---|---|---|---|---|")
        print("\n".join(reliability(report.outcomes)[1]))


if __name__ == "__main__":
    main()
