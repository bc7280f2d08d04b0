"""What makes claims of different reports comparable: classes of counted things, causes, additions, general voices."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

import msgspec

from onrecord.knowledge.base import Knowledge


class Counted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Units that are counted together. ``example`` holds a figure that counts one of them."""

    name: str
    units: tuple[str, ...]
    example: str


class Cause(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What brings figures about, and the words that tell it. ``example`` is told to have this cause."""

    name: str
    words: tuple[str, ...]
    example: str


class Signal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that tell an addition, losses of an army, a part, a period, a revision or a general voice.

    ``example`` holds one of them.
    """

    words: tuple[str, ...]
    example: str


class Comparing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``comparing.toml``."""

    counted: tuple[Counted, ...]
    cause: tuple[Cause, ...]
    addition: tuple[Signal, ...]
    troops: tuple[Signal, ...]
    part: tuple[Signal, ...]
    period: tuple[Signal, ...]
    revision: tuple[Signal, ...]
    general: tuple[Signal, ...]


class Comparables(msgspec.Struct, frozen=True):
    """The same, ready for use.

    Attributes:
        classes: unit -> class. causes: word -> cause.
        cause_words, additions, troops, parts, periods, revisions, generals: patterns that find such words.
    """

    classes: dict[str, str]
    causes: dict[str, str]
    cause_words: re.Pattern[str]
    additions: re.Pattern[str]
    troops: re.Pattern[str]
    parts: re.Pattern[str]
    periods: re.Pattern[str]
    revisions: re.Pattern[str]
    generals: re.Pattern[str]


@functools.lru_cache(maxsize=4)
def comparables(knowledge: Knowledge) -> Comparables:
    """What ``comparing.toml`` of ``knowledge`` says.

    Raises:
        KnowledgeError: if the file is absent or breaks its schema.
    """
    table = knowledge.table("comparing.toml", Comparing)
    causes = {word: cause.name for cause in table.cause for word in cause.words}
    return Comparables(
        {unit: counted.name for counted in table.counted for unit in counted.units},
        causes,
        _pattern(causes, plural=True),
        re.compile(rf"\b({_words(word for signal in table.addition for word in signal.words)})\b(?! than)"),
        *(
            _pattern(word for signal in signals for word in signal.words)
            for signals in (table.troops, table.part, table.period, table.revision, table.general)
        ),
    )


def _pattern(words: Iterable[str], *, plural: bool = False) -> re.Pattern[str]:
    return re.compile(rf"\b({_words(words)}){'(?:e?s)?' if plural else ''}\b", re.IGNORECASE)


def _words(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
