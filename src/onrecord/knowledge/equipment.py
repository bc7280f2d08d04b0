"""The equipment catalogue: classes and items of arms and gear, and how news names them.

Names are compared by their parts, so that "240-mm", "240mm" and "240-millimetre", "T-72" and "T72", "launcher" and
"launchers" are the same. ``un_register`` follows the categories of the United Nations Register of Conventional Arms,
``sipri`` the armament categories of the SIPRI Arms Transfers Database.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from onrecord.knowledge.aliases import Heads
from onrecord.knowledge.base import Knowledge
from onrecord.knowledge.entries import Alias
from onrecord.values import KnowledgeError

Register = Literal["I", "II", "III", "IV", "IVa", "IVb", "V", "Va", "Vb", "VI", "VIIa", "VIIb", "VIII"]
Sipri = Literal[
    "aircraft", "air-defence systems", "anti-submarine warfare weapons", "armoured vehicles", "artillery", "engines",
    "missiles", "naval weapons", "satellites", "sensors", "ships", "other",
]  # fmt: skip
_PART = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)?")
_UNITS = {"millimeter": "mm", "millimetre": "mm", "centimeter": "cm", "centimetre": "cm"}
_SPELT = {"armored": "armoured", "defense": "defence", "calibre": "caliber", "maneuver": "manoeuvre"}
# Up to four words of one phrase: "the U.S.-made".
_FEW = r"(?:[^\s.,;:!?()]+(?:\.[^\s.,;:!?()]+)*\.?\s+){0,4}"
# What may stand between the parts of one name.
_JOINT = re.compile(r"[\s\-‐‑–/.']{0,2}\Z")


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A class of equipment, or an item with a designation.

    Attributes:
        id: "item:…". name: of a class the singular lower-case noun phrase, of an item its usual designation.
        parent: id of its class; empty for a root. item: whether it is an item.
        origin: ISO 3166 alpha-2 codes of the countries that designed it. calibre: in millimetres.
        un_register: category of the UN Register. sipri: SIPRI's armament category.
        aliases: other names, singular, in any script.
    """

    id: str
    name: str
    example: str
    parent: str | None = None
    item: bool = False
    origin: tuple[str, ...] = ()
    calibre: float | None = None
    un_register: Register | None = None
    sipri: Sipri | None = None
    aliases: tuple[str, ...] = ()


class Likeness(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that say that one thing is only like another."""

    words: str
    example: str


class Part(msgspec.Struct, frozen=True, gc=False):
    """A run of letters or of digits, at ``[start, end)``, folded; ``capital`` as it is written."""

    start: int
    end: int
    text: str
    capital: bool


class Named(msgspec.Struct, frozen=True):
    """An item found in a text at ``[start, end)``, and the alias by which it was."""

    start: int
    end: int
    item: Item
    alias: str


class Catalogue:
    """All items, by id and by name.

    Raises:
        KnowledgeError: if an item's parent is none of the catalogue's.
    """

    def __init__(self, items: Sequence[Item], likenesses: Sequence[Likeness], more: Sequence[Alias] = ()) -> None:
        self.items = {item.id: item for item in items}
        for item in items:
            if item.parent is not None and item.parent not in self.items:
                raise KnowledgeError(f"equipment.csv: {item.id} has the unknown parent {item.parent!r}; add that first")
        words = "|".join(sorted((re.escape(like.words) for like in likenesses), key=len, reverse=True))
        self._like = re.compile(rf"\b(?:{words})\s+{_FEW}\Z", re.IGNORECASE)
        self._below: dict[str | None, list[Item]] = defaultdict(list)
        for item in items:
            self._below[item.parent].append(item)
        self._heads: Heads[Part, tuple[str, Item]] = Heads(lambda alias: tuple(parts(alias)))
        named = [(alias, item) for item in items for alias in (item.name, *item.aliases)]
        named += [(alias.alias, self.items[alias.id]) for alias in more if alias.id in self.items]
        for alias, item in named:
            if (first := _PART.search(alias)) is not None:
                self._heads.add(_folded(first.group()), alias, (alias, item))

    def find(self, text: str) -> Iterator[Named]:
        """The longest name at each place of ``text``, left to right, none overlapping another.

        An item and its class behind it ("T-72 tanks") are one name of the item.
        """
        held: Named | None = None
        for found in self._find(text):
            if held is not None and text[held.end : found.start] in (" ", "-") and found.item in self.above(held.item):
                held = msgspec.structs.replace(held, end=found.end)
                continue
            if held is not None:
                yield held
            held = found
        if held is not None:
            yield held

    def _find(self, text: str) -> Iterator[Named]:
        """The longest name of the table at each place."""
        units = list(parts(text))
        at = 0
        while at < len(units):
            for wanted, (alias, item) in self._heads.of(units[at].text):
                stretch = units[at : at + len(wanted)]
                if len(stretch) == len(wanted) and all(map(_fits, wanted, stretch)) and _whole(text, stretch):
                    yield Named(stretch[0].start, stretch[-1].end, item, alias)
                    at += len(wanted)
                    break
            else:
                at += 1

    def likened(self, text: str, start: int, end: int) -> bool:
        """Whether what ``text`` names at ``[start, end)`` is only what something else is like."""
        if re.match(r"[-‐‑](?:like|style|lookalike|esque)\b", text[end : end + 12]):
            return True
        return self._like.search(text[max(0, start - 80) : start]) is not None

    def above(self, item: Item) -> Iterator[Item]:
        """The classes of an item, from its own to the root."""
        while item.parent is not None:
            item = self.items[item.parent]
            yield item

    def tree(self, under: Item | None = None) -> Iterator[tuple[int, Item]]:
        """The classes and items under and with ``under``, or all, each behind its class, with its depth."""
        waiting = [(0, item) for item in reversed([under] if under is not None else self._below[None])]
        while waiting:
            depth, item = waiting.pop()
            yield depth, item
            waiting += [(depth + 1, below) for below in reversed(self._below.get(item.id, []))]


def parts(text: str) -> Iterator[Part]:
    """The runs of letters and of digits in ``text``: singular, lower case, units and spellings made one."""
    for match in _PART.finditer(text):
        written = match.group()
        yield Part(match.start(), match.end(), _folded(written), written[0].isupper())


def _folded(written: str) -> str:
    word = written.lower()
    word = _singular(word) if len(word) > 3 else word
    return _UNITS.get(word, _SPELT.get(word, word))


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _fits(wanted: Part, seen: Part) -> bool:
    return wanted.text == seen.text and (seen.capital or not wanted.capital)


def _whole(text: str, stretch: Sequence[Part]) -> bool:
    """Whether the parts stand together, and neither is cut out of a longer word."""
    before, after = text[stretch[0].start - 1 : stretch[0].start], text[stretch[-1].end : stretch[-1].end + 1]
    if before.isalnum() or (after.isalnum() and not (after.isalpha() and stretch[-1].text.isdigit())):
        return False
    return all(_JOINT.match(text[a.end : b.start]) for a, b in itertools.pairwise(stretch))


@functools.lru_cache(maxsize=4)
def catalogue(knowledge: Knowledge) -> Catalogue:
    """The equipment catalogue of ``knowledge``.

    Raises:
        KnowledgeError: if a file is absent or breaks its schema.
    """
    return Catalogue(
        knowledge.rows("equipment.csv", Item),
        knowledge.rows("likenesses.csv", Likeness),
        knowledge.rows("aliases.csv", Alias),
    )
