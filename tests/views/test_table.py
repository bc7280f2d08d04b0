from __future__ import annotations

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from onrecord.values import Document, Fault, Reading
from onrecord.views.table import print_reading
from views.gold_readings import gold_readings
from views.samples import cases, hostile_reading

STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def printed(reading: Reading, width: int) -> str:
    out = io.StringIO()
    print_reading(reading, file=out, width=width)
    return out.getvalue()


@pytest.mark.parametrize("width", [40, 80, 119, 120, 200])
def test_no_line_is_wider_than_the_terminal(width):
    for reading in gold_readings(count=4):
        assert max(cell_len(line) for line in printed(reading, width).splitlines()) <= width


def test_a_wide_terminal_has_a_column_for_each_field():
    (reading,) = gold_readings(count=1)
    head = next(line for line in printed(reading, 200).splitlines() if "evidence" in line)
    assert head.split() == ["source", "status", "type", "figure", "what,", "who", "time", "evidence"]


def test_the_title_the_outlet_the_date_and_the_chain_are_shown():
    reading = next(r for r in gold_readings() if any(claim.via for claim in r.claims))
    text = printed(reading, 200)
    assert text.startswith(reading.document.title or "")
    assert f"{reading.document.publisher} · " in text
    assert "via " in text


@pytest.mark.parametrize("width", [80, 200])
@pytest.mark.parametrize("case", cases("views_hostile.toml"), ids=lambda case: case["name"])
def test_nothing_hostile_reaches_the_terminal(case, width):
    text = printed(hostile_reading(case["text"]), width)
    assert not STEERING.search(text)
    assert "[bold red]" in text or case["name"] != "rich markup"


@given(st.text(min_size=6, max_size=60), st.integers(20, 240))
@settings(max_examples=40)
def test_any_text_can_be_printed(text, width):
    assert not STEERING.search(printed(hostile_reading(text.encode("utf-8", "ignore").decode() + "padded"), width))


def test_long_evidence_is_cut_in_the_middle():
    text = printed(hostile_reading("Start " + "word " * 5000 + "finish"), 80)
    assert "…" in text
    assert "Start" in text
    assert "finish" in text
    assert len(text) < 12_000


def test_a_document_without_claims_shows_its_faults():
    text = printed(Reading(Document("x", id="empty"), faults=(Fault("times", "odd value"),)), 80)
    assert text.split() == ["empty", "0", "claims", "fault", "times:", "odd", "value"]


def test_a_terminal_that_is_not_utf8_gets_question_marks():
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, "ascii", write_through=True)
    print_reading(hostile_reading("Ünïcode → twelve 军方"), file=out)
    assert b"?" in raw.getvalue()
