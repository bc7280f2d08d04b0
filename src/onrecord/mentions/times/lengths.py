"""Lengths and repetitions: "nearly two years", "24 hours", "two days ago", "every week", "100 a day"."""

from __future__ import annotations

from fractions import Fraction

from onrecord.knowledge.times import Unit
from onrecord.mentions.times.counts import count
from onrecord.mentions.times.line import Line
from onrecord.mentions.times.meaning import Length, Match, Meaning, Repeat, Shift, Vague

_FOR = {"for", "in", "within", "over", "after", "since", "during", "about", "of", "than", "lasted", "took", "take"}
# After "two days before": nothing that the days are counted from.
STOPS = {"", ".", ",", ";", ")", ":", "and", "but", "when", '"', "”", "'", "in", "at", "on", "by", "as"}
_OLD = {"old", "olds"}
_AGE = {"aged", "age", "ages"}
_RATE_BEFORE = ("NN", "CD", "PRP", "RB", "JJ", "-RRB-", "''")
_DURING = {"for", "in", "within", "over", "after", "than", "about", "least", "almost", "nearly", "only", "just"}


def length_value(number: Fraction | None, unit: Unit) -> str:
    """The TIMEX3 value of a DURATION: "P2Y", "PT24H", "PXD"; a half becomes the next smaller unit."""
    if number is not None and number.denominator > 1:
        if unit.minutes == 60 and number < 1 and (number * 60).denominator == 1:
            return f"PT{number * 60}M"
        if unit.months and number < 1 and (number * unit.months).denominator == 1:
            whole = number * unit.months
            return f"P{whole / 12}Y" if (whole / 12).denominator == 1 else f"P{whole}M"
        if unit.days == 1 and number == Fraction(1, 2):
            return "PT12H"
    amount = "X" if number is None else f"{float(number):.10g}"
    if unit.days == 14 and number is not None:
        amount = f"{float(number * 2):.10g}"
    return f"PT{amount}{unit.code[1:]}" if unit.code.startswith("T") else f"P{amount}{unit.code}"


def length(line: Line, start: int) -> Match | None:
    """A counted length at ``start``, with what makes it a point in time ("ago", "later")."""
    index = start + line.phrase(start, line.lexicon.modifiers)
    counted = count(line, index)
    if counted is None and index > start:
        counted = count(line, start)
    if counted is None:
        return None
    end, number = counted
    hyphen = line.word(end) == "-" and line.glued(end)
    end += hyphen
    unit = line.lexicon.unit(line.word(end))
    if unit is None or not _plausible(line, start, index, end, number):
        return None
    end += 1
    if line.lower[end : end + 3] == ["and", "a", "half"]:
        end, number = end + 3, number + Fraction(1, 2) if number is not None else None
    if line.word(end) == "-" and line.glued(end) and line.word(end + 1) == "long":
        end += 2
    return _placed(line, start, end, number, unit)


def _plausible(line: Line, start: int, index: int, unit: int, number: Fraction | None) -> bool:
    """No ages ("25-year-old", "aged two months"), no "a second attack", no "last-minute"."""
    after = line.word(unit + 1)
    if after in _OLD or (after == "-" and line.word(unit + 2) in _OLD) or line.word(start - 1) in _AGE:
        return False
    if after == "of" and line.word(unit + 2) == "age":
        return False
    word = line.word(unit)
    if word == "second":
        return line.word(unit - 1) == "-" and line.word(index)[:1].isdigit()
    if word in {"quarter", "quarters"}:
        return line.word(index) not in {"a", "one"} and after != "of" and line.word(index) != "three"
    singular = word in line.lexicon.units
    if singular and number is not None and number > 1 and line.word(unit - 1) != "-":
        return False
    return not (singular and number is None)


