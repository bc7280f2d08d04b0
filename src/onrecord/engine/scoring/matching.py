"""Where gold and predicted claims stand in the text, and which belong together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Place = tuple[int, int]
Found = dict[str, Any]
ROLES = ("source", "actor", "target", "place", "object")


def locate(text: str, piece: str, within: Place | None = None, nth: int = 0) -> Place | None:
    """The ``nth`` occurrence of ``piece``, as code points of ``text``."""
    low, high = within or (0, len(text))
    at = low - 1
    for _ in range(nth + 1):
        at = text.find(piece, at + 1, high)
        if at < 0:
            return None
    return at, at + len(piece)


def overlap(a: Place | None, b: Place | None) -> int:
    """How many code points two places share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0])) if a and b else 0


def gold_claims(document: Mapping[str, Any]) -> list[Found]:
    """The gold claims with the places of their evidence and quantity (``_evidence``, ``_quantity``)."""
    text, seen, found = document["text"], Counter[tuple[str, str | None]](), []
    for claim in document["claims"]:
        key = (claim["evidence"], (claim["quantity"] or {}).get("text"))
        evidence = locate(text, claim["evidence"], nth=seen[key]) or locate(text, claim["evidence"])
        quantity = None
        if claim["sort"] == "figure":
            wanted = claim["quantity"]["text"]
            quantity = locate(text, wanted, evidence, seen[key]) or locate(text, wanted, evidence)
        seen[key] += 1
        found.append({**claim, "_evidence": evidence, "_quantity": quantity})
    return found


def predicted_claims(text: str, claims: Sequence[Mapping[str, Any]]) -> list[Found]:
    """Claim records with roles as plain names and the places of evidence and quantity."""
    found = []
    for record in claims:
        claim = dict(record)
        for role in ROLES:
            claim[role] = _name(claim.get(role))
        claim["_evidence"] = _place(claim.get("evidence"), text)
        claim["_quantity"] = _place(claim.get("quantity"), text, claim["_evidence"])
        found.append(claim)
    return found


def _name(value: Any) -> Any:
    return value.get("name") if isinstance(value, dict) else value


def _place(value: Any, text: str, within: Place | None = None) -> Place | None:
    if value is None:
        return None
    if isinstance(value, dict):
        if isinstance(value.get("start"), int):
            return value["start"], value["end"]
        return locate(text, value["text"], within) if value.get("text") else None
    if isinstance(value, (list, tuple)):
        return value[0], value[1]
    return locate(text, value, within) or locate(text, value)


def value_right(gold: Found, predicted: Found) -> bool:
    """Whether both bounds are equal."""
    mine, theirs = gold["quantity"], predicted["quantity"]
    return bool((mine["low"], mine["high"]) == (theirs.get("low"), theirs.get("high")))


def pair(gold: list[Found], predicted: list[Found], weight: Callable[[Found, Found], int]) -> list[tuple[Found, Found]]:
    """Greedy one-to-one pairing by descending weight."""
    ranked = sorted(
        ((weight(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(predicted)),
        reverse=True,
    )
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    pairs = []
    for strength, i, j in ranked:
        if strength > 0 and i not in used_gold and j not in used_predicted:
            used_gold.add(i)
            used_predicted.add(j)
            pairs.append((gold[i], predicted[j]))
    return pairs


def figure_weight(gold: Found, predicted: Found) -> int:
    """How well two figures match: overlap in the text, then the value, then the type."""
    shared = overlap(gold["_quantity"], predicted["_quantity"])
    if not shared:
        return 0
    return shared + 1000 * value_right(gold, predicted) + 100 * _same_type(gold, predicted)


def event_weight(gold: Found, predicted: Found) -> int:
    """How well two events match: half of the shorter evidence shared, then the type."""
    if not gold["_evidence"] or not predicted["_evidence"]:
        return 0
    shared = overlap(gold["_evidence"], predicted["_evidence"])
    shorter = min(end - start for start, end in (gold["_evidence"], predicted["_evidence"]))
    if shared * 2 < shorter:
        return 0
    return shared + 1000 * _same_type(gold, predicted)


def _same_type(gold: Found, predicted: Found) -> bool:
    return bool(gold["type"] == predicted.get("type"))
