"""Quotation marks, paired over sentences and paragraphs."""

from __future__ import annotations

import pathlib
import tomllib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.knowledge import builtin
from onrecord.mentions.quotations import QUOTATIONS, quotations
from onrecord.values import Document, Reading

CASES = tomllib.loads((pathlib.Path(__file__).parent.parent / "cases" / "quotations.toml").read_text("utf-8"))["case"]
MARKS = "\"'“”‘’„«»‹›`「」 \nab.’s1"


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:40])
def test_case(case: dict[str, str]) -> None:
    assert [q.cut(case["text"]) for q in quotations(case["text"])] == case["found"]


@given(st.text() | st.text(MARKS, max_size=60))
def test_any_text_gives_quotations_in_order(text: str) -> None:
    found = quotations(text)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_unpaired_marks_leave_the_rest_readable() -> None:
    text = "'a " * 3000 + '\n\n"b"'
    assert [q.cut(text) for q in quotations(text)][-1] == '"b"'


def test_stage_adds_quotations() -> None:
    readings = [Reading(Document('He said "no".')), Reading(Document("Nothing."))]
    first, second = QUOTATIONS.load(builtin())(readings)
    assert [q.cut(first.document.text) for q in first.mentions.quotations] == ['"no"']
    assert second.mentions.quotations == ()
