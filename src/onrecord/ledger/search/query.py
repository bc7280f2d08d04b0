"""What is asked of a ledger: a question in one line becomes conditions.

    howitzers "Kursk region" -denied type:killed,wounded source:"general staff" low:>=40 said:2025-03 place:Kursk

A word or a phrase in quotation marks is looked for in what is quoted and in every name of a claim; ``word*`` finds
words that begin so; ``-`` before anything turns it round; ``field:value`` asks for a field, with several values
separated by commas. Numbers and days take ``>=``, ``>``, ``<=``, ``<`` and ``from..to``; a day may be a month or a
year.
"""

from __future__ import annotations

import calendar
import datetime
import math
import re
from typing import get_args

import msgspec

from onrecord.ledger.search.tokens import FIELDS
from onrecord.ledger.search.words import words
from onrecord.values import RequestError
from onrecord.values.claim import Basis, Kind, Quoted, Status, Type

CHOICES: dict[str, tuple[str, ...]] = {
    "type": get_args(Type), "status": get_args(Status), "basis": get_args(Basis), "quoted": get_args(Quoted),
    "kind": get_args(Kind),
}  # fmt: skip
NUMBERS = ("low", "high", "confidence")
DAYS = ("said", "happened", "known", "recorded")
EXACT = ("unit", "id", "document", "address", "reader")
ALL = (*FIELDS, *CHOICES, *NUMBERS, *DAYS, *EXACT, "text")
MAX_LENGTH, MAX_CONDITIONS = 2_000, 64
_PART = re.compile(r"""(?P<not>-)?(?:(?P<field>[A-Za-z_]+):)?(?P<value>(?:"[^"]*"?\*?|[^\s"])+)""")
# A comma between three digits is part of a number.
_VALUE = re.compile(r'"([^"]*)"?(\*?)|((?:[^,"]|(?<=\d),(?=\d{3}(?!\d)))+)')
_RANGE = re.compile(r"(?P<sign>>=|<=|>|<)?(?P<first>[^.]*(?:\.[^.]+)*)(?P<dots>\.\.)?(?P<last>.*)")
_NUMBER = re.compile(r"(\d[\d,_]*(?:\.\d+)?)(k|m|bn)?", re.IGNORECASE)
_SCALE = {"": 1.0, "k": 1e3, "m": 1e6, "bn": 1e9}


class Words(msgspec.Struct, frozen=True):
    """Words that follow one another, in a field or anywhere; ``starts`` when the last is only a beginning.

    ``written`` is what was asked, with its capitals.
    """

    field: str | None
    words: tuple[str, ...]
    starts: bool = False
    written: str = ""


class OneOf(msgspec.Struct, frozen=True):
    """A field that has one of some exact values."""

    field: str
    values: tuple[str, ...]


class Between(msgspec.Struct, frozen=True):
    """A number from ``low`` to ``high``, both included unless open."""

    field: str
    low: float
    high: float
    above: bool = False
    below: bool = False


class During(msgspec.Struct, frozen=True):
    """A day from ``first`` to ``last``, both included."""

    field: str
    first: datetime.date
    last: datetime.date


Test = Words | OneOf | Between | During


class Condition(msgspec.Struct, frozen=True):
    """Any of ``tests`` holds; none of them, when ``negated``."""

    tests: tuple[Test, ...]
    negated: bool = False


def parse(question: str) -> tuple[Condition, ...]:
    """The conditions that ``question`` sets, which must all hold; none for an empty question.

    Raises:
        RequestError: if a field, a number or a day is none, or the question is too long.
    """
    if len(question) > MAX_LENGTH:
        raise RequestError(f"the question has {len(question):,} characters; ask one of {MAX_LENGTH:,} at most")
    found: list[Condition] = []
    for part in _PART.finditer(question):
        field = (part["field"] or "").lower() or None
        value = part["value"]
        if field is not None and field not in ALL:
            if "//" not in value and field not in ("http", "https"):
                raise RequestError(f"there is no field {field!r}; choose among: {', '.join(sorted(ALL))}")
            field, value = None, f'"{part["field"]}:{value}"'
        tests = tuple(test for one in _values(value) if (test := _test(field, *one)) is not None)
        if not tests:
            raise RequestError(f"{part[0]!r} holds no word to search by; give one, or leave it out")
        found.append(Condition(tests, part["not"] is not None))
    if len(found) > MAX_CONDITIONS:
        raise RequestError(f"the question has {len(found)} parts; ask one of {MAX_CONDITIONS} at most")
    return tuple(found)


