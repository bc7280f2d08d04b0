"""Event frames and noun classes: each example is read as its entry says."""

from collections import Counter
from collections.abc import Callable

import pytest

from onrecord.knowledge import Knowledge, builtin
from onrecord.knowledge.frames import Frame, NounClass
from onrecord.values import Claim

LEXICON = builtin().lexicon


def name(entry: Frame | NounClass) -> str:
    return f"{entry.type}-{entry.part}-{entry.words[0]}" if isinstance(entry, Frame) else entry.name


@pytest.mark.parametrize("frame", LEXICON.frames, ids=name)
def test_the_example_has_the_type_of_its_frame(frame: Frame, first: Callable[[str], Claim]) -> None:
    assert first(frame.example).type == frame.type, frame.example


@pytest.mark.parametrize("entry", LEXICON.classes, ids=name)
def test_the_example_of_a_noun_class_counts_such_a_noun(entry: NounClass, first: Callable[[str], Claim]) -> None:
    claim = first(entry.example)
    assert claim.quantity is not None
    found = LEXICON.class_of(claim.quantity.unit)
    assert found is not None, claim.quantity
    if entry.default is not None:
        assert claim.type == entry.default, entry.example


def test_a_noun_has_one_class() -> None:
    counts = Counter(noun for entry in LEXICON.classes for noun in entry.nouns)
    assert [noun for noun, count in counts.items() if count > 1] == []


def test_a_frame_names_known_classes(knowledge: Knowledge) -> None:
    known = {entry.name for entry in LEXICON.classes} | {"money", "other"}
    assert {counted for frame in LEXICON.frames for counted in frame.counts} <= known


def test_a_word_opens_a_frame_of_one_type_once() -> None:
    counts = Counter(
        (frame.type, frame.part, word, counted)
        for frame in LEXICON.frames
        for word in frame.words
        for counted in frame.counts or ("",)
    )
    assert [key for key, count in counts.items() if count > 1] == []


def test_weights_are_sane() -> None:
    assert all(0 < frame.weight <= 2 for frame in LEXICON.frames)
    assert all(0 < entry.weight <= 2 for entry in LEXICON.classes)
