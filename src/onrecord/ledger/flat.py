"""A claim on record as one flat row, for tables of any kind: CSV, Arrow, pandas, polars."""

from __future__ import annotations

from typing import Any

from onrecord.ledger.entries import Entry
from onrecord.values import Party, Place, Thing

# Name and kind of each column: "text", "texts" (a list), "number", "count", "day", "yes" (true or false).
COLUMNS: dict[str, str] = {
    "id": "text", "document": "text", "title": "text", "publisher": "text", "published": "day", "url": "text",
    "address": "text", "known_on": "day", "type": "text", "status": "text", "quoted": "text", "source": "text",
    "source_id": "text", "source_kind": "text", "via": "texts", "cue": "text", "actor": "text", "actor_id": "text",
    "target": "text", "target_id": "text", "object": "text", "object_id": "text", "place": "text", "place_id": "text",
    "lat": "number", "lon": "number", "figure": "text", "low": "number", "high": "number", "approximate": "yes",
    "unit": "text", "basis": "text", "time": "text", "from": "day", "to": "day", "evidence": "text", "start": "count",
    "end": "count", "confidence": "number", "reader": "text", "in_force": "yes", "repeated": "yes",
}  # fmt: skip


def flat(entry: Entry) -> dict[str, Any]:
    """The values of ``COLUMNS``, in their order; ``start`` and ``end`` are code points of the report's text."""
    claim, document = entry.claim, entry.document
    figure, time, place = claim.quantity, claim.time, claim.place
    values = (
        claim.id, document.name, document.title, document.publisher, document.published, document.url,
        document.address, document.known_on, claim.type, claim.status, claim.quoted, *_named(claim.source),
        claim.source.kind if claim.source else None, [party.name for party in claim.via],
        claim.cue.text if claim.cue else None, *_named(claim.actor), *_named(claim.target), *_named(claim.object),
        *_named(place), place.lat if place else None, place.lon if place else None,
        *((figure.text, figure.low, figure.high, figure.approximate, figure.unit, figure.basis)
          if figure else (None,) * 6),
        *((time.text, time.first, time.last) if time else (None,) * 3), claim.evidence.text, claim.evidence.start,
        claim.evidence.end, claim.confidence, claim.reader, entry.in_force, entry.repeated,
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def _named(part: Party | Place | Thing | None) -> tuple[str | None, str | None]:
    return (part.name, part.id) if part is not None else (None, None)
