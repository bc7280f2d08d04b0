"""Names in text, against cases and against the law that a span slices to its words."""

from __future__ import annotations

import datetime
import pathlib
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.knowledge import builtin
from onrecord.mentions.names import NAMES
from onrecord.sentences import SENTENCES
from onrecord.values import Document, Entity, Reading

Case = dict[str, str | int | bool]
CASES: list[Case] = tomllib.loads((pathlib.Path(__file__).parent.parent / "cases" / "names.toml").read_text("utf-8"))[
    "case"
]


def read(text: str, published: str | None = None) -> Reading:
    day = datetime.date.fromisoformat(published) if published else None
    (reading,) = NAMES.load(builtin())(SENTENCES.load(builtin())([Reading(Document(text, published=day))]))
    return reading


def place(text: str, words: str, nth: int) -> int:
    at = -1
    for _ in range(nth):
        at = text.index(words, at + 1)
    return at


def linked(case: Case) -> Entity | None:
    """The entity at the words of a case."""
    text, words = str(case["text"]), str(case["words"])
    start = place(text, words, int(case.get("nth", 1)))
    published = str(case["published"]) if "published" in case else None
    found = {(e.start, e.end): e for e in read(text, published).mentions.entities}
    return found.get((start, start + len(words)))


def is_right(case: Case, entity: Entity | None) -> bool:
    if case["kind"] == "none":
        return entity is None or (entity.kind != "country" and entity.id is None)
    return (
        entity is not None
        and (entity.kind, entity.name) == (case["kind"], case["name"])
        and ("id" not in case or (entity.id or "") == case["id"])
        and ("country" not in case or entity.country == case["country"])
    )


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['words']}: {c['text'][:30]}")
def test_case(case: Case) -> None:
    entity = linked(case)
    assert is_right(case, entity) != case.get("missed", False), entity


def test_nearly_all_are_right_and_nothing_is_merged_that_differs() -> None:
    """A wrong merge is a knowledge id for something else; a miss only leaves a name without its id."""
    found = [(case, linked(case)) for case in CASES]
    wrong = [
        (case["text"], entity.name)
        for case, entity in found
        if entity is not None and entity.id is not None and not is_right(case, entity)
    ]
    right = sum(is_right(case, entity) for case, entity in found)
    assert len(CASES) >= 250
    assert right / len(CASES) >= 0.95
    assert wrong == []


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
