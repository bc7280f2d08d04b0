"""What reviewers decided, as annotated reports in the format of the corpus: review makes training data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from onrecord.ledger import Added, Decision, Ledger
from onrecord.values import Annotation, annotation_of


def gold(ledger: Ledger, who: str, *, partial: bool = False) -> Iterator[dict[str, Any]]:
    """Reports with their claims as they were reviewed: those read rightly, those corrected, those added.

    Where reviewers differ, ``who`` is followed, else the last decision.

    Args:
        ledger: to ask.
        who: whose decisions come before others'.
        partial: also reports of which some claim is undecided; that claim is left out.
    """
    review = ledger.review(who)
    decided = review.decisions(everyone=True)
    # The reviewer's own last, so that they are the ones that stay.
    last = {one.claim: one for one in sorted(decided, key=lambda one: one.who == who)}
    added: dict[str, list[Annotation]] = {}
    for one in last.values():
        if one.kind == "added":
            missed = msgspec.json.decode(one.value, type=Added)
            added.setdefault(missed.document, []).append(missed.claim)
    for identity in review.reports():
        document = ledger.document(identity)
        entries = list(ledger.claims(f"document:{identity}", repeats=True))
        undecided = [entry for entry in entries if _verdict(last.get(entry.claim.id)) in (None, "unsure")]
        if undecided and not partial:
            continue
        claims = [*filter(None, (_right(entry.claim, last.get(entry.claim.id)) for entry in entries))]
        claims += added.get(identity, [])
        yield {
            "id": identity,
            "title": document.title,
            "publisher": document.publisher,
            "published": document.published,
            "url": document.url,
            "text": document.text,
            "claims": sorted(claims, key=lambda claim: document.text.find(claim.evidence)),
        }


def _verdict(decision: Decision | None) -> str | None:
    if decision is None:
        return None
    return decision.value if decision.kind == "verdict" else decision.kind


def _right(claim: Any, decision: Decision | None) -> Annotation | None:
    """A claim as it should be; ``None`` where it was read wrongly, or nothing was decided."""
    verdict = _verdict(decision)
    if verdict == "right":
        return annotation_of(claim)
    if decision is not None and verdict == "correction":
        return msgspec.json.decode(decision.value, type=Annotation)
    return None
