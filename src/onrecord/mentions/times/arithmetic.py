"""Days and periods; whatever would leave the years 1..9999 is ``None``."""

from __future__ import annotations

import calendar
import datetime
from fractions import Fraction

from onrecord.knowledge.times import Unit

Day = datetime.date
Period = tuple[Day, Day]


def day(year: int, month: int, number: int) -> Day | None:
    """The day, ``None`` when there is none such (31 February)."""
    try:
        return Day(year, month, number)
    except (ValueError, OverflowError):
        return None


def plus_days(start: Day, number: int) -> Day | None:
    """So many days later."""
    try:
        return start + datetime.timedelta(days=number)
    except OverflowError:
        return None


def plus_months(start: Day, number: int) -> Day | None:
    """So many months later: the same day of the month, or the month's last."""
    index = start.year * 12 + start.month - 1 + number
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        return None
    return Day(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def plus(start: Day, number: Fraction, unit: Unit) -> Day | None:
    """So many units later; hours count as days once they fill one, in part or whole."""
    if unit.months is not None:
        return plus_months(start, round(number * unit.months))
    if unit.days is not None:
        return plus_days(start, round(number * unit.days))
    hours = abs(number) * (unit.minutes or 0) / 60
    whole = -(-hours // 24) if hours >= 24 else 0
    return plus_days(start, int(whole) * (1 if number >= 0 else -1))


def months(year: int, month: int, number: int = 1) -> Period | None:
    """So many whole months from the given one on, ``month`` counted from 1 and allowed to run over."""
    first = day(year, 1, 1)
    begin = plus_months(first, month - 1) if first else None
    close = plus_months(begin, number - 1) if begin else None
    if begin is None or close is None:
        return None
    return begin, close.replace(day=calendar.monthrange(close.year, close.month)[1])


def years(first: int, last: int) -> Period | None:
    """Whole years, both inclusive."""
    begin, close = day(first, 1, 1), day(last, 12, 31)
    return (begin, close) if begin and close else None


def week(within: Day) -> Period | None:
    """Monday to Sunday."""
    first = plus_days(within, -within.weekday())
    last = plus_days(first, 6) if first else None
    return (first, last) if first and last else None


def week_name(within: Day) -> str:
    """The ISO week: "2025-W13"."""
    year, number, _ = within.isocalendar()
    return f"{year:04d}-W{number:02d}"


def easter(year: int) -> Day | None:
    """Easter Sunday, Gregorian (the anonymous algorithm of 1876, in Butcher's *Ecclesiastical Calendar*)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * e) // 451
    month, number = divmod(h + e - 7 * m + 114, 31)
    return day(year, month, number + 1)
