"""Where bytes come from, and how far what is packed in them may unfold."""

from __future__ import annotations

import datetime

import msgspec

from onrecord.values import DocumentError

MAX_DEPTH = 4
# Text packs 3 to 30 times smaller; the sparsest honest archive of pages seen stays well below this.
MAX_RATIO = 200
_ALLOWANCE = 50_000_000


class Origin(msgspec.Struct, frozen=True):
    """Where bytes come from.

    Attributes:
        source: a name for messages: a path, a URL, ``archive.zip!member``, ``-``.
        size: in bytes, when known before reading.
        charset, url, fetched, headers: as in ``Capture``, when a server stated them.
        depth: in how many archives it lies.
        listed: whether a list of addresses named it, whose own lists are then not followed.
        budget: of the outermost archive that it lies in.
    """

    source: str
    size: int | None = None
    charset: str | None = None
    url: str | None = None
    fetched: datetime.datetime | None = None
    headers: tuple[tuple[str, str], ...] = ()
    depth: int = 0
    listed: bool = False
    budget: Budget | None = None


class Budget:
    """How many bytes an archive may still unpack to, with all that lies in it and in archives within.

    Only the bytes of the outermost archive pay in: what it unpacks to has cost nobody anything.

    Args:
        packed: bytes of the archive; more may be counted as they come, with ``paid``.
    """

    def __init__(self, packed: int = 0) -> None:
        self._left = _ALLOWANCE + packed * MAX_RATIO

    def paid(self, packed: int) -> None:
        """Count ``packed`` more bytes of the archive as read."""
        self._left += packed * MAX_RATIO

    def spend(self, unpacked: int) -> None:
        """Count ``unpacked`` bytes.

        Raises:
            DocumentError: if the archive unpacks to out of all proportion.
        """
        self._left -= unpacked
        if self._left < 0:
            raise DocumentError(f"unpacks to more than {MAX_RATIO} times its size; unpack it and give its files")
