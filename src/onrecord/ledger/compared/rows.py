"""The rows of what claims measure and of sketches, and what a batch makes stale."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, and_, select, text

from onrecord.ledger import schema
from onrecord.ledger.rows import SHIFT
from onrecord.series.blocks import measure_block, number_block, shelf_of
from onrecord.series.measures import measures
from onrecord.series.sketches import bands, made, sketch
from onrecord.values import Claim, Document, Measure, Point

POINTS = (
    "claim", "id", "document", "page", "stands", "measured", "shelf", "numbered", "origin", "said", "measure",
)  # fmt: skip
NOT_YET = 2  # for points.origin: it is not known yet whether a claim is the first to tell its number
SKETCHES = ("document", "made", "sketch")
BANDS = ("band", "place")
_PACK = msgspec.msgpack.Encoder()
_MEASURE = msgspec.msgpack.Decoder(Measure)
_PORTION = 5_000
Row = tuple[Any, ...]


def point_rows(
    document: Document, claims: Sequence[Claim], keys: Sequence[int], known: datetime.date, page: str
) -> list[Row]:
    """What the claims of one reading in force measure.

    Args:
        document: the report.
        claims: of the reading.
        keys: of the claims.
        known: the day of the report.
        page: its address.
    """
    said, id_ = known.toordinal(), document.content_hash
    return [
        (
            keys[measure.order], claims[measure.order].id, id_, page, True, measure_block(measure), shelf_of(measure),
            number_block(measure), NOT_YET, said, _PACK.encode(measure),
        )
        for measure in measures(document, claims)
    ]  # fmt: skip


def sketch_rows(document: int, words: str, known: datetime.date) -> tuple[list[Row], list[Row]]:
    """The sketch of a document, known on a day, and its bands; nothing for a text of few words."""
    data = sketch(words)
    if data is None:
        return [], []
    return [(document, made(), data)], [(band, place_of(document, known)) for band in sorted(set(bands(data)))]


def place_of(document: int, known: datetime.date) -> int:
    """Where a document stands in a band: by its day, then by its key."""
    return known.toordinal() << SHIFT | document


def mark(connection: Connection, kind: str, places: Iterable[tuple[int | None, int]]) -> None:
    """Note that blocks must be compared anew, around the days that are given with them."""
    marked = sorted({place for place in places if place[0] is not None})
    if marked:
        noted = text("INSERT INTO stale (kind, block, said) VALUES (:kind, :block, :said) ON CONFLICT DO NOTHING")
        connection.execute(noted, [{"kind": kind, "block": block, "said": said} for block, said in marked])


def mark_points(connection: Connection, points: Iterable[tuple[int, int | None, int]]) -> None:
    """Note both blocks of points, each with the day it was said."""
    given = list(points)
    mark(connection, "measured", ((measured, said) for measured, _, said in given))
    mark(connection, "numbered", ((numbered, said) for _, numbered, said in given))


def mark_rows(connection: Connection, points: Iterable[Row]) -> None:
    """Note both blocks of rows of ``POINTS``."""
    measured, numbered, said = (POINTS.index(name) for name in ("measured", "numbered", "said"))
    mark_points(connection, [(row[measured], row[numbered], row[said]) for row in points])


def mark_copies(connection: Connection, documents: Iterable[int]) -> None:
    """Note that documents must be compared anew with those that they may be near-copies of."""
    mark(connection, "copied", ((document, 0) for document in documents))


def mark_documents(connection: Connection, documents: Collection[int]) -> None:
    """Note that the claims of ``documents`` must be compared anew, on which day they are known now, and which stand."""
    p, c, r, d = schema.points.c, schema.claims.c, schema.readings.c, schema.documents.c
    # By the reading, which has an index; a claim's own document has none.
    joined = schema.readings.join(schema.claims, c.reading == r.key).join(schema.points, p.claim == c.key)
    joined = joined.join(schema.documents, d.key == r.document)
    stands = and_(r.superseded_at.is_(None), c.repeated_at.is_(None))
    chosen = select(p.claim, p.measured, p.numbered, p.said, p.stands, d.known_on, stands.label("now"))
    left = iter(sorted(documents))
    while portion := list(itertools.islice(left, _PORTION)):
        found = connection.execute(chosen.select_from(joined).where(r.document.in_(portion))).all()
        known = [{"key": row.claim, "day": row.known_on.toordinal(), "now": bool(row.now)} for row in found]
        mark_points(connection, [(row.measured, row.numbered, row.said) for row in found])  # the day noted so far
        mark_points(
            connection, [(row.measured, row.numbered, now["day"]) for row, now in zip(found, known, strict=True)]
        )
        late = [
            now for row, now in zip(found, known, strict=True) if (row.said, row.stands) != (now["day"], now["now"])
        ]  # fmt: skip
        if late:
            connection.execute(text("UPDATE points SET said = :day, stands = :now WHERE claim = :key"), late)
        mark_copies(connection, portion)


def mark_claims(connection: Connection, claims: Collection[str]) -> None:
    """Note that all blocks of ``claims``, by id, must be compared anew, and the near-copies of their reports."""
    c = schema.claims.c
    found = connection.execute(select(c.document).where(c.id.in_(sorted(claims))).distinct())
    mark_documents(connection, [int(row[0]) for row in found])


def chosen(*where: ColumnElement[bool], as_of: datetime.date | None = None) -> Select[Any]:
    """The points that stand and meet ``where``: those of readings in force, without repeats among versions."""
    p = schema.points.c
    found = select(p.measured, p.numbered, p.measure, p.id, p.document, p.page, p.said).where(p.stands, *where)
    return found if as_of is None else found.where(p.said <= as_of.toordinal())


def point_of(row: Any) -> Point:
    """The point of a row of ``chosen``."""
    _, _, measure, claim, document, page, said = tuple(row)
    day = datetime.date.fromordinal(said)
    return Point(claim=claim, document=document, page=page, said=day, measure=_MEASURE.decode(measure))


def points_by(rows: Iterable[Any], column: int) -> Iterator[tuple[int, list[Point]]]:
    """The points of rows of ``chosen`` by a block, in whose order the rows are."""
    for block, found in itertools.groupby(rows, key=lambda row: int(row[column])):
        yield block, [point_of(row) for row in found]
