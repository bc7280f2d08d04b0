"""Fail when a figure on the development gold falls below its floor.

    python -m eval.gate            measure and compare
    python -m eval.gate --raise    raise every floor to what was measured, less the margin; none is ever lowered

The floors stand in ``floors.json``, by reader, beside the hash of the gold they were measured on: other gold needs
other floors, set by hand and said so in the commit.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

from onrecord.engine.evaluate import evaluate

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "corpus" / "gold" / "dev"
FLOORS = Path(__file__).parent / "floors.json"
# Room for changes that move a figure by a claim or two.
MARGIN = 0.01


def corpus_hash(folder: Path = GOLD) -> str:
    """SHA-256 over the names and bytes of the gold documents."""
    whole = hashlib.sha256()
    for file in sorted(folder.glob("*.json")):
        data = file.read_bytes()
        whole.update(f"{file.name}:{len(data)}:".encode() + data)
    return whole.hexdigest()


def below(measured: dict[str, float], floors: dict[str, float]) -> list[str]:
    """One line for each figure that is absent or below its floor."""
    return [
        f"{name}: {measured.get(name, 0.0):.3f} is below the floor of {floor:.3f}"
        for name, floor in floors.items()
        if measured.get(name, 0.0) < floor
    ]


def raised(measured: dict[str, float], floors: dict[str, float]) -> dict[str, float]:
    """The floors, raised where the measured figure less the margin is higher."""
    names = sorted(measured.keys() | floors.keys())
    return {name: max(floors.get(name, 0.0), round(measured.get(name, 0.0) - MARGIN, 3)) for name in names}


def main(arguments: list[str] | None = None) -> int:
    """Measure, print every figure beside its floor, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raise", dest="lift", action="store_true", help="raise the floors to what was measured")
    lift = parser.parse_args(arguments).lift
    pinned = json.loads(FLOORS.read_text("utf-8"))
    if pinned["corpus"] != corpus_hash():
        print("the development gold has changed; measure again and set new floors with the new hash", file=sys.stderr)
        return 1
    failed = []
    for reader, floors in pinned["floors"].items():
        measured = evaluate(GOLD, reader=reader).metrics()
        for name, figure in measured.items():
            print(f"{reader:8} {name:18} {figure:.3f}  (floor {floors.get(name, 0.0):.3f})")
        if lift:
            floors = pinned["floors"][reader] = raised(measured, floors)
        failed += [f"{reader}: {line}" for line in below(measured, floors)]
    if lift:
        FLOORS.write_text(json.dumps(pinned, indent=1) + "\n", "utf-8")
    for line in failed:
        print(line, file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
