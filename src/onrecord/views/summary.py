"""The counts of a run: "24 documents, 391 claims, 2 faults"."""

from __future__ import annotations

from onrecord.values import Reading


def counted(count: int, noun: str) -> str:
    """A number with its noun: "1 claim", "1,391 claims"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


class Tally:
    """Counts readings as they pass."""

    def __init__(self) -> None:
        self.documents = self.claims = self.faults = 0

    def add(self, reading: Reading) -> None:
        """Count one more reading."""
        self.documents += 1
        self.claims += len(reading.claims)
        self.faults += len(reading.faults)

    def line(self) -> str:
        """The counts in words; faults are named even when there are none, so that silence means nothing else."""
        return ", ".join(
            (counted(self.documents, "document"), counted(self.claims, "claim"), counted(self.faults, "fault"))
        )
