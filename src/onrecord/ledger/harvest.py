"""What is handed to a ledger to be kept, and what became of it."""

from __future__ import annotations

import msgspec

from onrecord.documents import Failure
from onrecord.values import Capture, Reading


class Harvest(msgspec.Struct, frozen=True):
    """One capture, and what was read from it.

    Attributes:
        capture: the bytes and where they come from; ``None`` when documents are read again from the ledger.
        stated: what the caller stated about it, as ``rows.stated_of`` gives it.
        readings: one for each of its documents, in their order; only document, claims, faults and reader count.
        failures: what of it was no report.
    """

    capture: Capture | None
    stated: str = "{}"
    readings: tuple[Reading, ...] = ()
    failures: tuple[Failure, ...] = ()


class Counts(msgspec.Struct, frozen=True):
    """What became of documents: new, updated (other words at a known address), unchanged, read anew, or failed."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    reread: int = 0
    failed: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(*(getattr(self, name) + getattr(other, name) for name in self.__struct_fields__))
