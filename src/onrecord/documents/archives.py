"""Archives: what is packed in gzip data, ZIP files and web archives, a stream for each member and in bounded memory.

Nothing is ever unpacked to a place that an archive names: a member's name is a name in messages and no more. How much
an archive may unfold to is bounded by its own size.
"""

from __future__ import annotations

import io
import itertools
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, BinaryIO

import msgspec

from onrecord.documents.kinds import Container
from onrecord.documents.options import Failure, failure, shown
from onrecord.documents.origin import Budget, Origin
from onrecord.documents.stream import Stream
from onrecord.values import DocumentError

MAX_MEMBERS = 100_000
MAX_ARCHIVE = 1_000_000_000
_STEP = 65_536
_TAIL = 70_000  # a comment of 65,535 bytes may follow the end of the directory
_DIRECTORY = 30_000_000
# What zipfile and what it unpacks with raise on broken archives.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError,
    OverflowError, struct.error, LookupError,
)  # fmt: skip
_UNSAFE = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|[\x00-\x1f]")
Member = tuple[Origin, Stream]


def members(container: Container, stream: Stream, origin: Origin) -> Iterator[Member | Failure]:
    """What an archive holds: for each member where it comes from and its bytes, which are read before the next comes.

    Args:
        container: what the archive is.
        stream: its bytes.
        origin: where it comes from.

    Yields:
        A ``Failure`` in the place of a member that cannot be read.

    Raises:
        DocumentError: if the archive as a whole cannot be read, or unfolds to out of all proportion. Reading a
            member's stream raises it too.
    """
    outermost = origin.budget is None
    budget = origin.budget or Budget()
    inside = msgspec.structs.replace(origin, size=None, depth=origin.depth + 1, budget=budget)
    if container == "gzip":
        yield inside, Stream(io.BufferedReader(_Inflated(stream, budget, outermost), _STEP))
    elif container == "zip":
        yield from _zipped(stream, inside, budget, outermost)
    else:
        from onrecord.documents.webarchive import records

        yield from records(stream, inside, budget, outermost)


class _Inflated(io.RawIOBase):
    """What gzip data unpacks to, all of its members one after the other."""

    def __init__(self, packed: Stream, budget: Budget, pays: bool) -> None:
        self._packed = packed
        self._budget = budget
        self._pays = pays
        self._inflater = zlib.decompressobj(wbits=31)
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill ``buffer`` as far as one step goes; 0 at the end."""
        size = min(len(buffer), _STEP)
        while True:
            if self._inflater.eof:
                self._left = self._left.lstrip(b"\0")  # padding behind the last member
                if not self._left and not self._more():
                    return 0
                self._inflater = zlib.decompressobj(wbits=31)
            elif not self._left and not self._more():
                raise DocumentError("is gzip data that ends early; get the file anew")
            try:
                found = self._inflater.decompress(self._left, size)
            except zlib.error as error:
                raise DocumentError(f"is broken gzip data ({error}); get the file anew") from error
            self._left = self._inflater.unused_data or self._inflater.unconsumed_tail
            if found:
                self._budget.spend(len(found))
                buffer[: len(found)] = found
                return len(found)

    def _more(self) -> bool:
        """Take more packed bytes; false at their end, and where nothing but padding follows."""
        self._left = self._packed.read(_STEP)
        if self._pays:
            self._budget.paid(len(self._left))
        return bool(self._left.strip(b"\0") if self._inflater.eof else self._left)


def _zipped(stream: Stream, inside: Origin, budget: Budget, outermost: bool) -> Iterator[Member | Failure]:
    with stream.seekable(MAX_ARCHIVE) as file:
        size = file.seek(0, io.SEEK_END)
        if outermost:
            budget.paid(size)
        _check_directory(file, size)
        try:
            archive = zipfile.ZipFile(file)
        except _BROKEN as error:
            raise DocumentError(f"is a broken ZIP archive ({_told(error)}); get the file anew") from error
        with archive:
            yield from _files(archive, inside, budget)


def _check_directory(file: BinaryIO, size: int) -> None:
    """Pass unless the directory of an archive is larger than any honest one: zipfile reads all of it at once.

    Raises:
        DocumentError: if it is.
    """
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    file.seek(0)
    end, end64 = tail.rfind(b"PK\x05\x06"), tail.rfind(b"PK\x06\x06")
    length = int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0
    if length == 0xFFFFFFFF and end64 >= 0:
        length = int.from_bytes(tail[end64 + 40 : end64 + 48], "little")
    if length > _DIRECTORY and length <= size:
        raise DocumentError(f"has a directory of {length:,} bytes; an archive may have {MAX_MEMBERS:,} files: split it")


def _files(archive: zipfile.ZipFile, inside: Origin, budget: Budget) -> Iterator[Member | Failure]:
    """Every file of a ZIP archive that is not hidden, in the order of names."""
    found = [info for info in archive.infolist() if not info.filename.endswith("/") and not _hidden(info.filename)]
    if not found:
        raise DocumentError("is a ZIP archive without files in it; give one that holds reports")
    if len(found) > MAX_MEMBERS:
        raise DocumentError(f"holds {len(found):,} files; an archive may have {MAX_MEMBERS:,}: split it")
    places = sorted((info.header_offset, info.header_offset + info.compress_size) for info in found)
    if any(end > start for (_, end), (start, _) in itertools.pairwise(places)):
        raise DocumentError("is a ZIP archive whose files overlap; get the file anew")
    for info in sorted(found, key=lambda info: info.filename):
        name = f"{inside.source}!{shown(info.filename)}"
        if not info.filename or _UNSAFE.search(info.filename):
            yield failure(name, "has a name that leads out of its archive, or is none; unpack it and give the file")
        elif info.flag_bits & 1:
            yield failure(name, "is encrypted; unpack the archive and give its files")
        elif info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            # What bzip2 and LZMA unpack to cannot be taken in steps.
            yield failure(name, "is packed by another method than deflate; unpack the archive and give its files")
        else:
            yield from _file(archive, info, msgspec.structs.replace(inside, source=name), budget)


def _file(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, whence: Origin, budget: Budget
) -> Iterator[Member | Failure]:
    try:
        file = archive.open(info)
    except _BROKEN as error:
        yield failure(whence.source, f"is broken in its archive ({_told(error)}); get the archive anew")
        return
    with file:
        yield whence, Stream(io.BufferedReader(_Counted(file, budget), _STEP))


class _Counted(io.RawIOBase):
    """A member of a ZIP archive, read within the archive's budget."""

    def __init__(self, file: IO[bytes], budget: Budget) -> None:
        self._file = file
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill ``buffer`` as far as one step goes; 0 at the end."""
        try:
            found = self._file.read(min(len(buffer), _STEP))
        except _BROKEN as error:
            raise DocumentError(f"is broken in its archive ({_told(error)}); get the archive anew") from error
        self._budget.spend(len(found))
        buffer[: len(found)] = found
        return len(found)


def _hidden(name: str) -> bool:
    return any(part == "__MACOSX" or (part.startswith(".") and part.strip(".")) for part in re.split(r"[/\\]", name))


def _told(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
