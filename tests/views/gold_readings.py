"""Readings made from annotated documents, so that views can be seen without a reader."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

from onrecord.values import Claim, Document, Figure, Moment, Party, Place, Quote, Reading, Thing
from onrecord.values.claim import claim_id

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
KINDS = {"Ministry": "body", "unnamed": "anonymous", "Agency": "body"}


def reading_of(gold: dict[str, Any]) -> Reading:
    """One annotated document as a reading; words that the text lacks stand as an empty span before the evidence."""
    document = Document(
        gold["text"],
        id=gold["id"],
        title=gold["title"],
        publisher=gold["publisher"],
        published=datetime.date.fromisoformat(gold["published"]),
        url=gold["url"],
    )
    return Reading(document, claims=tuple(_claims(document, gold["claims"])), reader="gold")


def gold_readings(folder: str = "gold/dev", count: int | None = None) -> list[Reading]:
    """The readings of an annotated folder, in the order of its files."""
    return [
        reading_of(json.loads(path.read_text("utf-8"))) for path in sorted((CORPUS / folder).glob("*.json"))[:count]
    ]


def _claims(document: Document, claims: list[dict[str, Any]]) -> list[Claim]:
    made, cursor = [], 0
    for gold in claims:
        # Annotations run in the order of the text, so the next occurrence is the one that was meant.
        start = document.text.find(gold["evidence"], cursor)
        start = document.text.find(gold["evidence"]) if start < 0 else start
        cursor = start
        made.append(_claim(document, gold, Quote(start, start + len(gold["evidence"]), gold["evidence"])))
    return made


def _near(document: Document, words: str | None, evidence: Quote) -> Quote:
    """The occurrence of ``words`` nearest to the evidence, or an empty span before it."""
    inside = document.text.find(words, evidence.start, evidence.end) if words else -1
    after = document.text.find(words, evidence.end) if words else -1
    before = document.text.rfind(words, 0, evidence.start) if words else -1
    near = [at for at in (before, after) if at >= 0]
    at = inside if inside >= 0 else min(near, key=lambda at: abs(at - evidence.start)) if near else -1
    return Quote(at, at + len(words), words) if words and at >= 0 else Quote(evidence.start, evidence.start, "")


def _where(quote: Quote) -> tuple[int, int, str]:
    return quote.start, quote.end, quote.text


def _party(document: Document, name: str | None, words: str | None, evidence: Quote, kind: Any = None) -> Party | None:
    return None if name is None else Party(*_where(_near(document, words, evidence)), name, kind=kind)


def _claim(document: Document, gold: dict[str, Any], evidence: Quote) -> Claim:
    quantity, time, name = gold["quantity"], gold["time"], gold["source"]
    figure = quantity and Figure(
        *_where(_near(document, quantity["text"], evidence)),
        quantity["low"], quantity["high"], quantity["approx"], quantity["unit"], quantity["basis"],
    )  # fmt: skip
    moment = time and Moment(
        *_where(_near(document, time["text"], evidence)),
        first=datetime.date.fromisoformat(time["start"]),
        last=datetime.date.fromisoformat(time["end"]),
    )
    kind = None if name is None else next((kind for word, kind in KINDS.items() if word in name), "country")
    source = _party(document, name, gold["source_text"], evidence, kind)
    thing, place = gold["object"], gold["place"]
    return Claim(
        id=claim_id(document.content_hash, evidence, figure, gold["type"], source),
        evidence=evidence,
        source=source,
        via=tuple(Party(*_where(_near(document, via, evidence)), via, kind="person") for via in gold["via"]),
        cue=_near(document, gold["cue"], evidence) if gold["cue"] else None,
        quoted=gold["quoted"],
        status=gold["status"],
        type=gold["type"],
        actor=_party(document, gold["actor"], gold["actor"], evidence),
        target=_party(document, gold["target"], gold["target"], evidence),
        object=Thing(*_where(_near(document, thing, evidence)), thing) if thing else None,
        place=Place(*_where(_near(document, place, evidence)), place) if place else None,
        quantity=figure,
        time=moment,
        confidence=0.9,
        reader="gold",
    )
