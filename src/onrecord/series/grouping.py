"""Which claims of a block measure one thing.

Points are taken in the order in which they were said, and each joins the series that fits it best, or opens one. The
order is that of the points themselves, so the same claims give the same series however they came in.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from onrecord.series.blocks import measure_block, silence
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


def group(points: Iterable[Point], heads: Mapping[str, str] | None = None) -> list[Open]:
    """The series of one block, in the order in which they open; denials without a figure belong to none.

    Args:
        points: of the block, in any order.
        heads: for claims that were grouped before, and after which nothing changed, the first claim of their series:
            they are put there again without being tried. Then ``points`` hold no silence.
    """
    shelves: dict[tuple[object, ...], Shelf] = {}
    found: list[Open] = []
    by_head: dict[str, Open] = {}
    last: datetime.date | None = None
    for point in sorted(points, key=order):
        if heads is None and last is not None and point.said - last > silence(measure_block(point.measure)):
            shelves = {}
        last = point.said
        if point.measure.mode == "event":
            continue
        hard = (point.measure.type, point.measure.mode, point.measure.part)
        shelf = shelves.setdefault(hard, Shelf())
        head = heads.get(point.claim) if heads is not None else None
        if head is not None:
            best = by_head.get(head)
            if best is None:
                best = by_head[head] = Open(point)
                found.append(best)
            else:
                best.add(point)
            shelf.put(best)
            continue
        best = None
        fit = 0.0
        for candidate in shelf.candidates(point.measure):
            if (score := candidate.fit(point)) > fit:
                best, fit = candidate, score
        if best is None:
            best = Open(point)
            found.append(best)
        else:
            best.add(point)
        shelf.put(best)
    return found


def closed(points: Sequence[Point]) -> Series:
    """The series of ``points``, which are in order."""
    measures = [point.measure for point in points]
    first = measures[0]
    key = SeriesKey(
        type=first.type,
        mode=first.mode,
        counted=_commonest(m.counted for m in measures if m.counted != "item") or first.counted,
        where=_commonest(m.where for m in measures if m.where),
        country=_commonest(m.country for m in measures if m.country),
        parties=_shared(measures),
        cause=_commonest(m.cause for m in measures if m.cause),
    )
    return Series(id=content_id("series", points[0].claim), key=key, points=tuple(points))


def _commonest(values: Iterable[str]) -> str | None:
    found = Counter(values)
    return min(found, key=lambda value: (-found[value], value)) if found else None


def _shared(measures: Sequence[Measure]) -> tuple[str, ...]:
    """The parties that at least half of the points name."""
    found = Counter(party for measure in measures for party in measure.parties)
    return tuple(sorted(party for party, count in found.items() if 2 * count >= len(measures)))
