"""One report as it was published: the text that every span points into."""

from __future__ import annotations

import bisect
import datetime
from collections.abc import Iterator

import msgspec

from onrecord.values.identity import content_id
from onrecord.values.span import Span


class Box(Span, frozen=True, gc=False):
    """Where a word of the text stands on a page of the original.

    Attributes:
        page: counted from 1.
        left, bottom, right, top: in points (1/72 inch) from the page's lower left corner, as PDF counts them.
    """

    page: int
    left: float
    bottom: float
    right: float
    top: float


class Document(msgspec.Struct, frozen=True):
    """A report. ``text`` never changes once a document exists.

    Attributes:
        text: the body; spans count its Unicode code points. The title is not part of it.
        id: as given with the input, else the hash of the content.
        title, publisher, url: as stated by the page or by the caller; ``None`` when unknown.
        published: the day of publication, the anchor for words like "last month".
        source: the input it was read from (a path, a URL, ``-``), for messages only.
        layout: where each word stands on the pages of a PDF, in the order of the text; empty for other originals.

    Raises:
        ValueError: if the text holds a lone surrogate, which no file can store as UTF-8.
    """

    text: str
    id: str = ""
    title: str | None = None
    publisher: str | None = None
    published: datetime.date | None = None
    url: str | None = None
    source: str | None = None
    layout: tuple[Box, ...] = ()

    def __post_init__(self) -> None:
        if not self.text.isascii():
            try:
                self.text.encode("utf-8")
            except UnicodeEncodeError as error:
                raise ValueError(f"the text holds a lone surrogate at {error.start}") from error
        if not self.id:
            msgspec.structs.force_setattr(self, "id", self.content_hash)

    @property
    def label(self) -> str:
        """What to call the report on a screen: its title, else the name of its file, else its id."""
        name = (self.source or "").rstrip("/").rpartition("/")[2]
        return self.title or (name if name and name != "-" else self.id)

    @property
    def content_hash(self) -> str:
        """The hash of everything that was published, whatever ``id`` the caller chose."""
        day = self.published.isoformat() if self.published else None
        return content_id("document", self.text, self.title, self.publisher, day, self.url)

    def boxes(self, span: Span) -> Iterator[Box]:
        """Where the words of ``span`` stand on the original's pages, a box for each line of print."""
        line: Box | None = None
        for box in self.layout[bisect.bisect_right(self.layout, span.start, key=_end) :]:
            if box.start >= span.end:
                break
            joined = _on_one_line(line, box) if line is not None else None
            if line is not None and joined is None:
                yield line
            line = joined or box
        if line is not None:
            yield line


def _end(box: Box) -> int:
    return box.end


def _on_one_line(line: Box, box: Box) -> Box | None:
    """Both boxes in one, when they stand on one line of print."""
    middle = (box.bottom + box.top) / 2
    if box.page != line.page or box.left < line.left or not line.bottom <= middle <= line.top:
        return None
    return Box(
        line.start, box.end, line.page,
        line.left, min(line.bottom, box.bottom), max(line.right, box.right), max(line.top, box.top),
    )  # fmt: skip
