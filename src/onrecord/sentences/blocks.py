"""A text cut into blocks small enough to parse with bounded memory."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.values import Span

LONGEST = 5_000
_PARAGRAPH = re.compile(r"[^\n]+")
# Where an overlong paragraph may be cut, best first: after a sentence, after a word, anywhere.
_CUTS = (re.compile(r"[.!?]['\"”’)]*\s"), re.compile(r"\s"))


def blocks(text: str, *, longest: int = LONGEST) -> Iterator[tuple[int, Span]]:
    """The paragraphs of ``text`` with their number, overlong ones in pieces of at most ``longest`` code points.

    Blocks come in order, never overlap, hold no line break and never end or begin with white space.
    """
    for number, match in enumerate(m for m in _PARAGRAPH.finditer(text) if not m.group().isspace()):
        start, end = match.span()
        while start < end:
            stop = end if end - start <= longest else _cut(text, start, start + longest)
            piece = text[start:stop]
            lead = len(piece) - len(piece.lstrip())
            trail = len(piece) - len(piece.rstrip())
            if lead < len(piece):
                yield number, Span(start + lead, stop - trail)
            start = stop


def _cut(text: str, start: int, limit: int) -> int:
    """The best place in the second half of ``[start, limit)`` at which to cut."""
    middle = start + (limit - start) // 2
    for pattern in _CUTS:
        found = [m.end() for m in pattern.finditer(text, middle, limit)]
        if found:
            return found[-1]
    return limit
