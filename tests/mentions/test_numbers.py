"""Digits and atoms."""

import itertools
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.knowledge import builtin
from onrecord.knowledge.quantities import QuantityKnowledge
from onrecord.mentions.numbers import atoms, decimal
from onrecord.values import Sentence, Token

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "numbers.toml").read_text("utf-8"))
PREFIXES = QuantityKnowledge(builtin()).prefixes


def whole(text: str) -> Sentence:
    """A sentence of one token."""
    return Sentence(0, len(text), (Token(0, len(text), text, text.lower(), text, "X", "FW", "ROOT", 0),))


@pytest.mark.parametrize("case", CASES["digits"], ids=lambda c: c["text"])
def test_digits_have_their_value(case: dict[str, str]) -> None:
    assert decimal(case["text"]) == (Decimal(case["value"]) if "value" in case else None)


@pytest.mark.parametrize("case", CASES["atoms"], ids=lambda c: c["text"])
def test_a_sentence_is_cut_into_atoms(case: dict[str, object]) -> None:
    text = str(case["text"])
    assert [[text[a.start : a.end], a.kind] for a in atoms(text, whole(text), PREFIXES)] == case["atoms"]


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_atoms_come_in_order_and_cover_every_sign(text: str) -> None:
    found = atoms(text, whole(text), PREFIXES)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    covered = {i for a in found for i in range(a.start, a.end)}
    assert all(i in covered for i, sign in enumerate(text) if not sign.isspace())


@given(st.decimals(0, 10**12, places=2).map(lambda d: d.normalize()), st.booleans())
def test_written_numbers_are_read_back(value: Decimal, grouped: bool) -> None:
    written = f"{value:,f}" if grouped else f"{value:f}"
    assert decimal(written) == value
