"""Keeping series and links up to date: only blocks that a new, changed or judged claim touched are compared anew.

A batch notes in ``stale`` what it touched, in its own transaction. The end of a run, or the next question, compares
these blocks again and replaces their series and links; a run that was killed leaves the notes for the next.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable, Iterable, Sequence

import msgspec
from sqlalchemy import Connection, Engine, delete, exists, func, select, text

from onrecord.ledger import bulk, schema
from onrecord.ledger.compared import rows
from onrecord.ledger.compared.near import originals
from onrecord.ledger.compared.rulings import Rulings
from onrecord.ledger.connect import told, writing
from onrecord.ledger.rows import claim_of
from onrecord.ledger.walk import walk
from onrecord.series.collate import collated, repeated
from onrecord.series.copies import copied
from onrecord.series.judged import parted
from onrecord.series.standing import summary
from onrecord.values import Document, Link, Point

_AT_ONCE = 400  # blocks in one transaction, so that other writers are let in between
_SERIES = ("id", "block", "points", "voices", "documents", "first_said", "last_said", "summary")
_LINKS = ("kind", "block", "number", "relation", "earlier", "later", "earlier_document", "later_document", "said",
          "score", "reason", "drift")  # fmt: skip
_JSON = msgspec.json.Encoder()


def regroup(engine: Engine, *, advance: Callable[[int], None] = lambda _: None) -> None:
    """Compare anew whatever is stale.

    Args:
        engine: of the ledger.
        advance: is told how many blocks are left, from time to time.

    Raises:
        LedgerError: if the database refuses.
    """
    if not is_stale(engine):
        return
    with told(engine):
        with writing(engine) as connection:
            _lock(connection)
            if _take(connection, "unread", 1):
                make_anew(connection)
        for kind, compare in (("measured", _measured), ("numbered", _numbered), ("copied", _copied)):
            while True:
                with writing(engine) as connection:
                    _lock(connection)
                    taken = _take(connection, kind, _AT_ONCE)
                    if taken:
                        compare(connection, taken)
                        left = connection.execute(select(func.count()).select_from(schema.stale)).scalar_one()
                if not taken:
                    break
                advance(int(left))


def is_stale(engine: Engine) -> bool:
    """Whether anything must be compared anew."""
    with told(engine), engine.connect() as connection:
        return bool(connection.execute(select(exists(select(schema.stale)))).scalar_one())


def make_anew(connection: Connection) -> None:
    """Empty everything that is derived from comparing claims, and note that all of it must be compared.

    Args:
        connection: a transaction that writes.
    """
    for table in reversed(schema.DERIVED):
        connection.execute(delete(table))
    documents = schema.documents
    for row in walk(connection, select(documents), documents.c.key, 50):
        document = Document(row.text, row.given or row.id, row.title, row.publisher, row.published, row.url, row.source)
        _add_document(connection, row.key, document, row.known_on)


def _add_document(connection: Connection, key: int, document: Document, known: datetime.date) -> None:
    """The points, sketch and bands of a document that is in the ledger already."""
    table = schema.claims
    found = select(table.c.reading, table.c.key, table.c.record).where(table.c.document == key)
    points: list[rows.Row] = []
    by_reading = connection.execute(found.order_by(table.c.reading, table.c.key.desc())).all()
    for _, group in itertools.groupby(by_reading, key=lambda row: row.reading):
        claims = list(group)
        points += rows.point_rows(document, [claim_of(row.record) for row in claims], [row.key for row in claims])
    sketches, bands = rows.sketch_rows(key, document.text, known)
    bulk.insert(connection, "points", rows.POINTS, points)
    bulk.insert(connection, "sketches", rows.SKETCHES, sketches)
    bulk.insert(connection, "bands", rows.BANDS, bands)
    rows.mark(connection, "measured", (row[1] for row in points))
    rows.mark(connection, "numbered", (row[2] for row in points))
    rows.mark(connection, "copied", [key] if sketches else ())


def _lock(connection: Connection) -> None:
    """Let nobody else write until this transaction ends."""
    connection.execute(text("UPDATE counters SET value = value WHERE name = 'claims'"))


def _take(connection: Connection, kind: str, most: int) -> list[int]:
    """Up to ``most`` stale blocks of a kind, which are noted as done."""
    table = schema.stale
    found = select(table.c.block).where(table.c.kind == kind).order_by(table.c.block).limit(most)
    blocks = [int(row[0]) for row in connection.execute(found)]
    if blocks:
        connection.execute(delete(table).where(table.c.kind == kind, table.c.block.in_(blocks)))
    return blocks


def _measured(connection: Connection, blocks: Sequence[int]) -> None:
    rulings = Rulings(connection)
    wanted = rulings.joined(blocks)
    every = sorted({block for group in wanted for block in group})
    points: dict[int, list[Point]] = {}
    column = schema.points.c.measured
    found = connection.execute(rows.chosen(column.in_(every)).order_by(column))
    for block, of_block in rows.points_by(found, 0):
        points[block] = of_block
    connection.execute(delete(schema.series).where(schema.series.c.block.in_(every)))
    _drop_links(connection, "measured", every)
    made: list[rows.Row] = []
    links: list[rows.Row] = []
    for group in wanted:
        given = [point for block in group for point in points.get(block, ())]
        grouping = collated(given, rulings.about(given))
        head = group[0]
        for series in grouping.series:
            if len(series.points) > 1:
                line = summary(series)
                made.append((line.id, head, line.claims, line.voices, line.documents, line.first_said.isoformat(),
                             line.last_said.isoformat(), _JSON.encode(line).decode()))  # fmt: skip
        links += _link_rows("measured", head, grouping.links, given)
    bulk.insert(connection, "series", _SERIES, made)
    bulk.insert(connection, "links", _LINKS, links)


def _numbered(connection: Connection, blocks: Sequence[int]) -> None:
    rulings = Rulings(connection)
    column = schema.points.c.numbered
    found = connection.execute(rows.chosen(column.in_(blocks)).order_by(column))
    _drop_links(connection, "numbered", blocks)
    links: list[rows.Row] = []
    for block, points in rows.points_by(found, 1):
        if len(points) > 1:
            links += _link_rows("numbered", block, repeated(points, rulings.about(points)), points)
    bulk.insert(connection, "links", _LINKS, links)


def _copied(connection: Connection, documents: Sequence[int]) -> None:
    """Link near-copies to the report that they were copied from."""
    _drop_links(connection, "copied", documents)
    links: list[rows.Row] = []
    barred: frozenset[frozenset[str]] | None = None
    for document, (first, alike) in originals(connection, documents).items():
        if barred is None:
            barred = parted(Rulings(connection).all)
        mine, theirs = _points_of(connection, document), _points_of(connection, first)
        made = [
            link for link in copied(theirs, mine, alike) if frozenset((link.earlier, link.later)) not in barred
        ]  # fmt: skip
        links += _link_rows("copied", document, made, mine)
    bulk.insert(connection, "links", _LINKS, links)


def _points_of(connection: Connection, document: int) -> list[Point]:
    return [rows.point_of(row) for row in connection.execute(rows.chosen(schema.claims.c.document == document))]


def _drop_links(connection: Connection, kind: str, blocks: Sequence[int]) -> None:
    table = schema.links
    connection.execute(delete(table).where(table.c.kind == kind, table.c.block.in_(blocks)))


def _link_rows(kind: str, block: int, links: Iterable[Link], points: Sequence[Point]) -> list[rows.Row]:
    said = {point.claim: point.said.isoformat() for point in points}
    ordered = sorted(links, key=lambda link: (link.later, link.relation, link.earlier))
    return [
        (kind, block, number, link.relation, link.earlier, link.later, link.earlier_document, link.later_document,
         said[link.later], link.score, link.reason, _JSON.encode(link.drift).decode())
        for number, link in enumerate(ordered)
    ]  # fmt: skip
