"""Which of many spans touch a given one, without looking at them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Generic, TypeVar

from onrecord.values.span import Span

T = TypeVar("T")
_BUCKET = 256


class Overlaps(Generic[T]):
    """Items by the stretch of text they lie in; building is linear in the text that they cover."""

    def __init__(self, items: Iterable[tuple[Span, T]]) -> None:
        self._items: list[tuple[Span, T]] = list(items)
        self._buckets: dict[int, list[int]] = defaultdict(list)
        for index, (span, _) in enumerate(self._items):
            for bucket in range(span.start // _BUCKET, span.end // _BUCKET + 1):
                self._buckets[bucket].append(index)

    def touching(self, span: Span) -> list[T]:
        """The items that share at least one code point with ``span``, in the order they were given."""
        near: set[int] = set()
        for bucket in range(span.start // _BUCKET, span.end // _BUCKET + 1):
            near.update(self._buckets.get(bucket, ()))
        return [self._items[i][1] for i in sorted(near) if self._items[i][0].overlap(span)]
