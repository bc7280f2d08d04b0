"""About: what is in the ledger, what the desk does with it, and what it does not do."""

from __future__ import annotations

from onrecord.ledger import RELATIONS, Ledger
from onrecord.ledger.search.query import ALL
from onrecord.web.answer import Answer


def about(ledger: Ledger) -> Answer:
    """What this is."""
    kept = ledger.size(("documents", "claims"))
    context = {"size": kept, "relations": RELATIONS, "fields": sorted(ALL)}
    return Answer("about.html", context, {"size": kept})
