"""The open series of a block, so laid out that a point is tried against few of them.

Of what happens in one place, only series of that place can fit, of one that it lies in or holds, or of one that nobody
knows. For all else the series that moved last are tried.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator

from onrecord.series.blocks import LOCAL, family
from onrecord.series.opened import Open
from onrecord.values import Measure, Point

TRIED = 32  # of each list, those that moved last
_KEPT = 4 * TRIED


class Shelf:
    """Open series of one type and mode."""

    def __init__(self) -> None:
        self._recent: list[Open] = []
        self._at: dict[str, list[Open]] = defaultdict(list)
        self._within: dict[str, list[Open]] = defaultdict(list)
        self._nowhere: list[Open] = []
        self._lists: dict[int, list[list[Open]]] = {}

    def put(self, series: Open) -> None:
        """Lay a series that moved on top."""
        for held in self._lists.get(id(series), ()):
            if series in held:
                held.remove(series)
        lists = [self._recent, *self._places(series)]
        for held in lists:
            held.append(series)
            if len(held) > _KEPT:
                del held[:TRIED]
        self._lists[id(series)] = lists

    def _places(self, series: Open) -> Iterator[list[Open]]:
        if series.where is None or ":" not in series.where:
            yield self._nowhere
            return
        yield self._at[series.where]
        for outer in series.points[0].measure.within:
            yield self._within[outer]

    def best(self, point: Point) -> Open | None:
        """The series that a point fits best, the one that moved last where several do as well; ``None`` for none."""
        best, fit = None, 0.0
        for candidate in self._candidates(point.measure):
            if (score := candidate.fit(point)) > fit:
                best, fit = candidate, score
        return best

    def _candidates(self, measure: Measure) -> Iterator[Open]:
        """The series that a point may fit, each once, those that moved last first within each list."""
        local = family(measure.type) in LOCAL and measure.side is None
        if not local or measure.where is None or ":" not in measure.where:
            yield from reversed(self._recent[-TRIED:])
            return
        lists = [self._at.get(measure.where, []), self._within.get(measure.where, []), self._nowhere]
        lists += [self._at.get(outer, []) for outer in measure.within]
        seen: set[int] = set()
        for series in itertools.chain.from_iterable(reversed(held[-TRIED:]) for held in lists):
            if id(series) not in seen:
                seen.add(id(series))
                yield series
