"""A claim as annotators write it: names and words instead of spans, the format of the corpus (corpus/README.md)."""

from __future__ import annotations

import datetime
from typing import Literal

import msgspec

from onrecord.values.claim import Basis, Claim, Quoted, Status, Type


class Amount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many, as annotated: the words, the bounds (``None`` when open), and what is counted.

    Raises:
        ValueError: if both bounds are open, or if ``low`` exceeds ``high``.
    """

    text: str
    low: float | None
    high: float | None
    approx: bool
    unit: str | None
    basis: Basis

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise ValueError(f"the figure {self.text!r} states no bound")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"the figure {self.text!r} has low {self.low:g} above high {self.high:g}")


class When(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When it happened or holds, as annotated: the words, the first and the last day."""

    text: str
    start: datetime.date | None
    end: datetime.date | None


class Annotation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One claim as annotated; the fields of corpus/gold/GUIDELINES.md.

    Attributes:
        evidence, source_text, cue: words of the report. sort: whether it has a figure.
        source: who asserts it, by canonical name; ``None`` in the reporter's own voice. via: through whom, the
            outermost first.
        actor, target, object, place: canonical names.
    """

    evidence: str
    sort: Literal["figure", "event"]
    source: str | None
    source_text: str | None
    via: tuple[str, ...]
    cue: str | None
    quoted: Quoted | None
    status: Status
    type: Type
    actor: str | None
    target: str | None
    object: str | None
    place: str | None
    quantity: Amount | None
    time: When | None


def annotation_of(claim: Claim) -> Annotation:
    """A claim as the reader read it, in the format of the corpus."""
    figure, time, source = claim.quantity, claim.time, claim.source
    return Annotation(
        evidence=claim.evidence.text,
        sort="figure" if figure is not None else "event",
        source=source.name if source is not None else None,
        source_text=source.text if source is not None else None,
        via=tuple(party.name for party in claim.via),
        cue=claim.cue.text if claim.cue is not None else None,
        quoted=claim.quoted,
        status=claim.status,
        type=claim.type,
        actor=claim.actor.name if claim.actor is not None else None,
        target=claim.target.name if claim.target is not None else None,
        object=claim.object.name if claim.object is not None else None,
        place=claim.place.name if claim.place is not None else None,
        quantity=None
        if figure is None
        else Amount(figure.text, figure.low, figure.high, figure.approximate, figure.unit, figure.basis),
        time=None if time is None else When(time.text, time.first, time.last),
    )
