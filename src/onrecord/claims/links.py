"""The stage LINKS: a draft's object as an item of the catalogue, its place with its point, its countries with ids."""

from __future__ import annotations

import re

import msgspec

from onrecord.knowledge import Knowledge, Stage, Step
from onrecord.knowledge.names import Names, names
from onrecord.values import ItemMention, Overlaps, Party, Place, Reading, Span, Thing

# "12 units of the 240-millimetre multiple rocket launchers": the counted noun only measures the thing behind it.
_REACH = 12
_OF = re.compile(r"\s+of\s+(?:the\s+|its\s+|their\s+)?\Z")


def load(knowledge: Knowledge) -> Step:
    """The stage: every draft gets the id of its object and the point of its place, where they are known."""
    points = Points(knowledge)
    table = names(knowledge)

    def link(reading: Reading) -> Reading:
        items = Overlaps((item, item) for item in reading.mentions.items if not item.likened)
        text = reading.document.text
        drafts = tuple(
            msgspec.structs.replace(
                d,
                actor=linked_party(d.actor, table),
                target=linked_party(d.target, table),
                object=linked_thing(d.object, items, text),
                place=points.placed(d.place),
            )
            for d in reading.drafts
        )
        return msgspec.structs.replace(reading, drafts=drafts)

    return lambda readings: [link(reading) for reading in readings]


def linked_party(party: Party | None, table: Names) -> Party | None:
    """The party with the id of the country that a body's words gave it: "Rwanda" for "Rwanda's army"."""
    if party is None or party.id is not None or party.name not in table.countries:
        return party
    return msgspec.structs.replace(party, id=table.country(party.name).id, reason=f"the country of {party.text}")


def linked_thing(thing: Thing | None, items: Overlaps[ItemMention], text: str) -> Thing | None:
    """The object with the id of the item that its head noun names, or that its measure counts."""
    if thing is None:
        return None
    for item in items.touching(thing):
        if item.end >= thing.end:
            reason = item.reason if item.start <= thing.start else f"a kind of {item.name}"
            return msgspec.structs.replace(thing, id=item.id, reason=reason)
        if item.start <= thing.start and " " not in text[item.end : thing.end].strip():
            return msgspec.structs.replace(thing, id=item.id, reason=item.reason)  # "Su-25 jets"
    for item in items.touching(Span(thing.end, thing.end + _REACH)):
        if _OF.fullmatch(text[thing.end : item.start]):
            return msgspec.structs.replace(thing, id=item.id, reason=f"{item.reason}, of which there are {thing.text}")
    return thing


class Points:
    """Where known places lie."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._regions = names(knowledge).regions
        self._gazetteer = knowledge.gazetteer
        self._known: dict[str, tuple[float, float] | None] = {}

    def placed(self, place: Place | None) -> Place | None:
        """The place with its point."""
        if place is None or place.id is None or not place.id.startswith("place:"):
            return place
        if place.id not in self._known:
            self._known[place.id] = self._point(place.id)
        point = self._known[place.id]
        return place if point is None else msgspec.structs.replace(place, lat=point[0], lon=point[1])

    def _point(self, id_: str) -> tuple[float, float] | None:
        for known in (self._regions.get(id_), self._gazetteer.place(id_)):
            if known is not None and known.lat is not None and known.lon is not None:
                return known.lat, known.lon
        return None


LINKS = Stage(
    "links",
    "1",
    ("document", "mentions.items", "drafts.actor", "drafts.target", "drafts.object", "drafts.place"),
    ("drafts.actor", "drafts.target", "drafts.object", "drafts.place"),
    load,
)
