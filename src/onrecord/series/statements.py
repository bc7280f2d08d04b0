"""Statements: what one voice said of a series at one time, and all claims that merely repeat it.

Independence is counted here. Forty claims that give one ministry's figure are one statement of one voice.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from onrecord.series import compare
from onrecord.series.voices import one_voice
from onrecord.values import Measure, Point, Voice

_AGAIN = datetime.timedelta(days=45)


class Statement:
    """A figure by one voice.

    Attributes:
        voice: who vouches for it; the outlet's own where no report of it names a source.
        points: the claims that give it, the earliest first.
    """

    def __init__(self, point: Point) -> None:
        self.voice: Voice = point.voice
        self.sourced = sourced(point)
        self.points = [point]

    @property
    def first(self) -> Point:
        """Its earliest claim."""
        return self.points[0]

    @property
    def measure(self) -> Measure:
        """What its earliest claim measures."""
        return self.points[0].measure

    @property
    def last_said(self) -> datetime.date:
        """The last day on which it was said."""
        return self.points[-1].said

    def takes(self, point: Point) -> bool:
        """Whether a later claim repeats it: the same value, by the same voice or by none."""
        measure = point.measure
        if not compare.same_value(self.measure, measure) or point.said - self.last_said > _AGAIN:
            return False
        if not alike(self.first, point):
            return False
        if not sourced(point):
            return True
        return self.sourced and one_voice(self.voice, point.voice) is not None


def sourced(point: Point) -> bool:
    """Whether somebody vouches for it who does not merely report: outlets relay what others say."""
    root = point.measure.root
    return root is not None and (not root.outlet or root.general)


def stance(point: Point) -> str:
    """How a figure is put forward, as far as figures are compared: as a fact or a guess, as a plan, or denied.

    What is told as planned and lies in the past is neither: either word may have been misread.
    """
    measure = point.measure
    if measure.status == "planned" and measure.last is not None and measure.last < point.said:
        return "unclear"
    if measure.ahead:
        return "planned"
    return "held" if measure.status in ("asserted", "possible") else measure.status


def alike(one: Point, other: Point) -> bool:
    """Whether two figures are put forward alike, as far as the words tell."""
    first, second = stance(one), stance(other)
    return first == second or ("unclear" in (first, second) and "denied" not in (first, second))


def statements(points: Sequence[Point]) -> list[Statement]:
    """The statements of a series whose points are in order, in the order of their first claims."""
    found: list[Statement] = []
    latest: dict[tuple[object, ...], list[Statement]] = {}
    for point in points:
        value = (point.measure.low, point.measure.high)
        same = latest.setdefault(value, [])
        taken = _taker(same, point)
        if taken is None:
            taken = Statement(point)
            found.append(taken)
            same.append(taken)
        else:
            taken.points.append(point)
    return found


def _taker(same: Sequence[Statement], point: Point) -> Statement | None:
    """The statement that a point repeats: the latest of its own voice, else the latest that takes it."""
    fitting = [statement for statement in same[-32:] if statement.takes(point)]
    own = [statement for statement in fitting if statement.voice.key == point.voice.key]
    return next(reversed(own or fitting), None)
