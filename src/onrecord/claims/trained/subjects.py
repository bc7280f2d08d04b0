"""What the rules know of each draft, and where its words stand: what the trained reader is asked about."""

from __future__ import annotations

import math

import msgspec

from onrecord.claims.basis import tense_of
from onrecord.claims.drafting import inside
from onrecord.claims.drafting import trigger as trigger_of
from onrecord.claims.syntax import Tree
from onrecord.claims.trained.sheet import Range, Sheet
from onrecord.claims.trained.tokens import NONE
from onrecord.claims.votes import class_name
from onrecord.knowledge.frames import Lexicon
from onrecord.values import Draft, Quantity

COLUMNS = (
    "sort", "type", "status", "basis", "class", "unit", "attribution", "quoted", "tense", "size", "bound", "elided",
    "place", "share", "act",
)  # fmt: skip
# Units that tell something whatever the noun class says.
_UNITS = frozenset({"percent", "km2", "USD"})
_PARTS = 10
_SIZES = 10


class Subject(msgspec.Struct, frozen=True):
    """A draft in the flat layout.

    Attributes:
        draft: the draft.
        focus: tokens of its figure, else of its trigger.
        trigger: the token that tells what happened.
        evidence: tokens of its evidence.
        features: one word for each of ``COLUMNS``.
    """

    draft: Draft
    focus: Range
    trigger: int
    evidence: Range
    features: tuple[str, ...]


def subjects(sheet: Sheet, lexicon: Lexicon) -> list[Subject]:
    """The drafts of a reading, in their order."""
    return [_subject(sheet, draft, lexicon) for draft in sheet.reading.drafts]


def _subject(sheet: Sheet, draft: Draft, lexicon: Lexicon) -> Subject:
    tree, base = sheet.trees[draft.sentence], sheet.bases[draft.sentence]
    own = inside(draft, tree)
    trigger = trigger_of(draft, tree)
    return Subject(
        draft=draft,
        focus=(base + own[0], base + own[-1] + 1),
        trigger=base + trigger,
        evidence=sheet.range(draft.evidence),
        features=_features(sheet, draft, tree, trigger, lexicon),
    )


def _features(sheet: Sheet, draft: Draft, tree: Tree, trigger: int, lexicon: Lexicon) -> tuple[str, ...]:
    quantity, attribution = draft.quantity, draft.attribution
    unit = quantity.unit if quantity else None
    where = _PARTS * draft.evidence.start // max(1, len(sheet.reading.document.text))
    return (
        "figure" if quantity else "event",
        draft.type,
        draft.status,
        draft.basis if quantity else NONE,
        class_name(unit, lexicon) if quantity else NONE,
        unit if unit in _UNITS else NONE,
        NONE if attribution is None else "party" if attribution.party else "nobody",
        attribution.quoted if attribution else NONE,
        _tense(tree, trigger),
        _size(quantity),
        _bound(quantity),
        NONE if quantity is None else str(quantity.noun is None),
        str(min(_PARTS - 1, where)),
        str(int(draft.confidence * 5)),
        f"{bool(attribution and attribution.speech_act)} {bool(attribution and attribution.denies)}",
    )


def _tense(tree: Tree, trigger: int) -> str:
    clause = tree.clause_of[trigger]
    return tense_of(tree, clause) if tree.tokens[clause].pos in ("VERB", "AUX") else "none"


def _size(quantity: Quantity | None) -> str:
    """Half decimal digits of the figure's lower (else upper) bound."""
    value = None if quantity is None else quantity.high if quantity.low is None else quantity.low
    if not value or value <= 0:
        return NONE
    return str(min(_SIZES, int(2 * math.log10(value)))) if value >= 1 else "0"


def _bound(quantity: Quantity | None) -> str:
    if quantity is None:
        return NONE
    if quantity.low is None or quantity.high is None:
        bound = "open"
    else:
        bound = "exact" if quantity.low == quantity.high else "range"
    return f"about {bound}" if quantity.approximate else bound
