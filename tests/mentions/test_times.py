"""The grammar of time on cases from tests/cases/times.toml and on arbitrary text."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.knowledge import builtin
from onrecord.knowledge.times import times
from onrecord.mentions.times import TIMES
from onrecord.sentences import SENTENCES
from onrecord.values import Document, Reading, Sentence, Time, Token

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "times.toml").read_text("utf-8"))["case"]
EXAMPLES = [entry.example for table in times(builtin()).__struct_fields__ for entry in getattr(times(builtin()), table)]
PUBLISHED = datetime.date(2025, 3, 27)
READ = TIMES.load(builtin())


def parsed(text: str, published: datetime.date | None = PUBLISHED) -> Reading:
    return SENTENCES.load(builtin())([Reading(Document(text, published=published))])[0]


def found(text: str, published: datetime.date | None = PUBLISHED) -> tuple[Time, ...]:
    return READ([parsed(text, published)])[0].mentions.times


def one_token_each(text: str) -> tuple[Sentence, ...]:
    """A sentence without a parser: any words, tags that no parser promised."""
    tokens, start = [], 0
    for word in text.split(" "):
        if word:
            tokens.append(Token(start, start + len(word), word, word.lower(), word.lower(), "X", "", "", 0))
        start += len(word) + 1
    return (Sentence(tokens[0].start, tokens[-1].end, tuple(tokens)),) if tokens else ()


def as_record(time: Time) -> dict[str, str]:
    first, last = (day.isoformat() if day else "" for day in (time.first, time.last))
    return {"text": time.text, "timex": time.timex, "kind": time.kind, "first": first, "last": last}


@pytest.mark.parametrize("case", CASES, ids=[f"{c['published'] or 'undated'} {c['text']}" for c in CASES])
def test_case(case: dict) -> None:
    published = datetime.date.fromisoformat(case["published"]) if case["published"] else None
    assert [as_record(time) for time in found(case["text"], published)] == case["times"]


@pytest.mark.parametrize("example", EXAMPLES)
def test_knowledge_example(example: str) -> None:
    before, rest = example.split("[", 1)
    inside, after = rest.split("]", 1)
    assert inside in [time.text for time in found(before + inside + after)]


WORDS = st.sampled_from(
    [
        "the", "a", "in", "on", "by", "since", "from", "to", "until", "between", "and", "of", "-", "–", ",",
        ".", "'", "s", "last", "next", "this", "past", "same", "early", "late", "mid", "end", "first", "second",
        "two", "3", "5", "31", "99999", "2024", "1950", "53", "March", "May", "Jan", "Monday", "Mon", "week",
        "weeks", "day", "days", "year", "years", "month", "ago", "later", "earlier", "before", "night",
        "morning", "10", "p.m.", "10pm", "06:00", "24:59", "25:61", "GMT", "quarter", "half", "spring", "fall",
        "every", "daily", "now", "then", "Easter", "New", "Year", "31/02/2025", "2025-13-40", "9999", "0000",
        "0001", "1990s", "20th", "century", "hours", "decade", "centuries", "overnight",
    ]
)  # fmt: skip
DATES = st.one_of(st.none(), st.dates(), st.sampled_from([datetime.date.min, datetime.date.max]))


def check(text: str, published: datetime.date | None, sentences: tuple[Sentence, ...]) -> None:
    times_ = READ([Reading(Document(text, published=published), sentences=sentences)])[0].mentions.times
    last = 0
    for time in times_:
        assert text[time.start : time.end] == time.text
        assert time.text.strip() == time.text != ""
        assert time.start >= last
        last = time.end
        if time.first and time.last:
            assert time.first <= time.last


@given(st.lists(WORDS, min_size=1, max_size=25), DATES)
@settings(max_examples=400)
def test_never_raises_on_words_of_time(words: list[str], published: datetime.date | None) -> None:
    text = " ".join(words)
    check(text, published, one_token_each(text))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80), DATES)
@settings(max_examples=200)
def test_never_raises_on_any_text(text: str, published: datetime.date | None) -> None:
    check(text, published, one_token_each(text.replace("\n", " ")))


@given(st.lists(WORDS, min_size=1, max_size=15), DATES)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_never_raises_on_parsed_text(words: list[str], published: datetime.date | None) -> None:
    reading = parsed(" ".join(words), published)
    check(reading.document.text, published, reading.sentences)


def test_linear_in_the_length_of_a_sentence() -> None:
    text = "the end of " * 3000 + "March " + "2024 - " * 3000 + "two or three " * 3000
    check(text, PUBLISHED, one_token_each(text))
