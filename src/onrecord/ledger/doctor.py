"""Checking a whole ledger: that everything is there, unchanged, and proves what it says.

Hashes are computed anew, every span is cut from its text and compared with its words, every reference is followed, and
the search indexes are compared with what they index. Nothing is mended here: what is derived can be made anew
(``onrecord db reindex``), what was recorded comes back from a backup only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, Row, and_, func, select, text

from onrecord.ledger import schema, versions
from onrecord.ledger.compared.regroup import points_of_document
from onrecord.ledger.compared.rows import POINTS
from onrecord.ledger.connect import is_sqlite, told
from onrecord.ledger.index import lines, size_of, sizes
from onrecord.ledger.rows import (
    CLAIM_COLUMNS,
    claim_of,
    claim_row,
    layout_of,
    source_row,
    unpacked,
    wording,
)
from onrecord.ledger.walk import walk
from onrecord.values import Claim, Document, Quote, content_id
from onrecord.values.claim import claim_id

_STEP = 500
_MOST = 100


class Finding(msgspec.Struct, frozen=True):
    """Something that is not as it must be.

    ``check`` is the check that found it, ``what`` one line that names the row and what is wrong with it.
    """

    check: str
    what: str


def examine(engine: Engine, *, advance: Callable[[str], None] = lambda _: None) -> Iterator[Finding]:
    """Everything that is wrong with the ledger of ``engine``; nothing when it is sound.

    Args:
        engine: of the ledger.
        advance: is told the name of each check as it begins.

    Raises:
        LedgerError: if the database refuses.
    """
    with told(engine), engine.connect() as connection:
        for name, check in CHECKS.items():
            advance(name)
            for number, what in enumerate(check(connection)):
                if number == _MOST:
                    yield Finding(name, f"and more; only the first {_MOST} are told")
                    break
                yield Finding(name, what)


def database(engine: Engine) -> list[str]:
    """What the database itself finds wrong with its pages.

    Raises:
        LedgerError: if it refuses.
    """
    with told(engine), engine.connect() as connection:
        return list(_database(connection))


def _database(connection: Connection) -> Iterator[str]:
    """The database's own check of its pages."""
    if is_sqlite(connection):
        for (line,) in connection.execute(text("PRAGMA integrity_check(100)")):
            if line != "ok":
                yield str(line)


def _references(connection: Connection) -> Iterator[str]:
    """Whether everything that is referred to is there."""
    for table in schema.METADATA.tables.values():
        for column in table.columns:
            for key in column.foreign_keys:
                other = key.column.table.alias("other")
                target = other.c[key.column.name]
                lost = (
                    select(func.count())
                    .select_from(table.outerjoin(other, target == column))
                    .where(and_(column.is_not(None), target.is_(None)))
                )
                count = int(connection.execute(lost).scalar_one())
                if count:
                    yield f"{count} rows of {table.name} refer to a row of {key.column.table.name} that is not there"


def _originals(connection: Connection) -> Iterator[str]:
    """Whether the bytes of every capture still have their hash."""
    for row in walk(connection, select(schema.originals), schema.originals.c.hash, 20):
        try:
            data = unpacked(row.body, row.size)
        except ValueError as error:
            yield f"original {row.hash} is damaged: {error}"
            continue
        if hashlib.sha256(data).hexdigest() != row.hash:
            yield f"original {row.hash} has other bytes than its hash says"


