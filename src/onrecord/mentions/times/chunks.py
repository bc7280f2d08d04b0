"""Parts of a year: "the third quarter of 2024", "Q3", "spring 2024", "the first two months of this year"."""

from __future__ import annotations

from onrecord.mentions.times.clocks import Rule
from onrecord.mentions.times.counts import count
from onrecord.mentions.times.line import Line
from onrecord.mentions.times.meaning import Calendar, Chunk, Era, Match, Meaning, Shift, Some, Stretch
from onrecord.mentions.times.pointers import inner_of
from onrecord.mentions.times.years import year_after


def ordinal(line: Line, start: int, base: Rule) -> Match | None:
    """Such as "the third quarter of 2024", "the first two months of this year", "last week of August"."""
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
    inner = inner_of(line, index + 2, base)
    if inner is None or not _contains(inner[1]):
        return None
    if place > 1:
        return None
    if counted is None and line.word(index) in line.lexicon.plurals:
        return inner[0], Stretch(0, 3, False, inner[1]) if place == 1 else Stretch(7, 10, False, inner[1])
    return inner[0], Some(number, unit.name, place < 0, inner[1])


def _owned(line: Line, start: int, base: Rule) -> Match | None:
    """Such as "last year's second quarter"."""
    year, place = base(line, start), line.lexicon.ordinals.get(line.word(start + 4))
    if year is None or place is None or line.word(start + 5) not in {"quarter", "half"}:
        return None
    size = 3 if line.word(start + 5) == "quarter" else 6
    number = place if place > 0 else 12 // size
    code = f"{'Q' if size == 3 else 'H'}{number}"
    return start + 6, Chunk(code, (number - 1) * size + 1, size, within=year[1])


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
        inner = inner_of(line, end + 1, base)
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


def season(line: Line, start: int) -> Match | None:
    """Such as "spring 2024", "the summer of 2021", "in the spring"."""
    index = start + (line.word(start) == "the")
    index += line.word(index) in {"whole", "entire"}
    found = line.lexicon.seasons.get(line.word(index))
    if found is None or line.tag(index).startswith("VB"):
        return None
    end, year, within = year_after(line, index + 1)
    if end > index + 1 and line.word(index + 1) != ",":
        return end, Chunk(found.code, found.month, 3, year=year, within=within)
    before = line.word(start - 1)
    noun = line.tag(index + 1).startswith("NN") or line.word(index + 1) in {"of", "-"}
    governed = before in {"in", "since", "by", "during", "of", "until", "early", "late", "mid", "through", "-", "for"}
    return (index + 1, Chunk(found.code, found.month, 3)) if governed and not noun else None


def short_chunk(line: Line, start: int) -> Match | None:
    """Such as "Q3 2024", "H1"."""
    word = line.word(start)
    if len(word) != 2 or word[0] not in "qh" or word[1] not in "1234" or not line.capital(start):
        return None
    size = 3 if word[0] == "q" else 6
    number = int(word[1])
    if number * size > 12:
        return None
    end, year, within = year_after(line, start + 1)
    return end, Chunk(word.upper(), (number - 1) * size + 1, size, year=year, within=within)
