"""Every kind of input becomes captures and failures, and these documents; one failure never stops the rest."""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from onrecord.documents import records
from onrecord.documents.kinds import HEAD, LISTS, Container, container_of, kind_of, limit_of
from onrecord.documents.options import (
    PATH,
    REMEDY,
    Failure,
    Options,
    check_size,
    failure,
    shown,
    too_large,
)
from onrecord.documents.origin import MAX_DEPTH, Origin
from onrecord.documents.reports import documents
from onrecord.documents.stream import Stream
from onrecord.values import UPLOAD, Capture, Document, DocumentError

if TYPE_CHECKING:
    from onrecord.documents.fetch import Fetcher
    from onrecord.documents.listings import Trip

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


def read(source: str, options: Options, *, stdin: BinaryIO | None = None) -> Iterator[Document | Failure]:
    """The documents that ``source`` holds, in order, and a failure for whatever is no report.

    Args:
        source: a file, a folder (walked in the order of names, hidden files left out), an archive of files or of web
            pages, a feed, an http or https URL, or ``-`` for standard input.
        options: what the caller says about the input.
        stdin: read for ``-``; by default the process's own.

    Yields:
        Documents as they are read, so that a JSON Lines file may be larger than memory; a ``Failure`` in its place
        for each file or line that cannot be read as a report.
    """
    for found in captures(source, options, stdin=stdin):
        if isinstance(found, Failure):
            yield found
        else:
            yield from documents(found, options)


def captures(source: str, options: Options, *, stdin: BinaryIO | None = None) -> Iterator[Capture | Failure]:
    """The captures that ``source`` holds, their bytes untouched: the same input as of ``read``."""
    try:
        if source == "-":
            yield from _opened(Stream(stdin or sys.stdin.buffer), Origin("-"), options)
        elif _URL.match(source):
            yield from _fetched(Origin(source), options, _fetcher(options))
        elif os.path.isdir(source):
            yield from _in_folder(source, options)
        else:
            yield from _in_file(source, options)
    except DocumentError as error:
        yield failure(source, error)
    except OSError as error:
        yield failure(source, _told(error))


class Upload(msgspec.Struct, frozen=True):
    """A file that was handed over, and the name under which it was."""

    name: str
    body: bytes

    @property
    def source(self) -> str:
        """What to call it; files of one name are not versions of one page, so its bytes are told too."""
        return f"{UPLOAD}{hashlib.sha256(self.body).hexdigest()[:12]}/{self.name}"


def uploaded(upload: Upload, options: Options) -> Iterator[Capture | Failure]:
    """The captures of a file that was handed over, as ``captures`` gives those of a path."""
    try:
        yield from _opened(Stream.over(upload.body), Origin(upload.source, len(upload.body)), options)
    except DocumentError as error:
        yield failure(upload.name, error)


def _in_folder(folder: str, options: Options) -> Iterator[Capture | Failure]:
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
            if os.path.realpath(path) in options.skip:
                continue
            try:
                yield from _in_file(path, options, regular=True)
            except DocumentError as error:
                yield failure(path, error)
            except OSError as error:
                yield failure(path, _told(error))
    for problem in problems:
        yield failure(str(problem.filename), _told(problem))
    if empty and not problems:
        yield failure(folder, f"the folder holds no files; {REMEDY}")


def _in_file(path: str, options: Options, *, regular: bool = False) -> Iterator[Capture | Failure]:
    """The captures of one file; ``regular`` refuses pipes and devices, which could block for ever."""
    if not path or "\x00" in path:
        raise DocumentError("is no path; give a file, a folder, a URL, or - for standard input")
    if regular and not stat.S_ISREG(os.stat(path).st_mode):
        raise DocumentError("is not a regular file; give it by itself if it should be read")
    with open(path, "rb") as file:
        status = os.fstat(file.fileno())
        size = status.st_size if stat.S_ISREG(status.st_mode) else None
        yield from _opened(Stream(file), Origin(path, size), options)


def _fetcher(options: Options) -> Fetcher | None:
    """What fetches the addresses of one input; ``None`` offline."""
    if options.offline:
        return None
    from onrecord.documents.fetch import Fetcher, Limits
    from onrecord.documents.network import anywhere, is_public

    may_connect = anywhere if options.allow_private else is_public
    return Fetcher(may_connect=may_connect, limits=Limits(pause=options.pause))


