"""Counts before units: "24", "twenty-four", "a couple of", "two or three", "half a", "several"."""

from __future__ import annotations

from fractions import Fraction

from onrecord.mentions.times.line import Line

Count = tuple[int, Fraction | None]
# The lengths of time anyone counts have fewer digits than this; more is an identifier.
LONGEST = 9
_ARTICLES = {"a", "an"}
_OR = {"or", "to", "-"}
_FILLERS = {"full", "whole", "straight", "consecutive", "successive", "more", "additional", "further", "long", "other"}


def count(line: Line, start: int) -> Count | None:
    """The count at ``start`` and where it ends; its value is ``None`` when it names no number.

    Of "two or three" it is the upper.
    """
    vague = line.phrase(start, line.lexicon.vague)
    if vague:
        return _filled(line, start + vague), None
    word = line.word(start)
    if word == "half" and line.word(start + 1) in _ARTICLES:
        return start + 2, Fraction(1, 2)
    if (word in _ARTICLES and line.word(start + 1) == "couple") or word == "couple":
        end = start + 1 + (word != "couple")
        return end + (line.word(end) == "of"), Fraction(2)
    if word in _ARTICLES and line.word(start + 1) not in {"hundred"}:
        return start + 1, Fraction(1)
    found = _number(line, start)
    if found is None:
        return None
    end, value = found
    if line.word(end) in _OR:
        upper = _number(line, end + 1)
        if upper and upper[1] > value:
            end, value = upper
    joint = ["and", "a", "half"]
    for k in (0, 1):
        if line.lower[end + k : end + 3 + k] == joint and (k == 0 or line.word(end) == "-"):
            return end + 3 + k, value + Fraction(1, 2)
    if line.lower[end : end + 5] == ["-", "and", "-", "a", "-"] and line.word(end + 5) == "half":
        return end + 6, value + Fraction(1, 2)
    return _filled(line, end), value


def _filled(line: Line, end: int) -> int:
    return end + 1 if line.word(end) in _FILLERS else end


def _number(line: Line, start: int) -> tuple[int, Fraction] | None:
    word = line.word(start)
    if word[:1].isdigit():
        plain = word.replace(",", "")
        if len(plain) > LONGEST or not plain.isascii() or not plain.replace(".", "", 1).isdigit():
            return None
        return start + 1, Fraction(plain)
    if word in {"a", "an"}:
        start, word = start + 1, line.word(start + 1)
    value = line.lexicon.numbers.get(word)
    if value is None:
        return None
    end = start + 1
    if 20 <= value < 100:
        step = 2 if line.word(end) == "-" else 1
        ones = line.lexicon.numbers.get(line.word(end + step - 1))
        if ones is not None and ones < 10:
            return end + step, Fraction(value + ones)
    elif value < 10 and line.word(end) == "hundred":
        return end + 1, Fraction(value * 100)
    return end, Fraction(value)
