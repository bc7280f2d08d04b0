"""Calendar dates completed: the year of "27 March", the day of "Monday", the span of "the third quarter"."""

from __future__ import annotations

from collections.abc import Callable

from onrecord.mentions.times import arithmetic as days
from onrecord.mentions.times.arithmetic import Day, Period
from onrecord.mentions.times.context import Context, Resolved, dated
from onrecord.mentions.times.meaning import Calendar, Chunk, Feast

# 29 February comes back within eight years even where a century skips it.
_LEAP = 8
# A modal ("would") makes a date of the year look ahead only so many months or days.
_LOOSE = {"possible", "planned", "present"}
_HALF = 6
_NEAR = 183
# How far a stated weekday may move the year of a date.
_WEEKDAY_YEARS = 12


def calendar(meaning: Calendar, context: Context, year: int | None) -> Resolved:
    """A date with the fields that were said, the others from the context."""
    if meaning.month is None and meaning.day is None and meaning.weekday is not None:
        return _weekday(meaning, meaning.weekday, context)
    if meaning.month is None and meaning.day is not None:
        return _day_of_month(meaning.day, context)
    if meaning.month is None:
        return dated(f"{year:04d}" if year else "XXXX", days.years(year, year) if year else None, "year")
    if meaning.day is None:
        return _month(meaning.month, year, meaning.lean, context)
    return _day(meaning.month, meaning.day, meaning.weekday, year, context)


def _weekday(meaning: Calendar, weekday: int, context: Context) -> Resolved:
    today, lean = context.published, meaning.lean
    if meaning.focus and context.focus is not None and context.focus.first is not None:
        found = _weekday_after(context.focus.first, weekday, strict=lean == 1)
        if found is not None and (today is None or found <= today):
            return dated(found.isoformat(), (found, found), "day")
    if today is None:
        return Resolved(f"XXXX-WXX-{weekday}", "DATE", unit="day")
    back = (today.isoweekday() - weekday) % 7
    ahead = (weekday - today.isoweekday()) % 7
    if lean == -1:
        step = -(back or 7)
    elif lean == 1:
        step = ahead or 7
    elif lean == 0 and context.future:
        step = ahead
    else:
        step = ahead if context.future else -back
    day = days.plus_days(today, step)
    return dated(day.isoformat(), (day, day), "day") if day else Resolved(f"XXXX-WXX-{weekday}", "DATE", unit="day")


def _weekday_after(day: Day, weekday: int, *, strict: bool) -> Day | None:
    """The first such weekday from a day on, or after it."""
    step = (weekday - day.isoweekday()) % 7
    return days.plus_days(day, step or (7 if strict else 0))


def _day_of_month(number: int, context: Context) -> Resolved:
    """The day of "the 20th": of the month last mentioned, else the latest (or next) such day."""
    focus = context.focus.first if context.focus and context.focus.unit in {"day", "week", "month"} else None
    day = days.day(focus.year, focus.month, number) if focus else None
    if day is not None and context.published and day > context.published and not context.future:
        day = None
    if day is None and context.published is not None:
        day = _nearest(context, lambda y, m: days.day(y, m, number), months=True)
    return dated(day.isoformat(), (day, day), "day") if day else Resolved(f"XXXX-XX-{number:02d}", "DATE", unit="day")


