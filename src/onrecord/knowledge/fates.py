"""Words right behind a figure that tell what became of what it counts."""

from __future__ import annotations

import functools
import re

import msgspec

from onrecord.knowledge.base import Knowledge
from onrecord.values import Type

_BOUNDS = "at least|more than|about|around|nearly|some|over|almost"


class Fate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words and the type they give. ``example`` holds a figure of this type because of one of them."""

    type: Type
    words: tuple[str, ...]
    example: str


class Fates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``fates.toml``.

    Attributes:
        joint: words between two fates that make them one. stops: words that end what stands right behind a figure.
        counts, reach: nouns, and words between them and the figure, by which the noun's fate is the figure's.
        example: a figure whose fate is told so.
    """

    joint: tuple[str, ...]
    stops: tuple[str, ...]
    counts: tuple[str, ...]
    reach: tuple[str, ...]
    example: str
    fate: tuple[Fate, ...]


class Tail(msgspec.Struct, frozen=True):
    """The same, as patterns: where the tail of a figure ends, the fates in it, and a fate told by a noun before."""

    end: re.Pattern[str]
    word: re.Pattern[str]
    joint: re.Pattern[str]
    before: re.Pattern[str]
    types: dict[str, Type]


@functools.lru_cache(maxsize=4)
def tails(knowledge: Knowledge) -> Tail:
    """What ``fates.toml`` of ``knowledge`` says.

    Raises:
        KnowledgeError: if the file is absent or breaks its schema.
    """
    table = knowledge.table("fates.toml", Fates)
    types = {word: fate.type for fate in table.fate for word in fate.words}
    words = "|".join(re.escape(word) for word in sorted(types, key=lambda word: (-len(word), word)))
    stops = "|".join(map(re.escape, table.stops))
    between = "|".join(map(re.escape, table.joint))
    return Tail(
        re.compile(rf"[,.;:()\n\"”“]|\d|\b(?:{stops})\b", re.IGNORECASE),
        re.compile(rf"\b({words})\b", re.IGNORECASE),
        re.compile(rf"\b({words}),? (?:{between}) ({words})\b", re.IGNORECASE),
        re.compile(
            rf"\b(?:{'|'.join(map(re.escape, table.counts))}) of (?:\w+ ){{0,4}}?({words})\b[^.;\n]{{0,80}}?"
            rf"\b(?:{'|'.join(map(re.escape, table.reach))})(?: (?:{_BOUNDS}))?\s*$",
            re.IGNORECASE,
        ),
        types,
    )
