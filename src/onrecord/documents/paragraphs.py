"""Lines of print become paragraphs: what a page's look says about where one ends.

A line ends its paragraph when the next stands further below than lines usually do, or is set in another size; when it
ends a sentence and the next is indented; or when the next line's first word would have fitted on it. A paragraph runs
on over a column or a page when its last line there is full and ends no sentence. Running heads and page numbers go.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from onrecord.documents.titles import plain

_EDGE = 0.15  # of a page's height: where running heads stand
_GRID = 4.0  # points
_CELL = 2.0  # line heights between two cells of a table
_WIDER = 1.25  # times the usual distance of two lines
_REACH = 3.0  # line heights; what stands further below is another block
_INDENT = 0.7  # line heights
_SIZE = 1.15
_SPACE = 0.25  # line heights, about
_ROOM = 0.35  # of a block's width: a line this much shorter is a heading or an item
_DIGITS = re.compile(r"\d+")
_ENDS = re.compile(r"[.!?:…][\"'”’»)\]\d]*$")
_BULLET = re.compile(r"[•▪●◦‣■□*·]$")
_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)]$")
_WORD = re.compile(r"\w+(?:[-’']\w+)*")
# What stands before or after a hyphen that is no typesetter's.
_FIRST = frozenset((
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "one", "two", "three", "four",
    "five", "six", "seven", "eight", "nine", "ten", "half", "anti", "non", "ex", "self", "pro", "semi", "multi",
    "mid", "vice", "counter", "all", "well", "long", "short", "high", "low", "north", "south", "east", "west",
))  # fmt: skip
_LAST = frozenset((
    "aligned", "armed", "backed", "based", "born", "built", "called", "controlled", "day", "designed", "fire",
    "fired", "general", "held", "hour", "kilometre", "launched", "led", "like", "long", "made", "member", "mile",
    "minute", "month", "occupied", "old", "owned", "person", "produced", "range", "related", "round", "run", "scale",
    "speaking", "strong", "style", "supplied", "term", "time", "trained", "week", "wide", "year",
))  # fmt: skip


class Word(NamedTuple):
    """A word of print and its box, in points from the lower left corner of its page."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


class Line(NamedTuple):
    """A line of print.

    Attributes:
        page: counted from 1.
        words: at least one.
        broken: whether a hyphen stood at its end that may be the typesetter's; it is not part of the last word.
    """

    page: int
    words: tuple[Word, ...]
    broken: bool = False

    @property
    def left(self) -> float:
        """Its left edge."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.words[-1].right

    @property
    def bottom(self) -> float:
        """The lower edge of its first word, below the baseline by the same for each line in one font."""
        return self.words[0].bottom

    @property
    def height(self) -> float:
        """The height of its first word, never 0."""
        return max(self.words[0].top - self.words[0].bottom, 0.1)

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(word.text for word in self.words)


class _Flow(NamedTuple):
    """A line, and the edges of the block of lines it stands in."""

    line: Line
    block: int
    left: float
    right: float
    lines: int


def without_running(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> Iterator[Line]:
    """The lines of all pages but what repeats at the top or bottom of more than half of them, digits apart.

    Args:
        pages: the lines of each page.
        heights: of the pages, in points.
    """
    repeated: set[tuple[str, int]] = set()
    if len(pages) > 2:
        seen = Counter(
            key
            for lines, height in zip(pages, heights, strict=True)
            for key in {key for line in lines for key in _places(line, height)}
        )
        repeated = {key for key, count in seen.items() if count * 2 > len(pages)}
    for lines, height in zip(pages, heights, strict=True):
        yield from (line for line in lines if repeated.isdisjoint(_places(line, height)))


def _places(line: Line, height: float) -> tuple[tuple[str, int], ...]:
    """What is said at which height, on two grids so that one of them has no edge between near heights."""
    if _EDGE * height < line.bottom < (1 - _EDGE) * height:
        return ()
    said = _DIGITS.sub("0", line.text.casefold())
    return (said, 2 * round(line.bottom / _GRID)), (said, 2 * round(line.bottom / _GRID + 0.5) + 1)


def paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of each paragraph, in order."""
    flows = list(_flows(lines))
    usual = _usual(flows)
    paragraph: list[Line] = []
    before: _Flow | None = None
    for flow in flows:
        if before is not None and _apart(before, flow, usual):
            yield paragraph
            paragraph = []
        paragraph.append(flow.line)
        before = flow
    if paragraph:
        yield paragraph


