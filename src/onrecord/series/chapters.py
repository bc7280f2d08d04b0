"""Chapters: how far back a claim of a long series is compared with what went before.

A series is told in chapters of 32 claims. A claim is compared with those before it in its own chapter, with the chapter
before that, and with the very first claim. So one claim more costs the same however long its series is, and what it is
compared with does not depend on when it came into the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.values import Point

LENGTH = 32


def beginning(place: int) -> int:
    """The place of the earliest claim, but for the very first, with which the one at ``place`` is compared."""
    return max(0, (place // LENGTH - 1) * LENGTH)


def chapters(points: Sequence[Point], size: int) -> Iterator[tuple[Sequence[Point], int]]:
    """The chapters of a series, each with the one before it.

    Args:
        points: the claims of the series in order; where some are missing, they lie between the first and the second.
        size: how many claims the series has.

    Yields:
        The claims of a chapter behind those of the chapter before it, and how many are of that. Chapters of which
        claims are missing are left out.
    """
    missing = size - len(points)
    for begin in range(0, size, LENGTH):
        start = beginning(begin)
        if not missing or start > missing:
            yield points[start - missing : begin + LENGTH - missing], begin - start
