"""The versions of a page, and what of a ledger follows from their order.

Versions are documents at one address, in the order in which they were first fetched. Words that only move, or whose
page changed elsewhere, are claimed once: a claim that the version before makes in the same words is marked as a repeat.
A version that differs from the next in what was stated about it alone (its day, its title) is a repeat as a whole.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence

import msgspec
from sqlalchemy import Connection, and_, or_, select, update

from onrecord.ledger import schema
from onrecord.ledger.rows import claim_of
from onrecord.values import Claim

# Captures of these kinds hold many reports, none of which is the page at their address.
MANY = ("record", "records", "feed", "mail")


class Version(msgspec.Struct, frozen=True):
    """One version of a page.

    Attributes:
        key, id: of the document.
        words: hash of its text.
        published: the day it states.
        fetched: when it was first fetched.
        recorded: when it came into the ledger.
        reading: the key of its reading in force.
    """

    key: int
    id: str
    words: str
    published: datetime.date | None
    fetched: datetime.datetime
    recorded: datetime.datetime
    reading: int | None


def sightings(connection: Connection, address: str) -> list[Version]:
    """What stood at ``address``, one version after the other; one that came back stands there again.

    A version is in the sequence from each capture on that found something else before it.
    """
    documents, captured, captures, readings = schema.documents, schema.captured, schema.captures, schema.readings
    joined = (
        captures.join(captured, captured.c.capture == captures.c.key)
        .join(documents, documents.c.key == captured.c.document)
        .outerjoin(readings, and_(readings.c.document == documents.c.key, readings.c.superseded_at.is_(None)))
    )
    # Both are looked up by their own index; of one condition over two tables every capture would be asked.
    at_page = select(captured.c.capture).join(documents, documents.c.key == captured.c.document)
    at_page = at_page.where(documents.c.address == address)
    captured_there = select(captures.c.key).where(captures.c.address == address)
    met = captures.c.key.in_(at_page.union(captured_there))
    here = or_(documents.c.address == address, and_(captures.c.address == address, captures.c.kind.not_in(MANY)))
    found = (
        select(documents.c.key, documents.c.id, documents.c.words, documents.c.published, captures.c.fetched_at,
               documents.c.recorded_at, readings.c.key)
        .select_from(joined)
        .where(met, here)
        .order_by(captures.c.fetched_at, captures.c.key, captured.c.position)
    )  # fmt: skip
    sequence: list[Version] = []
    for row in connection.execute(found):
        if not sequence or sequence[-1].key != row[0]:
            sequence.append(Version(*row))
    return sequence


def versions(connection: Connection, address: str) -> list[Version]:
    """The documents of the page at ``address``, each once, in the order in which they were first fetched."""
    found: dict[int, Version] = {}
    for version in sightings(connection, address):
        found.setdefault(version.key, version)
    return list(found.values())


def claims(connection: Connection, version: Version) -> list[Claim]:
    """What the reading in force of a version claims, in the order of its text."""
    table = schema.claims.c
    found = select(table.record).where(table.reading == version.reading).order_by(table.key.desc())
    return [claim_of(row.record) for row in connection.execute(found)]


def refresh(connection: Connection, address: str, changed: Collection[int]) -> None:
    """Derive anew what depends on the order of versions, for the documents ``changed`` and those after them.

    Args:
        connection: a transaction that writes.
        address: of the page.
        changed: keys of documents that were added or read again.
    """
    found = versions(connection, address)
    if len(found) < 2:
        return
    for place, version in enumerate(found):
        if not {version.key, *(v.key for v in found[max(0, place - 1) : place + 2])} & set(changed):
            continue
        _date(connection, found, place)
        _mark(connection, found, place)


def known_on(found: Sequence[Version], place: int) -> datetime.date:
    """When the world could know a version: the first when it was published, a later one when it was seen changed."""
    version = found[place]
    seen = version.fetched.date()
    changed = place > 0 and found[place - 1].words != version.words
    return max(seen, version.published or seen) if changed else version.published or seen


def repeating(found: Sequence[Version], place: int) -> tuple[datetime.datetime | None, Version | None]:
    """What of a version repeats another: all of it since a moment, or what the version that is given claims too."""
    version = found[place]
    after = found[place + 1] if place + 1 < len(found) else None
    if after is not None and after.words == version.words:
        return max(version.recorded, after.recorded), None
    return None, next((other for other in reversed(found[:place]) if other.words != version.words), None)


def _date(connection: Connection, found: Sequence[Version], place: int) -> None:
    table = schema.documents
    dated = update(table).where(table.c.key == found[place].key)
    connection.execute(dated.values(known_on=known_on(found, place)))


def _mark(connection: Connection, found: Sequence[Version], place: int) -> None:
    """Mark the claims of a version that repeat those of another."""
    version, table = found[place], schema.claims
    mine = update(table).where(table.c.reading == version.reading)
    wholly, before = repeating(found, place)
    connection.execute(mine.values(repeated_at=wholly))
    if before is not None:
        words = select(table.c.words).where(table.c.reading == before.reading)
        since = max(version.recorded, before.recorded)
        connection.execute(mine.where(table.c.words.in_(words)).values(repeated_at=since))
