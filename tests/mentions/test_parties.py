"""Parties resolved within a document, against cases and laws."""

from __future__ import annotations

import pathlib
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.knowledge import builtin
from onrecord.mentions.names import NAMES
from onrecord.mentions.parties import Parties
from onrecord.sentences import SENTENCES
from onrecord.values import Document, Entity, Reading, Span

FOLDER = pathlib.Path(__file__).parent.parent / "cases"
CASES = tomllib.loads((FOLDER / "parties.toml").read_text("utf-8"))["case"]
PLACES = tomllib.loads((FOLDER / "parties_places.toml").read_text("utf-8"))["case"]
KINDS = {"country", "body", "person", "role", "anonymous", "outlet", "document", "place", "other"}


def parties(text: str) -> Parties:
    readings = NAMES.load(builtin())(SENTENCES.load(builtin())([Reading(Document(text))]))
    return Parties(readings[0], builtin())


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['words']}: {c['text'][:30]}")
def test_case(case: dict[str, str]) -> None:
    text, words = case["text"], case["words"]
    start = text.rindex(words)
    recent = []
    if "recent" in case:
        name, kind = case["recent"].split(":")
        recent = [Entity(0, 1, text[:1], kind, name)]
    party = parties(text).resolve(Span(start, start + len(words)), recent=recent)
    assert (party.kind, party.name) == (case["kind"], case["name"])
    assert (party.start, party.end, party.text) == (start, start + len(words), words)


@pytest.mark.parametrize("case", PLACES, ids=lambda c: c["words"])
def test_place(case: dict[str, str]) -> None:
    name, _ = parties(case["words"]).place(Span(0, len(case["words"])))
    assert name == case["name"]


@settings(max_examples=40)
@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["he", "the", "UN", "officials", "of", "and", "its", ",", "Kyiv", "'s", "Ada"])).map(
        " ".join
    ),
    st.data(),
)
def test_any_span_of_any_text_resolves_to_its_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    party = parties(text).resolve(Span(start, end))
    assert party.text == text[start:end]
    assert party.kind in KINDS
    parties(text).place(Span(start, end))
