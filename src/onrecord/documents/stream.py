"""Bytes that are read once, with the means to look ahead, in bounded memory."""

from __future__ import annotations

from typing import BinaryIO

_PIECE = 65_536


class Stream:
    """A binary stream, a file or a pipe, that can be looked into before it is read."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self._held = b""
        self._start = 0  # how much of what is held has been read

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
