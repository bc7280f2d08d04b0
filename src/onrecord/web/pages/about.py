"""About: what the desk does with a ledger, and what it does not do."""

from __future__ import annotations

from onrecord.ledger import RELATIONS
from onrecord.ledger.search.query import ALL
from onrecord.web.answer import Answer


def about() -> Answer:
    """What this is."""
    context = {"relations": RELATIONS, "fields": sorted(ALL)}
    return Answer("about.html", context, {"relations": RELATIONS, "fields": sorted(ALL)})
