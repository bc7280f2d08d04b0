"""Web archives (WARC 1.0 and 1.1, ISO 28500): pages that a crawl fetched, each with its address, moment and headers.

Of a crawl most records are no reports: redirects, errors, pictures, scripts, style sheets, what was asked rather than
answered. These are passed over; a page that cannot be read is a failure. Records are read here and not by a library:
an archive is hostile, and what is known to read WARC holds a header without an end in memory, believes a length that
goes beyond the next record, and cannot go on behind a broken record.
"""

from __future__ import annotations

import datetime
import zlib
from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec

from onrecord.documents.options import MAX_FILE, PATH, Failure, failure, shown, too_large
from onrecord.documents.origin import Budget, Origin
from onrecord.documents.stream import Stream
from onrecord.values import DocumentError

_STEP = 65_536
_LINE, _LINES = 16_384, 1_000
_REPORTS = ("text/html", "application/xhtml", "text/plain", "application/pdf", "message/rfc822",
            "application/vnd.openxmlformats-officedocument.wordprocessingml")  # fmt: skip
_PRIVATE = ("set-cookie", "set-cookie2")
_Headers = tuple[tuple[str, str], ...]
_Page = tuple[Origin, Stream]


class _Record(msgspec.Struct, frozen=True):
    """The head of a record: its fields, and how many bytes its block has."""

    fields: _Headers
    length: int

    def field(self, name: str) -> str:
        """A field by its lower-case name; empty when there is none."""
        return _field(self.fields, name)


def records(
    stream: Stream, inside: Origin, budget: Budget, outermost: bool
) -> Iterator[tuple[Origin, Stream] | Failure]:
    """The pages of a web archive; a ``Failure`` for each, and for each record, that cannot be read.

    Args:
        stream: the archive, unpacked.
        inside: where it comes from.
        budget: what encoded bodies may unfold to.
        outermost: whether the archive's own bytes pay for that.

    Raises:
        DocumentError: if the stream itself breaks, or unfolds too far.
    """
    found = False
    while (first := _next(stream)) is not None:
        found = True
        try:
            record = _head(stream, first)
        except DocumentError as error:
            yield failure(inside.source, error)
            continue
        if outermost:
            budget.paid(record.length)
        if _is_report(record):
            page = _page(stream, record, inside, budget)
            if page is not None:
                yield page
        elif _skipped(stream, record.length) < record.length:
            yield failure(inside.source, "is a web archive that ends within a record; get it anew")
    if not found:
        yield failure(inside.source, "is a web archive without records; get it anew")


def _next(stream: Stream) -> bytes | None:
    """The next line that begins a record; ``None`` at the end. What stands before it belongs to none."""
    while True:
        line, size = stream.line(_LINE)
        if not size:
            return None
        if line.startswith(b"WARC/"):
            return line


def _head(stream: Stream, first: bytes) -> _Record:
    """The head of the record that begins with the line ``first``.

    Raises:
        DocumentError: if it is none.
    """
    fields = _fields(stream)
    length = _field(fields, "content-length").strip()
    if not (length.isascii() and length.isdigit() and len(length) < 16):
        name = _field(fields, "warc-target-uri") or first.decode("ascii", "replace").strip()
        raise DocumentError(f"has a broken record ({shown(name)}); get the archive anew")
    return _Record(fields, int(length))


def _fields(stream: Stream) -> _Headers:
    """Header fields up to the empty line; too long a line or too many lines end them.

    Raises:
        DocumentError: if there is no end.
    """
    found: list[tuple[str, str]] = []
    for _ in range(_LINES):
        line, size = stream.line(_LINE)
        if size > len(line):
            break
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if not text:
            return tuple(found)
        name, colon, value = text.partition(":")
        if text[0] in " \t" and found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {text.strip()}")
        elif colon:
            found.append((name.strip(), value.strip()))
    raise DocumentError("has a record with a header without end; get the archive anew")


def _is_report(record: _Record) -> bool:
    """Whether a record is what the web answered, or was kept as such."""
    uri = record.field("warc-target-uri").strip("<> ").lower()
    kind = record.field("warc-type").lower()
    return kind in ("response", "resource") and uri.startswith(("http://", "https://")) and not _is_robots(uri)


def _is_robots(uri: str) -> bool:
    try:
        return urlsplit(uri).path == "/robots.txt"
    except ValueError:
        return False


