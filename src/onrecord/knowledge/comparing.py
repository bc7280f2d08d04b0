"""What makes claims of different reports comparable: classes of counted things, causes, additions, general voices."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator

import msgspec

from onrecord.knowledge.base import Knowledge
from onrecord.values import Type

_WORD = re.compile(r"[a-z]+(?:-[a-z0-9]+)*")


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


class Deed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that name an act of a type, so that a denial of it is one. ``example`` holds one of them."""

    type: Type
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
    ahead: tuple[Signal, ...]
    deed: tuple[Deed, ...]
    troops: tuple[Signal, ...]
    part: tuple[Signal, ...]
    period: tuple[Signal, ...]
    revision: tuple[Signal, ...]
    recall: tuple[Signal, ...]
    office: tuple[Signal, ...]
    relay: tuple[Signal, ...]
    official: tuple[Signal, ...]
    general: tuple[Signal, ...]


class Comparables(msgspec.Struct, frozen=True):
    """The same, ready for use.

    Attributes:
        classes: unit -> class. causes: first word of a phrase -> the words that follow it, and the cause.
        deeds: type -> words of its acts. relays: bare names for an outlet.
        additions, aheads, troops, parts, periods, revisions, recalls: patterns of such words.
        offices, officials, generals: the same, for voices.
    """

    classes: dict[str, str]
    causes: dict[str, list[tuple[tuple[str, ...], str]]]
    additions: re.Pattern[str]
    aheads: re.Pattern[str]
    troops: re.Pattern[str]
    parts: re.Pattern[str]
    periods: re.Pattern[str]
    revisions: re.Pattern[str]
    recalls: re.Pattern[str]
    offices: re.Pattern[str]
    officials: re.Pattern[str]
    generals: re.Pattern[str]
    deeds: dict[Type, re.Pattern[str]]
    relays: frozenset[str]

    def causes_in(self, text: str) -> Iterator[str]:
        """The causes that the words of a text tell, one for each, in its order; plurals count as their singular."""
        words = _WORD.findall(text.lower())
        for at, word in enumerate(words):
            entries = self.causes.get(word) or (self.causes.get(word[:-1]) if word[-1] == "s" else None)
            for rest, cause in entries or ():
                if tuple(words[at + 1 : at + 1 + len(rest)]) == rest:
                    yield cause
                    break


@functools.lru_cache(maxsize=4)
def comparables(knowledge: Knowledge) -> Comparables:
    """What ``comparing.toml`` of ``knowledge`` says.

    Raises:
        KnowledgeError: if the file is absent or breaks its schema.
    """
    table = knowledge.table("comparing.toml", Comparing)
    causes: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for cause in table.cause:
        for phrase in cause.words:
            first, *rest = _WORD.findall(phrase.lower())
            causes.setdefault(first, []).append((tuple(rest), cause.name))
    return Comparables(
        classes={unit: counted.name for counted in table.counted for unit in counted.units},
        causes={first: sorted(found, key=lambda entry: -len(entry[0])) for first, found in causes.items()},
        additions=re.compile(rf"\b({_words(_all(table.addition))})\b(?! than)"),
        aheads=re.compile(rf"\b({_words(_all(table.ahead))})\b(?! (?:\w+ )?have\b)"),
        troops=_pattern(_all(table.troops)),
        parts=_pattern(_all(table.part)),
        periods=_pattern(_all(table.period)),
        revisions=_pattern(_all(table.revision)),
        recalls=_pattern(_all(table.recall)),
        offices=_pattern(_all(table.office)),
        officials=_pattern(_all(table.official)),
        generals=_pattern(_all(table.general)),
        relays=frozenset(_all(table.relay)),
        deeds={deed.type: _pattern(deed.words) for deed in table.deed},
    )


def _all(signals: Iterable[Signal]) -> Iterator[str]:
    return (word for signal in signals for word in signal.words)


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b({_words(words)})\b", re.IGNORECASE)


def _words(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