def _nearest(context: Context, make: Callable[[int, int], Day | None], *, months: bool = False) -> Day | None:
    """The latest day that ``make`` gives up to publication, or the first from it on, trying year by year."""
    today = context.published
    if today is None:
        return None
    step = 1 if context.future else -1
    for offset in range((12 if months else _LEAP) + 1):
        index = today.year * 12 + today.month - 1 + offset * step
        year, month = (index // 12, index % 12 + 1) if months else (today.year + offset * step, 1)
        found = make(year, month)
        if found is not None and (found >= today if context.future else found <= today):
            return found
    return None


def _month(month: int, year: int | None, lean: int | None, context: Context) -> Resolved:
    today = context.published
    if year is None and today is not None:
        year = today.year
        if lean == -1:
            year -= month >= today.month
        elif lean == 1:
            year += month <= today.month
        elif lean is None:
            year += _month_step(month, today.month, context)
    if year is None or not 1 <= year <= 9999:
        return Resolved(f"XXXX-{month:02d}", "DATE", unit="month")
    return dated(f"{year:04d}-{month:02d}", days.months(year, month), "month")


def _month_step(month: int, today: int, context: Context) -> int:
    """The years to move a bare month: back to the latest, on to the next; to the nearer where the verb is a modal."""
    later = month > today
    if context.tense in _LOOSE - {"present"}:
        return 0 if abs(month - today) <= _HALF else -1 if later else 1
    if context.future:
        return int(month < today)
    return -1 if later else 0


def _day(month: int, number: int, weekday: int | None, year: int | None, context: Context) -> Resolved:
    if year is not None:
        day = days.day(year, month, number)
    else:
        day = _nearest(context, lambda y, _: days.day(y, month, number))
        if context.tense == "planned" and day and context.published and (day - context.published).days > _NEAR:
            day = _nearest(context.at(context.published, future=False), lambda y, _: days.day(y, month, number))
        elif context.tense in _LOOSE and day and context.published and (context.published - day).days > _NEAR:
            day = _nearest(context.at(context.published, future=True), lambda y, _: days.day(y, month, number))
        if weekday is not None and context.published and (day is None or day.isoweekday() != weekday):
            day = _on_weekday(month, number, weekday, context.published) or day
    if day is None:
        left = f"{year:04d}" if year else "XXXX"
        return Resolved(f"{left}-{month:02d}-{number:02d}", "DATE", unit="day")
    return dated(day.isoformat(), (day, day), "day")


def _on_weekday(month: int, number: int, weekday: int, today: Day) -> Day | None:
    """The year in which that day was that weekday, nearest to publication."""
    for offset in (0, 1, *range(-1, -_WEEKDAY_YEARS - 1, -1)):
        day = days.day(today.year + offset, month, number)
        if day is not None and day.isoweekday() == weekday:
            return day
    return None


def chunk(meaning: Chunk, context: Context, year: int | None) -> Resolved:
    """A quarter, half or season; without a year the latest that has begun, or the next with a future verb."""
    unit = "quarter" if meaning.code[0] in "QH" else "season"
    today = context.published
    if year is None and today is not None:
        year = _chunk_year(meaning, context, today)
    period = days.months(year, meaning.month, meaning.months) if year is not None and 1 <= year <= 9999 else None
    return dated(f"{year:04d}-{meaning.code}" if period else f"XXXX-{meaning.code}", period, unit)


def _chunk_year(meaning: Chunk, context: Context, today: Day) -> int:
    def span(year: int) -> Period | None:
        return days.months(year, meaning.month, meaning.months) if 1 <= year <= 9999 else None

    year = today.year + 1
    if meaning.lean == 1 or (meaning.lean is None and context.future):
        for candidate in (today.year - 1, today.year, today.year + 1):
            period = span(candidate)
            if period and (period[0] > today if meaning.lean == 1 else period[1] >= today):
                return candidate
        return year
    for candidate in (today.year + 1, today.year, today.year - 1, today.year - 2):
        period = span(candidate)
        if period is None:
            continue
        if meaning.lean == 0 and (period[0] <= today <= period[1] or candidate == today.year):
            return candidate
        if meaning.lean != 0 and (period[1] < today if meaning.lean == -1 else period[0] <= today):
            return candidate
    return today.year


def feast(meaning: Feast, context: Context) -> Resolved:
    """A feast day: the latest up to publication, or the next with a future verb."""

    def make(year: int, _: int) -> Day | None:
        if meaning.easter is None:
            return days.day(year, meaning.month or 1, meaning.day or 1)
        sunday = days.easter(year) if 1 <= year <= 9999 else None
        return days.plus_days(sunday, meaning.easter) if sunday else None

    day = make(meaning.year, 1) if meaning.year is not None else _nearest(context, make)
    if day is None:
        blank = f"XXXX-{meaning.month or 0:02d}-{meaning.day or 0:02d}" if meaning.month else "XXXX-XX-XX"
        return Resolved(blank, "DATE", unit="day")
    return dated(day.isoformat(), (day, day), "day")
