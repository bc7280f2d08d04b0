"""A series while points are added to it, and whether a point fits."""

from __future__ import annotations

import datetime

from onrecord.series import compare
from onrecord.series.blocks import family
from onrecord.series.chapters import LENGTH
from onrecord.series.voices import one_voice
from onrecord.values import Measure, Point

_INCIDENT = datetime.timedelta(days=2)  # between an undated count and the day of the incident
_TOLL = datetime.timedelta(days=10)  # between two states of one incident's toll
_DISASTER = datetime.timedelta(days=60)  # the same after an earthquake, a flood, an outbreak
_STOCK = datetime.timedelta(days=400)  # between two states of a stock, or of the toll of a war
_FAR = 15.0  # numbers so many times apart measure different things
_SUDDEN = ("violence", "crash", "crush", "shipwreck", "fire", "protest", "collapse", None)
_STEADY = ("toll", "attack", "taken", "destroyed", "missing")


class Open:
    """A series while points are added to it.

    What it knows of itself is of its first claim and of the last one or two chapters (see ``chapters``).

    Attributes:
        points: its claims; where some are not at hand, they lie between the first and the second.
        size: how many claims it has.
    """

    def __init__(self, point: Point) -> None:
        self.points: list[Point] = []
        self.size = 0
        self._begin(point)
        self.add(point)

    def _begin(self, point: Point) -> None:
        """Know nothing but where and what a point counts."""
        self.where = point.measure.where
        self.counted = point.measure.counted
        self.cause: str | None = None
        self.parties: set[str] = set()
        self.days: set[datetime.date] = set()
        self.last = anchor(point)
        self.period: compare.Period | None = None
        self.held: dict[str, Point] = {}

    def add(self, point: Point, place: int | None = None) -> None:
        """Add a point, and what it tells of the series; ``place`` where those before it are not at hand."""
        self.points.append(point)
        self.size = (self.size if place is None else place) + 1
        self._learn(point)
        if self.size % LENGTH == 0:
            self._begin(self.points[0])
            for known in (self.points[0], *self.points[-LENGTH:]):
                self._learn(known)

    def _learn(self, point: Point) -> None:
        measure = point.measure
        self.where = self.where or measure.where
        if self.counted in ("item", "person") and measure.counted != "item":
            self.counted = measure.counted
        self.cause = self.cause or measure.cause
        self.parties |= set(measure.parties)
        if not measure.running and (told := compare.day(measure)) is not None:
            self.days |= set(told)
        self.last = max(self.last, anchor(point))
        self.period = self.period or measure.period
        self.held[point.voice.key] = point

    def fit(self, point: Point) -> float:
        """How well a point fits; 0 when it does not."""
        measure, last = point.measure, self.points[-1].measure
        if point.said - self.last > patience(measure):
            return 0.0
        if self.cause is not None and measure.cause is not None and self.cause != measure.cause:
            return 0.0
        if not self._alike(point) or not self._near(point):
            return 0.0
        if not may_follow(last, measure):
            return 0.0
        if self._fell(point):
            return 0.0
        score = 1.0 + (self.where == measure.where) + (self.counted == measure.counted)
        score += len(self.parties & set(measure.parties)) / 4
        voice = point.voice
        score += voice.key in self.held or any(one_voice(old.voice, voice) is not None for old in self.points[-8:])
        return score + compare.close(last, measure)

    def _alike(self, point: Point) -> bool:
        """Whether it counts the same; a wider word only in one town, or by the same voice."""
        measure = point.measure
        if self.counted == measure.counted or "item" in (self.counted, measure.counted):
            return True
        if not compare.counted_alike(self.counted, measure.counted):
            return False
        return (
            compare.narrow(measure)
            or measure.side is not None
            or measure.type in ("displaced", "captured", "detained")
            or point.voice.key in self.held
        )

    def _near(self, point: Point) -> bool:
        """Whether a point is of the same incident, or the next state of the same toll or stock."""
        measure, day = point.measure, anchor(point)
        if measure.mode in ("more", "share") or (measure.mode == "count" and family(measure.type) not in _STEADY):
            return self._same_window(measure) and abs(day - self.last) <= _DISASTER
        if measure.running or family(measure.type) not in _STEADY:
            return abs(day - self.last) <= patience(measure)
        told = compare.day(measure)
        if self.days and told is not None:
            return any(told[0] <= known <= told[1] for known in self.days)
        start = max(self.days) if self.days else self.last
        return abs(day - start) <= _INCIDENT

    def _same_window(self, measure: Measure) -> bool:
        """Whether an addition is over the same period; an undated one is, where nothing tells otherwise."""
        period = measure.period
        return period is None or self.period is None or compare.meet(self.period, period)

    def _fell(self, point: Point) -> bool:
        """Whether the same source's running toll fell by half within days: that is another incident's."""
        number = point.measure.number
        if not compare.narrow(point.measure) or number is None:
            return False
        old = self.held.get(point.voice.key)
        if old is None or old.measure.number is None:
            return False
        return number < old.measure.number / 2 and point.said - old.said >= _INCIDENT


def may_follow(last: Measure, measure: Measure) -> bool:
    """Whether a claim may belong to a series, as far as the last claim of that tells; without it no claim fits."""
    return compare.obstacle(last, measure) is None and _plausible(last, measure)


def anchor(point: Point) -> datetime.date:
    """The day on which a point stands: that of the incident, or as of which it holds, else when it was said."""
    told = compare.day(point.measure)
    return told[1] if told is not None and told[1] <= point.said else point.said


def patience(measure: Measure) -> datetime.timedelta:
    """How long after its last state a toll or stock may be told again."""
    if family(measure.type) not in _STEADY:
        return _STOCK
    if measure.cause not in _SUDDEN:
        return _DISASTER
    if measure.side is not None:
        return _STOCK
    return _TOLL if compare.narrow(measure) else _DISASTER


def _plausible(one: Measure, other: Measure) -> bool:
    first, second = one.number, other.number
    if not first or not second:
        return True
    return max(first, second) <= _FAR * min(first, second)
