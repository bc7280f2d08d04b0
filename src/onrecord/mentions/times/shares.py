"""Shares of a resolved period: "early March", "the end of the year", "the first two months of it"."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from onrecord.knowledge.times import Unit
from onrecord.mentions.times import arithmetic as days
from onrecord.mentions.times.arithmetic import Day, Period
from onrecord.mentions.times.context import Context, Resolved, dated
from onrecord.mentions.times.lengths import length_value
from onrecord.mentions.times.meaning import Bounded, Some, Stretch


def within(meaning: Stretch | Bounded | Some, of: Resolved, context: Context) -> Resolved:
    """A part of a resolved period."""
    if isinstance(meaning, Some):
        return _some(meaning, of, context)
    if of.first is None or of.last is None:
        return of
    first, last = of.first, of.last
    if isinstance(meaning, Stretch):
        period: Period | None = _share(meaning, of.unit, first, last)
    elif context.published is None:
        period = None
    elif meaning.side < 0:
        period = (first, min(last, context.published))
    else:
        period = (max(first, context.published), last)
    if period is None or period[0] > period[1]:
        period = (first, last)
    return Resolved(of.timex, of.kind, *period, of.unit)


def _share(meaning: Stretch, unit: str, first: Day, last: Day) -> Period:
    """The share of a month in days (1-10, 10-20, 21 to its end), of a year in months, of an era in years.

    The first share of a year or a decade is its first third, by the calendar: "early 2021" is January to April.
    """
    if unit == "month":
        if meaning.edge:
            return last, last
        starts = {0: 1, 3: 10, 5: 16, 7: 21}
        ends = {1: 3, 3: 10, 5: 15, 7: 20, 10: last.day}
        return first.replace(day=starts[meaning.first]), first.replace(day=min(ends[meaning.last], last.day))
    if unit == "year":
        if meaning.edge:
            return last.replace(day=1), last
        starts = {0: 1, 3: 6, 5: 7, 7: 10}
        ends = {1: 1, 3: 3, 5: 6, 7: 7, 10: 12}
        found = days.months(first.year, starts[meaning.first], ends[meaning.last] - starts[meaning.first] + 1)
        return found or (first, last)
    if unit == "era" and last.year - first.year == 9 and not meaning.edge:
        starts = {0: 0, 3: 3, 5: 5, 7: 5}
        ends = {1: 1, 3: 4, 5: 4, 7: 6, 10: 9}
        found = days.years(first.year + starts[meaning.first], first.year + ends[meaning.last])
        return found or (first, last)
    if meaning.edge and unit not in {"day"}:
        return last, last
    if meaning.last == 1:
        return first, first
    return first, last


def _some(meaning: Some, of: Resolved, context: Context) -> Resolved:
    """The first or last units of a period; a single week of a day is the week around it."""
    unit = context.units[meaning.unit]
    if of.unit == "day" and of.first is not None:
        return dated(days.week_name(of.first), days.week(of.first), "week")
    single = meaning.count == 1
    value = of.timex if single else length_value(Fraction(meaning.count), unit)
    kind: Literal["DATE", "DURATION"] = "DATE" if single else "DURATION"
    period: Period | None = None
    if of.first is not None and of.last is not None:
        period = _ends(meaning, unit, of.first, of.last)
    return dated(value, period, unit.name, kind) if period else Resolved(value, kind, unit=unit.name)


def _ends(meaning: Some, unit: Unit, first: Day, last: Day) -> Period | None:
    count = Fraction(meaning.count)
    if meaning.at_end:
        after = days.plus_days(last, 1)
        begin = days.plus(after, -count, unit) if after else None
        return (begin, last) if begin and first <= begin else None
    stop = days.plus(first, count, unit)
    close = days.plus_days(stop, -1) if stop else None
    return (first, close) if close and close <= last else None
