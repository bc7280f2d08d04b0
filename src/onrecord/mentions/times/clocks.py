"""Times of day: "3:30 am", "10 p.m. on Monday", "1400 GMT", "six o'clock", "Monday morning"."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from onrecord.mentions.times.lengths import STOPS as _STOPS
from onrecord.mentions.times.line import Line
from onrecord.mentions.times.meaning import Calendar, Clock, Interval, Match, Meaning, Shift

Rule = Callable[[Line, int], Match | None]
_HALVES = {"am": 0, "a.m.": 0, "a.m": 0, "pm": 12, "p.m.": 12, "p.m": 12}
_ZONES = {"gmt", "utc", "est", "edt", "et", "cet", "cest", "bst", "msk", "eet", "pst", "pdt", "ist", "kst", "jst", "z"}
_AT = {"at", "by", "until", "till", "from", "to", "around", "about", "before", "after", "since", "between", "and", "-"}
_IN_PART = {"morning": 0, "afternoon": 12, "evening": 12, "night": 12}
_PARTS_BEFORE = {"by", "at", "before", "until", "till", "since", "from", "after", "towards", "around", "to"}
_GLUE = {"on", "in", ",", "of"}


def _hour(line: Line, start: int) -> tuple[int, int, int] | None:
    """End, hour and minute of the figure at ``start``: "3:30", "17.00", "10"."""
    word = line.word(start)
    for sign in (":", "."):
        if sign in word and len(word) <= 5:
            left, right = word.split(sign, 1)
            if left.isdigit() and right.isdigit() and len(right) == 2 and int(left) < 25 and int(right) < 60:
                return start + 1, int(left), int(right)
            return None
    value = line.number(start)
    if value is None:
        value = line.lexicon.numbers.get(word)
    return (start + 1, value, 0) if value is not None and value <= 24 else None


def clock(line: Line, start: int) -> Match | None:
    """A time on the clock at ``start``, without its day."""
    glued = _glued(line.word(start))
    if glued:
        return _zoned(line, start + 1, *glued)
    if line.number(start) is not None and len(line.word(start)) == 4 and line.word(start + 1) in _ZONES | {"hours"}:
        hour, minute = divmod(line.number(start) or 0, 100)
        valid = hour < 25 and minute < 60
        return _zoned(line, start + 1 + (line.word(start + 1) == "hours"), hour, minute) if valid else None
    found = _hour(line, start)
    if found is None:
        return None
    end, hour, minute = found
    half = _HALVES.get(line.word(end))
    if half is not None and 1 <= hour <= 12:
        return _zoned(line, end + 1, hour % 12 + half, minute)
    if line.lower[end : end + 3] == ["o", "'", "clock"]:
        end, half = _told_half(line, end + 3)
        return _zoned(line, end, hour % 12 + half if half is not None else hour, minute)
    close, half = _told_half(line, end)
    if half is not None and hour <= 12:
        return close, Clock(f"{hour % 12 + half:02d}:{minute:02d}")
    return _zoned(line, end, hour, minute) if _bare_clock(line, start) else None


def _glued(word: str) -> tuple[int, int] | None:
    """The time "10pm" as one atom."""
    half = _HALVES.get(word[-2:])
    digits = word[:-2]
    if half is None or not digits.isascii() or not digits.isdigit() or len(digits) > 2 or not 1 <= int(digits) <= 12:
        return None
    return int(digits) % 12 + half, 0


def _told_half(line: Line, index: int) -> tuple[int, int | None]:
    """Which half of the day "in the morning" tells, and where it ends."""
    if line.lower[index : index + 2] == ["in", "the"] and line.word(index + 2) in _IN_PART:
        return index + 3, _IN_PART[line.word(index + 2)]
    if line.lower[index : index + 2] == ["at", "night"]:
        return index + 2, 12
    return index, None


def _bare_clock(line: Line, start: int) -> bool:
    """Whether figures without am or pm are a time: "06:00", "at 17.00"."""
    word = line.word(start)
    if line.word(start - 1) == ":" or (line.word(start + 1) == ":" and line.glued(start + 1)):
        return False
    if ":" in word:
        return True
    return "." in word and (line.word(start - 1) in {"at", "from"} or line.word(start + 1) in _ZONES)


def _zoned(line: Line, end: int, hour: int, minute: int) -> Match:
    """The time with the zone's words after it."""
    if line.word(end) in _ZONES:
        end += 1
    elif line.word(end + 1) == "time" and (line.word(end) == "local" or line.capital(end)):
        end += 2
    if line.word(end) == "(" and line.word(end + 2) in _ZONES and line.word(end + 3) == ")":
        end += 4
    return end, Clock(f"{hour:02d}:{minute:02d}")


