"""What makes claims comparable, and what became of what is counted: every entry's example."""

import re
from collections.abc import Callable

import pytest

from onrecord.knowledge import builtin
from onrecord.knowledge.comparing import Cause, Comparing, Counted, Deed, Signal, comparables
from onrecord.knowledge.fates import Fate, Fates
from onrecord.values import Claim, Reading

KNOWLEDGE = builtin()
TABLE = KNOWLEDGE.table("comparing.toml", Comparing)
READY = comparables(KNOWLEDGE)
SIGNALS = {
    "additions": TABLE.addition,
    "aheads": TABLE.ahead,
    "troops": TABLE.troops,
    "parts": TABLE.part,
    "periods": TABLE.period,
    "revisions": TABLE.revision,
    "recalls": TABLE.recall,
    "officials": TABLE.official,
    "offices": TABLE.office,
    "generals": TABLE.general,
}


@pytest.mark.parametrize("counted", TABLE.counted, ids=lambda c: c.name)
def test_the_example_counts_a_unit_of_its_class(counted: Counted, first: Callable[[str], Claim]) -> None:
    claim = first(counted.example)
    assert claim.quantity is not None
    unit = claim.quantity.unit or (claim.object.name if claim.object else "")
    assert READY.classes[unit.lower()] == counted.name, (counted.example, unit)


@pytest.mark.parametrize("cause", TABLE.cause, ids=lambda c: c.name)
def test_the_example_tells_its_cause_and_no_other(cause: Cause) -> None:
    assert set(READY.causes_in(cause.example)) == {cause.name}


@pytest.mark.parametrize("deed", TABLE.deed, ids=lambda d: d.type)
def test_the_example_names_the_act(deed: Deed) -> None:
    assert READY.deeds[deed.type].search(deed.example)


@pytest.mark.parametrize(
    ("name", "signal"), [(name, one) for name, signals in SIGNALS.items() for one in signals], ids=str
)
def test_the_example_holds_the_signal(name: str, signal: Signal) -> None:
    pattern: re.Pattern[str] = getattr(READY, name)
    assert pattern.search(signal.example)


def test_more_than_is_no_addition() -> None:
    assert READY.additions.search("3,000 more soldiers")
    assert not READY.additions.search("more than 3,000 soldiers")
    assert not READY.additions.search("New Zealand sent 300 soldiers")


def test_may_have_is_no_guess_about_what_may_come() -> None:
    assert READY.aheads.search("it may send 3,000 soldiers")
    assert not READY.aheads.search("it may have sent 3,000 soldiers")
    assert not READY.aheads.search("it might already have sent them")


@pytest.mark.parametrize("fate", KNOWLEDGE.table("fates.toml", Fates).fate, ids=lambda f: f.type)
def test_the_example_has_the_type_of_its_fate(fate: Fate, first: Callable[[str], Claim]) -> None:
    assert first(fate.example).type == fate.type


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("The ministry said 4,715 people had been injured and 341 were missing.", ["wounded", "missing"]),
        ("Doctors counted 107 dead and 1,342 hurt.", ["killed", "wounded"]),
        (KNOWLEDGE.table("fates.toml", Fates).example, ["killed"]),
        ("Officials said around 4,000 have been killed or injured.", ["casualties"]),
    ],
)
def test_words_right_behind_a_figure_tell_its_type(text: str, types: list[str], read: Callable[[str], Reading]) -> None:
    assert [claim.type for claim in read(text).claims if claim.quantity] == types
