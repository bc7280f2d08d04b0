"""Two measures side by side: whether they are of the same thing, and if not, why, in words."""

from __future__ import annotations

import datetime

from onrecord.series.blocks import LOCAL, family
from onrecord.values import Measure, Type

# What a word for people may also count; all other classes are told apart.
_BROAD = {"person": frozenset({"soldier", "militant", "civilian", "refugee", "prisoner", "patient"})}
# Classes of people.
PEOPLE = frozenset(
    ["person", "soldier", "militant", "civilian", "child", "woman", "man", "officer", "general", "refugee", "prisoner",
     "patient"]
)  # fmt: skip
# Types of which the class of what is counted tells too little.
WORDY = (
    "funding", "other", "capability", "statement", "diplomacy", "accusation", "sanction", "production", "territory",
)  # fmt: skip
_PARTS: dict[Type, Type] = {"killed": "casualties", "wounded": "casualties"}
_DAYS = datetime.timedelta(days=2)
_WEEK = datetime.timedelta(days=7)
SURE, ROUGH = 0.0, 0.1  # how far the bounds of an exact and of an approximate figure reach when two are compared
Range = tuple[float, float]
Period = tuple[datetime.date, datetime.date]


def obstacle(one: Measure, other: Measure, *, loose: bool = False) -> str | None:
    """Why two measures are not of the same thing; ``None`` when nothing speaks against it.

    Args:
        one: a measure.
        other: another.
        loose: for figures that are the same number by the same source: then a part may stand for the whole, and a
            place for what it lies in.
    """
    if (one.mode == "share") != (other.mode == "share"):
        return "a share against a number"
    if one.type != other.type and not (loose and related(one.type, other.type)):
        return f"{one.type} against {other.type}"
    if (one.mode == "more") != (other.mode == "more"):
        return "an addition against a total"
    if not counted_alike(one.counted, other.counted):
        return f"{one.counted} against {other.counted}"
    if one.part != other.part and not loose:
        return "a part against the whole"
    if not loose and not worded_alike(one, other):
        return "counted in other words"
    if one.cause is not None and other.cause is not None and one.cause != other.cause:
        return f"{one.cause} against {other.cause}"
    if (apart := places_apart(one, other, loose=loose)) is not None:
        return apart
    if not loose and not sided_alike(one, other):
        return f"parties {', '.join(one.parties)} against {', '.join(other.parties)}"
    return days_apart(one, other)


def related(one: Type, other: Type) -> bool:
    """Whether one type is part of the other, or readers take them for one another."""
    if one == other or _PARTS.get(one) == other or _PARTS.get(other) == one:
        return True
    return family(one) == family(other) != "toll"


def counted_alike(one: str, other: str) -> bool:
    """Whether two classes may count the same."""
    return (
        one == other
        or "item" in (one, other)
        or other in _BROAD.get(one, ())
        or one in _BROAD.get(other, ())
    )  # fmt: skip


def worded_alike(one: Measure, other: Measure) -> bool:
    """Whether what is counted is told in like words, where words are needed to tell it: not of people, but of money."""
    ours, theirs = set(one.about), set(other.about)
    shared = len(ours & theirs)
    if one.mode == "share" or one.type in WORDY:
        return shared >= 2 and 2 * shared >= min(len(ours), len(theirs))
    if {one.counted, other.counted} & PEOPLE or not ours or not theirs:
        return True
    return shared > 0


def places_apart(one: Measure, other: Measure, *, loose: bool = False) -> str | None:
    """Why two places are not one; ``None`` where they are, or one is not told."""
    if one.where == other.where or one.where is None or other.where is None:
        return None
    if one.side is not None and one.side == other.side and not (narrow(one) and narrow(other)):
        return None
    nameless = ":" not in one.where or ":" not in other.where
    one_land = one.country == other.country or None in (one.country, other.country)
    if nameless and one_land and (loose or _meant_alike(one, other)):
        return None  # a name that nobody knows may lie anywhere in the country
    within = one.where in other.within or other.where in one.within
    if family(one.type) in LOCAL:
        if within and (loose or (one.cause == other.cause and one.cause not in (None, "violence"))):
            return None
        return _apart(one.where, other.where)
    return None if within or loose or one.country == other.country else _apart(one.where, other.where)


def _apart(one: str, other: str) -> str:
    return " against ".join(f"place {where.removeprefix('country:').removeprefix('place:')}" for where in (one, other))


def _meant_alike(one: Measure, other: Measure) -> bool:
    """Whether a place without an id may be the other's: both tell of one day, or one source tells both."""
    ours, theirs = day(one), day(other)
    if ours is not None and theirs is not None and meet(ours, theirs):
        return True
    if one.root is not None and other.root is not None and one.root.key == other.root.key:
        return True
    return one.cause == other.cause and one.cause not in (None, "violence")


def narrow(measure: Measure) -> bool:
    """Whether its place is smaller than a country."""
    return measure.where is not None and not measure.where.startswith("country:")


def sided_alike(one: Measure, other: Measure) -> bool:
    """Whether the parties of one are among those of the other.

    In one town at one time they need not be: there the place tells enough, and readers err about parties.
    """
    if one.side is not None and other.side is not None:
        return one.side == other.side
    if narrow(one) and one.where == other.where and {one.counted, other.counted} & {"person", "child", "building"}:
        return True
    ours, theirs = set(one.parties), set(other.parties)
    return ours <= theirs or theirs <= ours


def days_apart(one: Measure, other: Measure) -> str | None:
    """Why two incidents are not one: both tell their day, and the days differ; or why two periods are not one."""
    if one.running and other.running:
        ours, theirs = stretch(one), stretch(other)
        if ours is None or theirs is None or abs(ours[0] - theirs[0]) <= _WEEK:
            return None
        return f"since {ours[0]} against since {theirs[0]}"
    if one.running or other.running:
        return None
    ours, theirs = day(one), day(other)
    return None if ours is None or theirs is None or meet(ours, theirs) else f"{ours[0]} against {theirs[0]}"


def day(measure: Measure) -> Period | None:
    """The day that it tells, or the night between two; ``None`` for longer periods."""
    period = measure.period
    return period if period is not None and period[1] - period[0] <= _DAYS else None


def stretch(measure: Measure) -> Period | None:
    """The period of more than a week that it tells, if it does."""
    period = measure.period
    return period if period is not None and period[1] - period[0] > _WEEK else None


def meet(one: Period, other: Period) -> bool:
    """Whether two periods share a day."""
    return one[0] <= other[1] and other[0] <= one[1]


def spread(measure: Measure) -> Range:
    """The bounds for comparing: open ones reach to infinity, approximate ones a tenth further than stated."""
    reach = ROUGH if measure.approximate else SURE
    low = float("-inf") if measure.low is None else measure.low * (1 - reach)
    high = float("inf") if measure.high is None else measure.high * (1 + reach)
    return low, high


def overlap(one: Measure, other: Measure) -> bool:
    """Whether both figures can be true of one thing."""
    (low, high), (least, most) = spread(one), spread(other)
    return low <= most and least <= high


def close(one: Measure, other: Measure, by: float = 0.25) -> bool:
    """Whether the numbers that were said lie within ``by`` of the larger."""
    first, second = one.number, other.number
    if first is None or second is None:
        return False
    return abs(first - second) <= by * max(abs(first), abs(second))


def same_value(one: Measure, other: Measure) -> bool:
    """Whether both state the same bounds."""
    return (one.low, one.high) == (other.low, other.high)
