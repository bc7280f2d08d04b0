"""A report as pages show it: its text cut into marks, and a card for each claim; what document.html needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from onrecord.values import Claim, Document, Fault
from onrecord.views.card import card
from onrecord.views.marks import cut
from onrecord.views.safe import middle
from onrecord.views.words import day

BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]+")


def article(
    document: Document,
    claims: Sequence[Claim],
    faults: Sequence[Fault] = (),
    *,
    anchor: str,
    anchor_of: Callable[[str], str],
) -> dict[str, Any]:
    """What the template document.html needs.

    Args:
        document: the report.
        claims: of it.
        faults: of its reading.
        anchor: the id of its element in the page.
        anchor_of: gives the id of the element of a claim, by the claim's id.
    """
    pieces = cut(document.text, claims)
    return {
        "anchor": anchor,
        "title": title(document),
        "dateline": dateline(document),
        "link": document.url if is_web(document.url) else None,
        "faults": [middle(f"{fault.stage}: {fault.message}", 500) for fault in faults],
        "paragraphs": pieces.paragraphs,
        "cards": [card(c, anchor_of(c.id), at) for c, at in zip(claims, pieces.places, strict=True)],
        "steers": BIDI.search(document.text) is not None,
    }


def title(document: Document) -> str:
    """What to call a report; never longer than a screen can bear."""
    return middle(document.label, 300)


def dateline(document: Document) -> str:
    """The outlet and the day of publication, as far as they are known."""
    published = day(document.published) if document.published else ""
    return " · ".join(part for part in (middle(document.publisher or "", 160), published) if part)


def is_web(url: str | None) -> bool:
    """Only such links are followed: ``javascript:`` and ``data:`` never."""
    return url is not None and url.lower().startswith(("https://", "http://"))
