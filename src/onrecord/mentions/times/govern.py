"""The period meant, as governed by what stands before: "since X", "by X", "between X and Y", "the 24 hours to X".

The TIMEX3 value of an expression stays its own; only the first and last day change.
"""

from __future__ import annotations

import msgspec

from onrecord.mentions.times import arithmetic as days
from onrecord.mentions.times.arithmetic import Day
from onrecord.mentions.times.context import Context, Resolved
from onrecord.mentions.times.line import Line
from onrecord.mentions.times.meaning import Found, Interval, Length, Shift, Stretch

_LONGEST = 3
# Words that may stand between a preposition and its expression.
_LOOSE = {"at", "least", "about", "around", "the", "early", "late", "roughly", "only", "just"}
# How far back "since" may govern a date: "since the war began in April 2023".
_CLAUSE = 14
_PLACED = {"in", "on", "at", "of", "from"}
_BREAKS = {",", ";", ":", "(", ")", "and", "but", "or", ".", "“", "”", '"'}
_TO = {"to", "ending", "until", "up", "through", "ended"}


def role(line: Line, found: Found) -> str:
    """What governs the expression: a role of ``knowledge.times.Governor``, or ""."""
    index = found.start
    while index > 0 and line.word(index - 1) in _LOOSE and found.start - index < 2:
        if _role_at(line, index):
            break
        index -= 1
    return _role_at(line, index) or _role_at(line, found.start) or _clause_role(line, found)


def _role_at(line: Line, index: int) -> str:
    for size in range(min(_LONGEST, index), 0, -1):
        known = line.lexicon.governors.get(line.words(index - size, index))
        if known:
            return known
    return ""


def _clause_role(line: Line, found: Found) -> str:
    """The word "since" earlier in the clause, when the expression dates its verb."""
    if line.word(found.start - 1) not in _PLACED and not isinstance(found.meaning, Shift):
        return ""
    for index in range(found.start - 1, max(-1, found.start - _CLAUSE), -1):
        word = line.word(index)
        if word in _BREAKS:
            return ""
        if word == "since":
            return "onward"
    return ""


def window_of(line: Line, found: Found, tense: str) -> int:
    """Whether a bare length ends (-1) or starts (1) at publication: "has lost 90 men in two weeks"."""
    if not isinstance(found.meaning, Length) or found.meaning.window:
        return 0
    before = line.word(found.start - 1)
    if before == "just" or before == "only":
        before = line.word(found.start - 2)
    if line.word(found.end - 2) == "-":
        return 0
    if before in {"in", "within", "over"} or line.word(found.start) == "over":
        return {"perfect": -1, "future": 1}.get(tense, 0)
    return -1 if before == "for" and tense == "perfect" else 0


def governed(resolved: Resolved, line: Line, found: Found, context: Context) -> Resolved:
    """The period after its governor has had its way."""
    if resolved.kind not in {"DATE", "TIME"}:
        return resolved
    first, last = period(role(line, found), resolved, line, found, context)
    if (first, last) == (resolved.first, resolved.last):
        return resolved
    return msgspec.structs.replace(resolved, first=first, last=last)


def period(kind: str, resolved: Resolved, line: Line, found: Found, context: Context) -> tuple[Day | None, Day | None]:
    """First and last day under a governor of that ``kind``."""
    first, last, today = resolved.first, resolved.last, context.published
    if first is None or last is None:
        return first, last
    if kind == "start":
        one = resolved.unit == "day" and not isinstance(found.meaning, Interval)
        open_ = one and today is not None and first <= today
        kind = "onward" if open_ or line.word(found.end) in {"on", "onward", "onwards"} else ""
    if (
        kind == "onward"
        and isinstance(found.meaning, Stretch)
        and found.meaning.first == 3
        and resolved.unit == "month"
    ):
        first = first.replace(day=15)
    if kind == "onward":
        if today is None:
            return first, None
        return (first, today) if first <= today else (first, last)
    if today is None or last <= today:
        return first, last
    if kind == "deadline":
        return min(first, today), last
    if kind == "before":
        end = last if resolved.unit == "day" or isinstance(found.meaning, Stretch) else days.plus_days(first, -1)
        return (today, end) if end and end >= today else (first, last)
    return first, last


def ranged(first: Resolved, last: Resolved) -> tuple[Resolved, Resolved]:
    """Both ends of a range or a list mean the whole from the first to the last day."""
    begin, end = first.first, last.last
    if begin is None or end is None or begin > end:
        return first, last
    whole = {"first": begin, "last": end}
    return msgspec.structs.replace(first, **whole), msgspec.structs.replace(last, **whole)


def is_window(line: Line, length: Found, date: Found) -> bool:
    """Whether a length runs up to a date: "in the 24 hours to Sunday", "the year ending in June"."""
    gap = line.lower[length.end : date.start]
    return isinstance(length.meaning, Length) and 0 < len(gap) <= 2 and gap[0] in _TO


def window(length: Found, end: Resolved, context: Context) -> tuple[Day, Day] | None:
    """The days of a length that runs up to a date."""
    if not isinstance(length.meaning, Length) or length.meaning.count is None or end.last is None:
        return None
    unit = context.units[length.meaning.unit]
    if unit.minutes is not None or end.unit != "day":
        after = end.last if end.unit == "day" else days.plus_days(end.last, 1)
    else:
        after = days.plus_days(end.last, 1)
    first = days.plus(after, -length.meaning.count, unit) if after else None
    return (first, end.last) if first and first <= end.last else None
