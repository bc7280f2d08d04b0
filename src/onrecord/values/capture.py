"""The bytes of one report as they were met, before anything is read from them."""

from __future__ import annotations

import datetime
import hashlib
from typing import Literal

import msgspec

CaptureKind = Literal["text", "record", "records", "pdf", "word", "mail", "feed", "sitemap", "outline"]


UPLOAD = "upload:"  # begins the source of what was handed over and lies nowhere


class Capture(msgspec.Struct, frozen=True, kw_only=True):
    """What was met at one address at one time. The bytes are kept, so that every quote can be proved by them.

    Attributes:
        source: where it was met, for messages: a path, a URL, ``archive.zip!member``, ``-``,
            ``upload:`` with a hash and a name.
        body: the bytes; for a line of JSON Lines that line alone.
        kind: what the bytes are, recognised by themselves: "text" is plain text or HTML, "record" one JSON object of
            a JSON Lines file, "records" a JSON object or an array of them.
        url: the address it was fetched from, after redirects; ``None`` for a file.
        charset: the character set that the server states, if any.
        fetched: when it was fetched, in UTC, for a web page or a record of a web archive; ``None`` for a file.
        headers: those of the server's answer, in its order.
        line: the line of a JSON Lines file, counted from 1.
    """

    source: str
    body: bytes
    kind: CaptureKind = "text"
    url: str | None = None
    charset: str | None = None
    fetched: datetime.datetime | None = None
    headers: tuple[tuple[str, str], ...] = ()
    line: int | None = None

    @property
    def hash(self) -> str:
        """SHA-256 of the bytes, in lower-case hex."""
        return hashlib.sha256(self.body).hexdigest()