def _page(stream: Stream, record: _Record, inside: Origin, budget: Budget) -> _Page | Failure | None:
    """The page of a record, with its transfer and content encodings undone; ``None`` when it is no report."""
    uri = shown(record.field("warc-target-uri").strip("<> "), limit=PATH)
    name = f"{inside.source}!{uri}"
    block = stream.read(min(record.length, MAX_FILE + 1))
    rest = record.length - len(block)
    if len(block) > MAX_FILE:
        _skipped(stream, rest)
        return failure(name, too_large(record.length, MAX_FILE))
    if rest:
        return failure(name, "ends early, or states a wrong length; get the archive anew")
    try:
        answer = _answer(block, record)
        if answer is None:
            return None
        headers, body = answer[0], _decoded(answer[1], answer[0], budget)
    except (zlib.error, ValueError) as error:
        return failure(name, f"has a broken body ({shown(str(error))}); fetch it anew")
    whence = msgspec.structs.replace(
        inside,
        source=name,
        size=len(body),
        url=uri,
        charset=_charset(headers),
        fetched=_moment(record.field("warc-date")),
        headers=tuple((shown(k), shown(v, limit=PATH)) for k, v in headers if k.lower() not in _PRIVATE),
        listed=True,
    )
    return whence, Stream.over(body)


def _answer(block: bytes, record: _Record) -> tuple[_Headers, bytes] | None:
    """The headers and the body of an answer; ``None`` unless it is a page that was found and may be a report.

    Raises:
        ValueError: if it is no answer.
    """
    if record.field("warc-type").lower() == "resource":
        headers: _Headers = (("Content-Type", record.field("content-type")),)
        return (headers, block) if _is_readable(headers) else None
    stream = Stream.over(block)
    line, _ = stream.line(_LINE)
    status = line.split(None, 2)[1:2]
    if not line.startswith(b"HTTP/") or not status:
        raise ValueError("no answer of HTTP")
    try:
        headers = _fields(stream)
    except DocumentError as error:
        raise ValueError("headers without end") from error
    if status != [b"200"] or not _is_readable(headers):
        return None
    return headers, stream.read(len(block))


def _is_readable(headers: _Headers) -> bool:
    kind = _field(headers, "content-type").strip().lower()
    return not kind or kind.startswith(_REPORTS)


def _decoded(body: bytes, headers: _Headers, budget: Budget) -> bytes:
    """``body`` as it was before it was sent.

    Raises:
        ValueError: if its encoding is unknown or broken.
        zlib.error: if it is broken.
        DocumentError: if it unfolds too far.
    """
    if "chunked" in _field(headers, "transfer-encoding").lower():
        body = _joined(body)
    coding = _field(headers, "content-encoding").strip().lower()
    if coding in ("", "identity") or (coding in ("gzip", "x-gzip") and not body.startswith(b"\x1f\x8b")):
        return body  # some crawlers undo the encoding and keep the header
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise ValueError(f"compressed as {coding}, which is not read")
    return _inflated(body, 31 if "gzip" in coding else 15, budget)


def _inflated(body: bytes, window: int, budget: Budget) -> bytes:
    inflater = zlib.decompressobj(wbits=window)
    pieces: list[bytes] = []
    left = body
    while not inflater.eof:
        piece = inflater.decompress(left, _STEP)
        left = inflater.unconsumed_tail
        if not piece and not left:
            raise ValueError("ends early")
        budget.spend(len(piece))
        pieces.append(piece)
    return b"".join(pieces)


def _joined(body: bytes) -> bytes:
    """The chunks of a body, one after the other (RFC 9112, section 7.1); one that is not in chunks stays as it is."""
    stream = Stream.over(body)
    pieces: list[bytes] = []
    while True:
        line, _ = stream.line(_LINE)
        size = line.split(b";")[0].strip()
        if not pieces and not _is_hex(size):
            return body
        if not _is_hex(size):
            raise ValueError("a broken chunk")
        if not int(size, 16):
            return b"".join(pieces)
        pieces.append(stream.read(int(size, 16)))
        stream.line(_LINE)


def _is_hex(size: bytes) -> bool:
    return 0 < len(size) < 9 and not set(size.lower()) - set(b"0123456789abcdef")


def _skipped(stream: Stream, size: int) -> int:
    """Pass over ``size`` bytes; how many there were."""
    done = 0
    while done < size and (piece := stream.read(min(_STEP, size - done))):
        done += len(piece)
    return done


def _field(fields: _Headers, name: str) -> str:
    return next((value for key, value in fields if key.lower() == name), "")


def _charset(headers: _Headers) -> str | None:
    _, found, charset = _field(headers, "content-type").lower().partition("charset=")
    return shown(charset.split(";")[0].strip("\"' ")) or None if found else None


def _moment(stated: str) -> datetime.datetime | None:
    """The moment that a record states, in UTC; ``None`` when it states none."""
    try:
        moment = datetime.datetime.fromisoformat(stated.strip())
        return moment.replace(tzinfo=datetime.UTC) if moment.tzinfo is None else moment.astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        return None
