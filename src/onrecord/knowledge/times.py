"""Words of time: months, weekdays, units, parts of day, pointers such as "last", and what prepositions do to them.

The values follow TIMEX3 of TimeML 1.2.1 (https://timeml.github.io/site/publications/timeMLdocs/timeml_1.2.1.html).
In every ``example`` the expression that must be found stands in [brackets].
"""

from __future__ import annotations

from typing import Literal

import msgspec

from onrecord.knowledge.base import Knowledge

FILE = "times.toml"


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What all entries have: a sentence that shows the word at work."""

    example: str


class Named(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A month (1..12) or a weekday (1..7, Monday first), and its abbreviations without the full stop."""

    name: str
    number: int
    short: tuple[str, ...]


class Unit(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A unit of time; exactly one of ``minutes``, ``days`` and ``months`` tells its length.

    Attributes:
        code: TIMEX3 letters ("D", "WE"); a leading "T" marks a unit of the clock ("TH" for hours: "PT24H").
    """

    name: str
    plural: str
    code: str
    minutes: int | None = None
    days: int | None = None
    months: int | None = None


class Season(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A season of three months from ``month`` on (northern hemisphere)."""

    name: str
    code: str
    month: int


class DayPart(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A part of the day: TIMEX3 code ("NI") or a clock time ("12:00"); ``alone`` if it needs no determiner."""

    name: str
    code: str
    alone: bool = False


class Day(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words for a day counted from publication, ``shift`` in days."""

    words: str
    shift: int


class Reference(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words with a TIMEX3 value of their own ("now", "daily") or a part of the publication day ("tonight")."""

    words: str
    value: str
    kind: Literal["date", "set", "part", "overnight"]


class Holiday(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A feast: ``month`` and ``day``, or the days ``easter`` from Easter Sunday (Gregorian)."""

    words: str
    month: int | None = None
    day: int | None = None
    easter: int | None = None


class Pointer(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A word such as "last".

    Attributes:
        shift: by how many units it moves.
        focus: whether from the date last mentioned, not from publication.
        window: whether it means a length of time ending or starting there ("the past week"), not a calendar unit.
    """

    word: str
    shift: int
    focus: bool = False
    window: bool = False


class Stretch(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A share of a period, from ``first`` to ``last`` in tenths; ``edge``: of a month, only its last day."""

    word: str
    first: int
    last: int
    edge: bool = False


class Phrase(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One or more words, separated by single spaces."""

    words: str


class Governor(Phrase, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A governing preposition and what it does to the period of its expression (see the table's comment)."""

    role: Literal["onward", "deadline", "before", "start", "point"]


class Number(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A numeral or an ordinal; -1 is the last of a kind."""

    word: str
    value: int


class Ahead(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A word (or lemma) of the verb phrase that puts a bare weekday or month after publication."""

    word: str


class Times(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole table; each list is explained at its entry type and in the file."""

    months: tuple[Named, ...]
    weekdays: tuple[Named, ...]
    units: tuple[Unit, ...]
    seasons: tuple[Season, ...]
    parts: tuple[DayPart, ...]
    days: tuple[Day, ...]
    references: tuple[Reference, ...]
    holidays: tuple[Holiday, ...]
    pointers: tuple[Pointer, ...]
    stretches: tuple[Stretch, ...]
    modifiers: tuple[Phrase, ...]
    governors: tuple[Governor, ...]
    numbers: tuple[Number, ...]
    vague: tuple[Phrase, ...]
    ordinals: tuple[Number, ...]
    ahead: tuple[Ahead, ...]


def times(knowledge: Knowledge) -> Times:
    """The words of time of ``knowledge``.

    Raises:
        KnowledgeError: if the file is absent or breaks the schema.
    """
    return knowledge.table(FILE, Times)
