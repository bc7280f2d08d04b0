"""Hedges and signs of basis: each example is read as its entry says."""

from collections.abc import Callable

import pytest

from onrecord.knowledge import builtin
from onrecord.knowledge.basis import Sign
from onrecord.knowledge.hedges import Hedge
from onrecord.values import Claim

KNOWLEDGE = builtin()


@pytest.mark.parametrize("hedge", KNOWLEDGE.hedges.hedge, ids=lambda h: f"{h.kind}-{h.words[0]}")
def test_the_example_has_the_status_of_its_hedge(hedge: Hedge, first: Callable[[str], Claim]) -> None:
    assert first(hedge.example).status == hedge.status, hedge.example


@pytest.mark.parametrize("sign", KNOWLEDGE.signs.sign, ids=lambda s: f"{s.kind}-{s.words[0]}")
def test_the_example_has_the_basis_of_its_sign(sign: Sign, first: Callable[[str], Claim]) -> None:
    claim = first(sign.example)
    assert claim.quantity is not None
    assert claim.quantity.basis == ("total" if sign.weight > 0 else "increment"), sign.example


@pytest.mark.parametrize("rate", KNOWLEDGE.signs.rates)
def test_a_rate_is_neither_increment_nor_total(rate: str, first: Callable[[str], Claim]) -> None:
    text = "Losses rose by 20 per cent." if rate == "per cent" else f"The plant makes 300 shells {rate}."
    claim = first(text)
    assert claim.quantity is not None
    assert claim.quantity.basis == "unknown", text
