"""What a cue attributes beyond its own sentence: long quotations, quotations without a cue, lists, further sentences.

The conventions are those of news prose: a quotation that follows an attributed sentence has the same speaker; the
points of a list belong to whoever the line above it names.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence

import msgspec

from onrecord.mentions.attributions.found import Placed
from onrecord.mentions.attributions.manner import goes_on
from onrecord.values import Quotation, Reading, Sentence, Span

_BULLETS = ("-", "–", "—", "•", "*", "·", "▪", "●", "►", "◦")


def continued(reading: Reading, placed: Sequence[Placed]) -> list[Placed]:
    """``placed`` with long quotations made whole, and one more for every sentence that inherits its speaker."""
    whole = _whole(reading, placed)
    own: dict[int, list[Placed]] = {}
    for item in whole:
        own.setdefault(item.found.sentence, []).append(item)
    walk = _Walk(reading)
    out: list[Placed] = []
    for index, sentence in enumerate(reading.sentences):
        mine = own.get(index, [])
        out += [p for p in mine if p.content]
        heir = walk.step(index, sentence, mine)
        if heir is not None:
            out.append(heir)
    return out


def _whole(reading: Reading, placed: Sequence[Placed]) -> list[Placed]:
    """Contents that hold part of a quotation get the rest of it, in whatever sentences that stands."""
    quotations = reading.mentions.quotations
    starts = [q.start for q in quotations]
    taken: set[int] = set()
    out = []
    for item in placed:
        pieces = list(item.content)
        sentence = reading.sentences[item.found.sentence]
        for at in _touched(quotations, starts, item.content):
            quotation = quotations[at]
            beyond = quotation.start < sentence.start or quotation.end > sentence.end
            if not beyond or at in taken or any(c.overlap(quotation) for c in item.cue):
                continue
            taken.add(at)
            pieces = _joined(pieces, quotation)
        out.append(msgspec.structs.replace(item, content=tuple(pieces)) if pieces != list(item.content) else item)
    return out


def _touched(quotations: Sequence[Quotation], starts: Sequence[int], content: Sequence[Span]) -> list[int]:
    """The quotations that share words with the content."""
    found = []
    for piece in content:
        at = bisect.bisect_left(starts, piece.end) - 1
        while at >= 0 and quotations[at].end > piece.start:
            found.append(at)
            at -= 1
    return sorted(set(found))


def _joined(pieces: list[Span], quotation: Quotation) -> list[Span]:
    """The pieces with the quotation, overlapping ones made one."""
    merged: list[Span] = []
    for piece in sorted([*pieces, quotation.place]):
        if merged and piece.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, piece.end))
        else:
            merged.append(piece)
    return merged


class _Walk:
    """Goes through the sentences in order and remembers who spoke last, and which line heads a list."""

    def __init__(self, reading: Reading) -> None:
        self.text = reading.document.text
        self.quotations = reading.mentions.quotations
        self.starts = [q.start for q in self.quotations]
        self.last: Placed | None = None
        self.place = -1
        self.paragraph = -1
        self.heading: Placed | None = None
        self.covered = 0

    def step(self, index: int, sentence: Sentence, mine: Sequence[Placed]) -> Placed | None:
        """What the sentence inherits, if anything."""
        new = sentence.paragraph != self.paragraph
        bullet = new and self.text.startswith(_BULLETS, sentence.start)
        if new and not bullet:
            self.heading = self.heading if self.heading and self._below(sentence) else None
        self.paragraph = sentence.paragraph
        heir = None
        if not mine and sentence.start >= self.covered:
            heir = self._inherit(sentence, new)
        self._remember(index, sentence, mine)
        return heir

    def _below(self, sentence: Sentence) -> bool:
        """Whether the sentence may still belong to the list under the heading: list lines are short."""
        return False

    def _inherit(self, sentence: Sentence, new: bool) -> Placed | None:
        if self.heading is not None:
            return _heir(self.heading, sentence)
        if self.last is None:
            return None
        share = self._quoted(sentence)
        if share >= 0.5:
            return _heir(self.last, sentence)
        if not new and goes_on(sentence, self.last, self.text, share > 0):
            return _heir(self.last, sentence)
        return None

    def _remember(self, index: int, sentence: Sentence, mine: Sequence[Placed]) -> None:
        speaking = [p for p in mine if p.source and p.found.rule not in ("adverb",)]
        if speaking:
            self.last = speaking[-1]
            self.place = index
            self.covered = max(self.covered, *(s.end for p in speaking for s in p.content or p.cue))
            if self.text[sentence.start : sentence.end].rstrip().endswith(":"):
                self.heading = speaking[-1]

    def _quoted(self, sentence: Sentence) -> float:
        """Which share of the sentence stands in quotation marks."""
        at = bisect.bisect_left(self.starts, sentence.end) - 1
        inside = 0
        while at >= 0 and self.quotations[at].end > sentence.start:
            inside += self.quotations[at].overlap(Span(sentence.start, sentence.end))
            at -= 1
        return inside / max(1, sentence.end - sentence.start)


def _heir(item: Placed, sentence: Sentence) -> Placed:
    return msgspec.structs.replace(item, content=(Span(sentence.start, sentence.end),), inherited=True)
