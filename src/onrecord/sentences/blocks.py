"""A text cut into blocks small enough to parse with bounded memory."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.values import Span

LONGEST = 5_000
_PARAGRAPH = re.compile(r"[^\n]+")
_HEAD = 120
# A place in capitals, or one with its agency in brackets, or one before a long dash; then perhaps a day.
_DATELINE = re.compile(
    r"""\s*(?:
        [A-Z][A-Z.'’\-]+(?:[ /][A-Z][A-Z.'’\-]+){0,3} (?:,\s[\w. ,]{1,40})? (?:\s\([\w./& ]{1,30}\))? \s?(?:--|[-–—])
      | [A-Z][\w.'’]+(?:[ ][A-Z][\w.'’]+){0,3} (?:,\s[\w. ,]{1,40})? \s\([A-Z][\w./& ]{1,30}\) \s?(?:--|[-–—])
      | [A-Z][\w.'’]+(?:[ ][A-Z][\w.'’]+){0,3} (?:,\s[\w. ]{1,30})? \s(?:--|—)
    )\s+(?=[\w"“‘'«„$€£])""",
    re.VERBOSE,
)
# Where an overlong paragraph may be cut, best first: after a sentence, after a word, anywhere.
_CUTS = (re.compile(r"[.!?]['\"”’)]*\s"), re.compile(r"\s"))


def blocks(text: str, *, longest: int = LONGEST) -> Iterator[tuple[int, Span]]:
    """The paragraphs of ``text`` with their number, overlong ones in pieces of at most ``longest`` code points.

    A dateline ("KABUL, Oct 8 (AFP) -") is a block of its own, so that it is no part of the first sentence. Blocks come
    in order, never overlap, hold no line break and never end or begin with white space.
    """
    for number, match in enumerate(m for m in _PARAGRAPH.finditer(text) if not m.group().isspace()):
        start, end = match.span()
        if dateline := _DATELINE.match(text, start, min(end, start + _HEAD)):
            for span in _pieces(text, start, dateline.end(), longest):
                yield number, span
            start = dateline.end()
        for span in _pieces(text, start, end, longest):
            yield number, span


def _pieces(text: str, start: int, end: int, longest: int) -> Iterator[Span]:
    """``[start, end)`` in pieces without white space at their edges."""
    while start < end:
        stop = end if end - start <= longest else _cut(text, start, start + longest)
        piece = text[start:stop]
        lead = len(piece) - len(piece.lstrip())
        trail = len(piece) - len(piece.rstrip())
        if lead < len(piece):
            yield Span(start + lead, stop - trail)
        start = stop


def _cut(text: str, start: int, limit: int) -> int:
    """The best place in the second half of ``[start, limit)`` at which to cut."""
    middle = start + (limit - start) // 2
    for pattern in _CUTS:
        found = [m.end() for m in pattern.finditer(text, middle, limit)]
        if found:
            return found[-1]
    return limit
