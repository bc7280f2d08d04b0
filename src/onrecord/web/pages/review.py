"""Review: one claim after the other, each decided by one key; what is decided is put on record, nothing is changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from onrecord.ledger import Entry, Ledger, Review
from onrecord.values import Annotation, RequestError, annotation_of
from onrecord.views.card import card
from onrecord.views.entries import entry_record
from onrecord.web import asked
from onrecord.web.answer import Answer
from onrecord.web.drafts import CHOICES, annotation, fields_of
from onrecord.web.templates import address

_VERDICTS = {"accept": "right", "reject": "wrong", "unsure": "unsure"}


def review(
    ledger: Ledger, who: str, question: str, after: int | None, claim: str | None = None, told: str | None = None,
    draft: Mapping[str, str] | None = None,
) -> Answer:  # fmt: skip
    """The next claim that this reviewer has not decided, or the one that is named.

    Args:
        ledger: to ask.
        who: the reviewer.
        question: only claims that meet it.
        after: those behind this place.
        claim: id of a claim to be shown, decided or not.
        told: what was wrong with the last decision.
        draft: the form as it was filled in, when something was wrong with it.
    """
    reviewer = ledger.review(who)
    entry = ledger.claim(claim)[0] if claim else next(reviewer.queue(question, after=after), None)
    context: dict[str, Any] = {
        "who": reviewer.who, "question": question, "after": after, "entry": entry, "told": told, "choices": CHOICES,
        "agreement": reviewer.agreement(), "done": len(reviewer.decisions()),
    }  # fmt: skip
    record: dict[str, Any] = {"who": reviewer.who, "claim": None}
    if entry is not None:
        text = ledger.document(entry.document.id).text
        start, end = entry.claim.evidence.start, entry.claim.evidence.end
        mine = reviewer.decisions([entry.claim.id])
        context |= {
            "card": card(entry.claim),
            "words": (text[:start], text[start:end], text[end:]),
            "fields": dict(draft) if draft is not None else fields_of(_as_decided(entry, reviewer)),
            "decided": mine[-1] if mine else None,
        }
        record["claim"] = entry_record(entry)
    return Answer("review.html", context, record)


def _as_decided(entry: Entry, reviewer: Review) -> Annotation:
    """The claim as this reviewer corrected it, else as it was read."""
    for one in reviewer.decisions([entry.claim.id]):
        if one.kind == "correction":
            return msgspec.json.decode(one.value, type=Annotation)
    return annotation_of(entry.claim)


class Decided(msgspec.Struct, frozen=True):
    """Where to go on after a form, and what it decided, in a word and the id of the claim; nothing for a skip."""

    to: str
    what: str = ""


def decide(ledger: Ledger, who: str, form: Mapping[str, str]) -> Decided | Answer:
    """Do what a form asks for; the same page, where something was wrong.

    Raises:
        RequestError: if it asks for nothing that can be done.
    """
    question, place = form.get("q", ""), asked.place(form.get("after"))
    reviewer, act = ledger.review(who), form.get("act", "")
    if act == "undo":
        undone = reviewer.undo()
        claim = undone.claim if undone else None
        to = address("/review", q=question, after=place, claim=claim, undone=int(bool(undone)))
        return Decided(to, f"undo {claim}" if claim else "")
    entry = ledger.claim(form.get("claim", ""))[0]
    identity = entry.claim.id
    if act == "skip":
        return Decided(address("/review", q=question, after=entry.key))
    on = address("/review", q=question, after=place)
    if act in _VERDICTS:
        reviewer.decide(identity, _verdict(act))
        return Decided(on, f"{act} {identity}")
    if act not in ("save", "add"):
        raise RequestError(f"{act[:40]!r} is no decision; choose among: accept, reject, unsure, save, add, skip, undo")
    try:
        right = annotation(form, ledger.document(entry.document.id).text)
    except RequestError as error:
        return review(ledger, who, question, place, identity, str(error), form)
    if act == "add":
        added = reviewer.add(entry.document.id, right)
        return Decided(address("/review", q=question, after=place, claim=identity), f"add {added}")
    reviewer.correct(identity, right)
    return Decided(on, f"save {identity}")


def _verdict(act: str) -> Any:
    return _VERDICTS[act]


def agreement(ledger: Ledger, who: str) -> Answer:
    """How far reviewers agree."""
    found = ledger.review(who).agreement()
    rows = [msgspec.to_builtins(one) for one in found]
    return Answer("agreement.html", {"agreement": found}, {"agreement": rows}, rows)
