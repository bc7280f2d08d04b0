"""What came into a ledger since a moment, as far as an analyst who was away wants to know it."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Sequence

import msgspec
from sqlalchemy import Connection, Engine, exists, select

from onrecord.ledger import schema
from onrecord.ledger.compared.linked import Told, ends, links
from onrecord.ledger.connect import told
from onrecord.values import Relation

MOST = 500  # reports that are looked at: the newest
_STEP = 400
_MOVED: tuple[Relation, ...] = ("revises", "realises", "denies")


class News(msgspec.Struct, frozen=True):
    """What came since a moment.

    Attributes:
        since: the moment, in UTC.
        reports: how many came. whole: whether all of them were looked at, not only the newest ``MOST``.
        revised, denied: links from their claims to earlier ones, the newest first.
        sources: names of sources that had asserted nothing before.
    """

    since: datetime.datetime
    reports: int
    whole: bool
    revised: tuple[Told, ...]
    denied: tuple[Told, ...]
    sources: tuple[str, ...]


def news(engine: Engine, since: datetime.datetime) -> News:
    """What came after ``since``.

    Raises:
        LedgerError: if the database refuses.
    """
    with told(engine), engine.connect() as connection:
        documents, whole = _documents(connection, since)
        claims = list(_claims(connection, documents))
        moved = _moved(connection, claims)
        sources = list(_new_sources(connection, documents))
    return News(
        since,
        len(documents),
        whole,
        tuple(one for one in moved if one.link.relation != "denies"),
        tuple(one for one in moved if one.link.relation == "denies"),
        tuple(sources),
    )


def _documents(connection: Connection, since: datetime.datetime) -> tuple[list[int], bool]:
    """The keys of the reports that came, the newest first, and whether these are all."""
    d = schema.documents.c
    newest = connection.execute(select(d.key, d.recorded_at).order_by(d.key.desc()).limit(MOST)).all()
    found = [int(row.key) for row in newest if row.recorded_at > since]
    return found, len(found) < MOST


def _claims(connection: Connection, documents: Sequence[int]) -> Iterator[str]:
    """The ids of the claims of reports."""
    c, r = schema.claims.c, schema.readings.c
    chosen = select(c.id).select_from(schema.readings.join(schema.claims, c.reading == r.key))
    keys = iter(documents)
    while portion := list(itertools.islice(keys, _STEP)):
        for (id_,) in connection.execute(chosen.where(r.superseded_at.is_(None), r.document.in_(portion))):
            yield str(id_)


def _moved(connection: Connection, claims: Sequence[str]) -> list[Told]:
    left = iter(claims)
    found = []
    while portion := list(itertools.islice(left, _STEP)):
        mine = set(portion)
        found += [
            link for link in links(connection, claims=portion, relations=_MOVED)
            if link.later in mine and link.earlier_document != link.later_document
        ]  # fmt: skip
    made = ends(connection, found)
    return sorted(made, key=lambda one: (one.later_report.known_on, one.link.score), reverse=True)


def _new_sources(connection: Connection, documents: Sequence[int]) -> Iterator[str]:
    """Names of sources that no earlier report had; keys are given out in the order of recording."""
    if documents:
        first = min(documents)
        new, old = schema.sources, schema.sources.alias()
        known = exists(select(old.c.key).where(old.c.name == new.c.name, old.c.key < first))
        chosen = select(new.c.name).where(new.c.key > first, ~known).distinct().order_by(new.c.name)
        for (name,) in connection.execute(chosen.limit(_STEP)):
            yield str(name)
