"""What a time expression says, before anyone knows the day it was written: the grammar's output."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

import msgspec


class Calendar(msgspec.Struct, frozen=True):
    """A date with the fields that were said: "27 March", "Monday", "May last year", "2024".

    Attributes:
        lean: -1 for "last", 0 for "this", 1 for "next"; ``None`` when the verb must tell.
        within: the year, when it is itself an expression ("last year").
        focus: the weekday from the date last mentioned on ("the following Tuesday", "on the Friday").
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    lean: int | None = None
    within: Meaning | None = None
    focus: bool = False


class Era(msgspec.Struct, frozen=True):
    """A decade or a century: its TIMEX3 value and its years, inclusive."""

    value: str
    first: int
    last: int


class Chunk(msgspec.Struct, frozen=True):
    """Months of a year as one thing: a quarter, a half, a season. ``month`` is the first of ``months``."""

    code: str
    month: int
    months: int
    year: int | None = None
    lean: int | None = None
    within: Meaning | None = None


class Feast(msgspec.Struct, frozen=True):
    """A feast day; see ``knowledge.times.Holiday``."""

    month: int | None
    day: int | None
    easter: int | None
    year: int | None = None
    lean: int | None = None


class Shift(msgspec.Struct, frozen=True):
    """So many units away: "last week", "two days ago", "the next day". ``count`` is ``None`` when vague.

    Attributes:
        unit: the unit's singular name.
        focus: counted from the date last mentioned, not from publication.
        exact: counted by the day ("a week ago"), not by the calendar ("last week").
    """

    count: Fraction | None
    unit: str
    focus: bool = False
    exact: bool = False


class Then(msgspec.Struct, frozen=True):
    """The date last mentioned: "since then", "on that date"."""


class Length(msgspec.Struct, frozen=True):
    """A length of time. ``window``: -1 if it ends, 1 if it starts at publication (or the focus)."""

    count: Fraction | None
    unit: str
    window: int = 0
    focus: bool = False


class Repeat(msgspec.Struct, frozen=True):
    """Again and again: the value of a SET."""

    value: str


class Vague(msgspec.Struct, frozen=True):
    """PRESENT_REF, PAST_REF or FUTURE_REF."""

    value: str


class Stretch(msgspec.Struct, frozen=True):
    """A share of a period, in tenths: "early March", "the end of the year"."""

    first: int
    last: int
    edge: bool
    of: Meaning


class Bounded(msgspec.Struct, frozen=True):
    """A period cut by publication: "earlier this month" (side -1: up to it), "later this year" (side 1: from it on)."""

    side: int
    of: Meaning


class Some(msgspec.Struct, frozen=True):
    """The first or last ``count`` units of a period: "the first two months of this year"."""

    count: int
    unit: str
    at_end: bool
    of: Meaning


class Clock(msgspec.Struct, frozen=True):
    """A time of day: "22:00" or a part ("NI"), of a day if it names one.

    ``over`` tells a night that runs into the next day (1, "overnight Saturday") or from the day before (-1).
    """

    value: str
    of: Meaning | None = None
    over: int = 0


class Interval(msgspec.Struct, frozen=True):
    """Two ends written as one expression: "23-24 April", "1950-53"."""

    first: Meaning
    last: Meaning


Meaning = (
    Calendar
    | Era
    | Chunk
    | Feast
    | Shift
    | Then
    | Length
    | Repeat
    | Vague
    | Stretch
    | Bounded
    | Some
    | Clock
    | Interval
)
Match = tuple[int, Meaning]
Connector = Literal["", "and", "to"]


class Found(msgspec.Struct, frozen=True):
    """An expression at the atoms ``[start, end)`` of a line.

    ``joined`` says how it continues the expression before it: a list ("and"), a range ("to"), or not at all.
    """

    start: int
    end: int
    meaning: Meaning
    joined: Connector = ""
