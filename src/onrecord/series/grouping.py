"""Which claims of a block measure one thing.

Points are taken in the order in which they were said, and each joins the series that fits it best, or opens one. The
order is that of the points themselves, so the same claims give the same series however they came in.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from onrecord.series.blocks import measure_block, shelf_of, silence
from onrecord.series.opened import Open
from onrecord.series.shelf import Shelf
from onrecord.values import Measure, Point, Series, SeriesKey, content_id


def order(point: Point) -> tuple[object, ...]:
    """The order in which points are taken: as said; within a day by the hour stated, then lower numbers first."""
    m = point.measure
    return (
        point.said,
        m.minute if m.minute is not None else 720,
        not m.was,
        m.number or 0.0,
        len(m.credits) + len(m.via),
        -m.standing,
        point.document,
        m.order,
        point.claim,
    )


class Home(msgspec.Struct, frozen=True):
    """Where a claim stands: the first claim of its series, and how many of the series come before it."""

    head: str
    place: int


def group(points: Iterable[Point], homes: Mapping[str, Home] | None = None) -> list[Open]:
    """The series of one block, in the order in which they open; denials without a figure belong to none.

    Args:
        points: of the block, in any order.
        homes: for claims that were grouped before, and after which nothing changed, where they stand: they are put
            there again without being tried. Then ``points`` hold no silence.
    """
    shelves: dict[tuple[object, ...], Shelf] = {}
    found: list[Open] = []
    by_head: dict[str, Open] = {}
    last: datetime.date | None = None
    for point in sorted(points, key=order):
        # The block of a point is hashed, so it is asked for only where a day has passed.
        passed = point.said - last if homes is None and last is not None else None
        if passed and passed > silence(measure_block(point.measure)):
            shelves = {}
        last = point.said
        if point.measure.mode == "event":
            continue
        hard = (point.measure.type, shelf_of(point.measure))
        shelf = shelves.setdefault(hard, Shelf())
        home = homes.get(point.claim) if homes is not None else None
        series = by_head.get(home.head) if home is not None else shelf.best(point)
        if series is None:
            series = Open(point)
            found.append(series)
        else:
            series.add(point, home.place if home is not None else None)
        if home is not None:
            by_head[home.head] = series
        shelf.put(series)
    return found


def closed(points: Sequence[Point]) -> Series:
    """The series of ``points``, which are in order."""
    return Series(id=series_id(points[0]), key=key_of(points), points=tuple(points))


def series_id(first: Point) -> str:
    """The id of the series that begins with a point."""
    return series_of(first.claim)


def series_of(head: str) -> str:
    """The id of the series whose first claim has the id ``head``."""
    return content_id("series", head)


def key_of(points: Sequence[Point]) -> SeriesKey:
    """What the series of ``points`` measures, by what most of them tell."""
    measures = [point.measure for point in points]
    first = measures[0]
    return SeriesKey(
        type=first.type,
        mode=first.mode,
        counted=_commonest(m.counted for m in measures if m.counted != "item") or first.counted,
        where=_commonest(m.where for m in measures if m.where),
        country=_commonest(m.country for m in measures if m.country),
        parties=_shared(measures),
        cause=_commonest(m.cause for m in measures if m.cause),
    )


def _commonest(values: Iterable[str]) -> str | None:
    found = Counter(values)
    return min(found, key=lambda value: (-found[value], value)) if found else None


def _shared(measures: Sequence[Measure]) -> tuple[str, ...]:
    """The parties that at least half of the points name."""
    found = Counter(party for measure in measures for party in measure.parties)
    return tuple(sorted(party for party, count in found.items() if 2 * count >= len(measures)))
