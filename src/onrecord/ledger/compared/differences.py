"""What the news of some days changed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Literal

import msgspec
from sqlalchemy import Connection, func, select

from onrecord.ledger import schema, versions
from onrecord.ledger.changes import compare
from onrecord.ledger.compared import rows
from onrecord.ledger.compared.linked import links, named
from onrecord.ledger.entries import Heading
from onrecord.values import Claim

_ORDER = {"new": 0, "revised": 1, "denied": 2, "gone": 3}


class Difference(msgspec.Struct, frozen=True):
    """What one day's news changed.

    Attributes:
        kind: new: a figure that nobody had told. revised, denied: what was told before. gone: a page no longer
            claims it.
        said: the day from which the world could know it.
        claim: the claim that is new, revises or denies, or is gone. report: that makes or made it.
        reason: why it counts as this.
        before: the claim that was revised or denied.
    """

    kind: Literal["new", "revised", "denied", "gone"]
    said: datetime.date
    claim: Claim
    report: Heading
    reason: str
    before: Claim | None = None


def differences(connection: Connection, first: datetime.date, last: datetime.date | None) -> list[Difference]:
    """Everything that changed after ``first`` until ``last``, in the order of days."""
    found = [*_moved(connection, first, last), *_new(connection, first, last), *_gone(connection, first, last)]
    return sorted(found, key=lambda one: (one.said, _ORDER[one.kind], one.report.id, one.claim.evidence.start))


def _moved(connection: Connection, first: datetime.date, last: datetime.date | None) -> Iterator[Difference]:
    moved = [
        link for link in links(connection, relations=("revises", "realises", "denies"), as_of=last)
        if link.earlier_document != link.later_document
    ]  # fmt: skip
    claims, reports = named(connection, {id_ for link in moved for id_ in (link.earlier, link.later)})
    for link in moved:
        report = reports[link.later_document]
        if report.known_on > first:
            kind: Literal["denied", "revised"] = "denied" if link.relation == "denies" else "revised"
            yield Difference(kind, report.known_on, claims[link.later], report, link.reason, claims[link.earlier])


def _new(connection: Connection, first: datetime.date, last: datetime.date | None) -> Iterator[Difference]:
    """Figures of the time that neither repeat nor revise another."""
    said, table = schema.points.c.said, schema.links
    chosen = rows.chosen(said > first.toordinal(), as_of=last).order_by(said)
    points = [point for point in map(rows.point_of, connection.execute(chosen)) if point.measure.mode != "event"]
    told_before = select(table.c.later).where(table.c.relation.in_(("echoes", "revises", "realises", "denies")))
    known = {str(row[0]) for row in connection.execute(told_before)}
    fresh = [point for point in points if point.claim not in known and point.measure.status != "denied"]
    claims, reports = named(connection, (point.claim for point in fresh))
    for point in fresh:
        yield Difference("new", point.said, claims[point.claim], reports[point.document], "told by nobody before")


def _gone(connection: Connection, first: datetime.date, last: datetime.date | None) -> Iterator[Difference]:
    """Figures that a page made, and its next version no longer makes in any form."""
    table = schema.documents
    changed = select(table.c.address).where(table.c.known_on > first)
    several = select(table.c.address).where(table.c.address.in_(changed)).group_by(table.c.address)
    for (address,) in connection.execute(several.having(func.count() > 1)).all():
        found = versions.versions(connection, address)
        for place in range(1, len(found)):
            seen = versions.known_on(found, place)
            if seen <= first or (last is not None and seen > last):
                continue
            before, after = (versions.claims(connection, found[at]) for at in (place - 1, place))
            dropped = [c.before for c in compare(before, after)[0] if c.kind == "gone" and c.before is not None]
            records, reports = named(connection, (claim.id for claim in dropped if claim.quantity))
            for claim in records.values():
                report = reports[found[place - 1].id]
                yield Difference("gone", seen, claim, report, f"{address} no longer says it")
