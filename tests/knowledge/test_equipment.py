"""The equipment catalogue: every entry's example, the seed report's weapons, and what is only likened to them."""

from __future__ import annotations

import pathlib

import pycountry
import pytest

from onrecord.knowledge import builtin
from onrecord.knowledge.equipment import Catalogue, Item, Likeness, catalogue
from onrecord.mentions.items import items
from onrecord.values import KnowledgeError

KNOWN = catalogue(builtin())
LIKENESSES = builtin().rows("likenesses.csv", Likeness)
SEED = (pathlib.Path(__file__).parents[2] / "examples" / "seed.txt").read_text("utf-8")


def named(text: str) -> list[str]:
    return [found.item.id for found in KNOWN.find(text)]


@pytest.mark.parametrize("item", KNOWN.items.values(), ids=lambda item: item.id)
def test_example_names_the_item(item: Item) -> None:
    assert item.id in named(item.example)


@pytest.mark.parametrize("item", KNOWN.items.values(), ids=lambda item: item.id)
def test_the_entry_is_in_order(item: Item) -> None:
    above = list(KNOWN.above(item))
    assert item.id not in {other.id for other in above}
    assert all(pycountry.countries.get(alpha_2=code) for code in item.origin if code != "XK")
    assert item.calibre is None or 4 <= item.calibre <= 800
    assert item.item or item.name[0].islower() or item.name[0].isdigit() or item.name.split()[0].isupper()


def test_a_class_is_above_its_items() -> None:
    assert [above.name for above in KNOWN.above(KNOWN.items["item:kn-23"])][:3] == [
        "short-range ballistic missile",
        "ballistic missile",
        "missile",
    ]


@pytest.mark.parametrize("likeness", LIKENESSES, ids=lambda like: like.words)
def test_what_is_only_likened_to_is_no_mention_of_it(likeness: Likeness) -> None:
    (hawk,) = [m for m in items(likeness.example, KNOWN) if m.text.endswith("Global Hawk")]
    assert hawk.likened


@pytest.mark.parametrize(
    "text",
    ["an RQ-4B Global Hawk flew over the border", "It looks as if an RQ-4B Global Hawk was lost.",
     "The crash was similar. The RQ-4B Global Hawk fell into the sea."],
)  # fmt: skip
def test_what_is_meant_itself_is_not_likened(text: str) -> None:
    assert not [m for m in items(text, KNOWN) if m.likened]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("short-range ballistic missiles", "short-range ballistic missile"),
        ("170-millimeter self-propelled howitzers", "170 mm self-propelled gun"),
        ("240-millimeter multiple rocket launchers", "240 mm multiple rocket launcher"),
        ("large reconnaissance drone", "large reconnaissance drone"),
        ("RQ-4B Global Hawk", "RQ-4B Global Hawk"),
        ("early-warning aircraft", "airborne early warning aircraft"),
        ("Boeing E-7 Wedgetail", None),
        ("explosive drones", "one-way attack drone"),
        ("electronic warfare research facilities", "electronic-warfare facility"),
    ],
)
def test_the_weapons_of_the_seed_report_are_recognised(words: str, name: str | None) -> None:
    at = SEED.index(words)
    over = [m for m in items(SEED, KNOWN) if m.start < at + len(words) and at < m.end]
    assert over, f"nothing is recognised in {words!r}"
    assert name is None or over[0].name == name


def test_the_seed_report_likens_and_does_not_name() -> None:
    likened = {m.text for m in items(SEED, KNOWN) if m.likened}
    assert any("Global Hawk" in text for text in likened)
    assert any("Wedgetail" in text for text in likened)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("240-mm rocket launchers", "240mm rocket launcher"),
        ("240-millimetre multiple rocket launchers", "240 mm MLRS"),
        ("a T-72 tank", "T72 tanks"),
        ("short range ballistic missiles", "SRBMs"),
        ("155mm artillery shells", "155-millimeter artillery shell"),
        ("unmanned aerial vehicles", "UAVs"),
    ],
)
def test_spellings_of_one_thing_are_one_item(one: str, other: str) -> None:
    assert named(one)
    assert named(one) == named(other)


@pytest.mark.parametrize("text", ["a hawk over the field", "the t in 72 hours", "1240 mm of rain", "patriot songs"])
def test_ordinary_words_are_no_items(text: str) -> None:
    assert not named(text)


def test_spans_slice_to_their_words() -> None:
    for mention in items(SEED, KNOWN):
        assert SEED[mention.start : mention.end] == mention.text


def test_an_unknown_class_is_told() -> None:
    with pytest.raises(KnowledgeError, match="unknown parent 'item:nowhere'"):
        Catalogue([Item("item:a", "a thing", "a thing", "item:nowhere")], [])
