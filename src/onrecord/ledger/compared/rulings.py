"""What analysts judged of series, as the ledger keeps it.

A ruling is as many rows of ``judgements`` as it names claims, of one kind, value and moment; the value is the claim
that heads it.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, insert, select

from onrecord.ledger import schema
from onrecord.series.judged import Act, Ruling
from onrecord.values import Point

ACTS: tuple[Act, ...] = ("merge", "split", "apart")


class Rulings:
    """All rulings of a ledger, in the order in which they were made.

    Args:
        connection: to ask.
    """

    def __init__(self, connection: Connection) -> None:
        self.all = _read(connection)
        claims = sorted({claim for ruling in self.all for claim in ruling.claims})
        c, p = schema.claims.c, schema.points.c
        found = (
            select(c.id, p.measured)
            .select_from(schema.claims.join(schema.points, p.claim == c.key))
            .where(c.id.in_(claims))
        )
        self._homes: dict[str, int] = {row[0]: int(row[1]) for row in connection.execute(found)} if claims else {}

    @property
    def blocks(self) -> frozenset[int]:
        """The blocks of the claims that they name."""
        return frozenset(self._homes.values())

    def about(self, points: Iterable[Point]) -> list[Ruling]:
        """Those that name a claim among ``points``."""
        if not self.all:
            return []
        there = {point.claim for point in points}
        return [ruling for ruling in self.all if there & set(ruling.claims)]

    def joined(self, blocks: Sequence[int]) -> list[tuple[int, ...]]:
        """The blocks, with those into which series of theirs were merged; the lowest of each group first."""
        merged = {block: group for group in self.merged() for block in group}
        return sorted({tuple(merged.get(block, (block,))) for block in blocks})

    def merged(self) -> list[tuple[int, ...]]:
        """The groups of blocks whose series were merged, each in order."""
        found: list[set[int]] = []
        for ruling in self.all:
            group = {self._homes[claim] for claim in ruling.claims if claim in self._homes}
            if ruling.act == "merge" and group:
                meeting = [other for other in found if other & group]
                found = [other for other in found if not other & group] + [group.union(*meeting)]
        return sorted(tuple(sorted(group)) for group in found)


def _read(connection: Connection) -> list[Ruling]:
    table = schema.judgements
    found = connection.execute(
        select(table.c.claim, table.c.kind, table.c.value, table.c.who, table.c.made_at)
        .where(table.c.kind.in_(ACTS))
        .order_by(table.c.key)
    )
    return [
        Ruling(kind, tuple(row.claim for row in group))
        for (kind, *_), group in itertools.groupby(found, key=lambda row: (row.kind, row.value, row.who, row.made_at))
    ]


def write(connection: Connection, act: Act, claims: Sequence[str], who: str) -> None:
    """Put a ruling on record.

    Args:
        connection: a transaction that writes.
        act: what is judged.
        claims: ids of claims, the one that heads it first.
        who: whose it is.
    """
    now = datetime.datetime.now(datetime.UTC)
    rows = [{"claim": claim, "kind": act, "value": claims[0], "who": who, "made_at": now} for claim in claims]
    connection.execute(insert(schema.judgements), rows)
