"""Copies of a ledger: a consistent backup while others write, and a move between SQLite and PostgreSQL."""

from __future__ import annotations

import itertools
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, func, insert, select, text, update

from onrecord.ledger import schema
from onrecord.ledger.compared.regroup import make_anew, regroup
from onrecord.ledger.connect import create, is_sqlite, named, told, writing
from onrecord.ledger.index import rebuild
from onrecord.ledger.walk import walk
from onrecord.values import LedgerError

_STEP = 500


def copy(
    engine: Engine, to: str | Path, *, accounts: bool = True, advance: Callable[[str], None] = lambda _: None
) -> None:
    """Copy a ledger as it is at this moment to a new one at ``to``, a path or a URL.

    Args:
        engine: of the ledger that is copied; others may go on writing to it.
        to: where the copy goes; there must be nothing yet.
        accounts: also who may ask a desk on a server, with hashes of passwords, and what they did.
        advance: is told the name of each table as it begins.

    Raises:
        LedgerError: if there is something already, or a database refuses.
    """
    if is_sqlite(engine) and "://" not in str(to):
        _copy_file(engine, Path(to), accounts)
        return
    target = create(to)
    try:
        with told(engine), engine.connect() as source, told(target), writing(target) as into:
            if not is_sqlite(engine):
                source.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
            for table in schema.METADATA.sorted_tables:
                if table not in schema.DERIVED and (accounts or table not in schema.ACCESS):
                    advance(table.name)
                    _copy_table(source, into, table)
            advance("search")
            rebuild(into)
            advance("series")
            make_anew(into)
            _continue_numbers(into)
        regroup(target)
    finally:
        target.dispose()


def _copy_file(engine: Engine, path: Path, accounts: bool) -> None:
    """SQLite's own online backup, put in its place when it is whole."""
    if path.exists():
        raise LedgerError(f"{path} exists already; give another name for the copy")
    part = path.with_name(f".{path.name}.part")
    try:
        with told(engine), engine.connect() as connection:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.unlink(missing_ok=True)
            target = sqlite3.connect(part)
            try:
                driver: Any = connection.connection.driver_connection
                driver.backup(target)
                if not accounts:
                    _forget_accounts(target)
            finally:
                target.close()
        os.replace(part, path)
    except OSError as error:
        raise LedgerError(f"{path} cannot be written: {(error.strerror or str(error)).lower()}") from error
    except sqlite3.Error as error:
        raise LedgerError(f"{named(path)} cannot be written: {error}") from error


def _forget_accounts(copied: sqlite3.Connection) -> None:
    """Leave nothing of them in the file either."""
    copied.execute("PRAGMA secure_delete = ON")
    for table in reversed(schema.ACCESS):
        copied.execute(f"DELETE FROM {table.name}")  # noqa: S608 (names of ours)
    copied.commit()


def _copy_table(source: Connection, into: Connection, table: Table) -> None:
    if table is schema.counters:
        for row in source.execute(select(table)).all():
            into.execute(update(table).where(table.c.name == row.name).values(value=row.value))
        return
    if table is schema.captured:  # three numbers a row, and no key of one column to go by
        rows: Iterator[Row[Any]] = iter(source.execute(select(table)).all())
    else:
        rows = walk(source, select(table), table.c["hash" if table is schema.originals else "key"], _STEP)
    while held := [row._asdict() for row in itertools.islice(rows, _STEP)]:
        into.execute(insert(table), held)


def _continue_numbers(into: Connection) -> None:
    """Let PostgreSQL number new rows after those that were copied."""
    if is_sqlite(into):
        return
    for table in (schema.runs, schema.judgements, schema.faults, *schema.ACCESS):
        highest = int(into.execute(select(func.coalesce(func.max(table.c.key), 0))).scalar_one())
        into.execute(text("SELECT setval(pg_get_serial_sequence(:name, 'key'), :next, false)"),
                     {"name": table.name, "next": highest + 1})  # fmt: skip
