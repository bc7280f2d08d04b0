"""Places in a document's text.

Every offset in onrecord counts Unicode code points of ``Document.text``, half-open: ``text[start:end]``.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec


class Span(msgspec.Struct, frozen=True, order=True):
    """A half-open place ``[start, end)`` in a text, in Unicode code points.

    Raises:
        ValueError: if ``start`` is negative or ``end`` lies before ``start``.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, not [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        """True: an empty place is a place, and ``if claim.source`` asks whether there is one."""
        return True

    @property
    def place(self) -> Span:
        """The bare span, without whatever a subclass adds to it."""
        return Span(self.start, self.end)

    def cut(self, text: str) -> str:
        """The words of ``text`` that this span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlap(self, other: Span) -> int:
        """How many code points the two spans share."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


class Quote(Span, frozen=True, order=True):
    """A span together with the exact words it covers: ``document.text[start:end] == text``.

    Raises:
        ValueError: if the words are not as long as the span.
    """

    text: str

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self.text) != self.end - self.start:
            raise ValueError(f"a span of {self.end - self.start} cannot hold the words {self.text!r}")


def quote(span: Span, text: str) -> Quote:
    """The words of ``text`` at ``span``, with their place.

    Raises:
        ValueError: if the span reaches beyond the text.
    """
    return Quote(span.start, span.end, span.cut(text))


def hull(spans: Iterable[Span]) -> Span:
    """The smallest span that covers all of ``spans``.

    Raises:
        ValueError: if there are none.
    """
    found = list(spans)
    if not found:
        raise ValueError("no spans, so nothing to cover")
    return Span(min(s.start for s in found), max(s.end for s in found))
