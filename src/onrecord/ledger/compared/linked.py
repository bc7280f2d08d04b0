"""Links as the ledger keeps them, and the claims and reports at their ends."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, or_, select, true

from onrecord.ledger import schema
from onrecord.ledger.entries import Heading
from onrecord.ledger.rows import claim_of
from onrecord.values import Claim, Link, Relation

_STEP = 1_000
_JSON = msgspec.json.Decoder(tuple[str, ...])


class Told(msgspec.Struct, frozen=True):
    """A link with the claims and reports at its two ends."""

    link: Link
    earlier: Claim
    later: Claim
    earlier_report: Heading
    later_report: Heading


def ends(connection: Connection, found: Sequence[Link]) -> list[Told]:
    """Links with the claims and reports at their ends."""
    claims, reports = named(connection, {id_ for link in found for id_ in (link.earlier, link.later)})
    return [
        Told(link, claims[link.earlier], claims[link.later], reports[link.earlier_document],
             reports[link.later_document])
        for link in found
    ]  # fmt: skip


def links(
    connection: Connection,
    *,
    claims: Collection[str] = (),
    relations: Collection[Relation] = (),
    as_of: datetime.date | None = None,
    document: str | None = None,
    within: bool = True,
) -> list[Link]:
    """Links, those of the latest claims first, each once; the arguments narrow them as those of ``Compared.links``.

    ``claims`` are ids: only links from or to one of them.
    """
    table = schema.links.c
    where: list[ColumnElement[bool]] = []
    if relations and not claims:  # with claims SQLite would rather go through all links of a kind
        where.append(table.relation.in_(relations))
    if as_of is not None:
        where.append(table.said <= as_of)
    if document is not None:
        where.append(or_(table.earlier_document == document, table.later_document == document))
    if not within:
        where.append(table.earlier_document != table.later_document)
    # Each end by its own index; asked for in one question, both would be looked for among all links.
    ends_of = [table.earlier.in_(claims), table.later.in_(claims)] if claims else [true()]
    rows = [row for end in ends_of for row in connection.execute(select(schema.links).where(end, *where))]
    # By day falling, then by the later claim and the relation.
    rows.sort(key=lambda row: (row.later, row.relation))
    rows.sort(key=lambda row: row.said, reverse=True)
    found: dict[tuple[str, str, str], Link] = {}
    for row in rows:
        if relations and row.relation not in relations:
            continue
        link = _link(row)
        identity = (link.relation, link.earlier, link.later)
        if identity not in found or found[identity].score < link.score:
            found[identity] = link
    return list(found.values())


def later_links(connection: Connection, claims: Collection[str], relations: Collection[Relation]) -> list[Link]:
    """The links of some kinds from ``claims``, by their ids, to earlier ones."""
    # Chosen by claims alone: SQLite would rather go through all links of a kind.
    chosen = select(schema.links).where(schema.links.c.later.in_(claims))
    return [_link(row) for row in connection.execute(chosen) if row.relation in relations]


def page(
    connection: Connection, relations: Collection[Relation], size: int, after: int | None
) -> tuple[list[Link], int | None]:
    """Some links, those that were found last first, and where the next page begins; ``None`` at the end."""
    table = schema.links
    chosen = select(table).where(table.c.relation.in_(relations), table.c.earlier_document != table.c.later_document)
    if after is not None:
        chosen = chosen.where(table.c.key < after)
    rows = connection.execute(chosen.order_by(table.c.key.desc()).limit(size + 1)).all()
    return [_link(row) for row in rows[:size]], (rows[size - 1].key if len(rows) > size else None)


def named(connection: Connection, ids: Iterable[str]) -> tuple[dict[str, Claim], dict[str, Heading]]:
    """Claims by id, and their reports by content hash."""
    c, d = schema.claims.c, schema.documents.c
    columns = [d[name] for name in Heading.__struct_fields__]
    claims: dict[str, Claim] = {}
    reports: dict[str, Heading] = {}
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), _STEP):
        found = (
            select(c.record, *columns).select_from(schema.claims.join(schema.documents, d.key == c.document))
            .where(c.id.in_(wanted[start : start + _STEP])).order_by(c.key)
        )  # fmt: skip
        for record, *heading in map(tuple, connection.execute(found)):
            claim = claim_of(record)
            claims[claim.id] = claim
            reports[heading[0]] = Heading(*heading)
    return claims, reports


def _link(row: Any) -> Link:
    return Link(
        relation=row.relation,
        earlier=row.earlier,
        later=row.later,
        earlier_document=row.earlier_document,
        later_document=row.later_document,
        score=row.score,
        reason=row.reason,
        drift=_JSON.decode(row.drift),
    )
