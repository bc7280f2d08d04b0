"""Archives: what is packed in gzip data, ZIP files and web archives, a stream for each member and in bounded memory.

Nothing is ever unpacked to a place that an archive names: a member's name is a name in messages and no more. How much
an archive may unfold to is bounded by its own size.
"""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

import msgspec

from onrecord.documents.kinds import Container
from onrecord.documents.options import Failure, failure, shown
from onrecord.documents.origin import Budget, Origin
from onrecord.documents.stream import Stream
from onrecord.values import DocumentError

MAX_MEMBERS = 100_000
MAX_ARCHIVE = 1_000_000_000
_STEP = 65_536
# What zipfile and what it unpacks with raise on broken archives.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, NotImplementedError, RuntimeError,
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
    inside = msgspec.structs.replace(origin, size=None, depth=origin.depth + 1)
    if container == "gzip":
        yield inside, Stream(io.BufferedReader(_Inflated(stream), _STEP))
    elif container == "zip":
        yield from _zipped(stream, inside)
    else:
        from onrecord.documents.webarchive import records

        yield from records(stream, inside)


class _Inflated(io.RawIOBase):
    """What gzip data unpacks to, all of its members one after the other."""

    def __init__(self, packed: Stream) -> None:
        self._packed = packed
        self._budget = Budget()
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
        self._budget.paid(len(self._left))
        return bool(self._left.strip(b"\0") if self._inflater.eof else self._left)


def _zipped(stream: Stream, inside: Origin) -> Iterator[Member | Failure]:
    with stream.seekable(MAX_ARCHIVE) as file:
        try:
            archive = zipfile.ZipFile(file)
        except _BROKEN as error:
            raise DocumentError(f"is a broken ZIP archive ({_told(error)}); get the file anew") from error
        with archive:
            yield from _files(archive, inside, Budget(file.seek(0, io.SEEK_END)))


def _files(archive: zipfile.ZipFile, inside: Origin, budget: Budget) -> Iterator[Member | Failure]:
    """Every file of a ZIP archive that is not hidden, in the order of names."""
    found = [info for info in archive.infolist() if not info.is_dir() and not _hidden(info.filename)]
    if not found:
        raise DocumentError("is a ZIP archive without files in it; give one that holds reports")
    if len(found) > MAX_MEMBERS:
        raise DocumentError(f"holds {len(found):,} files; an archive may have {MAX_MEMBERS:,}: split it")
    for info in sorted(found, key=lambda info: info.filename):
        name = f"{inside.source}!{shown(info.filename)}"
        if _UNSAFE.search(info.filename):
            yield failure(name, "has a name that leads out of its archive; unpack it and give the file")
        elif info.flag_bits & 1:
            yield failure(name, "is encrypted; unpack the archive and give its files")
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