def cells(line: Line) -> Iterator[tuple[Word, ...]]:
    """The words of each cell, when the line is the row of a table; all of them when it is none."""
    start = 0
    for i, (before, word) in enumerate(pairwise(line.words), 1):
        item = i == 1 and (_BULLET.match(before.text) or _NUMBER.match(before.text))
        if word.left - before.right > _CELL * line.height and not item:
            yield line.words[start:i]
            start = i
    yield line.words[start:]


def known_words(lines: Sequence[Line]) -> frozenset[str]:
    """The words that stand unbroken in ``lines``, in lower case; compounds with their hyphen, and their parts."""
    known = set()
    for line in lines:
        whole = line.words[:-1] if line.broken else line.words
        known.update(_WORD.findall(" ".join(word.text for word in whole).casefold()))
    return frozenset(known)


def hyphen_between(before: str, after: str, known: frozenset[str]) -> bool:
    """Whether the hyphen after ``before``, at the end of a line, is the writer's and stays.

    What the document itself writes elsewhere decides; then that compounds join words which stand alone elsewhere.
    """
    first, second = _WORD.findall(before.casefold())[-1:], _WORD.findall(after.casefold())[:1]
    if not first or not second or not after[0].islower() or "-" in first[0]:
        return True
    if f"{first[0]}-{second[0]}" in known:
        return True
    if first[0] + second[0] in known:
        return False
    return first[0] in _FIRST or second[0] in _LAST or not first[0].isalpha() or {first[0], second[0]} <= known


def _flows(lines: Sequence[Line]) -> Iterator[_Flow]:
    """The lines with the edges of their blocks: what stands closely below each other on one page."""
    start = number = 0
    for end in range(1, len(lines) + 1):
        if end == len(lines) or not _below(lines[end - 1], lines[end]):
            block = lines[start:end]
            left, right = min(line.left for line in block), max(line.right for line in block)
            yield from (_Flow(line, number, left, right, len(block)) for line in block)
            start, number = end, number + 1


def _below(above: Line, line: Line) -> bool:
    step = above.bottom - line.bottom
    level = above.page == line.page and 0 < step < _REACH * max(above.height, line.height)
    return level and line.left < above.right and above.left < line.right


def _usual(flows: Sequence[_Flow]) -> float:
    """How far lines of one paragraph usually stand below each other, in line heights."""
    steps = sorted(
        (a.line.bottom - b.line.bottom) / a.line.height
        for a, b in pairwise(flows)
        if a.block == b.block and _alike(a.line, b.line)
    )
    return steps[len(steps) // 4] if steps else 1.0


def _alike(a: Line, b: Line) -> bool:
    return max(a.height, b.height) < _SIZE * min(a.height, b.height)


def _apart(before: _Flow, flow: _Flow, usual: float) -> bool:
    """Whether a paragraph ends between the two."""
    a, b = before.line, flow.line
    if not _alike(a, b) or _BULLET.match(b.words[0].text) or len([*cells(a)]) > 1 or len([*cells(b)]) > 1:
        return True
    ends = not a.broken and bool(_ENDS.search(a.words[-1].text))
    room = before.right - a.right - (b.words[0].right - b.words[0].left) - _SPACE * a.height
    if before.block != flow.block:
        onward = b.page > a.page or b.bottom > a.bottom
        return not onward or ends or not (a.broken or b.words[0].text[0].islower() or (before.lines > 2 and room < 0))
    if a.bottom - b.bottom > _WIDER * usual * a.height:
        return True
    if ends:
        return room > 0 or bool(_NUMBER.match(b.words[0].text)) or b.left > a.left + _INDENT * a.height
    return not a.broken and room > _ROOM * (before.right - before.left)


def same_words(paragraph: Sequence[Line], title: str | None) -> bool:
    """Whether a paragraph only repeats the title."""
    return title is not None and plain(" ".join(line.text for line in paragraph)) == plain(title)
