"""Who the source is, and through whom: parties, intermediaries, and how much of the content is quoted."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal

from onrecord.knowledge import Knowledge
from onrecord.mentions.attributions.found import Placed
from onrecord.mentions.parties import Parties
from onrecord.values import Attribution, Entity, Quotation, Reading, Span

_REMEMBERED = 8
_CARRIERS = frozenset({"outlet", "body"})
# A label before a colon is a speaker, not a place or a heading.
_LABELS = frozenset({"person", "role", "body", "outlet", "document", "anonymous"})


def chained(reading: Reading, placed: Sequence[Placed], knowledge: Knowledge) -> list[Attribution]:
    """The attributions in text order, their parties resolved one after the other.

    Of a sentence's cues the outermost counts as the latest speaker, since "he added" takes up whoever the sentence
    as a whole quotes.
    """
    chain = _Chain(reading, Parties(reading, knowledge))
    out: list[tuple[int, Attribution]] = []
    for _, group in groupby(placed, key=lambda p: (p.found.sentence, p.inherited)):
        out += chain.sentence(list(group))
    return [attribution for _, attribution in sorted(out, key=lambda pair: pair[0])]


class _Chain:
    """Resolves parties sentence by sentence, with a memory of who spoke."""

    def __init__(self, reading: Reading, parties: Parties) -> None:
        self.quotations = reading.mentions.quotations
        self.starts = [q.start for q in self.quotations]
        self.parties = parties
        self.recent: list[Entity] = []

    def sentence(self, items: Sequence[Placed]) -> Iterator[tuple[int, Attribution]]:
        """The attributions of one sentence with the place of their first content."""
        spoken: list[tuple[int, Entity]] = []
        for item in items:
            attribution = self._one(item)
            if attribution is None:
                continue
            if attribution.party is not None:
                spoken.append((sum(len(s) for s in item.content), attribution.party))
                self.recent.append(attribution.party)
            yield (
                min(s.start for s in (*item.content, *item.cue) if not item.inherited or s in item.content),
                attribution,
            )
        outermost = max(spoken, key=lambda pair: pair[0], default=None)
        if outermost is not None and len(spoken) > 1:
            self.recent.append(outermost[1])
        del self.recent[: -2 * _REMEMBERED]

    def _one(self, item: Placed) -> Attribution | None:
        party = None
        if item.source:
            party = self._party(item.owner or item.source[0])
            if item.found.rule == "label" and party.kind not in _LABELS:
                return None
        via = tuple(self._party(span) for span in item.via)
        if item.heard is not None:
            heard = self._party(item.heard)
            via = (heard, *via) if heard.kind in _CARRIERS else via
        return Attribution(
            item.source, item.cue, item.content, party, via, self._quoted(item.content),
            item.found.denies, item.found.speech_act,
        )  # fmt: skip

    def _party(self, span: Span) -> Entity:
        return self.parties.resolve(span, recent=self.recent[-_REMEMBERED:])

    def _quoted(self, content: Sequence[Span]) -> Literal["direct", "indirect", "mixed"]:
        """Whether the content stands in quotation marks: wholly, partly, or not."""
        inside = sum(piece.overlap(q) for piece in content for q in self._near(piece))
        if inside == 0:
            return "indirect"
        return "direct" if 10 * inside >= 9 * sum(len(piece) for piece in content) else "mixed"

    def _near(self, piece: Span) -> Iterator[Quotation]:
        at = bisect.bisect_left(self.starts, piece.end) - 1
        while at >= 0 and self.quotations[at].end > piece.start:
            yield self.quotations[at]
            at -= 1
