"""Web archives (WARC, ISO 28500): the pages that a crawl fetched, each with its address, its moment and its headers.

Of a crawl most records are no reports: redirects, errors, pictures, scripts, style sheets, what was asked rather than
answered. These are passed over; a page that cannot be read is a failure.
"""

from __future__ import annotations

import datetime
import io
import zlib
from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeadersParserException

from onrecord.documents.options import MAX_FILE, PATH, Failure, failure, shown, too_large
from onrecord.documents.origin import Origin
from onrecord.documents.stream import Stream
from onrecord.values import DocumentError

_STEP = 65_536
_HEADERS = 1_000_000
_REPORTS = ("text/html", "application/xhtml", "text/plain", "application/pdf", "message/rfc822",
            "application/vnd.openxmlformats-officedocument.wordprocessingml")  # fmt: skip
_PRIVATE = ("set-cookie", "set-cookie2")
# What warcio raises on broken archives.
_BROKEN = (ArchiveLoadFailed, StatusAndHeadersParserException, ValueError, zlib.error, EOFError, LookupError,
           AttributeError, TypeError)  # fmt: skip


def records(stream: Stream, inside: Origin) -> Iterator[tuple[Origin, Stream] | Failure]:
    """The pages of a web archive; a ``Failure`` for each that cannot be read.

    Args:
        stream: the archive, unpacked.
        inside: where it comes from.

    Raises:
        DocumentError: if it is broken; what stands before the broken place has been given by then.
    """
    metered = _Metered(stream)
    found = 0
    try:
        metered.allow(_HEADERS)
        for record in ArchiveIterator(metered, check_digests=False):
            length = max(0, int(record.length or 0))
            metered.allow(length + _HEADERS)
            if _is_report(record):
                found += 1
                yield _read(record, inside)
            metered.allow(length + _HEADERS)
    except _BROKEN as error:
        told = " ".join(str(error).split())[:200] or type(error).__name__
        raise DocumentError(f"is a web archive that is broken after {found:,} pages ({told}); get it anew") from error


def _is_report(record: ArcWarcRecord) -> bool:
    """Whether a record is a page that was fetched, and perhaps a report."""
    uri = record.rec_headers.get_header("WARC-Target-URI") or ""
    if record.rec_type not in ("response", "resource") or not uri.lower().startswith(("http://", "https://")):
        return False
    headers = record.http_headers
    if record.rec_type == "response" and (headers is None or headers.get_statuscode() != "200"):
        return False
    kind = (headers or record.rec_headers).get_header("Content-Type") or ""
    return (not kind or kind.strip().lower().startswith(_REPORTS)) and not _address(uri).endswith("/robots.txt")


def _address(uri: str) -> str:
    try:
        return urlsplit(uri).path
    except ValueError:
        return ""


def _read(record: ArcWarcRecord, inside: Origin) -> tuple[Origin, Stream] | Failure:
    """The body of a page, with its transfer and content encodings undone."""
    # What an archive states may hold anything, lone surrogates and NULs among it.
    uri = shown(record.rec_headers.get_header("WARC-Target-URI").strip("<> "), limit=PATH)
    name = f"{inside.source}!{uri}"
    pieces: list[bytes] = []
    size = 0
    try:
        body = record.content_stream()
        while piece := body.read(_STEP):
            pieces.append(piece)
            size += len(piece)
            if size > MAX_FILE:
                return failure(name, too_large(None, MAX_FILE))
    except (zlib.error, ValueError, EOFError, OSError) as error:
        return failure(name, f"has a broken body ({' '.join(str(error).split())[:200]}); fetch it anew")
    headers = tuple(record.http_headers.headers) if record.http_headers is not None else ()
    whence = msgspec.structs.replace(
        inside,
        source=name,
        size=size,
        url=uri,
        charset=_charset(headers),
        fetched=_moment(record.rec_headers.get_header("WARC-Date")),
        headers=tuple((shown(k), shown(v, limit=PATH)) for k, v in headers if k.lower() not in _PRIVATE),
        listed=True,
    )
    return whence, Stream(io.BytesIO(b"".join(pieces)))


def _charset(headers: tuple[tuple[str, str], ...]) -> str | None:
    kind = next((value for name, value in headers if name.lower() == "content-type"), "")
    _, found, charset = kind.lower().partition("charset=")
    return shown(charset.split(";")[0].strip("\"' ")) or None if found else None


def _moment(stated: str | None) -> datetime.datetime | None:
    """The moment that a record states, in UTC; ``None`` when it states none."""
    try:
        moment = datetime.datetime.fromisoformat((stated or "").strip())
    except ValueError:
        return None
    return moment.replace(tzinfo=datetime.UTC) if moment.tzinfo is None else moment.astimezone(datetime.UTC)


class _Metered:
    """A stream that gives no more than it was last allowed, so that a header without an end is not held in memory."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._left = 0

    def allow(self, size: int) -> None:
        """Let ``size`` more bytes be read."""
        self._left = size + _STEP

    def read(self, size: int = -1) -> bytes:
        """The next bytes.

        Raises:
            DocumentError: if they go beyond what is allowed.
        """
        if self._left <= 0:
            raise DocumentError("is a web archive with a header of more than 1 MB; get it anew")
        found = self._stream.read(min(size if size >= 0 else _STEP, self._left))
        self._left -= len(found)
        return found

    def close(self) -> None:
        """Leave the stream to whoever opened it."""
