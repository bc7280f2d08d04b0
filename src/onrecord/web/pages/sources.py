"""A source: what it claims, how often its figures were revised and which way, who disputes them. No score of truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from onrecord.ledger import Entry, Ledger, Page, Told
from onrecord.ledger.flat import flat
from onrecord.values import RequestError
from onrecord.views.comparison import link_record
from onrecord.views.entries import entry_record
from onrecord.web.answer import Answer
from onrecord.web.asked import quoted

SIZE = 50
LOOKED = 100  # newest claims of a source whose links are counted


def source(ledger: Ledger, name: str, after: int | None) -> Answer:
    """What a source claims.

    Args:
        ledger: to ask.
        name: canonical name or knowledge id of the source.
        after: where the page before ended.

    Raises:
        RequestError: if no claim rests on it.
    """
    chosen = ledger.claims(f"source:{quoted(name)}")
    newest = chosen.page(LOOKED)
    page = chosen.page(SIZE, after=after) if after is not None else _first(newest)
    if not page.entries:
        raise RequestError(f"no claim rests on {name[:80]!r}")
    mine = {entry.claim.id for entry in newest.entries}
    links = ledger.compared.of_claims(mine, ("revises", "disagrees", "denies"))
    disputed = [told for told in links if told.link.relation in ("disagrees", "denies")][:SIZE]
    moved = [told for told in links if told.link.relation == "revises" and told.link.later in mine]
    context = {
        "name": name,
        "entries": page.entries,
        "older": page.after,
        "looked": len(newest.entries),
        "all": newest.after is None,
        "moves": _moves(moved),
        "revised": moved[:SIZE],
        "disputed": disputed,
        "facets": _facets(newest.entries),
    }
    record: dict[str, Any] = {
        "source": name,
        "claims": [entry_record(entry) for entry in page.entries],
        "after": page.after,
        "revisions": _moves(moved),
        "disputes": [link_record(told) for told in disputed],
    }
    return Answer("source.html", context, record, map(flat, page.entries))


def _first(newest: Page) -> Page:
    """The first page of those that are at hand."""
    shown = newest.entries[:SIZE]
    return Page(shown, shown[-1].key if len(newest.entries) > SIZE or newest.after is not None else None)


def _facets(entries: Sequence[Entry]) -> dict[str, list[tuple[str, int]]]:
    """What claims are of, the commonest first."""
    claims = [entry.claim for entry in entries]
    values: dict[str, list[str]] = {
        "type": [claim.type for claim in claims], "status": [claim.status for claim in claims],
        "place": [claim.place.name for claim in claims if claim.place is not None],
    }  # fmt: skip
    return {name: Counter(found).most_common() for name, found in values.items()}


def _moves(revisions: list[Told]) -> dict[str, int]:
    """How often a later figure was higher, lower, or told otherwise than the one before."""
    counted = Counter(_way(told) for told in revisions)
    return {way: counted[way] for way in ("up", "down", "otherwise")}


def _way(told: Told) -> str:
    before, after = (claim.quantity for claim in (told.earlier, told.later))
    if before is None or after is None:
        return "otherwise"
    old, new = (figure.low if figure.low is not None else figure.high for figure in (before, after))
    if old is None or new is None or old == new:
        return "otherwise"
    return "up" if new > old else "down"
