"""A source: what it claims, how often its figures were revised and which way, who disputes them. No score of truth."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import Any

from onrecord.ledger import Ledger, Told
from onrecord.ledger.flat import flat
from onrecord.values import RequestError
from onrecord.views.comparison import link_record
from onrecord.views.entries import entry_record
from onrecord.web.answer import Answer
from onrecord.web.asked import quoted

SIZE = 50
LOOKED = 200  # newest claims of a source whose links are counted


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
    page = chosen.page(SIZE, after=after)
    if not page.entries:
        raise RequestError(f"no claim rests on {name[:80]!r}")
    newest = list(itertools.islice(chosen, LOOKED))
    mine = {entry.claim.id for entry in newest}
    links = ledger.compared.of_claims(mine, ("revises", "disagrees", "denies"))
    disputed = [told for told in links if told.link.relation in ("disagrees", "denies")][:SIZE]
    moved = [told for told in links if told.link.relation == "revises" and told.link.later in mine]
    context = {
        "name": name,
        "entries": page.entries,
        "older": page.after,
        "looked": len(newest),
        "all": len(newest) < LOOKED,
        "moves": _moves(moved),
        "revised": moved[:SIZE],
        "disputed": disputed,
        "facets": chosen.facets(),
    }
    record: dict[str, Any] = {
        "source": name,
        "claims": [entry_record(entry) for entry in page.entries],
        "after": page.after,
        "revisions": _moves(moved),
        "disputes": [link_record(told) for told in disputed],
    }
    return Answer("source.html", context, record, map(flat, page.entries))


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
