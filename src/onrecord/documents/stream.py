"""Bytes that are read once, with the means to look ahead, in bounded memory."""

from __future__ import annotations

import contextlib
import io
import tempfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from onrecord.values import DocumentError

_PIECE = 65_536


class Stream:
    """A binary stream, a file or a pipe, that can be looked into before it is read."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self._held = b""
        self._start = 0  # how much of what is held has been read

    @classmethod
    def over(cls, data: bytes) -> Stream:
        """A stream over bytes that are at hand."""
        return cls(io.BytesIO(data))

    @contextlib.contextmanager
    def seekable(self, limit: int) -> Iterator[BinaryIO]:
        """The whole stream as a file that can be gone through at will: itself where it is one, else a temporary copy.

        Args:
            limit: how many bytes such a copy may have.

        Raises:
            DocumentError: if it has more.
        """
        if isinstance(self._raw, io.BytesIO) or (isinstance(self._raw, io.BufferedReader) and self._is_file()):
            self._raw.seek(0)
            yield self._raw
            return
        with tempfile.TemporaryFile() as copy:
            size = 0
            while piece := self.read(_PIECE):
                size += len(piece)
                if size > limit:
                    raise DocumentError(f"is an archive of more than {limit // 1_000_000} MB; unpack it first")
                copy.write(piece)
            copy.seek(0)
            yield cast(BinaryIO, copy)

    def _is_file(self) -> bool:
        """Whether the stream is a file by itself, and not something read out of another."""
        try:
            return self._raw.seekable() and self._raw.fileno() >= 0
        except OSError:
            return False

    def peek(self, size: int) -> bytes:
        """The next ``size`` bytes, fewer only at the end; they remain to be read."""
        if len(self._held) - self._start < size:
            pieces = [self._held[self._start :]]
            missing = size - len(pieces[0])
            while missing > 0 and (piece := self._raw.read(missing)):
                pieces.append(piece)
                missing -= len(piece)
            self._held, self._start = b"".join(pieces), 0
        return self._held[self._start : self._start + size]

    def read(self, size: int) -> bytes:
        """The next ``size`` bytes, fewer only at the end."""
        data = self.peek(size)
        self._start += len(data)
        return data

    def line(self, limit: int) -> tuple[bytes, int]:
        r"""The next line with its ``\n``, and its size; only ``limit`` bytes of a longer one. Empty at the end."""
        pieces: list[bytes] = []
        size = 0
        while piece := self._piece():
            if size < limit:
                pieces.append(piece[: limit - size])
            size += len(piece)
            if piece.endswith(b"\n"):
                break
        return b"".join(pieces), size

    def _piece(self) -> bytes:
        """The rest of a line, or a part of it; from what is held first."""
        if self._start == len(self._held):
            return self._raw.readline(_PIECE)
        start = self._start
        self._start = self._held.find(b"\n", start) + 1 or len(self._held)
        return self._held[start : self._start]