def part(line: Line, start: int) -> Match | None:
    """A part of the day alone: "dawn", "at night", "by evening"."""
    found = line.lexicon.parts.get(line.word(start))
    if found is None:
        return None
    before = line.word(start - 1 - (line.word(start - 1) in {"early", "late"}))
    noun = line.tag(start + 1).startswith("NN") or line.word(start + 1) == "-" or line.word(start - 1) == "-"
    if (not found.alone and (before not in _PARTS_BEFORE or noun)) or (noun and line.word(start + 1) not in _ZONES):
        return None
    return start + 1, Clock(found.code)


def the_part(line: Line, start: int, base: Rule) -> Match | None:
    """Such as "the night of 23-24 April", "the morning", "the early hours of Monday"."""
    index = start + (line.word(start) == "the")
    early = line.word(index) in {"early", "late", "very"}
    index += early
    hours = early and line.word(index) == "hours"
    found = line.lexicon.parts.get(line.word(index))
    if not hours and (found is None or found.code[:1].isdigit()):
        return None
    code = "MO" if found is None else found.code
    end = index + 1
    if line.word(end) == "of" or (line.word(end) == "on" and not hours):
        inner = base(line, end + 1 + (line.word(end + 1) == "the"))
        if inner and _is_day(inner[1]):
            return _night(line, inner, code, base)
    if hours:
        return end, Clock(code)
    if line.word(start) == "the" and line.word(end) in {"before", "after"} and line.word(end + 1) in _STOPS:
        return end + 1, Clock(code, Shift(Fraction(1 if line.word(end) == "after" else -1), "day", focus=True))
    common = line.tag(end).startswith("NN") and not line.capital(end)
    if line.word(start) == "the" and not common and line.word(end) not in {"of", "-"}:
        lone = line.word(start - 1) in {"in", "during", "throughout", "into", "through", "later", "over", "by"}
        if lone:
            return end, Clock(code, over=-1 if code == "NI" else 0)
    return None


def _night(line: Line, inner: Match, code: str, base: Rule) -> Match:
    """A night that may name the days on both its sides: "30 June to 1 July"."""
    end, of = inner
    if line.word(end) in {"to", "-", "into"} and not isinstance(of, Interval):
        other = base(line, end + 1)
        if other and _is_day(other[1]):
            return other[0], Clock(code, Interval(of, other[1]))
    return end, Clock(code, of)


def _is_day(meaning: Meaning) -> bool:
    if isinstance(meaning, Calendar):
        return meaning.day is not None or meaning.weekday is not None
    if isinstance(meaning, Interval):
        return _is_day(meaning.first)
    return isinstance(meaning, Shift) and meaning.unit == "day"


def with_part(line: Line, found: Match) -> Match:
    """A day and the part or hour of it said next: "Monday morning", "Friday at 3 p.m."."""
    end, meaning = found
    if not _is_day(meaning):
        return found
    word = line.word(end)
    early = word in {"early", "late"} and line.word(end + 1) in line.lexicon.parts
    part_ = line.lexicon.parts.get(line.word(end + early))
    if part_ is not None and not (line.word(end + early + 1) == "-" and line.glued(end + early + 1)):
        return end + early + 1, Clock(part_.code, meaning)
    at = word in {"at", "around"} or (word == "," and line.word(end + 1) == "at")
    timed = clock(line, end + 1 + (word == ",")) if at else None
    if timed and isinstance(timed[1], Clock):
        return timed[0], Clock(timed[1].value, meaning)
    return found


def with_day(line: Line, found: Match, base: Rule) -> Match:
    """A time and the day said next: "3 p.m. on Monday", "noon Friday", "11 o'clock this morning"."""
    end, meaning = found
    if not isinstance(meaning, Clock) or meaning.of is not None or meaning.over:
        return found
    for skip in (0, 1):
        if skip and line.word(end) not in _GLUE:
            break
        inner = base(line, end + skip)
        if inner is None:
            continue
        of = inner[1]
        if isinstance(of, Clock) and of.of is not None and not of.value[:1].isdigit():
            of = of.of
        if _is_day(of):
            return inner[0], Clock(meaning.value, of)
    return found


def overnight(line: Line, start: int, base: Rule) -> Match:
    """Such as "overnight", "overnight Saturday", "overnight into Sunday"."""
    into = line.word(start + 1) in {"into", "to"}
    inner = base(line, start + 1 + (into or line.word(start + 1) == "on"))
    if inner and _is_day(inner[1]) and isinstance(inner[1], Calendar):
        if not into and line.word(inner[0]) in {"to", "into", "-"}:
            return _night(line, inner, "NI", base)
        return inner[0], Clock("NI", inner[1], over=-1 if into else 1)
    return start + 1, Clock("NI", Shift(Fraction(0), "day"), over=-1)
