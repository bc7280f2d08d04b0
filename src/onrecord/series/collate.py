"""The claims of a block, grouped into series and linked."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from onrecord.series.blocks import measure_block, number_block
from onrecord.series.chapters import chapters
from onrecord.series.denials import denials
from onrecord.series.echoes import Retold, echoes
from onrecord.series.grouping import Home, closed, group, series_id
from onrecord.series.judged import Ruling, parted, ruled
from onrecord.series.moves import moves
from onrecord.series.sums import sums
from onrecord.values import Grouping, Link, Point


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
    links = tuple(_kept(_links([(points, len(points)) for points in grouped], given), rulings))
    return Grouping(tuple(sorted(found, key=lambda one: (one.points[0].said, one.id))), links)


class Tail(msgspec.Struct, frozen=True):
    """What became of a block from a day on.

    Attributes:
        moved: the series that moved since that day.
        others: all other series that were given, for those whose last claims are gone.
        links: to later claims of that time.
        homes: for each claim of that time where it stands; ``None`` for one that belongs to no series.
    """

    moved: tuple[Part, ...]
    others: tuple[Part, ...]
    links: tuple[Link, ...]
    homes: dict[str, Home | None]


class Part(msgspec.Struct, frozen=True):
    """A series, or its first claim and its last ones: those at hand, in order, and how many it has in all."""

    points: tuple[Point, ...]
    size: int

    @property
    def id(self) -> str:
        """Id of the series."""
        return series_id(self.points[0])


def continued(
    points: Iterable[Point],
    homes: Mapping[str, Home] | None,
    since: datetime.date,
    heard: Iterable[Point] = (),
) -> Tail:
    """A block without rulings, from a day on. Nothing that is said later changes what went before.

    Args:
        points: those of the block said since that day, and of all series to which they might belong the first and those
            that ``chapters.beginning`` names; all of the block, where ``homes`` is ``None``.
        homes: where each earlier claim stands.
        since: the day.
        heard: if anything was denied since, the last claims before, in whatever series.
    """
    given = list(points)
    found = group(given, homes)
    parts = [Part(tuple(one.points), one.size) for one in found]
    fresh = [part for part in parts if part.points[-1].said >= since]
    said = {point.claim: point for point in (*given, *heard)}
    more = [part for part in parts if part.points[0].measure.mode == "more"]
    moving = {part.id for part in fresh}
    told = [*fresh, *(part for part in more if part.id not in moving)]
    links = _links([(part.points, part.size) for part in told], list(said.values()), since)
    stand: dict[str, Home | None] = {point.claim: None for point in given if point.said >= since}
    for part in fresh:
        first, missing = part.points[0].claim, part.size - len(part.points)
        for place, point in enumerate(part.points):
            if point.said >= since:
                stand[point.claim] = Home(first, place + missing if place else 0)
    return Tail(
        tuple(fresh),
        tuple(part for part in parts if part.id not in moving),
        tuple(link for link in _kept(links, ()) if said[link.later].said >= since),
        stand,
    )


def _links(
    series: Sequence[tuple[Sequence[Point], int]],
    points: Sequence[Point],
    since: datetime.date = datetime.date.min,
) -> Iterator[Link]:
    """The links within a block; those to claims of before a day may be left out."""
    for told, size in series:
        for window, before in chapters(told, size):
            if window[-1].said >= since:
                yield from moves(window, before)
    yield from sums(series)
    yield from denials(points)


def repeated(points: Iterable[Point], known: Iterable[Point] = (), rulings: Sequence[Ruling] = ()) -> Retold:
    """The echoes of one block by number, or of what was said in it since a day; ``known`` as in ``echoes``."""
    found = echoes(points, known)
    return Retold(tuple(_kept(found.links, rulings)), found.origins)


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
    links += [link for block in by_number.values() for link in repeated(block, (), rulings).links]
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
