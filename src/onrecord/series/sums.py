"""Additions and totals: whether what was told before, and what was added, make what is told now."""

from __future__ import annotations

import bisect
import datetime
from collections.abc import Iterator, Sequence

from onrecord.series import compare
from onrecord.series.blocks import measure_block, memory
from onrecord.series.chapters import chapters
from onrecord.series.grouping import key_of, order
from onrecord.series.moves import link
from onrecord.series.statements import Statement, stance, statements
from onrecord.series.voices import one_voice
from onrecord.series.words import number
from onrecord.values import Link, Measure, Point

RECENT = 32  # additions of a block with which a total is reckoned: the last that were said before it
_REACH = datetime.timedelta(days=400)
_FAR = 0.3
_NEAR = 0.1  # an open total is explained by a sum only if it is about as large


def sums(series: Sequence[tuple[Sequence[Point], int]]) -> Iterator[Link]:
    """The links from additions to the later totals of the same thing that they explain, or do not.

    Args:
        series: those of one block, as ``chapters`` takes them: their claims, and how many they have.
    """
    additions = sorted(
        ((order(point), number, point) for number, (points, _) in enumerate(series)
         for point in points if point.measure.mode == "more"),
        key=lambda told: told[0],
    )  # fmt: skip
    if not additions:
        return
    places = [place for place, _, _ in additions]
    for points, size in series:
        if points[0].measure.mode == "total":
            for window, before in chapters(points, size):
                old = {point.claim for point in window[:before]}
                totals = _held(window)
                for place, total in enumerate(totals):
                    if total.first.claim not in old:
                        last = bisect.bisect(places, order(total.first))
                        recent = additions[max(0, last - RECENT) : last]
                        yield from _explained(window, totals[: place + 1], recent)


def _held(points: Sequence[Point]) -> list[Statement]:
    """The statements that are put forward, by somebody who vouches for them."""
    return [
        told for told in statements(points)
        if stance(told.first) == "held" and told.sourced and not told.measure.recalled
    ]  # fmt: skip


def _explained(
    window: Sequence[Point], totals: Sequence[Statement], additions: Sequence[tuple[object, int, Point]]
) -> Iterator[Link]:
    """The links to the last of ``totals`` from additions that were said before it."""
    told = totals[-1]
    by_series: dict[int, list[Point]] = {}
    for _, series, point in additions:
        by_series.setdefault(series, []).append(point)
    for points in by_series.values():
        for more in statements(points):
            if stance(more.first) != "held" or not more.sourced:
                continue
            before = [total for total in totals if total.first.said <= more.first.said]
            after = [total for total in totals if total.first.said > more.first.said]
            found = _reckoned(before, more, after)
            if found is not None and found.later == told.first.claim and _one_thing(window, points, told.first):
                yield found


def _one_thing(totals: Sequence[Point], additions: Sequence[Point], told: Point) -> bool:
    """Whether a series of totals and one of additions measured the same when a total was told, but for that."""
    one, other = key_of([point for point in totals if order(point) <= order(told)]), key_of(additions)
    if one.type != other.type or not compare.counted_alike(one.counted, other.counted):
        return False
    ours, theirs = set(one.parties), set(other.parties)
    return (ours <= theirs or theirs <= ours) and (one.country == other.country)


def _reckoned(before: Sequence[Statement], more: Statement, after: Sequence[Statement]) -> Link | None:
    """The first later total of another number, against each earlier one and the addition."""
    for total in after:
        if total.first.said - more.first.said > min(_REACH, memory(measure_block(total.measure))):
            return None
        bases = [
            base for base in before
            if base.measure.number != total.measure.number and one_voice(base.voice, more.voice) is not None
        ]  # fmt: skip
        fitting = [base for base in bases if _fits(base.measure, more.measure, total.measure)]
        if fitting:
            told = _told(fitting[-1].measure, more.measure, total.measure)
            return link("corroborates", more.first, total.first, 0.65, f"{told}, as {total.voice.name} says")
        apart = [base for base in bases if not _meets(base.measure, more.measure, total.measure)]
        if bases and apart == bases and _of_one_size(bases[-1].measure, more.measure, total.measure):
            told = _told(bases[-1].measure, more.measure, total.measure)
            told = f"{told}, not {number(total.measure.number)}, as {total.voice.name} says"
            return link("disagrees", more.first, total.first, 0.5, told)
    return None


def _fits(base: Measure, more: Measure, total: Measure) -> bool:
    added = (base.number or 0.0) + (more.number or 0.0)
    return abs(added - (total.number or 0.0)) <= _NEAR * added and _meets(base, more, total)


def _of_one_size(base: Measure, more: Measure, total: Measure) -> bool:
    """Whether a total is no lower than what it began with, and not far from the sum: else it is of something else."""
    first, second, told = base.number or 0.0, more.number or 0.0, total.number or 0.0
    return told >= first and abs(first + second - told) <= _FAR * (first + second)


def _meets(base: Measure, more: Measure, total: Measure) -> bool:
    """Whether a sum and a total can both be true."""
    low, high = _sum(base, more)
    least, most = compare.spread(total)
    return low <= most and least <= high


def _sum(base: Measure, more: Measure) -> compare.Range:
    (low, high), (least, most) = compare.spread(base), compare.spread(more)
    return low + least, high + most


def _told(base: Measure, more: Measure, total: Measure) -> str:
    first, second = base.number or 0.0, more.number or 0.0
    rough = "about " if base.approximate or more.approximate else ""
    least = "at least " if None in (base.high, more.high) else ""
    return f"{number(first)} and {number(second)} more make {least or rough}{number(first + second)}"
