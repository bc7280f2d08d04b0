"""What analysts judged of series: that two are one, that one is two, that two claims are not of the same thing.

Judgements name claims, whose ids outlive every reading, and are applied in the order in which they were made, after
the claims have been grouped without them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Literal

import msgspec

from onrecord.series.grouping import order
from onrecord.values import Point

Act = Literal["merge", "split", "apart"]


class Ruling(msgspec.Struct, frozen=True):
    """One judgement of series.

    Attributes:
        act: merge: the series of all ``claims`` are one. split: ``claims`` leave their series and are one of their
            own. apart: the two ``claims`` are not of the same thing; they share no series and no link.
        claims: ids of claims.
    """

    act: Act
    claims: tuple[str, ...]


def ruled(series: Sequence[list[Point]], rulings: Iterable[Ruling]) -> list[list[Point]]:
    """The series of some blocks after what was judged of them."""
    found = [list(points) for points in series]
    for ruling in rulings:
        if ruling.act == "merge":
            found = _merged(found, set(ruling.claims))
        elif ruling.act == "split":
            found = _split(found, set(ruling.claims))
        else:
            found = _parted(found, ruling.claims)
    return [sorted(points, key=order) for points in found if points]


def parted(rulings: Iterable[Ruling]) -> frozenset[frozenset[str]]:
    """The pairs of claims that may not be linked."""
    return frozenset(frozenset(ruling.claims) for ruling in rulings if ruling.act == "apart")


def _merged(series: list[list[Point]], claims: Collection[str]) -> list[list[Point]]:
    one: list[Point] = []
    others: list[list[Point]] = []
    for points in series:
        if any(point.claim in claims for point in points):
            one += points
        else:
            others.append(points)
    return [*others, one]


def _split(series: list[list[Point]], claims: Collection[str]) -> list[list[Point]]:
    left = [[point for point in points if point.claim not in claims] for points in series]
    return [*left, [point for points in series for point in points if point.claim in claims]]


def _parted(series: list[list[Point]], claims: Sequence[str]) -> list[list[Point]]:
    """The later of two claims leaves the series that they share."""
    for points in series:
        held = sorted((point for point in points if point.claim in claims), key=order)
        if len({point.claim for point in held}) > 1:
            return _split(series, {held[-1].claim})
    return series
