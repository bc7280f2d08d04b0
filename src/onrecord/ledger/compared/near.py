"""Near-copies of reports: found by the bands of their sketches.

In each band a document is compared with two others only: the first that has the band, and the one just before it. So a
wire printed by a thousand outlets costs two comparisons for each, and all are linked to the first.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from onrecord.ledger import bulk, schema
from onrecord.ledger.compared.rows import place_of
from onrecord.ledger.rows import SHIFT
from onrecord.series.sketches import NEAR, bands, likeness

_PORTION = 200
_MOST = 1_000  # documents of one band that a new first one makes stale
_KEY = (1 << SHIFT) - 1


def originals(connection: Connection, documents: Sequence[int]) -> dict[int, tuple[int, float]]:
    """For each of ``documents`` that is a near-copy the earliest report that it is like, and how much is the same."""
    own = _sketches(connection, documents)
    near: dict[int, set[int]] = defaultdict(set)
    for place, first, before, _ in _beside(connection, own.values()):
        near[place & _KEY] |= {other & _KEY for other in (first, before) if other is not None and other < place}
    others = _sketches(connection, {key for keys in near.values() for key in keys} - set(own)) | own
    found: dict[int, tuple[int, float]] = {}
    for document, row in own.items():
        for other in sorted((others[key] for key in near[document] if key in others), key=_when):
            fits = other.made == row.made and other.address != row.address and _when(other) < _when(row)
            if fits and (alike := likeness(row.sketch, other.sketch)) >= NEAR:
                found[document] = (int(other.key), alike)
                break
    return found


def touched(connection: Connection, documents: Sequence[int]) -> set[int]:
    """The documents for which new ones may change the outcome: the next in a band, and all where one is the first."""
    near: set[int] = set()
    heads: set[int] = set()
    own = _sketches(connection, documents)
    for place, first, _, after in _beside(connection, own.values()):
        if after is not None:
            near.add(after & _KEY)
            if first == place:
                heads.add(place)
    table = schema.bands.c
    for head in heads:
        mine = list(bands(own[head & _KEY].sketch))
        found = select(table.place).where(table.band.in_(mine), table.place > head).limit(_MOST)
        near |= {int(row[0]) & _KEY for row in connection.execute(found)}
    return near - set(documents)


def _when(row: Any) -> tuple[Any, str]:
    return row.known_on, row.id


def _sketches(connection: Connection, documents: Collection[int]) -> dict[int, Any]:
    s, d = schema.sketches.c, schema.documents.c
    joined = schema.sketches.join(schema.documents, d.key == s.document)
    found: dict[int, Any] = {}
    left = iter(sorted(documents))
    while portion := list(itertools.islice(left, _PORTION)):
        chosen = select(d.key, s.sketch, s.made, d.known_on, d.id, d.address).select_from(joined)
        found |= {int(row.key): row for row in connection.execute(chosen.where(d.key.in_(portion)))}
    return found


def _beside(connection: Connection, documents: Collection[Any]) -> Iterator[tuple[int, int, int | None, int | None]]:
    """In each band of each document: its own place, the first place, that before and that after its own."""
    other = schema.bands.c
    left = iter(sorted(documents, key=lambda row: row.key))
    while portion := list(itertools.islice(left, _PORTION)):
        own = [(band, place_of(row.key, row.known_on)) for row in portion for band in sorted(set(bands(row.sketch)))]
        mine = bulk.listed(("band", "place"), own)
        here = other.band == mine.c.band
        first = select(func.min(other.place)).where(here).scalar_subquery()
        before = select(func.max(other.place)).where(here, other.place < mine.c.place).scalar_subquery()
        after = select(func.min(other.place)).where(here, other.place > mine.c.place).scalar_subquery()
        for row in connection.execute(select(mine.c.place, first, before, after)):
            yield tuple(row)
