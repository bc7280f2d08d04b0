"""Which of the places of one name a document means: the one that its other words and its countries speak for."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection

from onrecord.knowledge.gazetteer import Gazetteer, Spot, fold
from onrecord.knowledge.names import Names
from onrecord.values import Entity

# What speaks for a place besides the power of ten of its inhabitants: that its country is named, up to so much for
# being the one named most, and that it is the seat of a government.
_NAMED, _MOST, _SEAT = 2.0, 1.5, 2.5
# That the report names the region that a place lies in.
_AROUND = 3.0
_SIDE = re.compile(
    r"(?:the )?(?:north|south|east|west|centre|center|central|northern|southern|eastern|western)", re.IGNORECASE
)
# By how much the best must lead the next of another country, so that it is meant for sure.
_LEAD = 0.2
# A place that bears the name in its first spelling leads one that bears it as an old or foreign one.
_OWN = 0.7
# A place of a country that the document does not name must be so large, or the only one of its name and a town.
_LARGE, _TOWN = 100_000, 15_000
# By an old or foreign name it must be a metropolis: Engels was once called Pokrovsk.
_METROPOLIS = 1_000_000
# How many times smaller than the usual bearer of a name a place may be that is meant instead.
_SMALLER = 10


class Atlas:
    """The places that the names of one document stand for.

    Args:
        gazetteer: the world's places.
        names: for countries and their seats.
        lands: how often the document names each country, by canonical name.
        regions: ids of the regions that it names.
    """

    def __init__(
        self, gazetteer: Gazetteer, names: Names, lands: Counter[str], regions: Collection[str] = frozenset()
    ) -> None:
        self._regions = regions
        self._gazetteer, self._names = gazetteer, names
        self._lands = {names.countries[name].alpha2: count for name, count in lands.items() if name in names.countries}
        self._most = max(self._lands.values(), default=1)
        self._codes = {c.alpha2: c for c in names.countries.values()}

    def named(self, name: str, *, country: str | None = None, near: bool = False) -> tuple[Spot, str] | None:
        """The place of that name that is meant, and why; ``None`` where none is or several may be.

        Args:
            name: as written.
            country: canonical name of the country it is known to lie in.
            near: take only places of countries that the document names, and those whose name is the only one.
        """
        if _SIDE.fullmatch(name):
            return None
        found = self._gazetteer.named(name)
        if country is not None and country in self._names.countries:
            code = self._names.countries[country].alpha2
            found = [spot for spot in found if spot.country == code]
        else:
            found = [spot for spot in found if self._possible(spot, name, len(found))]
        if near and len(found) > 1:
            found = [spot for spot in found if spot.country in self._lands]
        if not found:
            return None if near or country else self._longer(name)
        scores = {spot.id: self._score(spot, name) for spot in found}
        ranked = sorted(found, key=lambda spot: -scores[spot.id])
        best = ranked[0]
        rivals = [spot for spot in ranked[1:] if spot.country != best.country]
        if rivals and scores[best.id] - scores[rivals[0].id] < _LEAD:
            return None
        if any(self._same_rank(best, spot) for spot in ranked[1:]):
            return None
        if best.country not in self._lands and any(
            spot.region in self._regions for spot in self._gazetteer.named(name)
        ):
            return None  # Paris in a report on Texas
        longer = self._longer(name) if best.country not in self._lands else None
        return longer or (best, self._why(best, len(found)))

    def elsewhere(self, name: str, own: Entity) -> Spot | None:
        """The place of that name in another country that the document names, where it says nothing else of its own.

        Args:
            name: as written.
            own: the place that usually bears it; a much smaller one is meant only if its region is named too.
        """
        land = self._names.countries.get(own.country or "")
        usual = self._gazetteer.place(own.id) if own.id is not None else None
        least = usual.weight / _SMALLER if usual is not None else 0.0
        found = [
            spot
            for spot in self._gazetteer.named(name)
            if spot.country in self._lands
            and (land is None or spot.country != land.alpha2)
            and spot.weight >= _TOWN
            and (spot.region in self._regions or spot.weight >= least)
        ]
        exact = [spot for spot in found if spot.region in self._regions] or found
        return max(exact, key=lambda spot: self._score(spot, name), default=None)

    def _longer(self, name: str) -> tuple[Spot, str] | None:
        """The one city of the document's countries whose name only begins so: "Santiago" in a report on Cuba."""
        if not self._lands:
            return None
        found = [s for s in self._gazetteer.beginning(f"{name} ", 40) if s.country in self._lands]
        found = [
            s for s in found if s.kind == "city" and s.population >= _LARGE and fold(s.name).startswith(fold(name))
        ]
        if not found or (len(found) > 1 and found[0].population < 3 * found[1].population):
            return None
        return found[0], f"short for {found[0].name} in {self.country(found[0])}, which the report names"

    def inside(self, name: str, outer: str) -> tuple[Spot | None, Spot | None]:
        """The place ``name`` that lies in the region or country ``outer`` ("Athens, Georgia"), and that region."""
        around = {spot.id: spot for spot in self._gazetteer.named(outer) if spot.kind == "region"}
        known = self._names.aliases.exact(outer)
        land = self._names.countries.get(known.country or "") if known is not None and known.kind == "country" else None
        for spot in self._gazetteer.named(name):
            if spot.kind == "city" and spot.region in around:
                return spot, around[spot.region]
            if spot.kind == "city" and land is not None and spot.country == land.alpha2:
                return spot, None
        return None, None

    def names_region(self, spot: Spot) -> bool:
        """Whether the document names the region that a place lies in."""
        return bool(spot.region) and spot.region in self._regions

    def names_land(self, spot: Spot) -> bool:
        """Whether the document names the country that a place lies in."""
        return spot.country in self._lands

    def country(self, spot: Spot) -> str | None:
        """The canonical name of the country that a place lies in."""
        land = self._codes.get(spot.country)
        return land.name if land else None

    def _possible(self, spot: Spot, name: str, many: int) -> bool:
        if spot.country in self._lands:
            return True
        if fold(spot.name) != fold(name):
            return spot.population >= _METROPOLIS
        return spot.population >= (_TOWN if many == 1 else _LARGE)

    def _score(self, spot: Spot, name: str) -> float:
        named = self._lands.get(spot.country, 0)
        land = self._codes.get(spot.country)
        seat = land is not None and bool(land.seats) and land.seats[0] == spot.name
        context = _NAMED + _MOST * named / self._most if named else 0.0
        context += _AROUND if spot.region and spot.region in self._regions else 0.0
        own = _OWN if fold(spot.name) == fold(name) else 0.0
        return math.log10(1 + spot.weight) + context + own + (_SEAT if seat else 0.0)

    def _same_rank(self, best: Spot, other: Spot) -> bool:
        """Whether another place of the same country and kind is about as likely (two Springfields)."""
        if other.country != best.country or other.kind != best.kind or other.kind == "region":
            return False
        if best.region in self._regions and other.region not in self._regions:
            return False
        return best.population < 3 * other.population and abs((best.lat or 0) - (other.lat or 0)) > 0.5

    def _why(self, spot: Spot, many: int) -> str:
        if many == 1:
            return "the only place of that name"
        if spot.country in self._lands:
            return f"the one in {self.country(spot)}, which the report names"
        return "the largest of that name"
