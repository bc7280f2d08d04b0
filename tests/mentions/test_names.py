"""Names in text, against cases and against the law that a span slices to its words."""

from __future__ import annotations

import pathlib
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.knowledge import builtin
from onrecord.mentions.names import NAMES
from onrecord.sentences import SENTENCES
from onrecord.values import Document, Reading

CASES = tomllib.loads((pathlib.Path(__file__).parent.parent / "cases" / "names.toml").read_text("utf-8"))["case"]


def read(text: str) -> Reading:
    (reading,) = NAMES.load(builtin())(SENTENCES.load(builtin())([Reading(Document(text))]))
    return reading


def place(text: str, words: str, nth: int) -> int:
    at = -1
    for _ in range(nth):
        at = text.index(words, at + 1)
    return at


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['words']}: {c['text'][:30]}")
def test_case(case: dict[str, str | int]) -> None:
    text, words = str(case["text"]), str(case["words"])
    start = place(text, words, int(case.get("nth", 1)))
    found = {(e.start, e.end): e for e in read(text).mentions.entities}
    entity = found.get((start, start + len(words)))
    assert entity is not None, f"{words!r} is not among {[e.text for e in found.values()]}"
    assert (entity.kind, entity.name) == (case["kind"], case["name"])
    assert "id" not in case or entity.id == case["id"]


@settings(max_examples=40)
@given(
    st.text(max_size=80)
    | st.lists(st.sampled_from(["the", "US", "Gen.", "Ada", "Exampleton", "(", ")", "'s", "al", "-", "Kyiv", ","])).map(
        " ".join
    )
)
def test_spans_slice_to_their_words_and_never_overlap(text: str) -> None:
    end = 0
    for entity in read(text).mentions.entities:
        assert text[entity.start : entity.end] == entity.text
        assert entity.start >= end
        assert entity.name
        end = entity.end


def test_same_length_and_order() -> None:
    readings = SENTENCES.load(builtin())([Reading(Document(t, id=t)) for t in ("Kyiv said so.", "", "Nobody came.")])
    named = NAMES.load(builtin())(readings)
    assert [r.document.id for r in named] == [r.document.id for r in readings]
    assert [len(r.mentions.entities) for r in named] == [1, 0, 0]
