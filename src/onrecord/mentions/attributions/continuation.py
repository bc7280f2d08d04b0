"""What a cue attributes beyond its own sentence: long quotations, quotations without a cue, lists, further sentences.

The conventions are those of news prose: a quotation that follows an attributed sentence has the same speaker; the
points of a list belong to whoever the line above it names.
"""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence

import msgspec

from onrecord.mentions.attributions.elaboration import elaborates
from onrecord.mentions.attributions.found import Placed
from onrecord.values import Quotation, Reading, Sentence, Span

_BULLETS = ("-", "–", "—", "•", "*", "·", "▪", "●", "►", "◦")


def continued(reading: Reading, placed: Sequence[Placed]) -> list[Placed]:
    """``placed`` with long quotations made whole, and one more for every sentence that inherits its speaker."""
    whole, long = _whole(reading, placed)
    own: dict[int, list[Placed]] = {}
    for item in whole:
        own.setdefault(item.found.sentence, []).append(item)
    walk = _Walk(reading, own, long)
    out: list[Placed] = []
    for index, sentence in enumerate(reading.sentences):
        mine = own.get(index, [])
        out += [p for p in mine if p.content]
        heir = walk.step(index, sentence)
        if heir is not None:
            out.append(heir)
    return out


def _whole(reading: Reading, placed: Sequence[Placed]) -> tuple[list[Placed], list[Quotation]]:
    """Contents that hold part of a quotation get the rest of it, wherever it stands; and which quotations those are."""
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
    return out, [quotations[at] for at in sorted(taken)]


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

    def __init__(self, reading: Reading, own: Mapping[int, Sequence[Placed]], long: Sequence[Quotation]) -> None:
        self.text = reading.document.text
        self.sentences = reading.sentences
        self.quotations = reading.mentions.quotations
        self.starts = [q.start for q in self.quotations]
        self.long = long
        self.long_starts = [q.start for q in long]
        self.own = own
        self.last: Placed | None = None
        self.heading: Placed | None = None
        self.paragraph = -1
        self.place = -1

    def step(self, index: int, sentence: Sentence) -> Placed | None:
        """What the sentence inherits, if anything."""
        mine = self.own.get(index, ())
        new = sentence.paragraph != self.paragraph
        if new and not self.text.startswith(_BULLETS, sentence.start):
            self.heading = None
        self.paragraph = sentence.paragraph
        heir = None
        if not mine and not self._spoken_for(sentence):
            speaker = self._speaker(index, sentence, new)
            heir = _heir(speaker, sentence) if speaker is not None else None
        self._remember(index, sentence, mine, heir)
        return heir

    def _spoken_for(self, sentence: Sentence) -> bool:
        """Whether the sentence stands in a quotation that somebody's cue elsewhere attributes."""
        at = bisect.bisect_right(self.long_starts, sentence.start) - 1
        return at >= 0 and self.long[at].end >= sentence.end

    def _speaker(self, index: int, sentence: Sentence, new: bool) -> Placed | None:
        """Whoever speaks in a sentence without a cue; ``None`` for the reporter."""
        if self.heading is not None:
            return self.heading
        share = self._quoted(sentence)
        if share >= 0.5:
            return (self._ahead(index, sentence) if new else None) or self.last
        near = not new and index == self.place + 1
        return self.last if not new and (share > 0 or (near and elaborates(sentence))) else None

    def _ahead(self, index: int, sentence: Sentence) -> Placed | None:
        """Who is named right after the quotation, in the same paragraph: "A. B." "C," said X."""
        for later in range(index + 1, min(index + 3, len(self.sentences))):
            if self.sentences[later].paragraph != sentence.paragraph:
                return None
            for item in self.own.get(later, ()):
                if item.source and item.found.mode == "aside":
                    return item
        return None

    def _remember(self, index: int, sentence: Sentence, mine: Sequence[Placed], heir: Placed | None) -> None:
        speaking = [p for p in mine if p.source and p.found.rule != "adverb"]
        if speaking:
            self.last = max(speaking, key=lambda p: sum(len(s) for s in p.content))
        if speaking or heir is not None:
            self.place = index
        if sentence.tokens and sentence.tokens[-1].text == ":":
            self.heading = speaking[-1] if speaking else heir

    def _quoted(self, sentence: Sentence) -> float:
        """Which share of the sentence stands in quotation marks."""
        at = bisect.bisect_left(self.starts, sentence.end) - 1
        inside = 0
        while at >= 0 and self.quotations[at].end > sentence.start:
            inside += self.quotations[at].overlap(Span(sentence.start, sentence.end))
            at -= 1
        return inside / max(1, sentence.end - sentence.start)


def _heir(item: Placed, sentence: Sentence) -> Placed:
    last = sentence.tokens[-1]
    end = last.start if last.text in (".", ":", ";") and last.start > sentence.start else sentence.end
    return msgspec.structs.replace(item, content=(Span(sentence.start, end),), inherited=True)
