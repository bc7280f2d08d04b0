"""Where a reader fails: the outcomes of an evaluation in groups, for the analysis of its errors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from onrecord.engine.scoring.report import Outcome

# Upper ends of the classes of length, in words of the evidence.
_LENGTHS = (8, 16, 32)


class Group(msgspec.Struct, frozen=True):
    """The gold claims that share a value, and how well they were read.

    Attributes:
        value: what they share: a type, a status, a kind of source, a class of length.
        figures, events: how many there are of each.
        found: share of the figures found, 0..1; 0 without any.
        strict: share of the figures found with source, type and status right.
        fields: share of the found figures whose field is right; ``None`` when none was found.
        matched: share of the events that a claim was matched with.
        typed: share of the events matched with the right type.
    """

    value: str
    figures: int
    events: int
    found: float
    strict: float
    fields: dict[str, float | None]
    matched: float
    typed: float


FIELDS = ("source", "type", "status", "basis")


def breakdown(outcomes: Iterable[Outcome], by: str) -> list[Group]:
    """The outcomes in groups, the largest first.

    Args:
        outcomes: ``Report.outcomes``.
        by: one of ``KEYS``.
    """
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[KEYS[by](outcome.gold)].append(outcome)
    return sorted((_group(value, found) for value, found in groups.items()), key=lambda g: -g.figures - g.events)


def _group(value: str, outcomes: list[Outcome]) -> Group:
    figures = [o for o in outcomes if o.gold["quantity"] is not None]
    events = [o for o in outcomes if o.gold["quantity"] is None]
    found = [o for o in figures if o.found]
    return Group(
        value=value,
        figures=len(figures),
        events=len(events),
        found=_share(len(found), figures),
        strict=_share(sum(o.right["source"] and o.right["type"] and o.right["status"] for o in found), figures),
        fields={name: _share(sum(o.right[name] for o in found), found) if found else None for name in FIELDS},
        matched=_share(sum(o.found for o in events), events),
        typed=_share(sum(o.right.get("type", False) for o in events), events),
    )


def _share(right: int, of: list[Outcome]) -> float:
    return right / len(of) if of else 0.0


def _source_kind(gold: Mapping[str, Any]) -> str:
    """How the source is named: not at all, without a name, by a pronoun or description, by (part of) its name."""
    name, words = gold["source"], (gold.get("source_text") or "").lower()
    if name is None:
        return "reporter"
    if name.lower().startswith("unnamed"):
        return "anonymous"
    shared = {word.strip(".,'’s") for word in words.split()} & {word.strip(".,'’s") for word in name.lower().split()}
    return "named" if shared - {"the", "of", ""} else "referred to"


def _length(gold: Mapping[str, Any]) -> str:
    words = len(gold["evidence"].split())
    low = 1
    for high in _LENGTHS:
        if words <= high:
            return f"{low}-{high} words"
        low = high + 1
    return f"{low} words or more"


KEYS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "type": lambda gold: str(gold["type"]),
    "status": lambda gold: str(gold["status"]),
    "source-kind": _source_kind,
    "length": _length,
}
