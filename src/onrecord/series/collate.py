"""The claims of a block, grouped into series and linked."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from onrecord.series.blocks import measure_block, number_block
from onrecord.series.denials import denials
from onrecord.series.echoes import echoes
from onrecord.series.grouping import closed, group
from onrecord.series.judged import Ruling, parted, ruled
from onrecord.series.moves import moves
from onrecord.series.statements import statements
from onrecord.series.sums import sums
from onrecord.values import Grouping, Link, Point, Series


def collated(points: Iterable[Point], rulings: Sequence[Ruling] = ()) -> Grouping:
    """The series of one block by what is measured, or of several that were merged, and the links between their claims.

    Args:
        points: all claims of the block, in any order.
        rulings: what analysts judged, in the order in which they did.
    """
    given = list(points)
    grouped: list[list[Point]] = [opened.points for opened in group(given)]
    if rulings:
        grouped = ruled(grouped, rulings)
    found = list(map(closed, grouped))
    links = tuple(_kept(_links(found, given), rulings))
    return Grouping(tuple(sorted(found, key=lambda one: (one.points[0].said, one.id))), links)


class Tail(msgspec.Struct, frozen=True):
    """What became of a block from a day on.

    Attributes:
        grouping: the series that moved since that day, and the links to later claims of that time.
        heads: for each claim of that time the first claim of its series; "" for one that belongs to none.
        whole: all series that were given, for those whose last claims are gone.
    """

    grouping: Grouping
    heads: dict[str, str]
    whole: dict[str, Series]


def continued(points: Iterable[Point], heads: Mapping[str, str] | None, since: datetime.date) -> Tail:
    """A block without rulings, from a day on. Nothing that is said later changes what went before.

    Args:
        points: those of the block said since that day, and those of all series to which they might belong; all of the
            block, where ``heads`` is ``None``.
        heads: for each earlier claim the first claim of its series.
        since: the day.
    """
    given = list(points)
    found = [closed(one.points) for one in group(given, heads)]
    moved = tuple(series for series in found if series.points[-1].said >= since)
    days = {point.claim: point.said for point in given}
    fresh = (link for link in _links(found, given, since) if days[link.later] >= since)
    of = {point.claim: "" for point in given if point.said >= since}
    of |= {point.claim: series.points[0].claim for series in moved for point in series.points if point.said >= since}
    return Tail(Grouping(moved, tuple(_kept(fresh, ()))), of, {series.id: series for series in found})


def _links(
    series: Sequence[Series], points: Sequence[Point], since: datetime.date = datetime.date.min
) -> Iterator[Link]:
    """The links within a block; of series that did not move since a day, only what later ones have to do with them."""
    for one in series:
        if one.points[-1].said >= since:
            yield from moves(statements(one.points))
    yield from sums(series)
    yield from denials(points)


def repeated(points: Iterable[Point], rulings: Sequence[Ruling] = ()) -> list[Link]:
    """The echoes of one block by number."""
    return list(_kept(echoes(points), rulings))


def together(points: Iterable[Point], rulings: Sequence[Ruling] = ()) -> Grouping:
    """All of ``points`` grouped and linked, block by block; what a ledger keeps, without one."""
    by_measure: dict[int, list[Point]] = {}
    by_number: dict[int, list[Point]] = {}
    for point in points:
        by_measure.setdefault(measure_block(point.measure), []).append(point)
        block = number_block(point.measure)
        if block is not None:
            by_number.setdefault(block, []).append(point)
    found = [collated(block, rulings) for block in joined(by_measure, rulings)]
    links = [link for grouping in found for link in grouping.links]
    links += [link for block in by_number.values() for link in repeated(block, rulings)]
    series = sorted(
        (one for grouping in found for one in grouping.series), key=lambda one: (one.points[0].said, one.id)
    )
    return Grouping(tuple(series), tuple(sorted(links, key=_order)))


def joined(blocks: dict[int, list[Point]], rulings: Sequence[Ruling]) -> Iterator[list[Point]]:
    """The blocks, those together whose series were merged."""
    home = {point.claim: block for block, points in blocks.items() for point in points}
    head = {block: block for block in blocks}

    def top(block: int) -> int:
        while head[block] != block:
            block = head[block]
        return block

    for ruling in rulings:
        homes = [top(home[claim]) for claim in ruling.claims if claim in home]
        if ruling.act == "merge":
            for other in homes[1:]:
                head[top(other)] = top(homes[0])
    whole: dict[int, list[Point]] = {}
    for block, points in blocks.items():
        whole.setdefault(top(block), []).extend(points)
    yield from whole.values()


def _kept(links: Iterable[Link], rulings: Sequence[Ruling]) -> Iterator[Link]:
    """The links less those between claims that were judged to be apart, each once."""
    barred = parted(rulings)
    seen: set[tuple[str, str, str]] = set()
    for link in links:
        identity = (link.relation, link.earlier, link.later)
        if identity not in seen and frozenset((link.earlier, link.later)) not in barred:
            seen.add(identity)
            yield link


def _order(link: Link) -> tuple[object, ...]:
    return link.later_document, link.later, link.relation, link.earlier
