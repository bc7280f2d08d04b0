"""Places of the whole world by name: two sorted files that are searched where they lie.

``places.csv`` has a row for each place, sorted by id: id, name, kind, country (ISO 3166 alpha-2), region (an id),
latitude and longitude (WGS 84 degrees), inhabitants. ``places_names.csv`` has a row for each folded name, sorted: the
name and the ids of the places that bear it. Both are mapped into memory, never read as a whole: opening costs next to
nothing, a look-up some twenty comparisons. ``tools/places.py`` makes them.
"""

from __future__ import annotations

import csv
import mmap
import re
import unicodedata
from collections.abc import Iterator
from importlib.resources import as_file
from importlib.resources.abc import Traversable
from typing import Literal

import msgspec

PLACES, NAMES = "places.csv", "places_names.csv"
_SIGNS = re.compile(r"[\s\-‐-―_/.,]+")
_DROPPED = str.maketrans("", "", "'’‘ʼʿʾʻ`´\"“”")


class Spot(msgspec.Struct, frozen=True):
    """A place of the gazetteer. ``lat`` and ``lon`` are WGS 84 degrees; ``population`` is 0 where unknown."""

    id: str
    name: str
    kind: Literal["city", "region"]
    country: str
    region: str = ""
    lat: float | None = None
    lon: float | None = None
    population: int = 0

    @property
    def weight(self) -> float:
        """How much speaks for it by size alone: a city's inhabitants, a tenth of those in a region's cities.

        A region is often named as its chief town is; the town is the safer guess where nothing else is said.
        """
        return self.population if self.kind == "city" else self.population / 10


def fold(name: str) -> str:
    """A name without case, accents, apostrophes and hyphens: "Port-au-Prince" and "port au prince" are one."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return _SIGNS.sub(" ", unicodedata.normalize("NFC", plain.casefold()).translate(_DROPPED)).strip()


class Gazetteer:
    """The two files in ``folder``, opened when first asked for."""

    def __init__(self, folder: Traversable) -> None:
        self._names = _Sorted(folder / NAMES)
        self._places = _Sorted(folder / PLACES)

    def named(self, name: str) -> list[Spot]:
        """The places of that name, the most peopled first; none for a name that is no place's."""
        found = [self.place(id_) for line in self._names.at(fold(name)) for id_ in line[1].split(" ")]
        return sorted((spot for spot in found if spot is not None), key=lambda spot: -spot.weight)

    def beginning(self, start: str, most: int) -> list[Spot]:
        """Up to ``most`` places with a name that begins with ``start``, the most peopled first."""
        key = fold(start) + (" " if start.endswith(" ") else "")
        ids = dict.fromkeys(id_ for line in self._names.under(key, 50 * most) for id_ in line[1].split(" "))
        found = [spot for id_ in ids if (spot := self.place(id_)) is not None]
        return sorted(found, key=lambda spot: -spot.weight)[:most]

    def place(self, id_: str) -> Spot | None:
        """The place with that id, or ``None``."""
        for row in self._places.at(id_):
            filled = dict(zip(Spot.__struct_fields__, row, strict=True))
            return msgspec.convert({name: cell for name, cell in filled.items() if cell}, Spot, strict=False)
        return None


class _Sorted:
    """A CSV file whose rows are sorted by the UTF-8 bytes of their first cell, which is unique and never quoted."""

    def __init__(self, file: Traversable) -> None:
        self._file = file
        self._map: mmap.mmap | None = None

    @property
    def _bytes(self) -> mmap.mmap:
        if self._map is None:
            with as_file(self._file) as path, path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return self._map

    def at(self, key: str) -> Iterator[list[str]]:
        """The row whose first cell is ``key``."""
        for row in self.under(key, 1):
            if row[0] == key:
                yield row

    def under(self, start: str, most: int) -> Iterator[list[str]]:
        """Up to ``most`` rows from the first whose first cell is not below ``start``, while it begins with it."""
        data, wanted = self._bytes, start.encode()
        low, high = 0, len(data)
        while low < high:
            middle = data.rfind(b"\n", low, (low + high) // 2) + 1
            line = middle if middle > low else low
            end = data.find(b"\n", line)
            if data[line:end].split(b",", 1)[0] < wanted:
                low = end + 1
            else:
                high = line
        for _ in range(most):
            end = data.find(b"\n", low)
            if end < 0 or not data[low:end].startswith(wanted):
                return
            yield next(csv.reader([data[low:end].decode()]))
            low = end + 1
