"""Summaries of series: made when a series moves if all its claims are at hand, else when the next list is asked for."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, Engine, exists, select, text

from onrecord.ledger import schema
from onrecord.ledger.compared import rows
from onrecord.ledger.connect import told, writing
from onrecord.series.grouping import closed, order
from onrecord.series.standing import summary
from onrecord.values import Point

_JSON = msgspec.json.Encoder()
_PORTION = 20  # long series at a time


def summarised(points: Sequence[Point]) -> str:
    """The summary of a series whose claims are in order, as it is kept: JSON."""
    return _JSON.encode(summary(closed(points))).decode()


def complete(engine: Engine) -> None:
    """Make the summaries that are still to be made.

    Raises:
        LedgerError: if the database refuses.
    """
    table = schema.series
    lacking = table.c.summary.is_(None)
    with told(engine), engine.connect() as connection:
        found = bool(connection.execute(select(exists(select(table).where(lacking)))).scalar_one())
    while found:
        with told(engine), writing(engine) as connection:
            chosen = select(table.c.id, table.c.head).where(lacking).limit(_PORTION)
            series = connection.execute(chosen).all()
            for id_, head in series:
                _complete(connection, id_, head)
        found = bool(series)


def _complete(connection: Connection, id_: str, head: str) -> None:
    p = schema.points.c
    found = connection.execute(rows.chosen(p.head == head))
    points = sorted(map(rows.point_of, found), key=order)
    made = {"id": id_, "summary": summarised(points)}
    connection.execute(text("UPDATE series SET summary = :summary WHERE id = :id"), made)
