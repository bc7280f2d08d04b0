"""The search indexes as a whole: what they should hold, what they do hold, and making them anew."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, Engine, select, text

from onrecord.ledger import bulk, schema
from onrecord.ledger.compared.regroup import make_anew, regroup
from onrecord.ledger.connect import is_sqlite, told, writing
from onrecord.ledger.rows import claim_of
from onrecord.ledger.search.tokens import document_tokens, text_tokens, tokens
from onrecord.ledger.walk import walk
from onrecord.values import Document

_STEP = 1_000
_MANY = 500
Line = tuple[int, Sequence[str]]


def lines(connection: Connection, index: str) -> Iterator[Line]:
    """The key and tokens of everything that ``index`` should hold, in the order of keys."""
    yield from _claims(connection) if index == "claim_words" else _documents(connection)


def sizes(connection: Connection, index: str) -> Iterator[tuple[int, int]]:
    """The key of everything that ``index`` holds, in order, with how many tokens it has there."""
    if is_sqlite(connection):
        found = connection.execute(text(f"SELECT id, sz FROM {index}_docsize ORDER BY id"))  # noqa: S608
        yield from ((row[0], _varint(row[1])) for row in found)
    else:
        found = connection.execute(text(f"SELECT key, length(words) FROM {index} ORDER BY key"))  # noqa: S608
        yield from ((row[0], row[1]) for row in found)


def size_of(tokens_: Sequence[str], *, sqlite: bool) -> int:
    """How many tokens the index should tell for a line: FTS5 counts all of them, a tsvector each word once."""
    return len(tokens_) if sqlite else len(set(tokens_))


def reindex(engine: Engine) -> None:
    """Make both search indexes and all comparisons anew, all or nothing; then compare.

    Raises:
        LedgerError: if the database refuses.
    """
    with told(engine), writing(engine) as connection:
        rebuild(connection)
        make_anew(connection)
    regroup(engine)


def rebuild(connection: Connection) -> None:
    """Empty both indexes and fill them again.

    Args:
        connection: a transaction that writes.
    """
    for index in schema.WORDS:
        if is_sqlite(connection):
            connection.execute(text(f"INSERT INTO {index} ({index}) VALUES ('delete-all')"))  # noqa: S608
        else:
            connection.execute(text(f"TRUNCATE {index}"))
        found = lines(connection, index)
        while step := list(itertools.islice(found, _STEP)):
            bulk.insert_words(connection, index, step)


def settle(connection: Connection, written: int) -> None:
    """After a run that wrote ``written`` documents: put waiting words in their place.

    After many, PostgreSQL also counts anew what it plans questions by; after few, it does so in its own time.
    """
    if is_sqlite(connection):
        return
    for name in schema.WORDS:
        connection.execute(text("SELECT gin_clean_pending_list(CAST(:name AS regclass))"), {"name": f"ix_{name}_words"})
    for name in (*schema.WORDS, "claims", "documents", "readings") if written >= _MANY else ():
        connection.execute(text(f"ANALYZE {name}"))


def _claims(connection: Connection) -> Iterator[Line]:
    claims, documents = schema.claims, schema.documents
    joined = claims.join(documents, documents.c.key == claims.c.document)
    chosen = select(claims.c.key, claims.c.record, documents.c.publisher).select_from(joined)
    for row in walk(connection, chosen, claims.c.key, _STEP):
        yield row.key, tokens(claim_of(row.record), document_tokens(Document("", "-", publisher=row.publisher)))


def _documents(connection: Connection) -> Iterator[Line]:
    table = schema.documents
    for row in walk(connection, select(table.c.key, table.c.title, table.c.text), table.c.key, 50):
        yield row.key, text_tokens(row.title, row.text)


def _varint(data: bytes) -> int:
    """The number of tokens as FTS5 keeps it for its one column: seven bits a byte, the highest first."""
    value = 0
    for byte in data:
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            break
    return value
