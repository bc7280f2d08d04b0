"""Draft -> Claim: the parts that the stages found, as a record with its words and its id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import get_args

import msgspec

from onrecord.knowledge import Knowledge, Stage, Step
from onrecord.values import (
    Attribution,
    Claim,
    Draft,
    Entity,
    Figure,
    Moment,
    Overlaps,
    Party,
    Quotation,
    Quoted,
    Reading,
)
from onrecord.values.claim import Kind, claim_id
from onrecord.values.span import hull, quote

# What may assert: a city that speaks is the body that governs it, an event or thing that "says" is a document.
_KINDS: dict[str, Kind] = {
    **{kind: kind for kind in get_args(Kind)},
    "place": "body",
    "other": "document",
}
# The most confidence a claim may have, with and without an attribution: about as often the source is right at best.
_ATTRIBUTED, _UNATTRIBUTED = 0.75, 0.7


def load(knowledge: Knowledge) -> Step:
    """The stage: every draft becomes a claim."""

    def step(readings: Sequence[Reading]) -> list[Reading]:
        return [msgspec.structs.replace(r, claims=tuple(_claims(r))) for r in readings]

    return step


def _claims(reading: Reading) -> Iterator[Claim]:
    quotations = Overlaps((quotation, quotation) for quotation in reading.mentions.quotations)
    document_hash = reading.document.content_hash
    for draft in reading.drafts:
        yield claim(reading, draft, document_hash, quotations.touching(draft.evidence))


def claim(reading: Reading, draft: Draft, document_hash: str, quotations: Sequence[Quotation]) -> Claim:
    """The claim that a finished draft makes; ``quotations`` are those that its evidence touches."""
    text = reading.document.text
    attribution = draft.attribution
    source = _source(attribution, text)
    evidence = quote(draft.evidence, text)
    figure = _figure(draft)
    return Claim(
        id=claim_id(document_hash, evidence, figure, draft.type, source),
        evidence=evidence,
        source=source,
        via=tuple(_party(entity) for entity in attribution.via) if attribution else (),
        cue=quote(attribution.cue[0], text) if attribution and attribution.cue else None,
        quoted=_quoted(draft, quotations) if source else None,
        status=draft.status,
        type=draft.type,
        actor=draft.actor,
        target=draft.target,
        object=draft.object,
        place=draft.place,
        quantity=figure,
        time=_moment(draft),
        confidence=_confidence(draft),
        reader=reading.reader,
    )


def _figure(draft: Draft) -> Figure | None:
    q = draft.quantity
    if q is None:
        return None
    return Figure(q.start, q.end, q.text, q.low, q.high, q.approximate, q.unit, draft.basis)


def _moment(draft: Draft) -> Moment | None:
    time = draft.time
    return Moment(time.start, time.end, time.text, time.first, time.last) if time else None


def _party(entity: Entity) -> Party:
    return Party(entity.start, entity.end, entity.text, entity.name, entity.id, _KINDS[entity.kind], entity.reason)


def _source(attribution: Attribution | None, text: str) -> Party | None:
    """The source with the words that name it where it is attributed."""
    if attribution is None or attribution.party is None:
        return None
    party = attribution.party
    words = quote(hull(attribution.source), text) if attribution.source else party
    return Party(words.start, words.end, words.text, party.name, party.id, _KINDS[party.kind], party.reason)


def _quoted(draft: Draft, quotations: Sequence[Quotation]) -> Quoted:
    """Direct when the evidence lies in quotation marks, mixed when part of it does."""
    evidence = draft.evidence
    shared = sum(quotation.overlap(evidence) for quotation in quotations)
    if shared >= len(evidence):
        return "direct"
    return "mixed" if shared > 2 else "indirect"


def _confidence(draft: Draft) -> float:
    """How sure the reader is: as calibrated, else the type's share of the votes, lowered where a source was found."""
    if draft.opinion is not None:
        return draft.confidence
    share = min(1.0, max(0.0, draft.confidence))
    base = _ATTRIBUTED if draft.attribution else _UNATTRIBUTED
    return round(base * (0.4 + 0.6 * share), 3)


CLAIMS = Stage(
    "claims",
    "1",
    ("document", "mentions.quotations", "drafts", "drafts.attribution", "drafts.type", "drafts.status", "drafts.basis",
     "drafts.actor", "drafts.target", "drafts.object", "drafts.place", "drafts.time"),
    ("claims",),
    load,
)  # fmt: skip