def _documents(connection: Connection) -> Iterator[str]:
    """Whether every document still has its hash, a capture and one reading in force."""
    captured = select(schema.captured.c.document).distinct()
    alone = select(schema.documents.c.id).where(schema.documents.c.key.not_in(captured))
    yield from (f"document {row.id} has no capture" for row in connection.execute(alone))
    read, every = schema.readings.c, schema.documents.c
    in_force = (read.document == every.key) & read.superseded_at.is_(None)
    counted = select(every.id, func.count(read.key).label("n")).select_from(
        schema.documents.outerjoin(schema.readings, in_force)
    )
    odd = counted.group_by(every.id).having(func.count(read.key) != 1)
    yield from (f"document {row.id} has {row.n} readings in force" for row in connection.execute(odd))
    for row in walk(connection, select(schema.documents), schema.documents.c.key, 50):
        document = Document(row.text, "", row.title, row.publisher, row.published, row.url)
        if document.content_hash != row.id or content_id(row.text) != row.words:
            yield f"document {row.id} holds other words than its hash says"
        wrong = next((box for box in layout_of(row.layout) if not box.cut(row.text).strip()), None)
        if wrong is not None:
            yield f"document {row.id} has a box on page {wrong.page} that covers no word"


def _claims(connection: Connection) -> Iterator[str]:
    """Whether every claim quotes its report to the letter, and its columns say what its record says."""
    joined = schema.claims.join(schema.documents, schema.documents.c.key == schema.claims.c.document)
    joined = joined.outerjoin(schema.sources, schema.sources.c.key == schema.claims.c.source)
    more = (schema.documents.c.text, schema.documents.c.id.label("digest"), schema.documents.c.published,
            schema.sources.c.name.label("source_name"), schema.sources.c.id.label("source_id"),
            schema.sources.c.kind.label("source_kind"))  # fmt: skip
    chosen = select(schema.claims, *more).select_from(joined)
    for row in walk(connection, chosen, schema.claims.c.key, _STEP):
        try:
            claim = claim_of(row.record)
        except (msgspec.DecodeError, ValueError) as error:
            yield f"claim {row.id} has a record that cannot be read: {error}"
            continue
        yield from (f"claim {row.id}: {what}" for what in _wrong(claim, row))


def _wrong(claim: Claim, row: Row[Any]) -> Iterator[str]:
    """What of a claim is not as its report and its record say."""
    for name, quoted in _quotes(claim):
        if quoted.cut(row.text) != quoted.text:
            yield f"the words of its {name} do not stand at {quoted.start} to {quoted.end}"
    if claim_id(row.digest, claim.evidence, claim.quantity, claim.type, claim.source) != row.id or claim.id != row.id:
        yield "its id is not the hash of what it holds"
    values = claim_row(claim, row.key, row.document, row.reading, row.source)
    columns = [name for name in _COMPARED if _plain(getattr(row, name)) != values[_COMPARED[name]]]
    if columns or wording(claim) != row.words:
        yield f"its columns differ from its record: {', '.join(columns) or 'words'}"
    if (source_row(claim.source) if claim.source else (None,) * 3) != (row.source_name, row.source_id, row.source_kind):
        yield "its source is another than its record says"


def _quotes(claim: Claim) -> Iterator[tuple[str, Quote]]:
    for name in ("evidence", "source", "cue", "actor", "target", "object", "place", "quantity", "time"):
        quoted = getattr(claim, name)
        if quoted is not None:
            yield name, quoted
    for quoted in claim.via:
        yield "via", quoted


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _readings(connection: Connection) -> Iterator[str]:
    """Whether every reading still has all its claims."""
    readings, claims = schema.readings, schema.claims
    there = select(claims.c.reading, func.count().label("n")).group_by(claims.c.reading).subquery()
    found = (
        select(readings.c.key, readings.c.claims, func.coalesce(there.c.n, 0).label("n"))
        .select_from(readings.outerjoin(there, there.c.reading == readings.c.key))
        .where(readings.c.claims != func.coalesce(there.c.n, 0))
    )
    for row in connection.execute(found):
        yield f"reading {row.key} found {row.claims} claims, and {row.n} are there"


