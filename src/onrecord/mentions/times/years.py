"""Years, decades, centuries, and the year that follows a date; what tells a year from a count."""

from __future__ import annotations

import re
from fractions import Fraction

from onrecord.mentions.times.line import Line
from onrecord.mentions.times.meaning import Calendar, Era, Interval, Match, Meaning, Shift

# Years that stand without a month; earlier or later ones are taken for counts.
EARLIEST, LATEST = 1500, 2199
_BEFORE = {
    "", "in", "since", "of", "by", "from", "until", "till", "to", "during", "for", "before", "after", "and", "or",
    "the", ",", "(", "-", "/", "year", "years", "mid", "late", "early", "between", "than", "'s", "s", "through",
    "over", "circa", "around", "about", "summer", "winter", "spring", "autumn", "fall", "throughout", "its", "their",
    "this", "that", "a", "[", "whole", ";", ":", "fiscal", "fy", "dated", "at", "\"", "“", "‘", "'", "against",
    "compared", "with", "like", "as", "least", "only", "just", "was", "is", "across", "into", "budget", "election",
    "back", "another",
}  # fmt: skip
_PREPOSED = {"the", "its", "their", "this", "that", "a", "s", "'s", "his", "her", "our"}
_ALWAYS = {"since", "until", "during"}
_MONEY = {"$", "€", "£", "¥", "no", "number", "nos", "#", "resolution", "room", "page", "flight", "highway"}
_DECADE = re.compile(r"([0-9]{4}|[0-9]{2})s\Z")
_RELATIVE = {"last": -1, "this": 0, "next": 1}
_FOCUS = {"that": 0, "same": 0, "previous": -1, "following": 1}


def year_number(line: Line, index: int) -> int | None:
    """The atom as a year of four digits, wherever it stands."""
    value = line.number(index)
    return value if value is not None and len(line.word(index)) == 4 and 1000 <= value <= LATEST else None


def year(line: Line, start: int) -> Match | None:
    """A bare year, or years with a hyphen: "2024", "1950-53", "2015–2019"."""
    value = year_number(line, start)
    if value is None or not value >= EARLIEST or not _may_be_year(line, start):
        return None
    last = _second(line, start, value)
    if last is not None:
        return start + 3, Interval(Calendar(year=value), Calendar(year=last))
    return None if _counts(line, start) else (start + 1, Calendar(year=value))


def _second(line: Line, start: int, first: int) -> int | None:
    """The second year of "2015-19" or "2024/25"."""
    if line.word(start + 1) not in {"-", "/"} or (not line.glued(start + 1) and line.word(start + 1) == "/"):
        return None
    value, length = line.number(start + 2), len(line.word(start + 2))
    if value is None or (line.word(start + 3) == "-" and line.glued(start + 3)):
        return None
    if length == 2 and line.glued(start + 2):
        value += first - first % 100
    elif length != 4:
        return None
    return value if first < value <= LATEST else None


def _may_be_year(line: Line, start: int) -> bool:
    if line.word(start - 1) not in _BEFORE and not line.tag(start - 1).startswith(("VB", "RB")):
        return False
    before = line.word(start - 2)
    if line.word(start - 1) in _MONEY or (before in _MONEY and line.word(start - 1) in {".", "-"}):
        return False
    if line.word(start - 1) in {"-", "/", "'", ":"} and line.glued(start):
        return line.word(start - 2) in {"mid", "early", "late", "pre", "post"}
    if line.word(start + 1) in {"%", "°"} or (line.word(start + 1) in {"-", "."} and _joined(line, start)):
        return False
    return line.word(start + 1) not in {"percent", "per", "km", "metres", "meters", "miles", "hours", "gmt", "local"}


def _joined(line: Line, start: int) -> bool:
    """Whether a sign glues more digits or letters to the number: "2024-A", "2000.5"."""
    glued = line.glued(start + 1) and line.glued(start + 2)
    return glued and line.word(start + 1) == "." and line.word(start + 2)[:1].isdigit()


def _counts(line: Line, start: int) -> bool:
    """Whether the number counts the noun after it: "killed 1999 soldiers", "more than 2000 people"."""
    before, after = line.word(start - 1), line.word(start + 1)
    if line.lexicon.unit(after) and after in line.lexicon.plurals:
        return True
    if before in {"than", "about", "around", "over", "least", "only", "just", "another"} and before != "than":
        return not line.tag(start + 1).startswith((".", ",", "IN", "VB", ":")) and after != ""
    if before in _ALWAYS or (before == "in" and line.tag(start + 1) != "NNS"):
        return False
    ahead = [line.tag(start + k) for k in (1, 2, 3)]
    for tag in ahead:
        if tag in {"NNS", "NNPS"}:
            return before not in _PREPOSED
        if not tag.startswith(("JJ", "NN", "VBN", "HYPH")):
            break
    return False


def decade(line: Line, start: int) -> Match | None:
    """Such as "1990s", "90s" after an apostrophe or an article."""
    found = _DECADE.match(line.word(start))
    if not found:
        return None
    value = int(found.group(1))
    if value % 10:
        return None
    if value < 100:
        if line.word(start - 1) not in {"'", "the", "early", "late", "mid", "-"}:
            return None
        value += 1900 if value >= 20 else 2000
    return (start + 1, Era(f"{value // 10}", value, value + 9)) if EARLIEST <= value <= LATEST else None


def century(line: Line, start: int) -> Match | None:
    """Centuries: "20th century"."""
    number = line.ordinal(start)
    if number is None or not 1 <= number <= 22:
        return None
    unit = start + 1 + (line.word(start + 1) == "-")
    if line.word(unit) != "century":
        return None
    return unit + 1, Era(f"{number - 1:02d}", max(1, number * 100 - 100), number * 100 - 1)


def year_after(line: Line, start: int) -> tuple[int, int | None, Meaning | None]:
    """The year said after a date ("2025", ", 2025", "of 2025", "last year", "of that year") and where it ends.

    Without one, ``start`` comes back with two ``None``.
    """
    index = start + (line.word(start) in {",", "of"})
    value = year_number(line, index)
    if value is not None and (line.word(start) != "," or not line.tag(index + 1).startswith("NNS")):
        return index + 1, value, None
    if line.word(index) == "the" and line.word(index + 1) in _FOCUS:
        index += 1
    if line.word(index + 1) == "year" and not (line.word(index + 2) == "-" and line.glued(index + 2)):
        word = line.word(index)
        if word in _RELATIVE:
            return index + 2, None, Shift(Fraction(_RELATIVE[word]), "year")
        if word in _FOCUS:
            return index + 2, None, Shift(Fraction(_FOCUS[word]), "year", focus=True)
    return start, None, None
