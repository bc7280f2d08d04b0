"""What the objects and places of claims are linked to, and why."""

from __future__ import annotations

import pytest

from onrecord import extract
from onrecord.values import Claim

LAUNCHER = "240-mm-multiple-rocket-launcher"


def claim(text: str) -> Claim:
    (found, *_) = [c for c in extract(text, reader="rules").claims if c.quantity]
    return found


@pytest.mark.parametrize(
    ("text", "id_", "reason"),
    [
        ("The army said 12 T-72 tanks were destroyed.", "item:t-72", "name"),
        ("The army said twelve 240-mm rocket launchers were sent.", f"item:{LAUNCHER}", "alias of"),
        ("The army said 220 units of the 240-millimeter MLRS were sent.", f"item:{LAUNCHER}", "unit"),
        ("The army said 12 cargo drones were shot down.", "item:drone", "a kind of drone"),
        ("The army said two Su-25 jets were shot down.", "item:su-25", "name"),
        ("The army said 12 soldiers were killed.", None, None),
        ("The army said 12 planes resembling the Boeing E-7 Wedgetail were destroyed.", "item:aircraft", "alias of"),
    ],
)  # fmt: skip
def test_an_object_has_the_id_of_its_item(text: str, id_: str | None, reason: str | None) -> None:
    thing = claim(text).object
    assert thing is not None
    assert thing.id == id_
    assert reason is None or reason in (thing.reason or "")


def test_a_place_has_its_point() -> None:
    place = claim("Ukraine's army said 12 people were killed in Kharkiv on Monday.").place
    assert place is not None
    assert place.id == "place:706483"
    assert (place.lat, place.lon) == (pytest.approx(49.98, abs=0.05), pytest.approx(36.25, abs=0.05))


def test_a_place_that_the_gazetteer_lacks_has_its_own_point() -> None:
    place = claim("The agency said 12 ships were hit in the Red Sea on Monday.").place
    assert place is not None
    assert (place.id, place.lat) == ("place:red-sea", 20.28)


def test_a_country_is_no_point() -> None:
    place = claim("The agency said 12 people were killed in Fiji on Monday.").place
    assert place is not None
    assert (place.id, place.lat, place.lon) == ("country:FJ", None, None)


def test_the_country_of_a_body_has_its_id() -> None:
    text = "Rwanda's army said it had shot down two drones of Uganda's army on Monday."
    named = [p for c in extract(text).claims for p in (c.actor, c.target) if p is not None]
    assert named
    assert all(party.id is not None for party in named), named
