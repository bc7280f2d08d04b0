"""What of a block by number must be compared anew: what was said since the first day that changed.

A claim is compared with the last first tellings before it, so only these are asked for of all that was said before.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, delete, select

from onrecord.ledger import schema
from onrecord.ledger.compared import rows
from onrecord.series.echoes import ORIGINS
from onrecord.values import Point

_P = schema.points.c
_KNOWN = (0, 1)  # of points.origin
_PORTION = 500  # blocks in one question


class Retelling(msgspec.Struct, frozen=True):
    """What was said in a block by number since the first day that changed, and the last first tellings before."""

    block: int
    points: list[Point]
    known: list[Point]


def retellings(connection: Connection, stale: dict[int, list[int]]) -> Iterator[Retelling]:
    """What must be compared anew in stale blocks; the links to it are dropped.

    Args:
        connection: a transaction that writes.
        stale: by block the days of which something changed, as ordinals.
    """
    blocks = sorted(stale)
    compared = select(_P.numbered).where(_P.numbered.in_(blocks), _P.origin.in_(_KNOWN)).distinct()
    old = {int(row[0]) for row in connection.execute(compared)}
    for block in sorted(old):
        since = min(stale[block])
        _drop(connection, block, since)
        asked = rows.chosen(_P.numbered == block, _P.origin.in_((*_KNOWN, rows.NOT_YET)), _P.said >= since)
        points = list(map(rows.point_of, connection.execute(asked)))
        yield Retelling(block, points, _origins(connection, block, since))
    fresh = [block for block in blocks if block not in old]
    for start in range(0, len(fresh), _PORTION):
        asked = rows.chosen(_P.numbered.in_(fresh[start : start + _PORTION])).order_by(_P.numbered)
        for block, points in rows.points_by(connection.execute(asked), 1):
            yield Retelling(block, points, [])


def _drop(connection: Connection, block: int, since: int) -> None:
    links, day = schema.links.c, datetime.date.fromordinal(since)
    connection.execute(delete(schema.links).where(links.block == block, links.kind == "numbered", links.said >= day))


def _origins(connection: Connection, block: int, since: int) -> list[Point]:
    """The last first tellings in a block before a day; rather more than are asked for, so that no day is cut short."""
    before = (_P.numbered == block, _P.origin == 1, _P.said < since)
    asked = rows.chosen(*before).order_by(_P.said.desc()).limit(ORIGINS)
    found = list(map(rows.point_of, connection.execute(asked)))
    if len(found) < ORIGINS:
        return found
    last = found[-1].said.toordinal()
    return list(map(rows.point_of, connection.execute(rows.chosen(*before, _P.said >= last))))
