"""What changed in the claims of a page from one version to the next.

Claims are paired: first those that say the same in the same words, then those that say something else of the same
thing. What remains was added, or is gone. Two claims are of the same thing when type and what is counted agree and
their words are alike; or when their words alone are nearly the same, and it is type, status or source that changed.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

import msgspec

from onrecord.ledger.rows import wording
from onrecord.ledger.search.words import words
from onrecord.values import Claim, Party

Kind = Literal["changed", "added", "gone"]
_ALIKE, _SAME_THING = 0.75, 0.35


class Change(msgspec.Struct, frozen=True):
    """One claim that changed, with what changed in words: ("figure 8 → 12", "source the police → officials")."""

    kind: Kind
    before: Claim | None
    after: Claim | None
    what: tuple[str, ...] = ()


class Step(msgspec.Struct, frozen=True):
    """From one version of a page to the next.

    Attributes:
        address: of the page.
        before, after: ids of the two documents.
        seen_before, seen_after: when each was first fetched, in UTC.
        changes: in the order of the text, those that are gone last.
        unchanged: how many claims stayed as they were.
    """

    address: str
    before: str
    after: str
    seen_before: datetime.datetime
    seen_after: datetime.datetime
    changes: tuple[Change, ...]
    unchanged: int


def compare(before: Sequence[Claim], after: Sequence[Claim]) -> tuple[tuple[Change, ...], int]:
    """The changes between the claims of two versions, and how many claims stayed."""
    old, new = _without_same(before, after)
    pairs = _paired(old, new)
    changes = [
        Change("changed", old[pairs[i]], claim, tuple(_told(old[pairs[i]], claim)))
        if i in pairs
        else Change("added", None, claim)
        for i, claim in enumerate(new)
    ]
    taken = set(pairs.values())
    changes += [Change("gone", claim, None) for i, claim in enumerate(old) if i not in taken]
    return tuple(changes), len(after) - len(new)


def _without_same(before: Sequence[Claim], after: Sequence[Claim]) -> tuple[list[Claim], list[Claim]]:
    """Both less the claims that are in the other too; one made twice needs two partners."""
    left: dict[str, list[Claim]] = {}
    for claim in before:
        left.setdefault(wording(claim), []).append(claim)
    new = []
    for claim in after:
        partners = left.get(wording(claim))
        if partners:
            partners.pop(0)
        else:
            new.append(claim)
    remaining = {id(claim) for partners in left.values() for claim in partners}
    return [claim for claim in before if id(claim) in remaining], new


def _paired(old: Sequence[Claim], new: Sequence[Claim]) -> dict[int, int]:
    """For claims of ``new``, by place, the claim of ``old`` they come from; the most alike first."""
    scored = sorted(
        ((score, i, j) for i, a in enumerate(new) for j, b in enumerate(old) if (score := _likeness(b, a)) > 0),
        key=lambda found: (-found[0], found[1], found[2]),
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in scored:
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _likeness(old: Claim, new: Claim) -> float:
    """How surely ``new`` is what became of ``old``; 0 when it is something else."""
    if (old.quantity is None) != (new.quantity is None):
        return 0.0
    alike = SequenceMatcher(None, words(old.evidence.text), words(new.evidence.text), autojunk=False).ratio()
    same = old.type == new.type and _counted(old) == _counted(new)
    if same and alike >= _SAME_THING:
        return 1 + alike + (_name(old.source) == _name(new.source)) / 4
    return alike if alike >= _ALIKE and (same or _counted(old) == _counted(new)) else 0.0


def _counted(claim: Claim) -> str | None:
    return claim.quantity.unit if claim.quantity is not None else None


def _told(old: Claim, new: Claim) -> Iterator[str]:
    """What changed, field by field."""
    if old.quantity is not None and new.quantity is not None and old.quantity.text != new.quantity.text:
        yield f"figure {old.quantity.text} → {new.quantity.text}"
    elif old.quantity is not None and new.quantity is not None and old.quantity.basis != new.quantity.basis:
        yield f"basis {old.quantity.basis} → {new.quantity.basis}"
    if _name(old.source) != _name(new.source):
        yield f"source {_name(old.source)} → {_name(new.source)}"
    for field in ("type", "status"):
        if getattr(old, field) != getattr(new, field):
            yield f"{field} {getattr(old, field)} → {getattr(new, field)}"
    for field in ("actor", "target", "object", "place"):
        before, after = (part and part.name for part in (getattr(old, field), getattr(new, field)))
        if before != after:
            yield f"{field} {before or 'none'} → {after or 'none'}"
    if old.evidence.text != new.evidence.text:
        yield "wording"


def _name(party: Party | None) -> str:
    return party.name if party is not None else "the report itself"
