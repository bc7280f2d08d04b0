"""Who the source is, and through whom: parties, intermediaries, and how much of the content is quoted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from onrecord.knowledge import Knowledge
from onrecord.mentions.attributions.found import Placed
from onrecord.values import Attribution, Entity, Quotation, Reading, Span, hull, quote

try:
    from onrecord.mentions.parties import Parties
except ImportError:
    class Parties:
        def __init__(self, r, k): self.t = r.document.text
        def resolve(self, span, recent=()):
            q = quote(span, self.t)
            return Entity(q.start, q.end, q.text, "role", q.text)


def chained(reading: Reading, placed: Sequence[Placed], knowledge: Knowledge) -> list[Attribution]:
    """The attributions in text order, with their parties resolved one after the other."""
    parties = Parties(reading, knowledge)
    recent: list[Entity] = []
    out = []
    for item in placed:
        party = None
        if item.source:
            party = parties.resolve(item.owner or item.source[0], recent=recent[-8:])
            recent.append(party)
        via = tuple(parties.resolve(s, recent=recent[-8:]) for s in item.via)
        if item.heard:
            heard = parties.resolve(item.heard, recent=recent[-8:])
            if heard.kind == "outlet":
                via = (heard, *via)
        out.append(Attribution(item.source, item.cue, item.content, party, via, quoted(item.content, reading.mentions.quotations), item.found.denies, item.found.speech_act))
    return out


def quoted(content: Sequence[Span], quotations: Sequence[Quotation]) -> Literal["direct", "indirect", "mixed"]:
    """Whether the content stands in quotation marks: wholly, partly, or not."""
    total = sum(len(s) for s in content)
    inside = sum(s.overlap(q) for s in content for q in quotations)
    if inside == 0:
        return "indirect"
    return "direct" if inside >= 0.9 * total else "mixed"
