"""Writing: what was captured and read goes in whole, or not at all.

A batch is one transaction. It takes the writers' lock first, looks up what is there already, and adds what is not; so
the same batch written twice, by one process after a crash or by two at once, is in the ledger once.
"""

from __future__ import annotations

import contextlib
import datetime
import gc
from collections.abc import Iterator, Sequence

from sqlalchemy import Engine, exists, func, insert, not_, select, update

from onrecord.ledger import schema, versions
from onrecord.ledger.batch import Batch
from onrecord.ledger.compared.regroup import regroup
from onrecord.ledger.connect import told, writing
from onrecord.ledger.harvest import Counts, Harvest
from onrecord.ledger.index import settle


class Writer:
    """One run that writes: a command, its beginning and end, and what became of every document.

    Raises:
        LedgerError: if the database refuses; so do all its methods.
    """

    def __init__(self, engine: Engine, command: str, reader: str | None = None) -> None:
        self.engine = engine
        self.counts = Counts()
        start = insert(schema.runs).values(
            command=command, reader=reader, started_at=_now(), new=0, updated=0, unchanged=0, failed=0
        )
        with told(engine), writing(engine) as connection:
            key = connection.execute(start).inserted_primary_key
            self.run = int(key[0]) if key else 0

    def finished(self, captures: Sequence[str], reader: str) -> dict[str, int]:
        """Which captures need not be read: the number of documents of those that ``reader`` has read whole, by id.

        One after which something else was met at the same place is not among them: its page may have come back.
        """
        captured, readings, table = schema.captured, schema.readings, schema.captures
        read = readings.c.document.is_not(None)
        newer = table.alias("newer")
        later = exists().where(
            newer.c.address == table.c.address,
            newer.c.fetched_at > table.c.fetched_at,
            table.c.kind.not_in(versions.MANY),
        )
        joined = (
            table.outerjoin(captured, captured.c.capture == table.c.key)
        ).outerjoin(readings, (readings.c.document == captured.c.document) & (readings.c.reader == reader))  # fmt: skip
        found = (
            select(table.c.id, func.count(captured.c.document))
            .select_from(joined)
            .where(table.c.id.in_(list(captures)), table.c.failed == 0, not_(later))
            .group_by(table.c.id)
            .having(func.count(captured.c.document) == func.count(readings.c.document).filter(read))
        )
        with told(self.engine), self.engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(found)} if captures else {}

    def write(self, harvests: Sequence[Harvest], *, now: datetime.datetime | None = None) -> Counts:
        """Write a batch as one transaction; what became of its documents. ``now`` is the moment of recording."""
        with told(self.engine), _uncollected(), writing(self.engine) as connection:
            counts = Batch(connection, self.run, now or _now()).write(harvests)
        self.counts += counts
        return counts

    def passed_over(self, documents: int) -> None:
        """Count ``documents`` that were found unchanged without being read."""
        self.counts += Counts(unchanged=documents)

    def finish(self) -> None:
        """Record the end of the run, and its counts; compare what it added."""
        counts = {name: getattr(self.counts, name) for name in ("new", "updated", "unchanged", "failed")}
        done = update(schema.runs).where(schema.runs.c.key == self.run).values(finished_at=_now(), **counts)
        with told(self.engine), writing(self.engine) as connection:
            connection.execute(done)
            settle(connection, self.counts.new + self.counts.updated + self.counts.reread)
        regroup(self.engine)


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """A batch makes many small values and no cycles; looking for cycles among them would take an eighth of its time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
