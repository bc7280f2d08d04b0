"""Pointing words: "last week", "this morning", "the past 24 hours", "early March"."""

from __future__ import annotations

from fractions import Fraction

from onrecord.knowledge.times import Pointer
from onrecord.mentions.times.clocks import Rule, with_part
from onrecord.mentions.times.counts import count
from onrecord.mentions.times.dates import month_at
from onrecord.mentions.times.lengths import STOPS
from onrecord.mentions.times.line import Line
from onrecord.mentions.times.meaning import (
    Bounded,
    Calendar,
    Chunk,
    Clock,
    Feast,
    Length,
    Match,
    Shift,
    Some,
    Stretch,
    Then,
    Vague,
)
from onrecord.mentions.times.years import year_number

_DETERMINERS = {"the", "these", "those", "its", "their"}
_WINDOWED = {"in", "over", "during", "for", "within", "throughout", "of", "from"}
_INNER = {"week", "month", "year", "decade", "century", "weekend", "day", "quarter"}


def pointer(line: Line, start: int) -> Match | None:
    """What "last", "next", "this" and the like point to, from the determiner on."""
    index = start + (line.word(start) in _DETERMINERS)
    index += index > start and line.word(index) == "most"
    found = line.lexicon.pointers.get(line.word(index))
    if found is None:
        return None
    if index == start and found.word in {"following", "preceding", "same"}:
        return None
    if found.word in {"that", "this"} and not line.tag(index).startswith(("DT", "IN", "RB")):
        return None
    index += 1
    second = line.lexicon.pointers.get(line.word(index))
    if second is not None and second.word in {"past", "coming", "same", "last", "next"}:
        found, index = second, index + 1
    elif found.shift == 0 and line.word(index) in {"very", "whole", "entire"}:
        index += 1
    return _target(line, start, index, found)


def _target(line: Line, start: int, index: int, found: Pointer) -> Match | None:
    word = line.word(index)
    if (weekday := line.lexicon.weekdays.get(word)) is not None and line.capital(index):
        return with_part(line, (index + 1, Calendar(weekday=weekday, lean=found.shift, focus=found.focus)))
    if (month := month_at(line, index)) is not None:
        if found.focus:
            return month[0], Calendar(month=month[1], within=Shift(Fraction(found.shift), "year", focus=True))
        return month[0], Calendar(month=month[1], lean=found.shift)
    if word == "date" and found.focus and found.shift == 0:
        return index + 1, Then()
    if word in line.lexicon.seasons:
        season = line.lexicon.seasons[word]
        return index + 1, Chunk(season.code, season.month, 3, lean=found.shift)
    if word in line.lexicon.holidays and found.shift <= 0 and found.word in {"last", "this"}:
        feast = line.lexicon.holidays[word]
        return index + 1, Feast(feast.month, feast.day, feast.easter, lean=found.shift)
    if word in line.lexicon.parts and line.word(index + 1) != "-":
        return _part(line, index, found)
    return _units(line, start, index, found)


def _part(line: Line, index: int, found: Pointer) -> Match:
    """Such as "last night", "this morning", "that evening", "the next morning", "the past night"."""
    code = line.lexicon.parts[line.word(index)].code
    if found.window and code == "NI":
        return index + 1, Clock(code, Shift(Fraction(0), "day"), over=-1)
    focus = found.focus or found.word == "next"
    shift = found.shift if found.word != "last" else -1
    return index + 1, Clock(code, Shift(Fraction(shift), "day", focus=focus))


def _units(line: Line, start: int, index: int, found: Pointer) -> Match | None:
    counted = count(line, index) if line.word(index) not in {"a", "an"} else None
    end, number = counted if counted else (index, Fraction(1))
    end += line.word(end) == "-" and line.glued(end)
    unit = line.lexicon.unit(line.word(end))
    if unit is None or line.word(end) == "second":
        return None
    after = line.word(end + 1)
    if (after == "-" and line.glued(end + 1)) or after == "old":
        return None
    plural = line.word(end) in line.lexicon.plurals
    focus = found.focus or (found.word == "next" and unit.name == "day")
    if plural and counted is None:
        if not found.window and found.word not in {"previous", "preceding", "following"}:
            return None
        return end + 1, Length(None, unit.name, found.shift, focus)
    windowed = (found.window and not (found.shift > 0 and unit.months)) or (
        found.word == "last" and line.word(start) == "the" and line.word(start - 1) in _WINDOWED and after != "of"
    )
    if plural or counted is not None or (windowed and unit.name not in {"weekend", "quarter", "night"}):
        return end + 1, Length(number, unit.name, found.shift, focus)
    if unit.minutes is not None:
        return (end + 1, Length(number, unit.name, found.shift, focus)) if line.word(start) == "the" else None
    return end + 1, Shift(Fraction(found.shift), unit.name, focus=focus)