def _values(value: str) -> list[tuple[str, bool]]:
    """The values between commas, each with whether a star follows it."""
    found = []
    for quoted, star, plain in _VALUE.findall(value):
        text = quoted or plain
        found.append((text.removesuffix("*"), bool(star) or (not quoted and text.endswith("*"))))
    return found


def _test(field: str | None, value: str, starts: bool) -> Test | None:
    if field is None or field in FIELDS or field == "text":
        found = tuple(words(value))
        return Words(field, found, starts, value) if found else None
    if field in CHOICES:
        if value.lower() not in CHOICES[field]:
            raise RequestError(f"{value!r} is no {field}; choose among: {', '.join(CHOICES[field])}")
        return OneOf(field, (value.lower(),))
    if field in EXACT:
        return OneOf(field, (value,))
    return _number_range(field, value) if field in NUMBERS else _day_range(field, value)


def _split(value: str) -> tuple[str, str, str]:
    """A sign and a value, or both ends of a range: ">=", "40", "" or "..", "12", "15"."""
    match = _RANGE.fullmatch(value)
    if match is None:
        return "", value, ""
    if match["dots"] and not match["sign"]:
        return "..", match["first"], match["last"]
    return match["sign"] or "", match["first"] + (match["dots"] or "") + match["last"], ""


def _number_range(field: str, value: str) -> Between:
    sign, first, last = _split(value)
    if sign == "..":
        low, high = (_number(field, first) if first else -math.inf), (_number(field, last) if last else math.inf)
        if low > high:
            raise RequestError(f"{field}:{value} runs from the larger to the smaller; turn it round")
        return Between(field, low, high)
    number = _number(field, first)
    if sign.startswith(">"):
        return Between(field, number, math.inf, above=sign == ">")
    if sign.startswith("<"):
        return Between(field, -math.inf, number, below=sign == "<")
    return Between(field, number, number)


def _number(field: str, value: str) -> float:
    match = _NUMBER.fullmatch(value.strip())
    if match is None:
        raise RequestError(f"{field}:{value} is no number; write it as {field}:>=40, {field}:12..15 or {field}:<3,000")
    return float(match[1].replace(",", "").replace("_", "")) * _SCALE[(match[2] or "").lower()]


def _day_range(field: str, value: str) -> During:
    sign, first, last = _split(value)
    if sign == "..":
        start = days(first, field)[0] if first else datetime.date.min
        end = days(last, field)[1] if last else datetime.date.max
        if start > end:
            raise RequestError(f"{field}:{value} runs from the later day to the earlier; turn it round")
        return During(field, start, end)
    start, end = days(first, field)
    if sign.startswith(">"):
        return During(field, start if sign == ">=" else _shifted(end, 1), datetime.date.max)
    if sign.startswith("<"):
        return During(field, datetime.date.min, end if sign == "<=" else _shifted(start, -1))
    return During(field, start, end)


def _shifted(day: datetime.date, days_: int) -> datetime.date:
    """The day before or after; the calendar's first and last stay what they are."""
    return datetime.date.fromordinal(max(1, min(datetime.date.max.toordinal(), day.toordinal() + days_)))


def days(value: str, field: str = "date") -> tuple[datetime.date, datetime.date]:
    """The first and last day of a day, a month or a year: "2025-03-27", "2025-03", "2025".

    Raises:
        RequestError: if it is none.
    """
    parts = value.strip().split("-")
    try:
        numbers = [int(part) for part in parts if len(part) in (2, 4) and part.isascii() and part.isdigit()]
        if len(numbers) != len(parts) or not 1 <= len(parts) <= 3 or len(parts[0]) != 4:
            raise ValueError(value)
        year, month, day = (*numbers, 0, 0)[:3]
        if not month:
            return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        if not day:
            return datetime.date(year, month, 1), datetime.date(year, month, calendar.monthrange(year, month)[1])
        return (datetime.date(year, month, day),) * 2
    except ValueError as error:
        raise RequestError(f"{field}:{value} is no date; write it as 2025, 2025-03 or 2025-03-27") from error
