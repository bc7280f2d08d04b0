"""Citations: the exact words, escaped where a format needs it, and what proves them."""

import datetime
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ledger import CaptureNote, Entry, Heading
from onrecord.values import Claim, Party, Quote
from onrecord.views.citation import FORMATS, as_bibtex, as_csl, as_text

NOW = datetime.datetime(2025, 3, 28, 9, tzinfo=datetime.UTC)
CAPTURE = CaptureNote("c1", "ab" * 32, 900, "https://a.example/1", "https://a.example/1", "text", NOW, (), NOW)


def entry(words: str = "Five people died", title: str | None = "Flood", publisher: str | None = "Radio Okapi") -> Entry:
    claim = Claim(
        id="0123456789abcdef01234567", evidence=Quote(3, 3 + len(words), words), source=Party(0, 6, "police", "police"),
        via=(), cue=None, quoted=None, status="asserted", type="killed", actor=None, target=None, object=None,
        place=None, quantity=None, time=None, confidence=0.5, reader="rules/1",
    )  # fmt: skip
    day = datetime.date(2025, 3, 27)
    heading = Heading("d1", None, "https://a.example/1", title, publisher, day, "https://a.example/1", day, NOW)
    return Entry(1, claim, heading, NOW, True, False)


def test_a_footnote() -> None:
    assert as_text(entry(), [CAPTURE]) == (
        "police (asserted): “Five people died” “Flood”, Radio Okapi, 27 Mar 2025, https://a.example/1. Claim "
        f"0123456789abcdef01234567, characters 3–19 of document d1, captured 28 Mar 2025, SHA-256 {'ab' * 32}."
    )


def test_csl_json_has_the_fields_that_reference_managers_read() -> None:
    (item,) = json.loads(as_csl(entry(), [CAPTURE]))
    assert item["type"] == "article-newspaper"
    assert item["issued"] == {"date-parts": [[2025, 3, 27]]}
    assert item["accessed"] == {"date-parts": [[2025, 3, 28]]}
    assert item["custom"]["quote"] == "Five people died"
    assert item["custom"]["sha256"] == ["ab" * 32]


def test_a_report_that_states_nothing_and_came_as_a_file() -> None:
    bare = entry(title=None, publisher=None)
    for told in FORMATS.values():
        assert "None" not in told(bare, [])


@pytest.mark.parametrize("sign", list("\\{}$&#%_~^"))
def test_signs_of_tex_are_escaped(sign: str) -> None:
    bibtex = as_bibtex(entry(f"50{sign} of it", title=f"A{sign}b"), [CAPTURE])
    assert f"A{sign}b" not in bibtex
    assert f"50{sign} of" not in bibtex


@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=30), st.text(min_size=1, max_size=30))
def test_braces_balance_whatever_the_words(words: str, title: str, publisher: str) -> None:
    bibtex = as_bibtex(entry(words, title, publisher), [CAPTURE])
    depth = 0
    for sign in re.sub(r"\\[{}]", "", bibtex):
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
    assert depth == 0
    (item,) = json.loads(as_csl(entry(words, title, publisher), [CAPTURE]))
    assert item["custom"]["quote"] == words
