"""Keeping series and links up to date: only blocks that a new, changed or judged claim touched are compared anew.

A batch notes in ``stale`` what it touched, in its own transaction. The end of a run, or the next question, compares
these blocks again and replaces their series and links; a run that was killed leaves the notes for the next.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence

import msgspec
from sqlalchemy import Connection, Engine, and_, delete, exists, func, select, text

from onrecord.ledger import bulk, schema
from onrecord.ledger.compared import rows
from onrecord.ledger.compared.rulings import Rulings
from onrecord.ledger.connect import told, writing
from onrecord.ledger.rows import claim_of
from onrecord.ledger.walk import walk
from onrecord.series.collate import collated, repeated
from onrecord.series.copies import copied
from onrecord.series.sketches import NEAR, likeness
from onrecord.series.standing import summary
from onrecord.values import Document, Link, Point

_AT_ONCE = 400  # blocks in one transaction, so that other writers are let in between
_SERIES = ("id", "block", "points", "voices", "documents", "first_said", "last_said", "summary")
_LINKS = ("kind", "block", "number", "relation", "earlier", "later", "earlier_document", "later_document", "said",
          "score", "reason", "drift")  # fmt: skip
_JSON = msgspec.json.Encoder()
_TRIED = 64


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
        _add_document(connection, row.key, document)


def _add_document(connection: Connection, key: int, document: Document) -> None:
    """The points, sketch and bands of a document that is in the ledger already."""
    table = schema.claims
    found = select(table.c.reading, table.c.key, table.c.record).where(table.c.document == key)
    points: list[rows.Row] = []
    by_reading = connection.execute(found.order_by(table.c.reading, table.c.key.desc())).all()
    for _, group in itertools.groupby(by_reading, key=lambda row: row.reading):
        claims = list(group)
        points += rows.point_rows(document, [claim_of(row.record) for row in claims], [row.key for row in claims])
    sketches, bands = rows.sketch_rows(key, document.text)
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
    """Compare documents with the earliest of those that share a band with them, and with the one just before."""
    _drop_links(connection, "copied", documents)
    links: list[rows.Row] = []
    for document in documents:
        found = _original(connection, document)
        if found is None:
            continue
        first, alike = found
        points = {key: _points_of(connection, key) for key in (first, document)}
        rulings = Rulings(connection).about([*points[first], *points[document]])
        barred = {frozenset(ruling.claims) for ruling in rulings if ruling.act == "apart"}
        made = [
            link for link in copied(points[first], points[document], alike)
            if frozenset((link.earlier, link.later)) not in barred
        ]  # fmt: skip
        links += _link_rows("copied", document, made, points[document])
    bulk.insert(connection, "links", _LINKS, links)


def _original(connection: Connection, document: int) -> tuple[int, float] | None:
    """The earliest report of which a document is a near-copy, and how much is the same."""
    s, d = schema.sketches.c, schema.documents.c
    own = connection.execute(
        select(s.sketch, s.made, d.known_on, d.id, d.address)
        .select_from(schema.sketches.join(schema.documents, d.key == s.document))
        .where(s.document == document)
    ).first()
    if own is None:
        return None
    found = connection.execute(
        select(d.key, s.sketch, d.known_on, d.id)
        .select_from(schema.sketches.join(schema.documents, d.key == s.document))
        .where(s.document.in_(_neighbours(connection, document)), s.made == own.made, d.address != own.address)
    ).all()
    mine = (own.known_on, own.id)
    earlier = sorted((row.known_on, row.id, row.key, row.sketch) for row in found if (row.known_on, row.id) < mine)
    for _, _, key, sketch in earlier:
        if (alike := likeness(own.sketch, sketch)) >= NEAR:
            return key, alike
    return None


def _neighbours(connection: Connection, document: int) -> list[int]:
    """Of each band of a document, the earliest reports that share it and those just before."""
    mine, theirs, d = schema.bands.alias("mine"), schema.bands.alias("theirs"), schema.documents.c
    joined = mine.join(theirs, and_(theirs.c.band == mine.c.band, theirs.c.document != mine.c.document)).join(
        schema.documents, d.key == theirs.c.document
    )
    found = connection.execute(
        select(mine.c.band, theirs.c.document, d.known_on, d.id).select_from(joined).where(mine.c.document == document)
        .order_by(mine.c.band, d.known_on, d.id).limit(_TRIED * 64)
    ).all()  # fmt: skip
    near: set[int] = set()
    for _, group in itertools.groupby(found, key=lambda row: row.band):
        near |= {row.document for row in itertools.islice(group, _TRIED)}
    return sorted(near)


def touched(connection: Connection, document: int) -> list[int]:
    """The documents that share a band with a new one, and may have to be compared with it."""
    mine, theirs = schema.bands.alias("mine"), schema.bands.alias("theirs")
    joined = mine.join(theirs, and_(theirs.c.band == mine.c.band, theirs.c.document != mine.c.document))
    found = (
        select(theirs.c.document).select_from(joined).where(mine.c.document == document).distinct().limit(_TRIED * 16)
    )
    return [int(row[0]) for row in connection.execute(found)]


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
