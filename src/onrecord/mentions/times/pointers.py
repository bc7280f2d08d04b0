"""Pointing words: "last week", "this morning", "the past 24 hours", "the first two months of this year", "early March"."""

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
    Era,
    Feast,
    Length,
    Match,
    Meaning,
    Shift,
    Some,
    Stretch,
    Then,
    Vague,
)
from onrecord.mentions.times.years import year_after, year_number

_DETERMINERS = {"the", "these", "those", "its", "their"}
_WINDOWED = {"in", "over", "during", "for", "within", "throughout", "of", "from"}
_INNER = {"week", "month", "year", "decade", "century", "weekend", "day", "quarter"}


def pointer(line: Line, start: int) -> Match | None:
    """What "last", "next", "this" and the like point to, from the determiner on."""
    index = start + (line.word(start) in _DETERMINERS)
    found = line.lexicon.pointers.get(line.word(index))
    if found is None:
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
    """ "last night", "this morning", "that evening", "the next morning", "the past night"."""
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
    if after == "-" and line.glued(end + 1) or after == "old":
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
    """ "the day before", "the week after", and "the year" where a preposition shows that it is this one."""
    unit = line.lexicon.units.get(line.word(start + 1))
    if line.word(start) != "the" or unit is None:
        return None
    word, after = line.word(start + 2), line.word(start + 3)
    closed = after in STOPS or line.tag(start + 3) in {"TO", "MD", "VBD", "VBZ"} or (after == "from" and word != "after")
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
    """ "the year" inside a larger expression: "the end of the year"."""
    unit, after = line.word(start + 1), line.word(start + 2)
    if line.word(start) != "the" or unit not in _INNER or after in {"-", "when", "that"}:
        return None
    if after == "of" and not before_of:
        return None
    return start + 2, Shift(Fraction(0), unit)


def ordinal(line: Line, start: int, base: Rule) -> Match | None:
    """ "the first two months of this year", "the third quarter of 2024", "last week of August", "second half of 2023"."""
    index = start + (line.word(start) == "the")
    owner = line.lower[start + 1 : start + 4] == ["year", "'", "s"] and line.word(start) in {"last", "this", "next"}
    if owner:
        return _owned(line, start, base)
    place = line.lexicon.ordinals.get(line.word(index))
    if place is None:
        return None
    index += 1
    index += line.word(index) == "full"
    if line.word(index) in {"quarter", "half"}:
        return _chunk(line, start, index, place, base)
    counted = count(line, index) if place in {1, -1} and line.word(index) not in {"a", "an"} else None
    number = 1
    if counted:
        index, size = counted
        if size is None or size.denominator > 1:
            return None
        number = int(size)
    unit = line.lexicon.unit(line.word(index))
    if unit is None or unit.minutes is not None or line.word(index + 1) not in {"of", "in"}:
        return None
    inner = _of(line, index + 2, base)
    if inner is None or not _contains(inner[1]):
        return None
    if place > 1:
        return None
    return inner[0], Some(number, unit.name, place < 0, inner[1])


def _owned(line: Line, start: int, base: Rule) -> Match | None:
    """ "last year's second quarter"."""
    year, place = base(line, start), line.lexicon.ordinals.get(line.word(start + 4))
    if year is None or place is None or line.word(start + 5) not in {"quarter", "half"}:
        return None
    size = 3 if line.word(start + 5) == "quarter" else 6
    number = place if place > 0 else 12 // size
    code = f"{'Q' if size == 3 else 'H'}{number}"
    return start + 6, Chunk(code, (number - 1) * size + 1, size, within=year[1])


def _of(line: Line, index: int, base: Rule) -> Match | None:
    return base(line, index) or this_unit(line, index)


def _contains(meaning: Meaning) -> bool:
    """Whether a period is long enough to have first days."""
    if isinstance(meaning, Calendar):
        return meaning.day is None and meaning.weekday is None
    return isinstance(meaning, Shift | Chunk | Era)


def _chunk(line: Line, start: int, index: int, place: int, base: Rule) -> Match | None:
    """A quarter or half of a year, with or without its year."""
    quarter = line.word(index) == "quarter"
    size = 3 if quarter else 6
    number = place if place > 0 else 12 // size
    if number * size > 12:
        return None
    month = (number - 1) * size + 1
    code = f"{'Q' if quarter else 'H'}{number}"
    end = index + 1
    if line.word(end) == "of":
        inner = _of(line, end + 1, base)
        if inner and isinstance(inner[1], Calendar) and inner[1].year is not None and inner[1].month is None:
            return inner[0], Chunk(code, month, size, year=inner[1].year)
        if inner and isinstance(inner[1], Shift) and inner[1].unit == "year":
            return inner[0], Chunk(code, month, size, within=inner[1])
        if inner and not quarter and _contains(inner[1]):
            return inner[0], Stretch(0 if place == 1 else 5, 5 if place == 1 else 10, False, inner[1])
        if inner is None and line.word(end + 1) not in {"fiscal"}:
            return None
    close, year, within = year_after(line, end)
    if close > end and line.word(end) != ",":
        return close, Chunk(code, month, size, year=year, within=within)
    if not quarter or line.word(start) != "the" or place < 0 or line.word(end) in {"of", "-"}:
        return None
    return end, Chunk(code, month, size)


def stretch(line: Line, start: int, base: Rule) -> Match | None:
    """ "early March", "mid-2024", "late last year", "the end of the month", "the beginning of 2016"."""
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
        inner = _of(line, end + 1, base)
    else:
        return None
    if inner is None or isinstance(inner[1], Length | Vague | Bounded):
        return None
    if isinstance(inner[1], Clock):
        return inner if found.word in {"early", "mid", "late"} else None
    return inner[0], Stretch(found.first, found.last, found.edge, inner[1])


def bounded(line: Line, start: int, base: Rule) -> Match | None:
    """ "earlier this month", "later in the week", "later that day"."""
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
    """ "the week of March 3"."""
    if line.lower[start : start + 3] != ["the", "week", "of"]:
        return None
    inner = base(line, start + 3)
    if inner is None or not isinstance(inner[1], Calendar) or inner[1].day is None:
        return None
    return inner[0], Some(1, "week", False, inner[1])


def season(line: Line, start: int) -> Match | None:
    """ "spring 2024", "the summer of 2021", "in the spring"."""
    index = start + (line.word(start) == "the")
    index += line.word(index) in {"whole", "entire"}
    found = line.lexicon.seasons.get(line.word(index))
    if found is None:
        return None
    end, year, within = year_after(line, index + 1)
    if end > index + 1 and line.word(index + 1) != ",":
        return end, Chunk(found.code, found.month, 3, year=year, within=within)
    before = line.word(start - 1)
    noun = line.tag(index + 1).startswith("NN") or line.word(index + 1) in {"of", "-"}
    governed = before in {"in", "since", "by", "during", "of", "until", "early", "late", "mid", "through", "-", "for"}
    return (index + 1, Chunk(found.code, found.month, 3)) if governed and not noun else None


def short_chunk(line: Line, start: int) -> Match | None:
    """ "Q3 2024", "H1"."""
    word = line.word(start)
    if len(word) != 2 or word[0] not in "qh" or word[1] not in "1234" or not line.capital(start):
        return None
    size = 3 if word[0] == "q" else 6
    number = int(word[1])
    if number * size > 12:
        return None
    end, year, within = year_after(line, start + 1)
    return end, Chunk(word.upper(), (number - 1) * size + 1, size, year=year, within=within)


