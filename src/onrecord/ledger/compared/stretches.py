"""The stretches of a block that must be compared anew: what lies between two silences, around the days that changed."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, and_, or_, select

from onrecord.ledger import schema
from onrecord.ledger.compared import rows
from onrecord.series.blocks import silence
from onrecord.values import Point

_PORTION = 100
Stretch = tuple[int, int]  # first and last day, counted from 0001-01-01


def stretches(
    connection: Connection, stale: dict[int, list[int]]
) -> Iterator[tuple[int, datetime.date, datetime.date, list[Point]]]:
    """For each stale stretch its block, the days between which nothing else of the block lies, and its points.

    Args:
        connection: to ask.
        stale: by block the days of which something changed.
    """
    days = _days(connection, list(stale))
    wanted = [
        (block, *reach)
        for block, changed in sorted(stale.items())
        for reach in around(days.get(block, []), changed, silence(block).days)
    ]
    p = schema.points.c
    for start in range(0, len(wanted), _PORTION):
        portion = wanted[start : start + _PORTION]
        found: dict[int, list[tuple[int, Point]]] = {}
        inside = or_(*(and_(p.measured == block, p.said.between(first, last)) for block, first, last in portion))
        for row in connection.execute(rows.chosen(inside).add_columns(p.said)):
            found.setdefault(int(row[0]), []).append((int(row[-1]), rows.point_of(row[:-1])))
        for block, first, last in portion:
            points = [point for said, point in found.get(block, ()) if first <= said <= last]
            yield block, _date(first), _date(last), points


def around(days: Sequence[int], changed: Sequence[int], quiet: int) -> list[Stretch]:
    """The stretches of a block around the days that changed, each with the silence on both its sides.

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
    return [(group[0] - quiet, group[-1] + quiet) for group in held if touched & set(group)]


def _days(connection: Connection, blocks: Sequence[int]) -> dict[int, list[int]]:
    """The days on which something was said in each block, in order."""
    p = schema.points.c
    found: dict[int, list[int]] = {}
    chosen = select(p.measured, p.said).where(p.measured.in_(blocks)).distinct().order_by(p.measured, p.said)
    for block, group in itertools.groupby(connection.execute(chosen), key=lambda row: int(row[0])):
        found[block] = [int(row[1]) for row in group]
    return found


def _date(day: int) -> datetime.date:
    return datetime.date.fromordinal(min(max(day, 1), datetime.date.max.toordinal()))
