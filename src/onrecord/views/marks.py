"""Cutting a text into segments, so that overlapping and nested claims can be shown in it.

The text is cut at every place where a claim's evidence, source, cue or figure begins or ends, and at the blank lines
between paragraphs. Each segment belongs to one owner (the claim that a click on it means) and knows its kinds; a claim
names its segments by their first and last number. So the page stays linear in text and claims, however they overlap.
"""

from __future__ import annotations

import heapq
import re
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Iterator, Sequence

import msgspec

from onrecord.values import Claim, Span

KINDS = ("evidence", "figure", "source", "cue")
_RANK = {"figure": 0, "evidence": 1, "source": 2, "cue": 2}
_BLANK_LINES = re.compile(r"\n{2,}")


class Segment(msgspec.Struct, frozen=True):
    """A piece of a paragraph that no boundary cuts.

    Attributes:
        text: its words, unchanged.
        number: counts the segments that belong to a claim; ``None`` for the others.
        owner: index of the claim that it stands for: the one whose figure it is, else that of the shortest evidence.
        kinds: what it is to the claims it belongs to, in the order of ``KINDS``.
        begins: indexes of the claims whose evidence begins here.
    """

    text: str
    number: int | None = None
    owner: int | None = None
    kinds: tuple[str, ...] = ()
    begins: tuple[int, ...] = ()


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph and the line feeds after it; all segments and line feeds together are the document's text."""

    segments: tuple[Segment, ...]
    after: str = ""


class Mark(Span, frozen=True):
    """One place of one claim, with what it is to the claim."""

    kind: str
    claim: int


class Cut(msgspec.Struct, frozen=True):
    """A text in segments, and per claim its places: kind, first and last segment number."""

    paragraphs: tuple[Paragraph, ...]
    places: tuple[tuple[tuple[str, int, int], ...], ...]


def cut(text: str, claims: Sequence[Claim]) -> Cut:
    """Cut ``text`` for ``claims``; takes O(n log n) of their number and is linear in the text."""
    marks = sorted(mark for index, claim in enumerate(claims) for mark in _marks(index, claim))
    paragraphs = list(_paragraphs(text))
    edges = {edge for mark in marks for edge in (mark.start, mark.end)}
    edges |= {edge for start, end, _ in paragraphs for edge in (start, end)}
    cuts = sorted(edges)
    sweep = _Sweep(text, marks, claims)
    made, at = [], 0
    for start, end, after in paragraphs:
        while cuts[at] < start:
            at += 1
        segments = []
        while cuts[at] < end:
            segments.append(sweep.segment(cuts[at], cuts[at + 1]))
            at += 1
        made.append(Paragraph((*segments, *sweep.rest(end)) if end == len(text) else tuple(segments), after))
    return Cut(tuple(made), tuple(sweep.places(len(claims))))


class _Sweep:
    """Goes once over the text, from edge to edge, with the marks that are open there."""

    def __init__(self, text: str, marks: Sequence[Mark], claims: Sequence[Claim]) -> None:
        self.text = text
        self.marks = marks
        self.coming = deque(marks)
        self.anchors = deque(sorted((claim.evidence.start, index) for index, claim in enumerate(claims)))
        self.owners: list[tuple[int, int, int, int]] = []  # heap of rank, length, claim, end
        self.ends: list[tuple[int, str]] = []  # heap
        self.open: Counter[str] = Counter()
        self.starts: list[int] = []  # of the numbered segments

    def segment(self, start: int, end: int) -> Segment:
        """The piece from one edge to the next."""
        self._open_and_close(start)
        words, begins = self.text[start:end], self._begins(start)
        if not self.owners:
            return Segment(words, begins=begins)
        self.starts.append(start)
        kinds = tuple(kind for kind in KINDS if self.open[kind])
        return Segment(words, len(self.starts) - 1, self.owners[0][2], kinds, begins)

    def rest(self, end: int) -> Iterator[Segment]:
        """An empty segment for claims whose evidence begins where the text ends."""
        if begins := self._begins(end):
            yield Segment("", begins=begins)

    def places(self, count: int) -> Iterator[tuple[tuple[str, int, int], ...]]:
        """For each of ``count`` claims: kind, first and last segment of each of its marks."""
        found: list[list[tuple[str, int, int]]] = [[] for _ in range(count)]
        for mark in self.marks:
            first, last = bisect_left(self.starts, mark.start), bisect_left(self.starts, mark.end) - 1
            if first <= last:
                found[mark.claim].append((mark.kind, first, last))
        return (tuple(places) for places in found)

    def _open_and_close(self, at: int) -> None:
        while self.coming and self.coming[0].start <= at:
            mark = self.coming.popleft()
            heapq.heappush(self.owners, (_RANK[mark.kind], len(mark), mark.claim, mark.end))
            heapq.heappush(self.ends, (mark.end, mark.kind))
            self.open[mark.kind] += 1
        while self.ends and self.ends[0][0] <= at:
            self.open[heapq.heappop(self.ends)[1]] -= 1
        while self.owners and self.owners[0][3] <= at:
            heapq.heappop(self.owners)

    def _begins(self, at: int) -> tuple[int, ...]:
        begins = []
        while self.anchors and self.anchors[0][0] <= at:
            begins.append(self.anchors.popleft()[1])
        return tuple(begins)


def _marks(index: int, claim: Claim) -> Iterator[Mark]:
    """The places of a claim that are shown; what has no words of its own has no place."""
    said: list[tuple[str, Span | None]] = [("evidence", claim.evidence), ("figure", claim.quantity)]
    said += [("source", claim.source), ("cue", claim.cue), *(("source", party) for party in claim.via)]
    for kind, span in said:
        if span is not None and span.start < span.end:
            yield Mark(span.start, span.end, kind, index)


def _paragraphs(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and the line feeds after it, for each paragraph."""
    start = 0
    for gap in _BLANK_LINES.finditer(text):
        yield start, gap.start(), gap[0]
        start = gap.end()
    yield start, len(text), ""
