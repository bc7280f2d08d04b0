"""Citing a claim: its exact words, who said them, the outlet, the day, and the hash of the bytes that prove it.

As text, as BibTeX (an ``@misc`` entry, which every style knows), and as CSL-JSON 1.0.2 for reference managers.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from onrecord.ledger import CaptureNote, Entry
from onrecord.views.words import day, speaker

# What LaTeX would take for commands; in one pass, so that nothing is escaped twice.
_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_TEX = re.compile("[" + re.escape("".join(_SPECIAL)) + "]")
_BLANKS = re.compile(r"\s+")


def as_text(entry: Entry, captures: Sequence[CaptureNote]) -> str:
    """One paragraph for a footnote."""
    claim, document = entry.claim, entry.document
    report = ", ".join(part for part in (_title(entry), document.publisher, _published(entry), document.url) if part)
    via = "".join(f", via {party.name}" for party in reversed(claim.via))
    return f"{speaker(claim)}{via} ({claim.status}): “{claim.evidence.text}” {report}. {_proof(entry, captures)}."


def as_bibtex(entry: Entry, captures: Sequence[CaptureNote]) -> str:
    """A BibTeX entry; its key is made of the claim's id."""
    claim, document = entry.claim, entry.document
    published = document.published
    note = f"{speaker(claim)} ({claim.status}): ``{_tex(claim.evidence.text)}'' {_tex(_proof(entry, captures))}"
    fields = {
        "title": f"{{{_tex(document.title or document.name)}}}",
        "author": f"{{{_tex(document.publisher)}}}" if document.publisher else None,
        "year": f"{published.year:04d}" if published else None,
        "month": str(published.month) if published else None,
        "day": str(published.day) if published else None,
        "url": document.url and document.url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C"),
        "urldate": (accessed := _accessed(captures)) and accessed.isoformat(),
        "note": note,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{onrecord-{claim.id},", *lines, "}"])


def as_csl(entry: Entry, captures: Sequence[CaptureNote]) -> str:
    """A CSL-JSON array of one item. The exact words stand in ``custom``, since CSL has no field for a quotation."""
    claim, document = entry.claim, entry.document
    item: dict[str, Any] = {
        "id": f"onrecord-{claim.id}",
        "type": "article-newspaper",
        "title": document.title or document.name,
        "container-title": document.publisher,
        "issued": _date(document.published),
        "accessed": _date(_accessed(captures)),
        "URL": document.url,
        "note": f"{speaker(claim)} ({claim.status}): “{claim.evidence.text}” {_proof(entry, captures)}",
        "custom": {
            "quote": claim.evidence.text,
            "start": claim.evidence.start,
            "end": claim.evidence.end,
            "source": claim.source.name if claim.source else None,
            "via": [party.name for party in claim.via],
            "status": claim.status,
            "claim": claim.id,
            "document": document.id,
            "sha256": [capture.hash for capture in captures],
        },
    }
    kept = [{name: value for name, value in item.items() if value is not None}]
    return msgspec.json.format(msgspec.json.encode(kept), indent=2).decode()


FORMATS: dict[str, Callable[[Entry, Sequence[CaptureNote]], str]] = {
    "text": as_text,
    "bibtex": as_bibtex,
    "csl": as_csl,
}


def _title(entry: Entry) -> str:
    return f"“{_BLANKS.sub(' ', entry.document.title)}”" if entry.document.title else entry.document.name


def _published(entry: Entry) -> str | None:
    return day(entry.document.published) if entry.document.published else "undated"


def _proof(entry: Entry, captures: Sequence[CaptureNote]) -> str:
    """The first capture, by which the words can be proved."""
    place = f"characters {entry.claim.evidence.start}–{entry.claim.evidence.end} of document {entry.document.id}"
    if not captures:
        return f"Claim {entry.claim.id}, {place}"
    first = captures[0]
    return f"Claim {entry.claim.id}, {place}, captured {day(first.fetched_at.date())}, SHA-256 {first.hash}"


def _accessed(captures: Sequence[CaptureNote]) -> datetime.date | None:
    """The day on which the page was fetched; a report that came as a file was not."""
    return next((capture.fetched_at.date() for capture in captures if capture.url), None)


def _tex(text: str) -> str:
    return _TEX.sub(lambda sign: _SPECIAL[sign[0]], _BLANKS.sub(" ", text))


def _date(date: datetime.date | None) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[date.year, date.month, date.day]]} if date else None