def the_unit(line: Line, start: int) -> Match | None:
    """Such as "the day before", "the week after", and "the year" where a preposition shows that it is this one."""
    unit = line.lexicon.units.get(line.word(start + 1))
    if line.word(start) != "the" or unit is None:
        return None
    word, after = line.word(start + 2), line.word(start + 3)
    closed = (
        after in STOPS or line.tag(start + 3) in {"TO", "MD", "VBD", "VBZ"} or (after == "from" and word != "after")
    )
    if word in {"before", "after", "earlier"} and closed:
        sign = 1 if word == "after" else -1
        return start + 3, Shift(Fraction(sign), unit.name, focus=True)
    if word in {"to", "ending", "ended"} and unit.name in {"year", "month", "week", "quarter"}:
        if line.lower[start + 2 : start + 4] == ["to", "date"]:
            return start + 4, Bounded(-1, Shift(Fraction(0), unit.name))
        return start + 2, Length(Fraction(1), unit.name)
    if unit.name == "weekend" and not (line.tag(start + 2).startswith("NN") and not line.capital(start + 2)):
        return start + 2, Shift(Fraction(0), "weekend")
    if unit.name == "year" and (year := year_number(line, start + 2)) is not None:
        return start + 3, Calendar(year=year)
    return None


def this_unit(line: Line, start: int, *, before_of: bool = False) -> Match | None:
    """The words "the year" inside a larger expression: "the end of the year"."""
    unit, after = line.word(start + 1), line.word(start + 2)
    if line.word(start) != "the" or unit not in _INNER or after in {"-", "when", "that"}:
        return None
    if after == "of" and not before_of:
        return None
    return start + 2, Shift(Fraction(0), unit)


def inner_of(line: Line, index: int, base: Rule) -> Match | None:
    """The period after "of" or an article: a date, or "the year"."""
    return base(line, index) or this_unit(line, index)


def stretch(line: Line, start: int, base: Rule) -> Match | None:
    """Such as "early March", "mid-2024", "late last year", "the end of the month", "the beginning of 2016"."""
    index = start + (line.word(start) == "the")
    index += line.word(index) == "very"
    found = line.lexicon.stretches.get(line.word(index))
    if found is None:
        return None
    end = index + 1
    if found.word in {"early", "mid", "late"}:
        end += line.word(end) == "-"
        inner = base(line, end) or (this_unit(line, end) if found.word != "early" else None)
    elif line.word(end) == "of":
        inner = inner_of(line, end + 1, base)
    else:
        return None
    if inner is None or isinstance(inner[1], Length | Vague | Bounded):
        return None
    if isinstance(inner[1], Clock):
        return inner if found.word in {"early", "mid", "late"} else None
    return inner[0], Stretch(found.first, found.last, found.edge, inner[1])


def bounded(line: Line, start: int, base: Rule) -> Match | None:
    """Such as "earlier this month", "later in the week", "later that day"."""
    side = {"earlier": -1, "later": 1}.get(line.word(start))
    if side is None:
        return None
    index = start + 1 + (line.word(start + 1) == "in")
    inner = (base(line, index) if index == start + 1 else None) or pointer(line, index)
    inner = inner or this_unit(line, index, before_of=True)
    if inner is None or not isinstance(inner[1], Shift | Calendar):
        return None
    if isinstance(inner[1], Calendar) and (inner[1].year is None or inner[1].month is not None):
        return None
    return inner[0], Bounded(side, inner[1])


def week_of(line: Line, start: int, base: Rule) -> Match | None:
    """Such as "the week of March 3"."""
    if line.lower[start : start + 3] != ["the", "week", "of"]:
        return None
    inner = base(line, start + 3)
    if inner is None or not isinstance(inner[1], Calendar) or inner[1].day is None:
        return None
    return inner[0], Some(1, "week", False, inner[1])
