"""What the annotators say of each draft that the rules offer: the answers that the model learns to give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from onrecord.claims.trained.candidates import Candidate
from onrecord.engine.scoring.matching import Found, figure_weight, gold_claims, overlap, pair
from onrecord.engine.scoring.sameness import same_name
from onrecord.values import Draft

PARTIES = ("source", "actor", "target", "place")


class Answer(msgspec.Struct, frozen=True):
    """What is right for one draft.

    Attributes:
        type, status: labels. basis: of a figure.
        links: by role the names of the candidates that are right; empty for nobody; ``None`` where the annotators
            name somebody whom no candidate stands for.
    """

    type: str
    status: str
    basis: str | None
    links: dict[str, frozenset[str] | None]


def answers(gold: Mapping[str, Any], drafts: Sequence[Draft], candidates: Sequence[Candidate]) -> list[Answer | None]:
    """The answer for each draft; ``None`` for drafts that the annotators did not put on record."""
    offered = [_offered(draft, index) for index, draft in enumerate(drafts)]
    claims = gold_claims(gold)
    figures = pair([c for c in claims if c["quantity"]], [o for o in offered if o["quantity"]], figure_weight)
    events = pair([c for c in claims if not c["quantity"]], [o for o in offered if not o["quantity"]], _closeness)
    found: list[Answer | None] = [None] * len(drafts)
    for claim, draft in (*figures, *events):
        found[draft["index"]] = _answer(claim, candidates)
    return found


def _offered(draft: Draft, index: int) -> Found:
    """A draft in the form that the matching of claims reads."""
    quantity, evidence = draft.quantity, draft.evidence
    return {
        "index": index,
        "type": None,
        "quantity": quantity and {"low": quantity.low, "high": quantity.high},
        "_quantity": quantity and (quantity.start, quantity.end),
        "_evidence": (evidence.start, evidence.end),
    }


def _closeness(claim: Found, draft: Found) -> int:
    """How nearly the two evidences are the same, in thousandths; 0 when they share less than half of the shorter."""
    mine, theirs = claim["_evidence"], draft["_evidence"]
    shared = overlap(mine, theirs)
    if not mine or 2 * shared < min(mine[1] - mine[0], theirs[1] - theirs[0]):
        return 0
    return 1 + 1000 * shared // (max(mine[1], theirs[1]) - min(mine[0], theirs[0]))


def _answer(claim: Found, candidates: Sequence[Candidate]) -> Answer:
    links = {role: _names(claim[role], candidates) for role in PARTIES}
    return Answer(
        type=claim["type"],
        status=claim["status"],
        basis=claim["quantity"]["basis"] if claim["quantity"] else None,
        links={**links, "time": _days(claim["time"], candidates)},
    )


def _names(name: str | None, candidates: Sequence[Candidate]) -> frozenset[str] | None:
    """The candidates that ``name`` means; of joint parties that no candidate is, any of them."""
    if name is None:
        return frozenset()
    parties = {c.name for c in candidates if c.time is None}
    found = frozenset(p for p in parties if same_name(name, p))
    if not found and " and " in name:
        parts = name.replace(", ", " and ").split(" and ")
        found = frozenset(p for p in parties if any(same_name(part, p) for part in parts))
    return found or None


def _days(time: Mapping[str, str] | None, candidates: Sequence[Candidate]) -> frozenset[str] | None:
    if time is None:
        return frozenset()
    wanted = f"{time['start']}..{time['end']}"
    return frozenset({wanted}) if any(c.name == wanted for c in candidates if c.time is not None) else None
