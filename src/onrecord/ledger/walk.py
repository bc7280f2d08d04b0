"""Going through a table of any size in the order of a key, some rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Connection, Row, Select


def walk(connection: Connection, chosen: Select[Any], key: Column[Any], step: int) -> Iterator[Row[Any]]:
    """The rows of ``chosen`` in the order of ``key``, of which ``step`` are held at a time.

    Args:
        connection: where to ask; other statements may be run on it meanwhile.
        chosen: what to select; ``key`` is one of its columns and differs in every row.
        key: the column to go by.
        step: how many rows.
    """
    after: Any = None
    while True:
        found = chosen if after is None else chosen.where(key > after)
        rows = connection.execute(found.order_by(key).limit(step)).all()
        yield from rows
        if len(rows) < step:
            return
        after = rows[-1]._mapping[key]
