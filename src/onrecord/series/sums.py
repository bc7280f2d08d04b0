"""Additions and totals: whether what was told before, and what was added, make what is told now."""

from __future__ import annotations

import bisect
import datetime
from collections.abc import Iterator, Sequence

from onrecord.series import compare
from onrecord.series.blocks import measure_block, memory
from onrecord.series.grouping import key_of, order
from onrecord.series.moves import link
from onrecord.series.statements import Statement, stance, statements
from onrecord.series.voices import one_voice
from onrecord.series.words import number
from onrecord.values import Link, Measure, Point, Series, SeriesKey

RECENT = 64  # additions of a block with which a total is reckoned: the last that were said before it
_REACH = datetime.timedelta(days=400)
_TRIED = 12
_FAR = 0.3
_NEAR = 0.1  # an open total is explained by a sum only if it is about as large


def sums(series: Sequence[Series]) -> Iterator[Link]:
    """The links from additions to the later totals of the same thing that they explain, or do not.

    Args:
        series: those of one block.
    """
    totals = {one.id: one for one in series if one.key.mode == "total"}
    additions = {one.id: one for one in series if one.key.mode == "more"}
    if not totals or not additions:
        return
    told = sorted(((order(point), id_) for id_, one in additions.items() for point in one.points), key=lambda at: at[0])
    places = [place for place, _ in told]
    held = {id_: _held(one) for id_, one in totals.items()}
    for id_, one in totals.items():
        near = {after: bisect.bisect(places, order(after.first)) for after in held[id_]}
        meeting = {other for count in near.values() for _, other in told[max(0, count - RECENT) : count]}
        for other in sorted(meeting):
            for more, total, found in _between(held[id_], statements(additions[other].points)):
                recent = near[total] - bisect.bisect_left(places, order(more.first)) <= RECENT
                if recent and _one_thing(one, additions[other], total.first):
                    yield found


def _held(totals: Series) -> list[Statement]:
    """The statements of a series of totals that are put forward, by somebody who vouches for them."""
    return [
        total for total in statements(totals.points)
        if stance(total.first) == "held" and total.sourced and not total.measure.recalled
    ]  # fmt: skip


def _one_thing(totals: Series, additions: Series, told: Point) -> bool:
    """Whether a series of totals and one of additions measured the same when a total was told, but for that."""
    one, other = _then(totals, told), _then(additions, told)
    if one.type != other.type or not compare.counted_alike(one.counted, other.counted):
        return False
    ours, theirs = set(one.parties), set(other.parties)
    return (ours <= theirs or theirs <= ours) and (one.country == other.country)


def _then(series: Series, told: Point) -> SeriesKey:
    """What a series measured by then; what is said later changes nothing of it."""
    return key_of([point for point in series.points if order(point) <= order(told)])


def _between(held: Sequence[Statement], additions: Sequence[Statement]) -> Iterator[tuple[Statement, Statement, Link]]:
    """The links between the statements of a series of totals and those of one of additions, each with both."""
    for more in additions:
        if stance(more.first) != "held" or not more.sourced:
            continue
        before = [total for total in held if total.first.said <= more.first.said][-_TRIED:]
        after = [total for total in held if total.first.said > more.first.said][:_TRIED]
        found = _reckoned(before, more, after)
        if found is not None:
            yield more, *found


def _reckoned(
    before: Sequence[Statement], more: Statement, after: Sequence[Statement]
) -> tuple[Statement, Link] | None:
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
            return total, link("corroborates", more.first, total.first, 0.65, f"{told}, as {total.voice.name} says")
        apart = [base for base in bases if not _meets(base.measure, more.measure, total.measure)]
        if bases and apart == bases and _of_one_size(bases[-1].measure, more.measure, total.measure):
            told = _told(bases[-1].measure, more.measure, total.measure)
            told = f"{told}, not {number(total.measure.number)}, as {total.voice.name} says"
            return total, link("disagrees", more.first, total.first, 0.5, told)
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
