"""Keeping series and links up to date: only blocks that a new, changed or judged claim touched are compared anew.

A batch notes in ``stale`` what it touched, in its own transaction. The end of a run, or the next question, compares
these blocks again and replaces their series and links; a run that was killed leaves the notes for the next.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, and_, delete, exists, select, text

from onrecord.ledger import bulk, schema
from onrecord.ledger.compared import rows
from onrecord.ledger.compared.near import originals
from onrecord.ledger.compared.retold import retellings
from onrecord.ledger.compared.rulings import Rulings
from onrecord.ledger.compared.stretches import Stretch, stretches
from onrecord.ledger.compared.summaries import summarised
from onrecord.ledger.connect import roomy, told, writing
from onrecord.ledger.rows import claim_of, document_of
from onrecord.ledger.walk import walk
from onrecord.series.collate import Part, collated, continued, repeated
from onrecord.series.copies import copied
from onrecord.series.grouping import Home
from onrecord.series.judged import parted
from onrecord.values import Link, Point

_MANY = 500  # blocks that are compared with more room
_AT_ONCE = 5_000  # blocks in one transaction, so that other writers are let in between
_SERIES = ("id", "block", "head", "points", "first_said", "last_said", "summary")
_LINKS = ("kind", "block", "relation", "earlier", "later", "earlier_document", "later_document", "said",
          "score", "reason", "drift")  # fmt: skip
_JSON = msgspec.json.Encoder()


def regroup(engine: Engine) -> None:
    """Compare anew whatever is stale.

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
                    roomy(connection, len(taken) > _MANY)
                    if taken:
                        compare(connection, taken)
                if not taken:
                    break


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
        _add_document(connection, row)


def _add_document(connection: Connection, row: Any) -> None:
    """The points, sketch and bands of a document that is in the ledger already, by its row."""
    points = points_of_document(connection, row)
    sketches, bands = rows.sketch_rows(row.key, row.text, row.known_on)
    bulk.insert(connection, "points", rows.POINTS, points)
    bulk.insert(connection, "sketches", rows.SKETCHES, sketches)
    bulk.insert(connection, "bands", rows.BANDS, bands)
    rows.mark_rows(connection, points)
    rows.mark_copies(connection, [row.key] if sketches else ())


def points_of_document(connection: Connection, row: Any) -> list[rows.Row]:
    """The rows of ``points`` that the claims of a document give, whichever reading made them.

    Args:
        connection: to ask.
        row: of the document.

    Raises:
        ValueError: if a claim of it cannot be read.
    """
    claims, readings = schema.claims.c, schema.readings.c
    stands = and_(readings.superseded_at.is_(None), claims.repeated_at.is_(None))
    found = (
        select(claims.reading, claims.key, claims.record, stands.label("stands"))
        .select_from(schema.claims.join(schema.readings, readings.key == claims.reading))
        .where(readings.document == row.key)
        .order_by(claims.reading, claims.key.desc())
    )
    document = document_of(row)
    points: list[rows.Row] = []
    for _, group in itertools.groupby(connection.execute(found).all(), key=lambda one: one.reading):
        held = {one.key: one for one in group}
        given = [claim_of(one.record) for one in held.values()]
        for key, *fields in rows.point_rows(document, given, list(held), row.known_on, row.address):
            told = dict(zip(rows.POINTS, (key, *fields), strict=True)) | {"stands": bool(held[key].stands)}
            points.append(tuple(told.values()))
    return points


def _lock(connection: Connection) -> None:
    """Let nobody else write until this transaction ends."""
    connection.execute(text("UPDATE counters SET value = value WHERE name = 'claims'"))