def _derived(connection: Connection) -> Iterator[str]:
    """Whether what follows from the versions of pages has been kept up to date."""
    table, claims = schema.documents, schema.claims
    days = {row.key: row.known_on for row in connection.execute(select(table.c.key, table.c.known_on))}
    several = select(table.c.address).group_by(table.c.address).having(func.count() > 1)
    for (address,) in connection.execute(several).all():
        found = versions.versions(connection, address)
        for place, version in enumerate(found):
            if days[version.key] != versions.known_on(found, place):
                yield f"document {version.id} is known on another day than its versions say"
            wholly, before = versions.repeating(found, place)
            mine = select(claims.c.words, claims.c.repeated_at).where(claims.c.reading == version.reading)
            held = select(claims.c.words).where(claims.c.reading == before.reading) if before else None
            words = {row.words for row in connection.execute(held)} if held is not None else set()
            if any((row.repeated_at is None) == (wholly is not None or row.words in words)
                   for row in connection.execute(mine)):  # fmt: skip
                yield f"the claims of document {version.id} are wrongly marked as repeats"


def _search(connection: Connection) -> Iterator[str]:
    """Whether the search indexes hold just what they should."""
    sqlite = is_sqlite(connection)
    for name in schema.WORDS:
        should = ((key, size_of(tokens, sqlite=sqlite)) for key, tokens in lines(connection, name))
        try:
            wrong = sum(1 for _ in _differing(should, sizes(connection, name)))
        except (msgspec.DecodeError, ValueError):
            yield f"{name} cannot be compared with what it indexes, which is damaged"
            continue
        if wrong:
            yield f"{wrong} entries of {name} are not what they index; run: onrecord db reindex"


def _differing(one: Iterator[tuple[int, int]], other: Iterator[tuple[int, int]]) -> Iterator[int]:
    """The keys at which two sequences, each in the order of keys, differ."""
    a, b = next(one, None), next(other, None)
    while a is not None or b is not None:
        if a == b:
            a, b = next(one, None), next(other, None)
        elif b is None or (a is not None and a[0] <= b[0]):
            yield a[0] if a is not None else 0
            a, b = next(one, None), next(other, None) if b is not None and a is not None and a[0] == b[0] else b
        else:
            yield b[0]
            b = next(other, None)


def _series(connection: Connection) -> Iterator[str]:
    """Whether what claims measure is what they and their reports say, and every link joins two claims."""
    documents, points = schema.documents, schema.points
    readings = schema.readings
    joined = points.join(schema.claims, schema.claims.c.key == points.c.claim)
    joined = joined.join(readings, readings.c.key == schema.claims.c.reading)
    held = select(*(points.c[name] for name in _NOTED)).select_from(joined)
    for row in walk(connection, select(documents), documents.c.key, 50):
        try:
            told = (dict(zip(POINTS, point, strict=True)) for point in points_of_document(connection, row))
            should = {tuple(point[name] for name in _NOTED) for point in told}
        except (msgspec.DecodeError, ValueError) as error:
            yield f"document {row.id} cannot be compared, for a claim of it cannot be read: {error}"
            continue
        there = {tuple(point) for point in connection.execute(held.where(readings.c.document == row.key))}
        if should != there:
            yield f"document {row.id} measures something else than the ledger notes; run: onrecord db reindex"
    for name in ("earlier", "later"):
        claims = schema.claims.alias()
        lost = select(func.count()).select_from(schema.links.outerjoin(claims, claims.c.id == schema.links.c[name]))
        count = int(connection.execute(lost.where(claims.c.id.is_(None))).scalar_one())
        if count:
            yield f"{count} links have no {name} claim; run: onrecord db reindex"


# Columns of a point's row that its claim and report determine; the rest tells how it compared.
_NOTED = tuple(name for name in POINTS if name != "origin")
_OWN = ("document", "reading", "source", "record")
# Columns of a claim's row that its record determines, with their place in the row that the record gives.
_COMPARED = {name: place for place, name in enumerate(CLAIM_COLUMNS) if name not in _OWN}

CHECKS: dict[str, Callable[[Connection], Iterator[str]]] = {
    "database": _database,
    "references": _references,
    "originals": _originals,
    "documents": _documents,
    "readings": _readings,
    "claims": _claims,
    "versions": _derived,
    "search": _search,
    "series": _series,
}
