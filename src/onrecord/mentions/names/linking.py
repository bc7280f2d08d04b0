"""From names to things known: every entity gets its id where knowledge has one, with the reason."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

import msgspec

from onrecord.knowledge.aliases import Known, atoms
from onrecord.knowledge.gazetteer import Gazetteer, Spot, fold
from onrecord.knowledge.names import Names
from onrecord.mentions.names.atlas import Atlas
from onrecord.mentions.names.homonyms import others
from onrecord.mentions.names.officers import officer
from onrecord.values import Document, Entity

# Words before a name that say that it is a place, where the parser saw only a name.
_WHERE = re.compile(
    r"\b(?:in|near|at|around|outside|inside|from|to|towards?|into|through|off|across|between|for|via|of)\s+"
    r"(?:[A-Z][\w'’-]+\s+and\s+)?\Z"
)
_REACH = 40
# A capital of so many is meant by its name wherever the report is from.
_METROPOLIS = 1_000_000
Found = tuple[Spot, str]


class Linker:
    """Links the entities of one document.

    Places come in two rounds: what the first finds tells which countries the document is about, and the second finds
    the small places of those.

    Args:
        document: for its text, its title and its year.
        names, gazetteer: what is known.
        entities: all of the document, under their names within it.
    """

    def __init__(self, document: Document, names: Names, gazetteer: Gazetteer, entities: Sequence[Entity]) -> None:
        self._text, self._names, self._gazetteer = document.text, names, gazetteer
        self._year = document.published.year if document.published else None
        meanings = others(document.text, {e.text for e in entities if e.id is None}, names)
        self._entities = [
            self._other(e, meanings[e.text]) if e.text in meanings and e.id is None else e for e in entities
        ]

    def linked(self) -> tuple[Entity, ...]:
        """The entities in their order, each with its id where there is one."""
        lands = Counter(e.country for e in self._entities if e.country and self._tells(e))
        regions = {e.id for e in self._entities if e.id is not None and e.id.startswith("place:")}
        regions |= set(self._within())
        atlas = Atlas(self._gazetteer, self._names, lands, regions)
        placed = self._pairs(atlas)
        placed |= self._placing(atlas, placed, near=True)
        atlas = self._further(atlas, placed, lands, regions)
        placed |= self._elsewhere(atlas, placed)
        for index, entity in enumerate(self._entities):
            if entity.kind == "place" and entity.country and index not in placed and not self._tells(entity):
                lands[entity.country] += 1
        atlas = self._further(atlas, placed, lands, regions)
        placed |= self._placing(atlas, placed, near=False)
        lands += Counter(land for spot, _ in placed.values() if (land := atlas.country(spot)) is not None)
        return tuple(
            self._placed(entity, atlas, *placed[index]) if index in placed else self._person(entity, lands)
            for index, entity in enumerate(self._entities)
        )

    def _within(self) -> Iterator[str]:
        """The regions whose names are parts of bodies' names: "Pennsylvania police"."""
        for text in {e.text for e in self._entities if e.kind == "body" and e.country is not None}:
            for hit in self._names.aliases.find(atoms(text)):
                if hit.known.kind == "place" and hit.known.id is not None:
                    yield hit.known.id

    def _further(self, atlas: Atlas, placed: Mapping[int, Found], lands: Counter[str], regions: set[str]) -> Atlas:
        """An atlas that also knows the countries and regions of the places found so far."""
        spots = [spot for spot, _ in placed.values()]
        seen = Counter(land for spot in spots if (land := atlas.country(spot)) is not None)
        return Atlas(self._gazetteer, self._names, lands + seen, regions | {spot.id for spot in spots})

    def _elsewhere(self, atlas: Atlas, placed: Mapping[int, Found]) -> dict[int, Found]:
        """Known places whose country the document does not name, where one that it names has a place of that name."""
        done: dict[int, Found] = {}
        told: dict[str | None, set[str]] = defaultdict(set)
        for entity in self._entities:
            told[entity.country].add(entity.name)
        for index, entity in enumerate(self._entities):
            known = entity.kind == "place" and (entity.id is not None or self._is_seat(entity))
            if (
                known
                and told[entity.country] == {entity.name}
                and index not in placed
                and not self._is_metropolis(entity)
            ):
                spot = atlas.elsewhere(entity.text, entity)
                if spot is not None:
                    done[index] = (spot, f"the one in {atlas.country(spot)}, which the report names")
            if entity.kind == "country" and entity.text == entity.name and told[entity.country] == {entity.name}:
                spot = atlas.elsewhere(entity.text, entity)
                if spot is not None and (atlas.names_region(spot) or self._beside(index, spot, placed)):
                    done[index] = (spot, f"the one in {atlas.country(spot)}, which the report names")
        return done

    def _beside(self, index: int, spot: Spot, placed: Mapping[int, Found]) -> bool:
        """Whether a name stands in a list with a city of the same country: "Armenia and Pereira"."""
        for first, other in ((index, index + 1), (index - 1, index - 1)):
            if other in placed and placed[other][0].country == spot.country and placed[other][0].kind == "city":
                between = self._text[self._entities[first].end : self._entities[first + 1].start]
                if between in (" and ", ", "):
                    return True
        return False

    def _placing(self, atlas: Atlas, placed: Collection[int], *, near: bool) -> dict[int, Found]:
        """Where the places lie that have none yet, by index."""
        found: dict[tuple[str, str | None, bool], Found | None] = {}
        done: dict[int, Found] = {}
        for index, entity in enumerate(self._entities):
            if index in placed:
                continue
            if self._maybe_place(entity):
                sure = near or entity.kind != "place"
                key = (entity.name, None if self._is_seat(entity) else entity.country, sure)
                if key not in found:
                    found[key] = atlas.named(key[0], country=key[1], near=sure)
                place = found[key]
                if place is not None and (entity.kind == "place" or atlas.names_land(place[0])):
                    done[index] = place
        return done

    def _tells(self, entity: Entity) -> bool:
        """Whether an entity by itself tells which country the document is about: not a city that may lie elsewhere."""
        if entity.kind != "place":
            return entity.kind != "outlet"
        return not self._is_seat(entity) and (entity.id is None or not entity.id.removeprefix("place:").isdigit())

    def _is_metropolis(self, entity: Entity) -> bool:
        """Whether the place is the capital that everybody means by its name."""
        if not self._is_seat(entity):
            return False
        return any(spot.population >= _METROPOLIS for spot in self._gazetteer.named(entity.name)[:1])

    @staticmethod
    def _other(entity: Entity, known: Known) -> Entity:
        reason = "as other words of the report tell"
        return msgspec.structs.replace(
            entity, kind=known.kind, name=known.name, id=known.id, country=known.country, reason=reason
        )

    def _pairs(self, atlas: Atlas) -> dict[int, Found]:
        """Places that stand before what they lie in ("Athens, Georgia"), and what they lie in where it is a region."""
        placed: dict[int, Found] = {}
        for index, (entity, after) in enumerate(itertools.pairwise(self._entities)):
            if not {entity.kind, after.kind} <= {"country", "place"}:
                continue
            if re.fullmatch(r",\s", self._text[entity.end : after.start]) is None:
                continue
            inner, outer = atlas.inside(entity.text, after.text)
            if inner is not None:
                placed[index] = (inner, f"the one in {after.text}")
            if outer is not None:
                placed[index + 1] = (outer, f"the one around {entity.text}")
        return placed

    def _is_seat(self, entity: Entity) -> bool:
        land = self._names.countries.get(entity.country or "")
        return entity.kind == "place" and land is not None and entity.name in land.seats

    def _maybe_place(self, entity: Entity) -> bool:
        if entity.id is not None:
            return False
        if entity.kind in ("other", "body", "person") and entity.name.count(" ") < 2:
            return _WHERE.search(self._text[max(0, entity.start - _REACH) : entity.start]) is not None
        return entity.kind == "place"

    def _placed(self, entity: Entity, atlas: Atlas, spot: Spot, reason: str) -> Entity:
        region = self._names.regions.get(spot.id)
        name = region.name if region else spot.name
        if region is None and entity.text.isascii() and not fold(spot.name).startswith(fold(entity.text)):
            name = entity.text  # the gazetteer's first spelling is seldom the one of English reports
        country = atlas.country(spot)
        return msgspec.structs.replace(entity, kind="place", name=name, id=spot.id, country=country, reason=reason)

    def _person(self, entity: Entity, lands: Collection[str]) -> Entity:
        if entity.kind != "person" or entity.id is not None:
            return entity
        known = self._names.aliases.exact(entity.name)
        if known is not None and known.kind == "person":
            reason = entity.reason or ("name" if known.name == entity.name else f"alias of {known.name}")
            return msgspec.structs.replace(entity, name=known.name, id=known.id, country=known.country, reason=reason)
        if " " in entity.name:
            return entity
        person = officer(entity.name, self._text, entity.start, entity.end, self._names, lands, self._year)
        if person is None:
            return entity
        reason = f"family name of {person.name}, with the office"
        return msgspec.structs.replace(entity, name=person.name, id=person.id, country=person.country, reason=reason)
