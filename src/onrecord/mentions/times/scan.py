"""One pass over a line: at every atom that can begin a time expression, the longest that does."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from onrecord.mentions.times import chunks, clocks, dates, lengths, pointers, years
from onrecord.mentions.times.lexicon import Lexicon
from onrecord.mentions.times.line import Line
from onrecord.mentions.times.meaning import (
    Calendar,
    Clock,
    Connector,
    Feast,
    Found,
    Interval,
    Match,
    Repeat,
    Shift,
    Then,
    Vague,
)

_TO = {"to", "until", "till", "through", "-", "into"}
_AND = {"and", "or", "and/or"}
_NOUNLIKE = ("NN", "JJ", "CD", "VBG", "FW")


def fixed(line: Line, start: int) -> Match | None:
    """Words with a day or a value of their own: "yesterday", "now", "Christmas Eve"."""
    size = line.phrase(start, line.lexicon.fixed)
    if not size:
        return None
    end, words = start + size, line.words(start, start + size)
    shift = line.lexicon.days.get(words)
    if shift is not None:
        return end, _day(shift)
    feast = line.lexicon.holidays.get(words)
    if feast is not None:
        if not line.capital(start):
            return None
        close, year, within = years.year_after(line, end)
        year_at = year if within is None and line.word(end) != "," else None
        return (close if year_at else end), Feast(feast.month, feast.day, feast.easter, year=year_at)
    return _reference(line, start, end, words)


def then(line: Line, start: int) -> Match | None:
    """The word "then", where a preposition makes it a date."""
    if line.word(start) == "then" and line.word(start - 1) in {"since", "by", "until", "till", "from", "before"}:
        return start + 1, Then()
    return None


def _day(shift: int) -> Shift:
    return Shift(Fraction(shift), "day")


def _reference(line: Line, start: int, end: int, words: str) -> Match | None:
    found = line.lexicon.references[words]
    before, after = line.word(start - 1), line.word(end)
    if found.kind == "set":
        return end, Repeat(found.value)
    if found.kind == "overnight":
        return clocks.overnight(line, start, basic)
    if found.kind == "part":
        return end, Clock(found.value, _day(0))
    if words.startswith("the ") and (line.tag(end).startswith(_NOUNLIKE) or after in {"of", "that", "when"}):
        return None
    if words == "the moment" and before not in {"at", "for"}:
        return None
    if (
        before == "as"
        or (after == "-" and line.glued(end))
        or (words in {"shortly", "soon"} and after in {"after", "before"})
    ):
        return None
    if words == "now" and (after in {"that", "-"} or before in {"-", "just"}):
        return None
    return end, Vague(found.value)


RULES = (
    fixed, then, dates.month_first, dates.weekday_first, dates.day_first, dates.numeric, dates.the_day,
    years.year, years.decade, years.century, pointers.pointer, pointers.the_unit, chunks.season,
    chunks.short_chunk,
)  # fmt: skip
LATE_RULES = (lengths.length, lengths.rate, lengths.bare, lengths.repeat, clocks.clock, clocks.part)
NESTING = (chunks.ordinal, pointers.stretch, pointers.bounded, pointers.week_of, clocks.the_part)


def basic(line: Line, start: int) -> Match | None:
    """The longest expression at ``start`` that holds no other, but for "the" before it and a part of the day after."""
    best: Match | None = None
    for rule in RULES:
        found = rule(line, start)
        if found and (best is None or found[0] > best[0]):
            best = found
    if best is None and line.word(start) == "the":
        best = _the(line, start)
    return clocks.with_part(line, best) if best else None


def _the(line: Line, start: int) -> Match | None:
    """A date, year or decade after an article: "the 1990s", "the 27th of March", "the Saturday"."""
    index = start + 1 + (line.word(start + 1) == "'")
    for rule in (years.decade, years.century, dates.day_first, dates.weekday_first):
        found = rule(line, index)
        if found and isinstance(found[1], Calendar) and found[1].weekday and found[1].day is None:
            return found[0], Calendar(weekday=found[1].weekday, focus=True)
        if found and not isinstance(found[1], Repeat):
            return found
    return None


def expression(line: Line, start: int) -> Match | None:
    """The longest expression that begins at ``start``."""
    best = basic(line, start)
    for rule in LATE_RULES:
        found = rule(line, start)
        if found and (best is None or found[0] > best[0]):
            best = found
    if line.word(start) == "the" and (best is None or best[0] == start):
        best = lengths.length(line, start + 1) if line.word(start + 1) not in {"a", "an"} else None
    for nest in NESTING:
        found = nest(line, start, basic)
        if found and (best is None or found[0] > best[0]):
            best = found
    if best is None:
        return None
    if isinstance(best[1], Clock) and best[1].of is None:
        best = clocks.with_day(line, best, basic)
    return best


def starters(lexicon: Lexicon) -> frozenset[str]:
    """All words that can begin an expression; every number can, too."""
    table = (
        lexicon.months, lexicon.weekdays, lexicon.plural_days, lexicon.plurals, lexicon.seasons, lexicon.parts,
        lexicon.fixed, lexicon.pointers, lexicon.stretches, lexicon.modifiers, lexicon.numbers, lexicon.vague,
        lexicon.ordinals,
    )  # fmt: skip
    own = {"the", "a", "an", "every", "each", "per", "earlier", "later", "half", "couple", "these", "those"}
    own |= {"then", "q1", "q2", "q3", "q4", "h1", "h2", "very"}
    return frozenset(own.union(*table))


def scan(line: Line, first_words: frozenset[str]) -> list[Found]:
    """All expressions of a line in order, none overlapping."""
    found: list[Found] = []
    index, size, lower = 0, len(line), line.lower
    while index < size:
        word = lower[index]
        if word not in first_words and not "0" <= word[0] <= "9":
            index += 1
            continue
        more = list(_at(line, index))
        if more:
            more[0] = _joined(line, found, more[0])
            found += more
            index = more[-1].end
        else:
            index += 1
    return _merged(line, found)


def _at(line: Line, index: int) -> Iterator[Found]:
    days = dates.day_list(line, index) if "0" <= line.word(index)[0] <= "9" else None
    if days and line.word(index + 1) != "-":
        for n, (start, end, date) in enumerate(days):
            yield Found(start, end, date, _connector(line.word(start - 1)) if n else "")
        return
    match = expression(line, index)
    if match is None:
        return
    end, meaning = match
    yield Found(index, end, meaning)
    while isinstance(meaning, Calendar) and (second := dates.days_after(line, end, meaning)):
        start, end, meaning = second
        yield Found(start, end, meaning, _connector(line.word(start - 1)))


def _connector(word: str) -> Connector:
    return "to" if word in _TO else "and"


def _joined(line: Line, before: list[Found], found: Found) -> Found:
    """How an expression continues the one before it: by one connecting word, or "up to"."""
    if not before:
        return found
    gap = line.lower[before[-1].end : found.start]
    if len(gap) == 2 and gap[1] in {"the", "on", "in", "at"} and gap[0] in _TO | _AND:
        gap = gap[:1]
    dash = gap == ["-"] and not (isinstance(before[-1].meaning, Calendar) and isinstance(found.meaning, Calendar))
    if gap == ["up", "to"] or (len(gap) == 1 and gap[0] in _TO and not dash):
        return Found(found.start, found.end, found.meaning, "to")
    if len(gap) == 1 and gap[0] in _AND:
        return Found(found.start, found.end, found.meaning, "and")
    return found


def _merged(line: Line, found: list[Found]) -> list[Found]:
    """Dates on both sides of a dash become one expression: "25 August – 24 September"."""
    out: list[Found] = []
    for item in found:
        last = out[-1] if out else None
        dash = last is not None and item.joined == "to" and line.word(item.start - 1) == "-"
        if dash and last and isinstance(last.meaning, Calendar) and isinstance(item.meaning, Calendar):
            out[-1] = Found(last.start, item.end, Interval(last.meaning, item.meaning), last.joined)
        else:
            out.append(item)
    return out
