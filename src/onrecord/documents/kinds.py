"""What bytes are, told by themselves and never by a name."""

from __future__ import annotations

import re
from typing import Literal

from onrecord.documents import binary, records
from onrecord.documents.options import MAX_BYTES, MAX_FILE
from onrecord.documents.stream import Stream
from onrecord.values.capture import CaptureKind

HEAD = 65_536
LISTS: tuple[CaptureKind, ...] = ("feed", "sitemap", "outline")
Container = Literal["zip", "gzip", "warc", "lines"]
_WORD = b"word/document.xml"
_LISTS = re.compile(
    r"\s*(?:<\?xml[^>]{0,400}>\s*|<!--.{0,4000}?-->\s*|<\?xml-stylesheet[^>]{0,400}>\s*"
    r"|<!doctype\s[^>\[]{0,400}>\s*)*"
    r"<(?:[a-z0-9]+:)?(?P<root>rss|feed|rdf|urlset|sitemapindex|opml)\b",
    re.IGNORECASE | re.DOTALL,
)
_ROOTS: dict[str, CaptureKind] = {
    "rss": "feed", "feed": "feed", "rdf": "feed", "urlset": "sitemap", "sitemapindex": "sitemap", "opml": "outline",
}  # fmt: skip
_ROOMY = (b"%PDF-", b"PK\x03\x04")
# Header fields of RFC 5322 that messages have and reports do not begin with.
_FIELD = re.compile(rb"(?P<name>[A-Za-z][A-Za-z0-9-]{0,60}):[^\r\n]{0,2000}\r?\n(?:[ \t][^\r\n]{0,2000}\r?\n){0,500}")
_TELLING = frozenset((b"received", b"return-path", b"message-id", b"mime-version", b"delivered-to"))
_USUAL = frozenset((b"from", b"to", b"date", b"subject"))
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org\\?/version\\?/')


def container_of(stream: Stream, *, name: str = "") -> Container | None:
    """What the coming bytes of ``stream`` hold many captures in; ``None`` when they are one. Nothing is consumed.

    Args:
        stream: the input.
        name: the file's name, which matters for JSON Lines with a broken first line alone.

    Raises:
        DocumentError: if they are of a well-known format that holds no report: an image, a program.
    """
    head = stream.peek(HEAD)
    if head.startswith(b"\x1f\x8b\x08"):
        return "gzip"
    if head.startswith(b"WARC/"):
        return "warc"
    binary.check_magic(head)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return None if _WORD in head else "zip"
    if records.layout_of(stream, name=name) == "lines" and not _JSON_FEED.search(head):
        return "lines"
    return None


def kind_of(data: bytes) -> CaptureKind:
    """What ``data``, all the bytes of one capture, is. What it might be but is not is "text", and fails as such."""
    head = data[:HEAD]
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "word"
    if records.layout_of(Stream.over(data)) is not None:
        return "feed" if _JSON_FEED.search(head) else "records"
    if found := _LISTS.match(head.decode("utf-8", "replace").removeprefix("\ufeff")):
        return _ROOTS[found["root"].lower()]
    return "mail" if is_mail(head) else "text"


def is_mail(head: bytes) -> bool:
    """Whether ``head``, the first bytes of an input, are the header of a message (RFC 5322).

    A report may begin with "From:" or "Date:" too; a message has at least two such fields, and one that only mail has.
    """
    names = set()
    place = 0
    while found := _FIELD.match(head, place):
        names.add(found["name"].lower())
        place = found.end()
    return bool(names & _TELLING) and len(names & (_TELLING | _USUAL)) > 1


def limit_of(head: bytes) -> int:
    """How many bytes a capture that begins with ``head`` may have."""
    return MAX_FILE if head.startswith(_ROOMY) or is_mail(head) else MAX_BYTES