def _take(connection: Connection, kind: str, most: int) -> dict[int, list[int]]:
    """Up to ``most`` stale blocks of a kind with the days of which something changed; they are noted as done."""
    table = schema.stale
    found = select(table.c.block).where(table.c.kind == kind).distinct().order_by(table.c.block).limit(most)
    blocks = [int(row[0]) for row in connection.execute(found)]
    taken: dict[int, list[int]] = {block: [] for block in blocks}
    if blocks:
        mine = (table.c.kind == kind, table.c.block.in_(blocks))
        for block, said in connection.execute(select(table.c.block, table.c.said).where(*mine)):
            taken[int(block)].append(int(said))
        connection.execute(delete(table).where(*mine))
    return taken


def _measured(connection: Connection, stale: dict[int, list[int]]) -> None:
    """Group the stale stretches of blocks; blocks that were merged or judged as a whole, the merged ones together."""
    rulings = Rulings(connection)
    groups = rulings.joined(list(stale))
    judged = rulings.blocks
    made: list[rows.Row] = []
    links: list[rows.Row] = []
    homes: dict[str, Home | None] = {}
    free = {group[0]: stale[group[0]] for group in groups if len(group) == 1 and group[0] not in judged}
    held = _holding(connection, list(free))
    moving: list[str] = []
    for stretch in stretches(connection, free):
        tail = continued(stretch.points, stretch.homes, stretch.since, stretch.heard)
        gone = set(_forget(connection, stretch) if stretch.block in held else [])
        series = [*tail.moved, *(part for part in tail.others if part.id in gone)]
        moving += {*gone, *(part.id for part in series)}
        made += _series_rows(stretch.block, series)
        links += _link_rows("measured", stretch.block, tail.links, [*stretch.points, *stretch.heard])
        homes |= tail.homes
    _drop_series(connection, moving)
    for group in groups:
        if len(group) > 1 or group[0] in judged:
            connection.execute(delete(schema.series).where(schema.series.c.block.in_(group)))
            _drop_links(connection, "measured", group)
            found = connection.execute(rows.chosen(schema.points.c.measured.in_(group)))
            points = [rows.point_of(row) for row in found]
            grouping = collated(points, rulings.about(points))
            made += _series_rows(group[0], [Part(one.points, len(one.points)) for one in grouping.series])
            links += _link_rows("measured", group[0], grouping.links, points)
    bulk.insert(connection, "series", _SERIES, made)
    bulk.insert(connection, "links", _LINKS, links)
    _keep_homes(connection, homes)


def _series_rows(block: int, found: Iterable[Part]) -> list[rows.Row]:
    """The rows of series of more than one claim; without a summary where not all claims are at hand."""
    made = []
    for part in found:
        if part.size > 1:
            first, last = part.points[0], part.points[-1]
            told = summarised(part.points) if len(part.points) == part.size else None
            made.append((part.id, block, first.claim, part.size, first.said.isoformat(), last.said.isoformat(), told))
    return made


def _holding(connection: Connection, blocks: Sequence[int]) -> set[int]:
    """Those of ``blocks`` that have series or links already."""
    series, links = schema.series.c, schema.links.c
    if not blocks:
        return set()
    # Each is looked up once, however many series and links it has.
    mine = bulk.listed(("block",), [(block,) for block in blocks])
    known = exists(select(series.id).where(series.block == mine.c.block))
    linked = exists(select(links.key).where(links.block == mine.c.block, links.kind == "measured"))
    return {int(row[0]) for row in connection.execute(select(mine.c.block).where(known | linked))}


def _forget(connection: Connection, stretch: Stretch) -> list[str]:
    """Drop the links to claims of a stretch since its day, and tell which series moved since then."""
    series, links = schema.series.c, schema.links.c
    connection.execute(
        delete(schema.links).where(
            links.block == stretch.block, links.kind == "measured", links.said.between(stretch.since, stretch.last)
        )
    )
    here = (series.block == stretch.block, series.last_said >= stretch.since, series.first_said <= stretch.last)
    return [str(row[0]) for row in connection.execute(select(series.id).where(*here))]


def _drop_series(connection: Connection, ids: Collection[str]) -> None:
    """Drop series, in whatever block: a claim that is read anew takes its series to another."""
    gone = sorted(set(ids))
    for start in range(0, len(gone), _AT_ONCE):
        connection.execute(delete(schema.series).where(schema.series.c.id.in_(gone[start : start + _AT_ONCE])))


