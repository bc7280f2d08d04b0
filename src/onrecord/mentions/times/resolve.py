"""From what an expression says to the days it means: TIMEX3 value, first and last day."""

from __future__ import annotations

from fractions import Fraction

import msgspec

from onrecord.knowledge.times import Unit
from onrecord.mentions.times import arithmetic as days
from onrecord.mentions.times.arithmetic import Day, Period
from onrecord.mentions.times.calendars import calendar, chunk, feast
from onrecord.mentions.times.context import Context, Resolved, dated
from onrecord.mentions.times.lengths import length_value
from onrecord.mentions.times.meaning import (
    Bounded,
    Calendar,
    Chunk,
    Clock,
    Era,
    Feast,
    Interval,
    Length,
    Meaning,
    Repeat,
    Shift,
    Some,
    Stretch,
    Then,
    Vague,
)
from onrecord.mentions.times.shares import within

_BLANK = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "quarter": "XXXX-QX"}


def resolve(meaning: Meaning, context: Context) -> Resolved:
    """The value and the days of ``meaning``; the days stay ``None`` where the context does not tell them."""
    match meaning:
        case Calendar():
            return calendar(meaning, context, _year_of(meaning, context))
        case Chunk():
            return chunk(meaning, context, _year_of(meaning, context))
        case Feast():
            return feast(meaning, context)
        case Era():
            return dated(meaning.value, days.years(meaning.first, min(meaning.last, 9999)), "era")
        case Shift():
            return _running(meaning, _shift(meaning, context), context)
        case Then():
            return context.focus or Resolved("PAST_REF", "DATE")
        case Length():
            return _length(meaning, context)
        case Repeat():
            return Resolved(meaning.value, "SET")
        case Vague():
            return Resolved(meaning.value, "DATE")
        case Clock():
            return _clock(meaning, context)
        case Stretch() | Bounded() | Some():
            inner = msgspec.structs.replace(context, tense="present") if context.tense != "future" else context
            return within(meaning, resolve(meaning.of, inner), context)
        case Interval():
            return _interval(*pair(meaning.first, meaning.last, context))


def _year_of(meaning: Calendar | Chunk, context: Context) -> int | None:
    if meaning.year is not None or meaning.within is None:
        return meaning.year
    inner = resolve(meaning.within, context)
    return inner.first.year if inner.first else None


def _shift(meaning: Shift, context: Context) -> Resolved:
    base = context.base(focus=meaning.focus)
    unit = context.units[meaning.unit]
    clocked = unit.minutes is not None
    if base is None or meaning.count is None:
        return Resolved(_BLANK.get(unit.name, "XXXX"), "DATE", unit=unit.name)
    if clocked:
        when = days.plus(base, meaning.count, unit)
        value = f"{when.isoformat()}TXX:XX" if when else "XXXX-XX-XX"
        return dated(value, (when, when) if when else None, "day", "TIME")
    # On a Sunday "last week" is the one that ends that day.
    sunday = unit.name == "week" and meaning.count == -1 and not (meaning.exact or meaning.focus)
    when = base if sunday and base.weekday() == 6 else days.plus(base, meaning.count, unit)
    if when is None:
        return Resolved(_BLANK.get(unit.name, "XXXX"), "DATE", unit=unit.name)
    if unit.name == "weekend":
        return _weekend(meaning, base, context)
    found = _calendar_unit(when, unit, context, meaning)
    if meaning.exact and unit.name in {"week", "fortnight", "month"} and not (meaning.focus and context.coarse):
        return msgspec.structs.replace(found, first=when, last=when)
    return found


def _running(meaning: Shift, found: Resolved, context: Context) -> Resolved:
    """What "this year" means: up to publication, when the verb tells what has happened in it."""
    today = context.published
    if meaning.count != 0 or meaning.focus or today is None or context.tense not in {"past", "perfect"}:
        return found
    if found.first is None or found.last is None or meaning.unit == "weekend" or not found.first <= today <= found.last:
        return found
    return msgspec.structs.replace(found, last=today)


def _calendar_unit(when: Day, unit: Unit, context: Context, meaning: Shift) -> Resolved:
    """The calendar unit around a day."""
    name = unit.name
    if name == "quarter":
        first = (when.month - 1) // 3 * 3 + 1
        return dated(f"{when.year:04d}-Q{first // 3 + 1}", days.months(when.year, first, 3), name)
    if name == "month" or (name == "year" and meaning.exact and meaning.focus and context.coarse == "month"):
        return dated(f"{when.year:04d}-{when.month:02d}", days.months(when.year, when.month), "month")
    if name == "year" or (meaning.exact and unit.months):
        return dated(f"{when.year:04d}", days.years(when.year, when.year), "year")
    if name in {"decade", "century"}:
        size = 10 if name == "decade" else 100
        first = when.year - when.year % size
        return dated(f"{first // size:0{2 + (size == 10)}d}", days.years(max(1, first), first + size - 1), "era")
    if name in {"week", "fortnight"}:
        return dated(days.week_name(when), days.week(when), "week")
    return dated(when.isoformat() + ("TNI" if name == "night" else ""), (when, when), "day")


