"""Every kind of input, told apart by content, becomes documents and failures; one failure never stops the rest."""

from __future__ import annotations

import io
import os
import re
import stat
import sys
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from onrecord.documents import binary, clean, records
from onrecord.documents.options import (
    MAX_BYTES,
    REMEDY,
    Failure,
    Options,
    check_text,
    failure,
    shown,
    too_large,
)
from onrecord.documents.stream import Stream
from onrecord.values import Document, DocumentError

_HEAD = 65_536
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_LEAD = r"\s*(?:<!--.{0,4000}?-->\s*|<\?xml[^>]{0,400}>\s*)*"
_PAGE = re.compile(
    _LEAD + r"<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|article|main|section|header|nav|div|p|"
    r"h[1-6]|span|table|figure|blockquote|ul|ol|center|font|a|b|i|em|strong)\b[^<]{0,4000}>",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(r"\s*<\?xml|\s*<(?:rss|feed|svg|urlset)\b")
_DOCTYPE = re.compile(r"\s*<!doctype\s+html", re.IGNORECASE)


class _Origin(msgspec.Struct, frozen=True):
    """Where bytes come from: ``size`` when known before reading, ``charset`` and ``url`` when fetched."""

    source: str
    size: int | None = None
    charset: str | None = None
    url: str | None = None


def read(source: str, options: Options, *, stdin: BinaryIO | None = None) -> Iterator[Document | Failure]:
    """The documents that ``source`` holds, in order, and a failure for whatever is no report.

    Args:
        source: a file, a folder (walked in the order of names, hidden files left out), an http or https URL,
            or ``-`` for standard input.
        options: what the caller says about the input.
        stdin: read for ``-``; by default the process's own.

    Yields:
        Documents as they are read, so that a JSON Lines file may be larger than memory; a ``Failure`` in its place
        for each file or line that cannot be read as a report.
    """
    try:
        if source == "-":
            yield from _read_stream(Stream(stdin or sys.stdin.buffer), _Origin("-"), options)
        elif _URL.match(source):
            yield from _read_url(source, options)
        elif os.path.isdir(source):
            yield from _read_folder(source, options)
        else:
            yield from _read_file(source, options)
    except DocumentError as error:
        yield failure(source, error)
    except OSError as error:
        yield failure(source, _told(error))


def _read_folder(folder: str, options: Options) -> Iterator[Document | Failure]:
    """Every file below ``folder`` that is not hidden, nor in a hidden folder."""
    empty = True
    problems: list[OSError] = []
    for here, folders, files in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for link in [name for name in folders if os.path.islink(os.path.join(here, name))]:
            yield failure(os.path.join(here, link), "is a link to a folder; give that folder itself")
            empty = False
        for name in sorted(name for name in files if not name.startswith(".")):
            empty = False
            path = os.path.join(here, name)
            if os.path.realpath(path) == options.skip:
                continue
            try:
                yield from _read_file(path, options, regular=True)
            except DocumentError as error:
                yield failure(path, error)
            except OSError as error:
                yield failure(path, _told(error))
    for problem in problems:
        yield failure(str(problem.filename), _told(problem))
    if empty and not problems:
        yield failure(folder, f"the folder holds no files; {REMEDY}")


def _read_file(path: str, options: Options, *, regular: bool = False) -> Iterator[Document | Failure]:
    """The documents of one file; ``regular`` refuses pipes and devices, which could block for ever."""
    if not path or "\x00" in path:
        raise DocumentError("is no path; give a file, a folder, a URL, or - for standard input")
    if regular and not stat.S_ISREG(os.stat(path).st_mode):
        raise DocumentError("is not a regular file; give it by itself if it should be read")
    with open(path, "rb") as file:
        status = os.fstat(file.fileno())
        size = status.st_size if stat.S_ISREG(status.st_mode) else None
        yield from _read_stream(Stream(file), _Origin(path, size), options)


def _read_url(url: str, options: Options) -> Iterator[Document | Failure]:
    if not url.lower().startswith(("http://", "https://")):
        scheme = url.partition("://")[0]
        raise DocumentError(f"{scheme} is no scheme that onrecord reads; give an http or https URL, or a path")
    if options.offline:
        raise DocumentError("--offline is set; leave it out, or give a file")
    from onrecord.documents.fetch import fetch
    from onrecord.documents.network import anywhere, is_public

    page = fetch(url, may_connect=anywhere if options.allow_private else is_public)
    origin = _Origin(url, len(page.body), page.charset, page.url)
    yield from _read_stream(Stream(io.BytesIO(page.body)), origin, options)


def _read_stream(stream: Stream, origin: _Origin, options: Options) -> Iterator[Document | Failure]:
    """Tell records, pages and texts apart, and read them."""
    head = stream.peek(_HEAD)
    binary.check_magic(head)
    layout = records.layout_of(stream, name=origin.source)
    if layout == "lines":
        yield from records.read_lines(stream, shown(origin.source), options)
        return
    if origin.size is not None and origin.size > MAX_BYTES:
        raise too_large(origin.size)
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise too_large(None)
    if layout == "whole":
        yield from records.read_whole(data, shown(origin.source), options)
    else:
        yield from _read_report(data, origin, options)


def _read_report(data: bytes, origin: _Origin, options: Options) -> Iterator[Document | Failure]:
    """One text or page; or records, when they were hidden in UTF-16."""
    if not data.strip(b"\x00\t\n\v\f\r "):
        raise DocumentError(f"is empty; {REMEDY}")
    text = _decoded(data, origin.charset)
    again = Stream(io.BytesIO(text.encode("utf-8", "surrogatepass")))
    if b"\x00" in data and records.layout_of(again):
        yield from _read_stream(again, origin, options)
    elif _PAGE.match(text[:_HEAD]):
        from onrecord.documents.page import read_page

        yield read_page(text, options, url=origin.url, source=shown(origin.source))
    elif _XML.match(text):
        raise DocumentError(f"is XML, not a report; {REMEDY}")
    else:
        yield _text(clean.clean(text), origin, options)


def _text(text: str, origin: _Origin, options: Options) -> Document:
    return Document(
        text=check_text(text),
        title=options.title,
        publisher=options.publisher,
        published=options.published,
        url=origin.url,
        source=shown(origin.source),
    )


def _decoded(data: bytes, charset: str | None) -> str:
    """The text of ``data``, once it is sure that it is one.

    Raises:
        DocumentError: if it is binary, or its encoding cannot be told.
    """
    from onrecord.documents.encoding import declared_in, is_wide

    if not is_wide(data):
        binary.check_controls(data)
    text = clean.decode(data, declared=charset or declared_in(data))
    binary.check_controls(text[:_HEAD].encode("utf-8", "surrogatepass"))
    return text


def _told(error: OSError) -> str:
    """What the system says, without its number and the name that stands before it anyway."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder; check the name"
    return f"cannot be read: {(error.strerror or str(error)).lower()}"