def _placed(line: Line, start: int, end: int, number: Fraction | None, unit: Unit) -> Match:
    """The length as it is, or the point that a following word makes of it."""
    word, after = line.word(end), line.word(end + 1)
    if word == "ago":
        return end + 1, _shift(number, unit, -1, focus=False)
    if word == "hence" or (word == "from" and after == "now"):
        return end + 1 + (word == "from"), _shift(number, unit, 1, focus=False)
    if word in {"earlier", "previously", "prior"} and after not in {"than", "to"}:
        return end + 1, _shift(number, unit, -1, focus=True)
    if word == "later" and after != "than":
        return end + 1, _shift(number, unit, 1, focus=True)
    if word == "before" and after in STOPS:
        return end + 1, _shift(number, unit, -1, focus=True)
    if word in {"after", "on", "afterwards"} and after in STOPS - {"in", "at", "on", "by", "as"}:
        return end + 1, _shift(number, unit, 1, focus=True)
    if line.word(start) in {"a", "an", "per"} and _is_rate(line, start):
        return end, Repeat(length_value(Fraction(1), unit))
    return end, Length(number, unit.name)


def _shift(number: Fraction | None, unit: Unit, sign: int, *, focus: bool) -> Meaning:
    if number is None:
        return Vague("PAST_REF" if sign < 0 else "FUTURE_REF")
    return Shift(number * sign, unit.name, focus=focus, exact=True)


def _is_rate(line: Line, start: int) -> bool:
    """Whether "a day" tells how often: "100 shells a day"."""
    if line.word(start) == "per":
        return True
    if line.word(start - 1) in {"once", "twice", "times"}:
        return True
    before = line.tag(start - 1)
    return before.startswith(_RATE_BEFORE) and line.word(start - 1) not in _DURING


def rate(line: Line, start: int) -> Match | None:
    """The rate "per day"."""
    unit = line.lexicon.units.get(line.word(start + 1))
    if unit is None or line.word(start) != "per":
        return None
    return start + 2, Repeat(length_value(Fraction(1), unit))


def bare(line: Line, start: int) -> Match | None:
    """A plural unit without a count: "weeks later", "for months", "decades of war"."""
    unit = line.lexicon.plurals.get(line.word(start))
    if unit is None or unit.name == "quarter" or line.word(start + 1) in _OLD:
        return None
    end = start + 1
    if line.word(end) == "-" and line.glued(end):
        return (end + 2, Length(None, unit.name)) if line.word(end + 1) == "long" else None
    found = _placed(line, start, end, None, unit)
    if found[0] > end:
        return found
    return found if line.word(start - 1) in _FOR - {"of"} or line.word(end) == "of" else None


def repeat(line: Line, start: int) -> Match | None:
    """Such as "every day", "each week", "every other month", "every two weeks", "every Monday"."""
    if line.word(start) not in {"every", "each"}:
        return None
    index = start + 1
    other = line.word(index) == "other"
    index += other
    weekday = line.lexicon.weekdays.get(line.word(index))
    if weekday is not None:
        part = line.lexicon.parts.get(line.word(index + 1))
        value = f"XXXX-WXX-{weekday}" + (f"T{part.code}" if part else "")
        return index + 1 + (part is not None), Repeat(value)
    if line.word(index) in line.lexicon.months:
        return index + 1, Repeat(f"XXXX-{line.lexicon.months[line.word(index)]:02d}")
    if line.word(index) in line.lexicon.parts and line.word(index) not in line.lexicon.units:
        return index + 1, Repeat(f"XXXX-XX-XXT{line.lexicon.parts[line.word(index)].code}")
    unit = line.lexicon.units.get(line.word(index))
    if unit and line.word(index) != "second":
        return index + 1, Repeat("XXXX-XX-XXTNI" if unit.code == "NI" else length_value(Fraction(1 + other), unit))
    counted = count(line, index)
    unit = line.lexicon.unit(line.word(counted[0])) if counted else None
    return (counted[0] + 1, Repeat(length_value(counted[1], unit))) if counted and unit else None
