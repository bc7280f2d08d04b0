"""One claim: every field with its words, how it compares, what was judged of it, and how to cite it."""

from __future__ import annotations

import msgspec

from onrecord.ledger import Ledger
from onrecord.ledger.flat import flat
from onrecord.views import citation
from onrecord.views.card import card
from onrecord.views.comparison import link_record
from onrecord.views.entries import entry_record
from onrecord.web.answer import Answer

_AROUND = 300  # code points of the report shown on either side of the words


def claim(ledger: Ledger, identity: str) -> Answer:
    """A claim by its id, or a beginning of it.

    Raises:
        RequestError: if there is none, or there are several.
    """
    entries = ledger.claim(identity)
    entry = entries[0]
    captures = ledger.captures(entry.document.id)
    judged = ledger.judgements(entry.claim.id)
    links = ledger.compared.of_claim(entry.claim.id)
    context = {
        "entry": entry,
        "card": card(entry.claim),
        "readings": entries,
        "around": _around(ledger, entry.document.id, entry.claim.evidence.start, entry.claim.evidence.end),
        "links": links,
        "judged": judged,
        "series": ledger.compared.home(entry.claim.id),
        "citations": [(name, make(entry, captures)) for name, make in citation.FORMATS.items()],
        "captures": captures,
    }
    record = {
        **entry_record(entry),
        "readings": [{"reader": one.claim.reader, "read_at": one.read_at, "in_force": one.in_force} for one in entries],
        "judgements": msgspec.to_builtins(judged),
        "links": [link_record(told) for told in links],
    }
    return Answer("claim.html", context, record, map(flat, entries))


def _around(ledger: Ledger, document: str, start: int, end: int) -> tuple[str, str, str]:
    """The words of a claim, and those before and after."""
    text = ledger.document(document).text
    return text[max(0, start - _AROUND) : start], text[start:end], text[end : end + _AROUND]