def _keep_homes(connection: Connection, homes: Mapping[str, Home | None]) -> None:
    """Note for claims where they stand."""
    if homes:
        # By the claim alone: its other readings are not in force, and asking by the block would scan it each time.
        noted = text(
            "UPDATE points SET head = :head, place = :place WHERE claim IN (SELECT key FROM claims WHERE id = :claim)"
        )
        nowhere = Home("", 0)
        connection.execute(
            noted,
            [{"claim": claim, **msgspec.structs.asdict(home or nowhere)} for claim, home in homes.items()],
        )


def _numbered(connection: Connection, stale: dict[int, list[int]]) -> None:
    """Link the echoes in blocks by number, since the first day that changed."""
    rulings = Rulings(connection)
    links: list[rows.Row] = []
    told: dict[str, bool] = {}
    for one in retellings(connection, stale):
        found = repeated(one.points, one.known, rulings.about([*one.known, *one.points]))
        links += _link_rows("numbered", one.block, found.links, one.points)
        told |= found.origins
    bulk.insert(connection, "links", _LINKS, links)
    _keep_origins(connection, told)


def _keep_origins(connection: Connection, origins: Mapping[str, bool]) -> None:
    """Note for claims whether they are the first to tell their number."""
    if origins:
        noted = text("UPDATE points SET origin = :origin WHERE claim IN (SELECT key FROM claims WHERE id = :claim)")
        connection.execute(noted, [{"origin": int(first), "claim": claim} for claim, first in origins.items()])


def _copied(connection: Connection, stale: dict[int, list[int]]) -> None:
    """Link near-copies to the report that they were copied from."""
    documents = list(stale)
    _drop_links(connection, "copied", documents)
    links: list[rows.Row] = []
    barred: frozenset[frozenset[str]] | None = None
    found = originals(connection, documents)
    points = _points_of(connection, {*found, *(first for first, _ in found.values())})
    for document, (first, alike) in found.items():
        if barred is None:
            barred = parted(Rulings(connection).all)
        mine, theirs = points.get(document, []), points.get(first, [])
        made = [
            link for link in copied(theirs, mine, alike) if frozenset((link.earlier, link.later)) not in barred
        ]  # fmt: skip
        links += _link_rows("copied", document, made, mine)
    bulk.insert(connection, "links", _LINKS, links)


def _points_of(connection: Connection, documents: Collection[int]) -> dict[int, list[Point]]:
    """The points of documents, by the documents' keys."""
    read = schema.readings.c.document
    joined = schema.readings.join(schema.claims, schema.claims.c.reading == schema.readings.c.key)
    joined = joined.join(schema.points, schema.points.c.claim == schema.claims.c.key)
    found: dict[int, list[Point]] = {}
    left = iter(sorted(documents))
    while portion := list(itertools.islice(left, _AT_ONCE)):
        # By the reading, which has an index; a claim's own document has none.
        chosen = rows.chosen(read.in_(portion)).add_columns(read).select_from(joined)
        for row in connection.execute(chosen):
            found.setdefault(int(row[-1]), []).append(rows.point_of(row[:-1]))
    return found


def _drop_links(connection: Connection, kind: str, blocks: Sequence[int]) -> None:
    table = schema.links
    connection.execute(delete(table).where(table.c.kind == kind, table.c.block.in_(blocks)))


def _link_rows(kind: str, block: int, links: Iterable[Link], points: Sequence[Point]) -> list[rows.Row]:
    said = {point.claim: point.said.isoformat() for point in points}
    ordered = sorted(links, key=lambda link: (link.later, link.relation, link.earlier))
    return [
        (kind, block, link.relation, link.earlier, link.later, link.earlier_document, link.later_document,
         said[link.later], link.score, link.reason, _JSON.encode(link.drift).decode())
        for link in ordered
    ]  # fmt: skip
