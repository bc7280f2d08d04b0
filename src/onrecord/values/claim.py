"""A claim on record: the values behind the public record (version 1, docs/reference/claim.md)."""

from __future__ import annotations

import datetime
from typing import Literal

import msgspec

from onrecord.values.identity import content_id
from onrecord.values.span import Quote

Type = Literal[
    "deployment", "transfer", "killed", "wounded", "casualties", "captured", "missing", "displaced", "detained",
    "attack", "intercepted", "destroyed", "territory", "test", "production", "capability", "strength", "funding",
    "diplomacy", "sanction", "accusation", "statement", "other",
]  # fmt: skip
Status = Literal["asserted", "denied", "planned", "possible", "hypothetical"]
Basis = Literal["increment", "total", "unknown"]
Quoted = Literal["direct", "indirect", "mixed"]
Kind = Literal["country", "body", "person", "role", "anonymous", "outlet", "document"]


class Party(Quote, frozen=True):
    """Who asserts, does or suffers something, and the words that name them.

    ``kind`` is ``None`` for actors and targets, whose record does not carry it. ``reason`` tells why the words were
    taken for that name ("acronym of …"); it is kept with the reading and is no part of the public record.
    """

    name: str
    id: str | None = None
    kind: Kind | None = None
    reason: str | None = None


class Place(Quote, frozen=True):
    """Where it happened. ``lat`` and ``lon`` are WGS 84 degrees, when known; ``reason`` as of a ``Party``."""

    name: str
    id: str | None = None
    lat: float | None = None
    lon: float | None = None
    reason: str | None = None


class Thing(Quote, frozen=True):
    """What is counted, moved or tested: singular lower-case head noun phrase; ``reason`` as of a ``Party``."""

    name: str
    id: str | None = None
    reason: str | None = None


class Figure(Quote, frozen=True):
    """How many: bounds as stated, ``None`` when open; no midpoint that nobody said.

    Raises:
        ValueError: if both bounds are open, or if ``low`` exceeds ``high``.
    """

    low: float | None
    high: float | None
    approximate: bool
    unit: str | None
    basis: Basis

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.low is None and self.high is None:
            raise ValueError(f"the figure {self.text!r} states no bound")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"the figure {self.text!r} has low {self.low} above high {self.high}")


class Moment(Quote, frozen=True):
    """When the thing claimed happened or holds: first and last day, ``None`` when unresolved."""

    first: datetime.date | None = msgspec.field(default=None, name="from")
    last: datetime.date | None = msgspec.field(default=None, name="to")


class Claim(msgspec.Struct, frozen=True):
    """One claim: who asserted it, through whom, what happened, how many, when, how sure, in which words.

    ``source`` is ``None`` in the reporter's own voice, ``quantity`` is ``None`` for an event. ``confidence`` is
    that of the extraction, never the source's own certainty (that is ``status``).

    Raises:
        ValueError: if the confidence lies outside 0..1.
    """

    id: str
    evidence: Quote
    source: Party | None
    via: tuple[Party, ...]
    cue: Quote | None
    quoted: Quoted | None
    status: Status
    type: Type
    actor: Party | None
    target: Party | None
    object: Thing | None
    place: Place | None
    quantity: Figure | None
    time: Moment | None
    confidence: float
    reader: str

    def __post_init__(self) -> None:
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence runs from 0 to 1, not {self.confidence}")


def claim_id(document_hash: str, evidence: Quote, quantity: Quote | None, type_: str, source: Quote | None) -> str:
    """The id of a claim: the same words of the same document, claimed by the same words, keep it for ever.

    The reader's version is left out on purpose, so that a claim read again has the same id.
    """
    fields: list[str | int | None] = ["claim", document_hash, type_]
    for part in (evidence, quantity, source):
        fields += [None, None, None] if part is None else [part.start, part.end, part.text]
    return content_id(*fields)
