"""The development gold as claims: what a reader that never errs would hand over."""

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.knowledge import builtin
from onrecord.knowledge.names import names
from onrecord.values import Claim, Document, Figure, Moment, Party, Place, Quote, Thing
from onrecord.values.claim import claim_id

FOLDER = Path(__file__).parents[2] / "corpus" / "gold"


def documents() -> Iterator[tuple[Document, dict[str, Any]]]:
    """Every development document, with its gold."""
    for file in sorted((FOLDER / "dev").glob("*.json")):
        gold = json.loads(file.read_text("utf-8"))
        day = datetime.date.fromisoformat(gold["published"])
        yield Document(gold["text"], gold["id"], gold["title"], gold["publisher"], day, gold["url"]), gold


def claims(document: Document, gold: dict[str, Any]) -> tuple[Claim, ...]:
    """The gold claims of a document, in its order."""
    found = sorted(gold["claims"], key=lambda claim: document.text.find(claim["evidence"]))
    return tuple(_claim(document, claim) for claim in found)


def _claim(document: Document, gold: dict[str, Any]) -> Claim:
    evidence = _quote(document.text, gold["evidence"], 0)
    quantity = gold["quantity"]
    figure = None
    if quantity is not None:
        words = _quote(document.text, quantity["text"], evidence.start)
        low, high = quantity["low"], quantity["high"]
        figure = Figure(
            words.start, words.end, words.text, low, high, quantity["approx"], quantity["unit"], quantity["basis"]
        )
    source = _party(evidence, gold["source"])
    return Claim(
        id=claim_id(document.content_hash, evidence, figure, gold["type"], source),
        evidence=evidence,
        source=source,
        via=tuple(party for name in gold["via"] if (party := _party(evidence, name)) is not None),
        cue=None,
        quoted=gold["quoted"],
        status=gold["status"],
        type=gold["type"],
        actor=_party(evidence, gold["actor"]),
        target=_party(evidence, gold["target"]),
        object=Thing(evidence.start, evidence.end, evidence.text, gold["object"]) if gold["object"] else None,
        place=_place(evidence, gold["place"]),
        quantity=figure,
        time=_moment(evidence, gold["time"]),
        confidence=1.0,
        reader="gold",
    )


def _quote(text: str, words: str, start: int) -> Quote:
    at = text.find(words, start)
    at = text.index(words) if at < 0 else at
    return Quote(at, at + len(words), words)


def _party(evidence: Quote, name: str | None) -> Party | None:
    if name is None:
        return None
    known = names(builtin()).aliases.exact(name)
    kind: Any = known.kind if known and known.kind in ("country", "body", "person", "outlet") else None
    kind = kind or ("anonymous" if name.startswith("unnamed") else "body")
    return Party(evidence.start, evidence.end, evidence.text, known.name if known else name, known and known.id, kind)


def _place(evidence: Quote, name: str | None) -> Place | None:
    if name is None:
        return None
    known = names(builtin()).aliases.exact(name)
    spots = builtin().gazetteer.named(name)
    id_ = known.id if known and known.id else spots[0].id if spots else None
    return Place(evidence.start, evidence.end, evidence.text, name, id_)


def _moment(evidence: Quote, time: dict[str, Any] | None) -> Moment | None:
    if time is None:
        return None
    first, last = (datetime.date.fromisoformat(time[name]) for name in ("start", "end"))
    return Moment(evidence.start, evidence.end, evidence.text, first, last)
