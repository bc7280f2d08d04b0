"""A claim in the making: what the claim stages fill in, one field at a time."""

from __future__ import annotations

import msgspec

from onrecord.values.claim import Basis, Party, Place, Status, Thing, Type
from onrecord.values.mention import Attribution, Quantity, Time
from onrecord.values.opinion import Opinion
from onrecord.values.span import Span


class Draft(msgspec.Struct, frozen=True):
    """A candidate figure or event on its way to a ``Claim``; any stage may be replaced by a learned one.

    Attributes:
        sentence: index in ``Reading.sentences``.
        trigger: the word that tells what happened ("sent", "killed", "casualties"), when one was found.
        evidence: the clause that carries the claim.
        quantity: the figure, ``None`` for an event.
        reasons: the rules that decided, in words, in order; kept on the reading, so that a claim can be explained.
        opinion: what the trained reader thinks of it; ``None`` where it was not asked.
    """

    sentence: int
    evidence: Span
    trigger: Span | None = None
    quantity: Quantity | None = None
    type: Type = "other"
    status: Status = "asserted"
    basis: Basis = "unknown"
    attribution: Attribution | None = None
    actor: Party | None = None
    target: Party | None = None
    object: Thing | None = None
    place: Place | None = None
    time: Time | None = None
    confidence: float = 0.5
    reasons: tuple[str, ...] = ()
    opinion: Opinion | None = None
