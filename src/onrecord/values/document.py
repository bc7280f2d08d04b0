"""One report as it was published: the text that every span points into."""

from __future__ import annotations

import datetime

import msgspec

from onrecord.values.identity import content_id


class Document(msgspec.Struct, frozen=True):
    """A report. ``text`` never changes once a document exists.

    Attributes:
        text: the body; spans count its Unicode code points. The title is not part of it.
        id: as given with the input, else the hash of the content.
        title, publisher, url: as stated by the page or by the caller; ``None`` when unknown.
        published: the day of publication, the anchor for words like "last month".
        source: the input it was read from (a path, a URL, ``-``), for messages only.

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
