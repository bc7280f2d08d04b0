from __future__ import annotations

import pytest

from onrecord.values import Figure, Moment, Party, Thing
from onrecord.views.words import OWN_VOICE, carriers, measured, parties, period, speaker, thing
from views.samples import cases, claim_at


@pytest.mark.parametrize("case", cases("views_amounts.toml"), ids=lambda case: case["shown"][0])
def test_bounds_are_put_into_words_as_stated(case):
    figure = Figure(
        0, 1, "x", case.get("low"), case.get("high"), case.get("approximate", False), case.get("unit"), "unknown"
    )
    assert list(measured(figure)) == case["shown"]


@pytest.mark.parametrize("case", cases("views_periods.toml"), ids=lambda case: case["shown"])
def test_periods_are_put_into_words(case):
    words = "in recent weeks"
    assert period(Moment(0, len(words), words, case.get("first"), case.get("last"))) == case["shown"]


def test_the_chain_begins_next_to_the_source_and_an_empty_span_still_has_a_name():
    named = [Party(0, 0, "", name) for name in ("Outermost", "Middle", "Source")]
    claim = claim_at("text", 0, 4, via=tuple(named[:2]), source=named[2], actor=named[0], target=named[1])
    assert speaker(claim) == "Source"
    assert carriers(claim) == ["Middle", "Outermost"]
    assert parties(claim) == "Outermost → Middle"
    assert speaker(claim_at("text", 0, 4)) == OWN_VOICE
    assert parties(claim_at("text", 0, 4, target=named[0])) == "→ Outermost"


@pytest.mark.parametrize(
    ("unit", "name", "shown"),
    [
        ("soldier", "soldier", "soldier"),
        ("piece", "howitzer", "piece, howitzer"),
        ("missile", "ballistic missile", "ballistic missile"),
        (None, "troop", "troop"),
        ("troop", None, "troop"),
        (None, None, ""),
    ],
)
def test_the_thing_is_said_once(unit, name, shown):
    figure = Figure(0, 1, "t", 1, 1, False, unit, "unknown")
    assert thing(claim_at("text", 0, 4, quantity=figure, object=Thing(0, 1, "t", name) if name else None)) == shown