def _fetched(
    origin: Origin, options: Options, fetcher: Fetcher | None, trip: Trip | None = None
) -> Iterator[Capture | Failure]:
    """What the address ``origin.source`` answers."""
    url = origin.source
    if not url.lower().startswith(("http://", "https://")):
        scheme = url.partition("://")[0]
        raise DocumentError(f"{scheme} is no scheme that onrecord reads; give an http or https URL, or a path")
    if fetcher is None:
        raise DocumentError("--offline is set; leave it out, or give a file")
    page = fetcher.fetch(url)
    whence = Origin(
        url, len(page.body), page.charset, page.url, page.fetched, page.headers, origin.depth, origin.listed
    )
    yield from _opened(Stream(io.BytesIO(page.body)), whence, options, fetcher, trip)


def _opened(
    stream: Stream, origin: Origin, options: Options, fetcher: Fetcher | None = None, trip: Trip | None = None
) -> Iterator[Capture | Failure]:
    """Open archives, and take anything else as one capture."""
    if origin.depth > MAX_DEPTH:
        raise DocumentError(f"lies in more than {MAX_DEPTH} archives, one in the other; unpack them and give the files")
    container = container_of(stream, name=origin.source.removesuffix(".gz"))
    if container == "lines":
        yield from records.lines_of(stream, origin)
    elif container is not None:
        yield from _members(container, stream, origin, options, fetcher, trip)
    else:
        yield from _whole(stream, origin, options, fetcher, trip)


def _members(
    container: Container, stream: Stream, origin: Origin, options: Options, fetcher: Fetcher | None, trip: Trip | None
) -> Iterator[Capture | Failure]:
    """The captures of every member of an archive; a broken member costs itself alone."""
    from onrecord.documents import archives

    for member in archives.members(container, stream, origin):
        if isinstance(member, Failure):
            yield member
            continue
        whence, content = member
        try:
            yield from _opened(content, whence, options, fetcher, trip)
        except DocumentError as error:
            yield failure(whence.source, error)


def _whole(
    stream: Stream, origin: Origin, options: Options, fetcher: Fetcher | None, trip: Trip | None
) -> Iterator[Capture | Failure]:
    """All the bytes as one capture; a list of addresses is followed where the options, or its own address, say so."""
    limit = limit_of(stream.peek(HEAD))
    if origin.size is not None:
        check_size(origin.size, limit)
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise too_large(None, limit)
    capture = Capture(
        source=shown(origin.source, limit=PATH), body=data, kind=kind_of(data),
        url=origin.url, charset=origin.charset, fetched=origin.fetched, headers=origin.headers,
    )  # fmt: skip
    follow = origin.url is not None if options.follow is None else options.follow
    if capture.kind in LISTS and follow and (trip is not None or not origin.listed):
        yield from _followed(capture, origin, options, fetcher or _fetcher(options), trip)
    else:
        yield capture


def _followed(
    listing: Capture, origin: Origin, options: Options, fetcher: Fetcher | None, trip: Trip | None
) -> Iterator[Capture | Failure]:
    """The pages that a feed, a sitemap or an outline lists; ``trip`` when another list led here."""
    from onrecord.documents import listings

    own = trip or listings.Trip(options)
    for target in listings.targets(listing, origin):
        if isinstance(target, Failure):
            yield target
        elif target.is_list and own.lists >= listings.MAX_LISTS:
            yield failure(target.url, f"is one list too many; {listings.MAX_LISTS} are followed: give it by itself")
        elif target.is_list or own.takes(target.url):
            own.lists += target.is_list
            whence = Origin(target.url, listed=True)
            try:
                yield from _fetched(whence, options, fetcher, own if target.is_list else None)
            except DocumentError as error:
                yield failure(target.url, error)
    if trip is None:
        yield from own.left_out(listing.source)


def _told(error: OSError) -> str:
    """What the system says, without its number and the name that stands before it anyway."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder; check the name"
    return f"cannot be read: {(error.strerror or str(error)).lower()}"