def _weekend(meaning: Shift, base: Day, context: Context) -> Resolved:
    """The weekend: the last one that has begun; "last" and "next" go one calendar week back or on."""
    count = meaning.count or Fraction(0)
    saturday = days.plus_days(base, 5 - base.weekday())
    if saturday and count == 0 and not context.future:
        saturday = saturday if saturday <= base else days.plus_days(saturday, -7)
    elif saturday and not meaning.exact and count < 0 and base.weekday() == 6:
        saturday = days.plus_days(saturday, -7)
    elif saturday:
        saturday = days.plus(saturday, count, context.units["week"])
    sunday = days.plus_days(saturday, 1) if saturday else None
    if saturday is None or sunday is None:
        return Resolved(_BLANK["weekend"], "DATE", unit="weekend")
    return dated(f"{days.week_name(saturday)}-WE", (saturday, sunday), "weekend")


def _length(meaning: Length, context: Context) -> Resolved:
    unit = context.units[meaning.unit]
    value = length_value(meaning.count, unit)
    base = context.base(focus=meaning.focus)
    if base is None or not (meaning.window or context.window):
        return Resolved(value, "DURATION", unit=unit.name)
    window = meaning.window or context.window
    if meaning.count is None:
        if unit.name != "hour":
            return Resolved(value, "DURATION", unit=unit.name)
        other = days.plus_days(base, -1) if window < 0 else base
    else:
        other = days.plus(base, meaning.count * window, unit)
    if other is None:
        return Resolved(value, "DURATION", unit=unit.name)
    return Resolved(value, "DURATION", min(base, other), max(base, other), unit.name)


def _clock(meaning: Clock, context: Context) -> Resolved:
    if meaning.of is None:
        base = context.day_here()
        if base is None:
            return Resolved(f"XXXX-XX-XXT{meaning.value}", "TIME")
        period: Period | None = (base, base)
    else:
        inner = resolve(meaning.of, context)
        if inner.first is None or inner.last is None:
            return Resolved(f"{inner.timex[:10]}T{meaning.value}", "TIME")
        base, period = inner.first, (inner.first, inner.last)
    if meaning.over:
        other = days.plus_days(base, meaning.over)
        base, end = (min(base, other), max(base, other)) if other else (base, base)
        period = (base, end)
    return dated(f"{base.isoformat()}T{meaning.value}", period, "day", "TIME")


def _interval(first: Resolved, last: Resolved) -> Resolved:
    value = f"{first.timex}/{last.timex}"
    if first.first is None or last.last is None or first.first > last.last:
        return Resolved(value, "DATE", unit=first.unit)
    return Resolved(value, "DATE", first.first, last.last, last.unit)


def pair(first: Meaning, last: Meaning, context: Context) -> tuple[Resolved, Resolved]:
    """Both ends of a range or list, each completed by the other: the first lies before the last.

    "between June and October 2017" takes the year of its end; "Sunday to Monday" are neighbours.
    """
    first, last = _shared(first, last)
    loose_first, loose_last = _loose(first), _loose(last)
    if loose_last and not loose_first:
        begin = resolve(first, context)
        return begin, _after(last, begin, context)
    if loose_first and not loose_last:
        end = resolve(last, context)
        return _before(first, end, context), end
    if loose_first and loose_last:
        return _both(first, last, context)
    return resolve(first, context), resolve(last, context)


def _shared(first: Meaning, last: Meaning) -> tuple[Meaning, Meaning]:
    """A month said once for both, as in "the night of 23 to 24 April"."""
    if isinstance(first, Calendar) and isinstance(last, Calendar) and first.day and last.month and not first.month:
        first = msgspec.structs.replace(first, month=last.month, year=last.year)
    if not isinstance(first, Calendar) or not isinstance(last, Calendar):
        return first, last
    if last.within and not first.within and first.year is None and first.month:
        first = msgspec.structs.replace(first, within=last.within)
    return first, last


def _loose(meaning: Meaning) -> bool:
    """Whether the year (or week) must come from elsewhere."""
    while isinstance(meaning, Clock | Stretch) and meaning.of is not None:
        meaning = meaning.of
    if not isinstance(meaning, Calendar) or meaning.lean is not None or meaning.within is not None:
        return False
    return meaning.year is None


def _both(first: Meaning, last: Meaning, context: Context) -> tuple[Resolved, Resolved]:
    begin = resolve(first, context)
    if context.future or _runs_now(first, begin, context):
        return begin, _after(last, begin, context)
    end = resolve(last, context)
    return _before(first, end, context), end


def _runs_now(meaning: Meaning, begin: Resolved, context: Context) -> bool:
    """Whether a range that began in the last weeks may still be running."""
    if not isinstance(meaning, Calendar) or meaning.day is None or begin.first is None or context.published is None:
        return False
    return begin.first <= context.published and (context.published - begin.first).days <= 7


def _after(meaning: Meaning, begin: Resolved, context: Context) -> Resolved:
    anchor = begin.first
    return resolve(meaning, context.at(anchor, future=True) if anchor else context)


def _before(meaning: Meaning, end: Resolved, context: Context) -> Resolved:
    anchor = end.last if end.last and end.unit == "day" else end.first
    return resolve(meaning, context.at(anchor, future=False) if anchor else context)
