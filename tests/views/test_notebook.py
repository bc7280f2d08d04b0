from __future__ import annotations

import msgspec
import pytest

from onrecord.values import Fault
from onrecord.views.notebook import SHOWN, claim_html, reading_html
from views.gold_readings import gold_readings
from views.samples import cases, hostile_reading


def test_a_reading_shows_its_claims_and_faults():
    reading = msgspec.structs.replace(gold_readings(count=2)[1], faults=(Fault("times", "odd"),))
    html = reading_html(reading)
    assert html.count("<tr") == len(reading.claims) + 1
    assert "17 claims" in html
    assert "<b>Fault</b>" in html
    assert "≈ 11,000" in html


def test_a_long_reading_says_how_much_it_leaves_out():
    (reading,) = gold_readings(count=1)
    html = reading_html(msgspec.structs.replace(reading, claims=reading.claims[:1] * (SHOWN + 5)))
    assert "and 5 more" in html


@pytest.mark.parametrize("case", cases("views_hostile.toml"), ids=lambda case: case["name"])
def test_hostile_text_is_only_text(case):
    reading = hostile_reading(case["text"])
    for html in (reading_html(reading), claim_html(reading.claims[0])):
        assert not any(sign in html for sign in ("<script", "<img", "</style", "\u202e", "\x1b"))
        assert "onmouseover='" not in html
