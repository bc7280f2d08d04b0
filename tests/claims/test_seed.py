"""The report that the project was asked for with: its four figures, as they must stand on record."""

from pathlib import Path

import pytest

import onrecord
from onrecord.engine.scoring.sameness import same_name
from onrecord.values import Claim

SEED = Path(__file__).parents[2] / "examples" / "seed.txt"


@pytest.fixture(scope="session")
def figures() -> list[Claim]:
    reading = onrecord.extract(SEED.read_text("utf-8"), published="2025-03-28")
    return [claim for claim in reading.claims if claim.quantity]


CASES = [
    ("around 3,000 more troops", 3000, 3000, True, "South Korea", "deployment", "increment"),
    ("approximately 220 units", 220, 220, True, None, "transfer", "total"),
    ("roughly 11,000 soldiers", 11000, 11000, True, None, "deployment", "total"),
    (
        "around 4,000 North Korean soldiers",
        4000,
        4000,
        True,
        "South Korea Joint Chiefs of Staff",
        "casualties",
        "total",
    ),
]


@pytest.mark.parametrize(("words", "low", "high", "approximate", "source", "type_", "basis"), CASES)
def test_a_figure_of_the_seed_is_on_record(
    figures: list[Claim],
    words: str,
    low: float,
    high: float,
    approximate: bool,
    source: str | None,
    type_: str,
    basis: str,
) -> None:
    (claim,) = [c for c in figures if c.quantity and c.quantity.text.startswith(words)]
    assert claim.quantity is not None
    assert (claim.quantity.low, claim.quantity.high, claim.quantity.approximate) == (low, high, approximate)
    assert claim.type == type_
    assert claim.status == "asserted"
    assert claim.quantity.basis == basis
    assert same_name(source, claim.source.name if claim.source else None)


def test_nothing_else_is_counted(figures: list[Claim]) -> None:
    """Neither the calibres nor the years nor the model numbers."""
    assert len(figures) == len(CASES)
