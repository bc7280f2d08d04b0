"""What is measured, and the report of it.

- figures_located: a predicted quantity overlaps the gold quantity in the text, one to one.
- figures_found: located, and low and high are right.
- figures_strict: found, and source, type and status are right too. The headline is its F1.
- events: a predicted event overlaps the gold evidence by half of the shorter, and its type is right.
- attribution: over all claims matched, how often the source is right.
- fields: over the figures found, how often each further field is right; a gold null counts, too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from onrecord.engine.scoring.matching import (
    Found,
    event_weight,
    figure_weight,
    gold_claims,
    pair,
    predicted_claims,
    value_right,
)
from onrecord.engine.scoring.sameness import same_name, same_object


class Score(msgspec.Struct, frozen=True):
    """How many of ``gold`` were ``right`` among those ``predicted``."""

    right: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """Right of predicted, 0..1."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Right of gold, 0..1."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both, 0..1."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class Outcome(msgspec.Struct, frozen=True):
    """What became of one gold claim.

    Attributes:
        gold: the gold claim, as annotated.
        found: whether a claim was matched with it: for a figure with the right bounds, for an event at all.
        right: which further fields are right, ``source``, ``type`` and ``status`` among them; empty when not found.
        confidence: of the claim that was matched with it, when that has one.
    """

    gold: Mapping[str, Any]
    found: bool
    right: dict[str, bool] = {}
    confidence: float | None = None


class Report(msgspec.Struct, frozen=True):
    """The figures of one evaluation, the misses as lines, and what became of each gold claim."""

    documents: int
    figures_strict: Score
    figures_found: Score
    figures_located: Score
    events: Score
    attribution: float
    fields: dict[str, float]
    misses: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()

    def metrics(self) -> dict[str, float]:
        """Every metric by name, each 0..1, as pinned in ``eval/floors.json``."""
        scores = {name: getattr(self, name).f1 for name in SCORES}
        return {**scores, "attribution": self.attribution, **{f"field_{k}": v for k, v in self.fields.items()}}


SCORES = ("figures_strict", "figures_found", "figures_located", "events")


class _Count:
    """The running counts over documents."""

    def __init__(self) -> None:
        self.n: Counter[str] = Counter()
        self.fields: dict[str, list[bool]] = defaultdict(list)
        self.misses: list[str] = []
        self.outcomes: list[Outcome] = []

    def document(self, document: Mapping[str, Any], claims: Sequence[Mapping[str, Any]]) -> None:
        gold, predicted = gold_claims(document), predicted_claims(document["text"], claims)
        figures = [c for c in gold if c["sort"] == "figure"], [c for c in predicted if c.get("quantity")]
        events = [c for c in gold if c["sort"] == "event"], [c for c in predicted if not c.get("quantity")]
        self.n.update(gf=len(figures[0]), pf=len(figures[1]), ge=len(events[0]), pe=len(events[1]))
        pairs = pair(*figures, figure_weight)
        self._unmatched(document["id"], *figures, pairs)
        for g, p in pairs:
            self._figure(document["id"], g, p)
        matched = pair(*events, event_weight)
        for g, p in matched:
            right = _main(g, p)
            self.n.update(matched=1, source=right["source"], events=right["type"])
            self.outcomes.append(Outcome(g, True, right, p.get("confidence")))
        self._lost(gold, [*pairs, *matched])

    def _lost(self, gold: list[Found], pairs: list[tuple[Found, Found]]) -> None:
        matched = {id(g) for g, _ in pairs}
        self.outcomes += [Outcome(claim, False) for claim in gold if id(claim) not in matched]

    def _unmatched(self, id_: str, gold: list[Found], predicted: list[Found], pairs: list[tuple[Found, Found]]) -> None:
        matched = {id(claim) for both in pairs for claim in both}
        for g in gold:
            if id(g) not in matched:
                self.misses.append(f"{id_} MISSED {g['quantity']['text']!r} {g['type']} by {g['source']}")
        for p in predicted:
            if id(p) not in matched:
                self.misses.append(f"{id_} EXTRA  {p['quantity'].get('text')!r} {p.get('type')} by {p.get('source')}")

    def _figure(self, id_: str, g: Found, p: Found) -> None:
        main = _main(g, p)
        self.n.update(located=1, matched=1, source=main["source"])
        words = repr(g["quantity"]["text"])
        if not value_right(g, p):
            self.misses.append(f"{id_} VALUE  {words} gold {_bounds(g)} got {_bounds(p)}")
            self.outcomes.append(Outcome(g, False))
            return
        self.n.update(found=1, strict=all(main.values()))
        wrong = [f"{field}: {g.get(field)} / {p.get(field)}" for field, right in main.items() if not right]
        if wrong:
            self.misses.append(f"{id_} FIELD  {words} {'; '.join(wrong)}")
        fields = {**main, **_further(g, p)}
        self.outcomes.append(Outcome(g, True, fields, p.get("confidence")))
        for field, right in fields.items():
            self.fields[field].append(right)


def _main(g: Found, p: Found) -> dict[str, bool]:
    return {
        "source": same_name(g["source"], p.get("source")),
        "type": g["type"] == p.get("type"),
        "status": g["status"] == p.get("status"),
    }


def _bounds(claim: Found) -> str:
    return f"{claim['quantity'].get('low')}..{claim['quantity'].get('high')}"


def _further(g: Found, p: Found) -> dict[str, bool]:
    mine, theirs = g["quantity"], p["quantity"]
    return {
        "basis": mine["basis"] == theirs.get("basis"),
        "approximate": mine["approx"] == bool(theirs.get("approximate", theirs.get("approx"))),
        "object": same_object(g, p),
        "actor": same_name(g["actor"], p.get("actor")),
        "target": same_name(g["target"], p.get("target")),
        "place": same_name(g["place"], p.get("place")),
        "time": _dates(g["time"]) == _dates(p.get("time")),
    }


def _dates(time: Mapping[str, Any] | None) -> tuple[str | None, str | None] | None:
    if not time:
        return None
    first, last = time.get("from", time.get("start")), time.get("to", time.get("end"))
    return (
        str(first)[:10] if first and not isinstance(first, int) else None,
        str(last)[:10] if last and not isinstance(last, int) else None,
    )


def score(gold: Sequence[Mapping[str, Any]], predictions: Mapping[str, Sequence[Mapping[str, Any]]]) -> Report:
    """Compare claim records with gold documents.

    Args:
        gold: documents in the gold format (``corpus/gold/GUIDELINES.md``).
        predictions: claim records (version 1) by document id; a document without any counts as read without claims.
    """
    count = _Count()
    for document in gold:
        count.document(document, predictions.get(document["id"], []))
    n = count.n
    return Report(
        documents=len(gold),
        figures_strict=Score(n["strict"], n["pf"], n["gf"]),
        figures_found=Score(n["found"], n["pf"], n["gf"]),
        figures_located=Score(n["located"], n["pf"], n["gf"]),
        events=Score(n["events"], n["pe"], n["ge"]),
        attribution=n["source"] / n["matched"] if n["matched"] else 0.0,
        fields={name: sum(right) / len(right) for name, right in sorted(count.fields.items())},
        misses=tuple(count.misses),
        outcomes=tuple(count.outcomes),
    )
