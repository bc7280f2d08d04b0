"""Reports: their list; one with every claim in its text, what its page said before, and its bytes as they came."""

from __future__ import annotations

import datetime
import itertools
import re
from typing import Any

import msgspec

from onrecord.documents import as_text
from onrecord.ledger import CaptureNote, Heading, Ledger
from onrecord.ledger.flat import flat
from onrecord.values import Document, RequestError
from onrecord.views.article import article
from onrecord.views.entries import entry_record
from onrecord.web.answer import Answer, portion

SIZE = 100
MOST = 2_000  # claims of one report that are shown
# Kinds of capture that a browser shows by itself; its viewer of PDF does not run in a sandbox.
_SHOWN = ("text", "record", "records")
# Links, that no click leads away, and frames: browsers connect to where a frame leads before their policy forbids it.
_LEADING = re.compile(r"<(/?)(?=(?:a|area|i?frame|frameset|fencedframe|portal|object|embed)[\s/>])", re.IGNORECASE)


def reports(ledger: Ledger, as_of: datetime.date | None, after: int | None) -> Answer:
    """The reports of a ledger, the last that came in first, a page of them behind the first ``after``."""
    found, older = portion(ledger.documents(as_of=as_of), after or 0, SIZE)
    rows = [{**_heading(report.heading), "claims": report.claims} for report in found]
    context = {"reports": found, "as_of": as_of, "older": older}
    return Answer("reports.html", context, {"documents": rows, "after": older}, rows)


def report(ledger: Ledger, identity: str) -> Answer:
    """One report with its claims in force.

    Raises:
        RequestError: if there is none.
    """
    document = ledger.document(identity)
    digest = document.content_hash
    chosen = ledger.claims(f"document:{digest}", repeats=True)
    entries = list(itertools.islice(chosen, MOST))
    entries.sort(key=lambda entry: (entry.claim.evidence.start, entry.claim.id))
    captures = ledger.captures(digest)
    shown = article(document, [e.claim for e in entries], anchor="report", anchor_of=lambda id_: f"c-{id_}")
    context = {
        **shown,
        "document": digest,
        "captures": captures,
        "left": chosen.count() - MOST if len(entries) == MOST else 0,
        "shows": _kind(captures) in _SHOWN,
        "address": entries[0].document.address if entries else document.url or "",
        "steps": _steps(ledger, entries[0].document.address) if entries else [],
        "permalink": "/claims/",
        "filters": _filters(shown["cards"]),
    }
    record = {
        **_document(document),
        "captures": msgspec.to_builtins(captures),
        "claims": [entry_record(entry) for entry in entries],
    }
    return Answer("report.html", context, record, map(flat, entries))


def _heading(heading: Heading) -> dict[str, Any]:
    fields: dict[str, Any] = msgspec.to_builtins(heading)
    return fields


def _document(document: Document) -> dict[str, Any]:
    return {
        "document": document.content_hash, "title": document.title, "publisher": document.publisher,
        "published": document.published, "url": document.url, "text": document.text,
    }  # fmt: skip


def _kind(captures: list[CaptureNote]) -> str:
    return captures[0].kind if captures else ""


def _filters(cards: list[Any]) -> list[tuple[str, str, list[tuple[str, int]]]]:
    """The choices above the text: values of type, source and status with their counts."""
    from collections import Counter

    return [
        (name, label, sorted(Counter(getattr(card, name) for card in cards).items()))
        for name, label in (("type", "Type"), ("source", "Source"), ("status", "Status"))
    ]


def _steps(ledger: Ledger, address: str) -> list[Any]:
    """What changed on the page from version to version, the last first."""
    try:
        return ledger.changes(address)[::-1]
    except RequestError:  # nothing was captured there: the report came without a capture
        return []


def original(ledger: Ledger, identity: str) -> tuple[bytes, str]:
    """The bytes of the first capture of a report as they came, and their SHA-256.

    Raises:
        RequestError: if there is no such report, or nothing was captured.
    """
    first = _first_capture(ledger, identity)
    return ledger.original(first.hash), first.hash


def shown(ledger: Ledger, identity: str) -> tuple[bytes, str]:
    """The same to be looked at in UTF-8, and its media type; nothing of a page leads or reaches elsewhere.

    Raises:
        RequestError: if there is no such report, or no capture that can be looked at.
    """
    first = _first_capture(ledger, identity)
    if first.kind not in _SHOWN:
        raise RequestError(f"a capture of the kind {first.kind!r} is not shown here; download the original")
    kind, text = as_text(ledger.original(first.hash), first.charset)
    if kind == "page":
        return _LEADING.sub(r"<\1x-", text).encode("utf-8", "replace"), "text/html"
    return text.encode("utf-8", "replace"), "text/plain"


def _first_capture(ledger: Ledger, identity: str) -> CaptureNote:
    digest = ledger.document(identity).content_hash
    captures = ledger.captures(digest)
    if not captures:
        raise RequestError(f"of document {digest} no bytes were captured")
    return captures[0]
