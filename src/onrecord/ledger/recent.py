"""What came into a ledger since a moment, as far as an analyst who was away wants to know it."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Sequence

import msgspec
from sqlalchemy import Connection, Engine, exists, select

from onrecord.ledger import schema
from onrecord.ledger.compared.linked import Told, ends, later_links
from onrecord.ledger.connect import told
from onrecord.values import Link, Relation

MOST = 200  # reports that are looked at: the newest
TOLD = 25  # links of a kind that are told
_STEP = 400
_MOVED: tuple[Relation, ...] = ("revises", "realises", "denies")


class News(msgspec.Struct, frozen=True, kw_only=True):
    """What came since a moment.

    Attributes:
        since: the moment, in UTC.
        reports: how many came. whole: whether all of them were looked at, not only the newest ``MOST``.
        revisions, denials: how many links there are from their claims to earlier ones.
        revised, denied: the surest ``TOLD`` of these.
        sources: names of sources that had asserted nothing before.
    """

    since: datetime.datetime
    reports: int
    whole: bool
    revisions: int
    denials: int
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
        denied = [link for link in moved if link.relation == "denies"]
        revised = [link for link in moved if link.relation != "denies"]
        return News(
            since=since,
            reports=len(documents),
            whole=whole,
            revisions=len(revised),
            denials=len(denied),
            revised=tuple(ends(connection, revised[:TOLD])),
            denied=tuple(ends(connection, denied[:TOLD])),
            sources=tuple(_new_sources(connection, documents)),
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


def _moved(connection: Connection, claims: Sequence[str]) -> list[Link]:
    """The links from ``claims`` to earlier ones of other reports, the surest first."""
    left = iter(claims)
    found: dict[tuple[str, str, str], Link] = {}
    while portion := list(itertools.islice(left, _STEP)):
        for link in later_links(connection, portion, _MOVED):
            if link.earlier_document != link.later_document:
                found[link.relation, link.earlier, link.later] = link
    return sorted(found.values(), key=lambda link: (-link.score, link.later, link.earlier))


def _new_sources(connection: Connection, documents: Sequence[int]) -> Iterator[str]:
    """Names of sources that no earlier report had; keys are given out in the order of recording."""
    if documents:
        first = min(documents)
        new, old = schema.sources, schema.sources.alias()
        known = exists(select(old.c.key).where(old.c.name == new.c.name, old.c.key < first))
        chosen = select(new.c.name).where(new.c.key > first, ~known).distinct().order_by(new.c.name)
        for (name,) in connection.execute(chosen.limit(_STEP)):
            yield str(name)
