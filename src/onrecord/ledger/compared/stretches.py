"""What of a block must be compared anew: from the first day that changed until the next silence.

What is said later changes nothing of what went before, so series are only continued: the claims since that day are
tried against the series that were alive then, whose earlier claims are put together again as they were.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Sequence

import msgspec
from sqlalchemy import Connection, and_, or_, select

from onrecord.ledger import schema
from onrecord.ledger.compared import rows
from onrecord.series.blocks import memory, silence
from onrecord.values import Point

_MANY = 2_000  # series alive at a time; with more, all is compared


class Stretch(msgspec.Struct, frozen=True):
    """A part of a block between two silences.

    Attributes:
        block: by what is measured.
        since: the first day that changed. last: a day after which the block is silent for long.
        points: those since then, and of all series alive then; all of the stretch, where ``heads`` is ``None``.
        heads: of each earlier claim the first claim of its series.
    """

    block: int
    since: datetime.date
    last: datetime.date
    points: list[Point]
    heads: dict[str, str] | None


def stretches(connection: Connection, stale: dict[int, list[int]], *, whole: bool = False) -> Iterator[Stretch]:
    """The stale stretches of blocks.

    Args:
        connection: to ask.
        stale: by block the days of which something changed.
        whole: whether nothing is known of how claims were grouped before.
    """
    p = schema.points.c
    days = select(p.said).distinct().order_by(p.said)
    for block, changed in sorted(stale.items()):
        quiet = silence(block).days
        spoken = [int(row[0]) for row in connection.execute(days.where(p.measured == block))]
        for first, since, last in around(spoken, changed, quiet):
            known = None
            if not whole and first < since and not _silent(spoken, first, last, quiet):
                known = _known(connection, block, first, since, last)
            if known is not None:
                yield Stretch(block, _date(since), _date(last), *known)
                continue
            inside = and_(p.measured == block, p.said.between(first, last))
            points = [rows.point_of(row) for row in connection.execute(rows.chosen(inside))]
            yield Stretch(block, _date(first), _date(last), points, None)


def _known(
    connection: Connection, block: int, first: int, since: int, last: int
) -> tuple[list[Point], dict[str, str]] | None:
    """The points since a day and those of all series alive then, with their heads; ``None`` where one has none yet."""
    p = schema.points.c
    here = and_(p.measured == block, p.said.between(first, last))
    alive = select(p.head).where(p.measured == block, p.said.between(since - memory(block).days, last)).distinct()
    heads = [row[0] for row in connection.execute(alive) if row[0]]
    if len(heads) > _MANY:
        return None
    asked = rows.chosen(here, or_(p.said >= since, p.head.is_(None), p.head.in_(heads))).add_columns(p.said, p.head)
    points: list[Point] = []
    known: dict[str, str] = {}
    for row in connection.execute(asked):
        *fields, said, head = tuple(row)
        point = rows.point_of(fields)
        if said < since:
            if head is None:
                return None
            if not head:
                continue
            known[point.claim] = head
        points.append(point)
    return points, known


def around(days: Sequence[int], changed: Sequence[int], quiet: int) -> list[tuple[int, int, int]]:
    """The stretches of a block around the days that changed: first day, first that changed, and last.

    First and last have the silence on their side.

    Args:
        days: on which something was said, in order.
        changed: the days of which something changed; nothing need be said on them any more.
        quiet: a silence, in days.
    """
    held: list[list[int]] = []
    for day in sorted({*days, *changed}):
        if held and day - held[-1][-1] <= quiet:
            held[-1].append(day)
        else:
            held.append([day])
    touched = set(changed)
    return [
        (max(1, group[0] - quiet), min(touched & set(group)), group[-1] + quiet)
        for group in held if touched & set(group)
    ]  # fmt: skip


def _silent(days: Sequence[int], first: int, last: int, quiet: int) -> bool:
    """Whether a silence lies within, now that something may be gone."""
    inside = [day for day in days if first <= day <= last]
    return any(after - before > quiet for before, after in itertools.pairwise(inside))


def _date(day: int) -> datetime.date:
    return datetime.date.fromordinal(min(max(day, 1), datetime.date.max.toordinal()))
