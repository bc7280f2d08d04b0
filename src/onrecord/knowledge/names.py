"""Names as knowledge: countries, bodies, places, and the words that stand before or instead of a name.

One alias table serves every reader of names: ``Aliases.find`` goes once through a text and gives the longest
known name at each place. Files: countries, bodies, bodies_kinds, places, roles and anonymous (all ``.toml``).
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from onrecord.knowledge.aliases import Aliases, Known
from onrecord.knowledge.base import Knowledge

Sense = Literal["people", "spokesperson", "document", "media", "authority", "body"]


class Country(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A country or territory of ISO 3166-1, with the words for its people and its government."""

    name: str
    alpha2: str
    alpha3: str
    example: str
    adjectives: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A body or outlet. ``fills`` names the kinds of body that it is for its country."""

    name: str
    id: str
    example: str
    kind: Literal["body", "outlet"] = "body"
    country: str | None = None
    aliases: tuple[str, ...] = ()
    fills: tuple[str, ...] = ()


class BodyKind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of body that most countries have; ``name`` holds ``{country}``.

    ``named`` tells whether the phrase names a body even where no country stands beside it.
    """

    key: str
    name: str
    phrases: tuple[str, ...]
    example: str
    named: bool = False


class Region(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place under its usual English name."""

    name: str
    example: str
    country: str | None = None
    aliases: tuple[str, ...] = ()


class Title(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word before a person's name that is no part of it."""

    word: str
    example: str


class Office(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A noun that says what a person is ("the governor"), by its lemma."""

    word: str
    example: str
    synonyms: tuple[str, ...] = ()


class Noun(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The head noun of a phrase that names a party without a name, by its lemma."""

    word: str
    sense: Sense
    example: str
    country: bool = False
    matches: tuple[str, ...] = ()


class Countries(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """countries.toml."""

    country: tuple[Country, ...]


class Bodies(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """bodies.toml."""

    body: tuple[Body, ...]


class Kinds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """bodies_kinds.toml."""

    kind: tuple[BodyKind, ...]


class Regions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """places.toml."""

    place: tuple[Region, ...]


class Roles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """roles.toml."""

    title: tuple[Title, ...]
    office: tuple[Office, ...]


class Nouns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """anonymous.toml."""

    noun: tuple[Noun, ...]


class Names(msgspec.Struct, frozen=True):
    """All name knowledge, ready for use.

    Attributes:
        aliases: the alias table.
        countries: by canonical name.
        kinds: kinds of body, by key.
        filled: the body that is, for a country, of a kind: ("Israel", "army") -> its Known.
        titles: lower-case title words. offices: lemma -> the office it means.
        nouns: lemma -> the head noun of a nameless phrase.
    """

    aliases: Aliases
    countries: dict[str, Country]
    kinds: dict[str, BodyKind]
    filled: dict[tuple[str, str], Known]
    titles: frozenset[str]
    offices: dict[str, str]
    nouns: dict[str, Noun]

    def country(self, name: str) -> Known:
        """The Known of the country called ``name``."""
        return Known(name, "country", f"country:{self.countries[name].alpha2}", name)

    def body_of(self, country: str | None, key: str) -> Known:
        """The body of kind ``key`` that ``country`` has: by its own name where knowledge has one.

        Without a country the name is the bare one ("Ministry of Defence").
        """
        if country and key == "government" and country in self.countries:
            return self.country(country)
        filled = self.filled.get((country or "", key))
        if filled:
            return filled
        name = self.kinds[key].name.replace("{country}", country or "").replace(" of  ", " ").strip()
        return Known(name, "body", None, country, "kind", key)


@functools.lru_cache(maxsize=4)
def names(knowledge: Knowledge) -> Names:
    """The name tables of ``knowledge``, read once.

    Raises:
        KnowledgeError: if a file is absent or breaks its schema.
    """
    countries = knowledge.table("countries.toml", Countries).country
    bodies = knowledge.table("bodies.toml", Bodies).body
    kinds = knowledge.table("bodies_kinds.toml", Kinds).kind
    places = knowledge.table("places.toml", Regions).place
    roles = knowledge.table("roles.toml", Roles)
    nouns = knowledge.table("anonymous.toml", Nouns).noun
    return Names(
        Aliases([*_bodies(bodies), *_countries(countries), *_places(places), *_kinds(kinds)]),
        {c.name: c for c in countries},
        {k.key: k for k in kinds},
        {
            (b.country, k): msgspec.structs.replace(_body(b), key=k)
            for b in reversed(bodies)
            if b.country
            for k in b.fills
        },
        frozenset(t.word for t in roles.title),
        {w: o.word for o in roles.office for w in (o.word, *o.synonyms)},
        {n.word: n for n in nouns},
    )


def _body(body: Body) -> Known:
    return Known(body.name, body.kind, body.id, body.country)


def _bodies(bodies: Sequence[Body]) -> Iterator[tuple[str, Known]]:
    for body in bodies:
        known = _body(body)
        for alias in (body.name, *body.aliases):
            yield alias, known


def _countries(countries: Sequence[Country]) -> Iterator[tuple[str, Known]]:
    for country in countries:
        id_ = f"country:{country.alpha2}"
        for alias in (country.name, *country.aliases):
            yield alias, Known(country.name, "country", id_, country.name)
        for adjective in country.adjectives:
            yield adjective, Known(country.name, "country", id_, country.name, "adjective")
        for seat in country.seats:
            yield seat, Known(country.seats[0], "place", None, country.name, "seat")


def _places(places: Sequence[Region]) -> Iterator[tuple[str, Known]]:
    for place in places:
        for alias in (place.name, *place.aliases):
            yield alias, Known(place.name, "place", None, place.country)


def _kinds(kinds: Sequence[BodyKind]) -> Iterator[tuple[str, Known]]:
    for kind in kinds:
        known = Known(kind.name, "body", None, None, "kind", kind.key, kind.named)
        for phrase in kind.phrases:
            yield phrase, known
