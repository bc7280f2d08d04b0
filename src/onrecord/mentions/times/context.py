"""What an expression is resolved against: the publication day, the date last mentioned, and the verb's tense."""

from __future__ import annotations

from typing import Literal

import msgspec

from onrecord.knowledge.times import Unit
from onrecord.mentions.times.arithmetic import Day, Period
from onrecord.mentions.times.tense import Tense

Kind = Literal["DATE", "TIME", "DURATION", "SET"]


class Resolved(msgspec.Struct, frozen=True):
    """An expression's TIMEX3 value and the days it means.

    ``unit`` tells how fine it is: day, week, weekend, month, quarter, season, year, era, or "" when it is no date.
    """

    timex: str
    kind: Kind
    first: Day | None = None
    last: Day | None = None
    unit: str = ""


class Context(msgspec.Struct, frozen=True):
    """See the module.

    Attributes:
        published: the day of publication.
        focus: the date last mentioned before the expression.
        here: the day last mentioned in the same paragraph, for times of day.
        future: whether the verb lies ahead.
        tense: the tense of the verb over the expression.
        window: -1 or 1 when a preposition lets a bare length end or start at publication.
        units: the units by singular name.
    """

    published: Day | None
    units: dict[str, Unit]
    focus: Resolved | None = None
    here: Day | None = None
    future: bool = False
    tense: Tense = "past"
    window: int = 0

    @property
    def coarse(self) -> str:
        """The unit of the date last mentioned when that is longer than a day, else ""."""
        return "" if self.focus is None or self.focus.unit in {"day", ""} else self.focus.unit

    def base(self, *, focus: bool) -> Day | None:
        """The day to count from."""
        last = self.focus.first if focus and self.focus is not None else None
        if last is None or (self.published is not None and last > self.published and self.tense != "future"):
            return self.published
        return last

    def day_here(self) -> Day | None:
        """The day that a bare time of day belongs to."""
        return self.published if self.tense == "perfect" and self.published else self.here or self.published

    def at(self, day: Day, *, future: bool) -> Context:
        """The same, as if published on ``day``, looking on or back."""
        return msgspec.structs.replace(self, published=day, future=future, tense="future" if future else "past")


def dated(value: str, period: Period | None, unit: str, kind: Kind = "DATE") -> Resolved:
    """A value with its period, if there is one."""
    first, last = period or (None, None)
    return Resolved(value, kind, first, last, unit)
