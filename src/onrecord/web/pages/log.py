"""The log: who did what, from where."""

from __future__ import annotations

import msgspec

from onrecord.ledger.access import Audit
from onrecord.web.answer import Answer

SIZE = 100


def page(audit: Audit, who: str, after: int | None) -> Answer:
    """The last lines, those before ``after``, of one account where ``who`` is named."""
    events = audit.page(SIZE + 1, after=after, who=who)
    shown = events[:SIZE]
    older = shown[-1].key if len(events) > SIZE else None
    rows = [msgspec.to_builtins(one) for one in shown]
    return Answer("log.html", {"events": shown, "older": older, "who": who}, {"events": rows, "after": older}, rows)
