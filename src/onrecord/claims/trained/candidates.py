"""What could fill a role: every party, place and time that a document mentions, once for each place and name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from onrecord.claims.trained.sheet import Range, Sheet
from onrecord.values import Entity, Reading, Span, Time, hull

Origin = Literal["source", "via", "entity", "owner", "time"]


class Candidate(msgspec.Struct, frozen=True):
    """A mention that a claim may be linked to.

    Attributes:
        tokens: tokens ``[first, last)`` of the document.
        head: the token of its head.
        name: the canonical name; for a time its first and last day. Candidates of one name are one party.
        kind: kind of entity, or "time".
        origin: how it came to be one: source or intermediary of an attribution, an entity, the country that an entity
            belongs to, a time.
        entity: who or where; ``None`` for times.
        time: when; ``None`` for all others.
    """

    tokens: Range
    head: int
    name: str
    kind: str
    origin: Origin
    entity: Entity | None = None
    time: Time | None = None


def candidates(sheet: Sheet) -> list[Candidate]:
    """The candidates of a document in the order of the text."""
    found: dict[tuple[Range, str], Candidate] = {}
    for span, entity, origin in _parties(sheet.reading):
        tokens = sheet.range(span)
        if (tokens, entity.name) not in found:
            found[tokens, entity.name] = Candidate(
                tokens, _head(sheet, tokens), entity.name, entity.kind, origin, entity
            )
    for time in sheet.reading.mentions.times:
        if time.first is not None and time.kind != "SET":
            tokens, name = sheet.range(time), f"{time.first}..{time.last}"
            found.setdefault((tokens, name), Candidate(tokens, _head(sheet, tokens), name, "time", "time", time=time))
    return sorted(found.values(), key=lambda c: (c.tokens, c.origin))


def _parties(reading: Reading) -> Iterator[tuple[Span, Entity, Origin]]:
    """Who and where, with the words that name it, sources first."""
    for attribution in reading.mentions.attributions:
        if attribution.party is not None:
            yield (hull(attribution.source) if attribution.source else attribution.party), attribution.party, "source"
        for via in attribution.via:
            yield via, via, "via"
    for entity in reading.mentions.entities:
        yield entity, entity, "entity"
    for entity in reading.mentions.entities:
        if entity.country and entity.country != entity.name:
            country = msgspec.structs.replace(entity, kind="country", name=entity.country, id=None)
            yield entity, country, "owner"


def _head(sheet: Sheet, tokens: Range) -> int:
    """The token that the rest of a mention hangs on, within the sentence that it begins in."""
    sentence = sheet.sentence(tokens[0])
    base, tree = sheet.bases[sentence], sheet.trees[sentence]
    inside = range(tokens[0] - base, min(len(tree.tokens), tokens[1] - base))
    return base + tree.top(inside)
