"""Rows into tables, many at a time: ``executemany`` for SQLite, ``COPY`` for PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import CTE, BigInteger, Connection, text

from onrecord.ledger.connect import is_sqlite

Row = tuple[Any, ...]


def insert(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert ``rows``, each with the values of ``columns`` in their order, into ``table``."""
    if not rows:
        return
    names = ", ".join(f'"{name}"' for name in columns)
    if is_sqlite(connection):
        marks = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(rows))  # noqa: S608
    else:
        _copy(connection, f'COPY "{table}" ({names}) FROM STDIN', rows)


def insert_words(connection: Connection, table: str, lines: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Index token lines by the key of what they are of.

    Args:
        connection: a transaction that writes.
        table: one of ``schema.WORDS``.
        lines: keys and tokens, in any order.
    """
    # FTS5 writes out all that it holds whenever a key is lower than the last.
    ordered = sorted(lines)
    if is_sqlite(connection):
        rows = [(key, " ".join(tokens)) for key, tokens in ordered]
        if rows:
            connection.exec_driver_sql(f"INSERT INTO {table} (rowid, words) VALUES (?, ?)", rows)  # noqa: S608
    else:
        insert(connection, table, ("key", "words"), [(key, vector(tokens)) for key, tokens in ordered])


def listed(columns: Sequence[str], rows: Iterable[Sequence[int]]) -> CTE:
    """Numbers as a table ``listed`` to be asked with, at least one row of them.

    They are written out, not bound: SQLite scans a table for pairs in a list, and binding thousands costs more than the
    search.
    """
    values = ", ".join(f"({', '.join(map(str, row))})" for row in rows)
    names = ", ".join(f"column{place} AS {name}" for place, name in enumerate(columns, start=1))
    made = text(f"SELECT {names} FROM (VALUES {values}) AS given")  # noqa: S608 (numbers of ours)
    return made.columns(**dict.fromkeys(columns, BigInteger)).cte("listed")


def _copy(connection: Connection, statement: str, rows: Iterable[Row]) -> None:
    cursor: Any = connection.connection.cursor()
    try:
        with cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    finally:
        cursor.close()


# A tsvector counts positions up to 16,383, and keeps 256 of a word.
_POSITIONS, _OF_A_WORD = 16_383, 256


def vector(tokens: Sequence[str]) -> str:
    """A tsvector as PostgreSQL writes it; tokens hold neither quotes nor backslashes."""
    places: dict[str, str] = {}
    often: dict[str, int] = {}
    for place, token in enumerate(tokens, start=1):
        if token not in places:
            places[token] = f"'{token}':{place if place < _POSITIONS else _POSITIONS}"
        elif often.setdefault(token, 1) < _OF_A_WORD and place < _POSITIONS:
            often[token] += 1
            places[token] += f",{place}"
    return " ".join(places.values())
