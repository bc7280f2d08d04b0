"""Claims chosen from a ledger: nothing is read before they are asked for, and never all at once."""

from __future__ import annotations

import datetime
import functools
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Engine, Select, column, func, literal, select, table

from onrecord.ledger import schema, tables
from onrecord.ledger.connect import is_sqlite, told
from onrecord.ledger.entries import Entry, Heading
from onrecord.ledger.rows import SHIFT, claim_of, first_key
from onrecord.ledger.search.match import Known, Plan, condition, plan
from onrecord.ledger.search.query import Condition, parse

Facets = dict[str, list[tuple[str, int]]]
FACETS = ("type", "status", "source", "place", "outlet", "said")
_STEP = 1_000
_FEW = 10_000


class Page(msgspec.Struct, frozen=True):
    """Some claims of a selection, and where the next page begins (``None`` at the end)."""

    entries: tuple[Entry, ...]
    after: int | None


class Claims:
    """A selection of the claims of a ledger, newest report first.

    A selection is a value: each method gives another, and nothing is asked of the database before claims are taken
    from it by iteration, ``page``, ``count`` or one of the table methods.

    Args:
        engine: of the ledger.
        conditions: which all must hold.
        as_of: only what the world could know on that day.
        recorded: only what the ledger held at that moment, as it was read then.
        repeats: also what several versions of one page claim alike, each time.
        superseded: also what earlier readings of a report found.
        known: the knowledge ids of a name within a field.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        conditions: tuple[Condition, ...] = (),
        as_of: datetime.date | None = None,
        recorded: datetime.datetime | None = None,
        repeats: bool = False,
        superseded: bool = False,
        known: Known | None = None,
    ) -> None:
        self._engine = engine
        self._sqlite = is_sqlite(engine)
        self._given: dict[str, Any] = {
            "conditions": conditions, "as_of": as_of, "recorded": recorded, "repeats": repeats,
            "superseded": superseded, "known": known,
        }  # fmt: skip

    def where(self, question: str) -> Claims:
        """Those that also meet ``question``, in the language of ``onrecord search``.

        Raises:
            RequestError: if the question is none.
        """
        return self._with(conditions=(*self._given["conditions"], *parse(question)))

    def as_of(self, day: datetime.date) -> Claims:
        """Those that the world could know on ``day``."""
        return self._with(as_of=day)

    def recorded(self, moment: datetime.datetime) -> Claims:
        """Those that the ledger held at ``moment``, as they were read then."""
        return self._with(recorded=moment)

    def _with(self, **changed: Any) -> Claims:
        return Claims(self._engine, **{**self._given, **changed})

    def __iter__(self) -> Iterator[Entry]:
        """All of them; a thousand are held at a time."""
        after: int | None = None
        while True:
            found = self.page(_STEP, after=after)
            yield from found.entries
            if found.after is None:
                return
            after = found.after

    def page(self, size: int = 50, *, after: int | None = None) -> Page:
        """Up to ``size`` claims, those behind the page that ended with ``after``.

        Raises:
            LedgerError: if the database refuses; so do all other methods that ask it.
        """
        with told(self._engine), self._engine.connect() as connection:
            chosen, key = self._chosen(_COLUMNS, rare=self._is_rare(connection))
            if after is not None:
                chosen = chosen.where(key < after)
            rows = connection.execute(chosen.order_by(key.desc()).limit(size + 1)).all()
        return _page(rows, size)

    def count(self) -> int:
        """How many they are."""
        chosen, key = self._chosen(())
        counted = select(func.count()).select_from(chosen.add_columns(key).subquery())
        with told(self._engine), self._engine.connect() as connection:
            return int(connection.execute(counted).scalar_one())

    def facets(self, most: int = 300) -> Facets:
        """Of what kinds the newest ``most`` of them are: for each of ``FACETS`` the values and how often, falling."""
        return self.overview(0, most)[1]

    def overview(self, size: int = 50, most: int = 300) -> tuple[Page, Facets]:
        """The first ``page`` and the ``facets``, asked for at once."""
        c, sources, report = schema.claims.c, schema.sources.c, schema.documents.c
        source = select(sources.name).where(sources.key == c.source).scalar_subquery()
        columns = (c.type, c.status, source.label("source"), c.place, report.publisher, report.published)
        with told(self._engine), self._engine.connect() as connection:
            chosen, key = self._chosen((*columns, *_COLUMNS), rare=self._is_rare(connection))
            rows = connection.execute(chosen.order_by(key.desc()).limit(max(most, size + 1))).all()
        found: Facets = {}
        for place, name in enumerate(FACETS):
            counts = Counter(_facet(row[place]) for row in rows[:most] if row[place])
            found[name] = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
        return _page([row[len(columns) :] for row in rows[: size + 1]], size), found

    def to_arrow(self) -> Any:
        """All of them as a ``pyarrow.Table``, with the columns of docs/reference/ledger.md.

        Raises:
            RequestError: if pyarrow is not installed.
        """
        return tables.reader(self).read_all()

    def to_pandas(self) -> Any:
        """All of them as a ``pandas.DataFrame``.

        Raises:
            RequestError: if pandas or pyarrow is not installed.
        """
        tables.library("pandas")
        return self.to_arrow().to_pandas()

    def to_polars(self) -> Any:
        """All of them as a ``polars.DataFrame``.

        Raises:
            RequestError: if polars or pyarrow is not installed.
        """
        return tables.library("polars").from_arrow(self.to_arrow())

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """All of them as an Arrow stream (the PyCapsule interface), read batch by batch as the consumer asks."""
        return tables.reader(self).__arrow_c_stream__(requested_schema)

    @functools.cached_property
    def _plan(self) -> Plan:
        """How the conditions are met, worked out once for all pages."""
        return plan(self._given["conditions"], known=self._given["known"], sqlite=self._sqlite)

    def _is_rare(self, connection: Connection) -> bool:
        """Whether PostgreSQL expects few claims, which it then had better gather than come upon one by one.

        FTS5 gives its hits in order, and needs no such choice.
        """
        if self._sqlite or not self._plan.indexed:
            return False
        words = table("claim_words", column("words"))
        found = condition("claim_words", self._plan.indexed, sqlite=False)
        chosen = select(literal(1)).select_from(words).where(found)
        compiled = chosen.compile(connection, compile_kwargs={"literal_binds": True})
        told_plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {compiled}").scalar_one()
        return bool(told_plan[0]["Plan"]["Plan Rows"] < _FEW)

    def _chosen(self, columns: Any, *, rare: bool = False) -> tuple[Select[Any], ColumnElement[int]]:
        """The selection in SQL, and the column that orders it: the index's own key where it is asked."""
        given, sqlite, asked = self._given, self._sqlite, self._plan
        claims, documents, readings = schema.claims, schema.documents, schema.readings
        joined: Any = claims
        key: ColumnElement[int] = claims.c.key
        if asked.indexed:
            words = table("claim_words", column("rowid" if sqlite else "key"), column("words"))
            key = words.c.rowid if sqlite else words.c.key
            found = condition("claim_words", asked.indexed, sqlite=sqlite)
            if rare:
                hits = select(key).where(found).cte("hits").prefix_with("MATERIALIZED")
                key = hits.c.key
                joined = hits.join(claims, claims.c.key == key)
            else:
                joined = words.join(claims, claims.c.key == key)
        joined = joined.join(readings, readings.c.key == claims.c.reading)
        joined = joined.join(documents, documents.c.key == claims.c.document)
        chosen = select(*columns).select_from(joined).where(*asked.compared, *self._standing())
        if asked.indexed and not rare:
            chosen = chosen.where(found)
        low, high = asked.keys
        if low is not None:
            chosen = chosen.where(key >= low)
        if high is not None:
            chosen = chosen.where(key < high)
        if given["as_of"] is not None:
            chosen = chosen.where(key < first_key(given["as_of"]) + (1 << SHIFT))
        return chosen, key

    def _standing(self) -> Iterator[ColumnElement[bool]]:
        """What of several readings and versions is shown."""
        given, claims, readings, documents = self._given, schema.claims.c, schema.readings.c, schema.documents.c
        moment = given["recorded"]
        if given["as_of"] is not None:
            yield documents.known_on <= given["as_of"]
        if moment is not None:
            yield readings.read_at <= moment
        for wanted, since in ((given["superseded"], readings.superseded_at), (given["repeats"], claims.repeated_at)):
            if not wanted:
                yield since.is_(None) if moment is None else since.is_(None) | (since > moment)


def _facet(value: str | datetime.date) -> str:
    """A value as it is counted; days by their months."""
    return f"{value:%Y-%m}" if isinstance(value, datetime.date) else value


_COLUMNS = (
    schema.claims.c.key, schema.claims.c.record, schema.claims.c.repeated_at, schema.readings.c.read_at,
    schema.readings.c.superseded_at,
    *(schema.documents.c[name] for name in Heading.__struct_fields__),
)  # fmt: skip


def _page(rows: Sequence[Sequence[Any]], size: int) -> Page:
    """A page of up to ``size`` claims, of one row more where there is another page."""
    found = tuple(map(_entry, rows[:size]))
    return Page(found, found[-1].key if found and len(rows) > size else None)


def _entry(row: Sequence[Any]) -> Entry:
    key, record, repeated_at, read_at, superseded_at, *heading = tuple(row)
    return Entry(key, claim_of(record), Heading(*heading), read_at, superseded_at is None, repeated_at is not None)
