"""Names as knowledge: countries, bodies, people, places, and the words that stand before or instead of a name.

One alias table serves every reader of names: ``Aliases.find`` goes once through a text and gives the longest
known name at each place. Files: countries, bodies, people, regions, homonyms, expressions,
dealings, aliases (``.csv``), bodies_kinds, roles and anonymous (``.toml``).
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from onrecord.knowledge.aliases import Aliases, Known
from onrecord.knowledge.base import Knowledge
from onrecord.knowledge.entries import (
    Alias,
    Body,
    BodyKind,
    Country,
    Dealing,
    Expression,
    Homonym,
    Kinds,
    Noun,
    Nouns,
    Person,
    Region,
    Roles,
)

Named = Country | Body | Person | Region


class Names(msgspec.Struct, frozen=True):
    """All name knowledge, ready for use.

    Attributes:
        aliases: the alias table.
        countries: by canonical name. kinds: kinds of body, by key.
        bodies, people, regions: by id.
        homonyms: names that sometimes mean something else, as written.
        families: family name in lower case -> who bears it.
        filled: the body that is, for a country, of a kind: ("Israel", "army") -> its Known.
        titles: lower-case title words. offices: lemma -> the office it means.
        nouns: lemma -> the head noun of a nameless phrase.
        dealings: lemmas of verbs that are done to governments.
    """

    aliases: Aliases
    countries: dict[str, Country]
    kinds: dict[str, BodyKind]
    bodies: dict[str, Body]
    people: dict[str, Person]
    regions: dict[str, Region]
    homonyms: dict[str, Homonym]
    families: dict[str, tuple[Person, ...]]
    filled: dict[tuple[str, str], Known]
    titles: frozenset[str]
    offices: dict[str, str]
    nouns: dict[str, Noun]
    dealings: frozenset[str]

    def country(self, name: str) -> Known:
        """The Known of the country called ``name``."""
        return Known(name, "country", self.countries[name].id, name)

    def body_of(self, country: str | None, key: str) -> Known:
        """The body of kind ``key`` that ``country`` has: by its own name where knowledge has one.

        Without a country the name is the bare one ("Ministry of Defence"), and there is no id.
        """
        if country and key == "government" and country in self.countries:
            return self.country(country)
        filled = self.filled.get((country or "", key))
        if filled:
            return filled
        name = self.kinds[key].name.replace("{country}", country or "").replace(" of  ", " ").strip()
        id_ = f"body:{self.countries[country].alpha2.lower()}-{slug(key)}" if country in self.countries else None
        return Known(name, "body", id_, country, "kind", key)

    def of_kind(self, id_: str) -> Known | None:
        """The body that an id of ``body_of`` stands for ("body:fj-defence-ministry"), or ``None``."""
        match = re.fullmatch(r"body:([a-z]{2})-(.+)", id_)
        if match is None:
            return None
        land = next((c.name for c in self.countries.values() if c.alpha2.lower() == match[1]), None)
        key = next((key for key in self.kinds if slug(key) == match[2]), None)
        known = self.body_of(land, key) if land and key else None
        return known if known is not None and known.id == id_ else None

    def entry(self, id_: str) -> Named | None:
        """The entry with that id, or ``None``."""
        if id_.startswith("country:"):
            return next((c for c in self.countries.values() if c.id == id_), None)
        return self.bodies.get(id_) or self.people.get(id_) or self.regions.get(id_)


def slug(words: str) -> str:
    """Words as part of an id: lower case, hyphens between."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


@functools.lru_cache(maxsize=4)
def names(knowledge: Knowledge) -> Names:
    """The name tables of ``knowledge``, read once.

    Raises:
        KnowledgeError: if a file is absent or breaks its schema.
    """
    countries = knowledge.rows("countries.csv", Country)
    bodies = knowledge.rows("bodies.csv", Body)
    people = knowledge.rows("people.csv", Person)
    regions = knowledge.rows("regions.csv", Region)
    kinds = knowledge.table("bodies_kinds.toml", Kinds).kind
    roles = knowledge.table("roles.toml", Roles)
    listed: list[Named] = [*countries, *bodies, *people, *regions]
    entries = {entry.id: entry for entry in listed}
    more = [(a.alias, _known(entries[a.id])) for a in knowledge.rows("aliases.csv", Alias) if a.id in entries]
    more += [(e.words, Known(e.words, "other", None, None)) for e in knowledge.rows("expressions.csv", Expression)]
    families: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        families[person.family.lower()].append(person)
    return Names(
        Aliases([*more, *_bodies(bodies), *_countries(countries), *_named(regions), *_kinds(kinds), *_named(people)]),
        {c.name: c for c in countries},
        {k.key: k for k in kinds},
        {b.id: b for b in bodies},
        {p.id: p for p in people},
        {r.id: r for r in regions},
        {h.name: h for h in knowledge.rows("homonyms.csv", Homonym)},
        {family: tuple(found) for family, found in families.items()},
        {
            (b.country, k): msgspec.structs.replace(_known(b), key=k)
            for b in reversed(bodies)
            if b.country
            for k in b.fills
        },
        frozenset(t.word for t in roles.title),
        {w: o.word for o in roles.office for w in (o.word, *o.synonyms)},
        {n.word: n for n in knowledge.table("anonymous.toml", Nouns).noun},
        frozenset(d.verb for d in knowledge.rows("dealings.csv", Dealing)),
    )


def _known(entry: Named) -> Known:
    """What an entry's name stands for."""
    match entry:
        case Country():
            return Known(entry.name, "country", entry.id, entry.name)
        case Body():
            return Known(entry.name, entry.kind, entry.id, entry.country)
        case Person():
            return Known(entry.name, "person", entry.id, entry.country)
    return Known(entry.name, "place", entry.id, entry.country)


def _bodies(bodies: Iterable[Body]) -> Iterator[tuple[str, Known]]:
    """Their names; what others are called too is theirs only in reports on their country."""
    for body in bodies:
        known = _known(body)
        at_home = msgspec.structs.replace(known, shared=True)
        for alias in body.shared:
            yield alias, at_home
        for alias in (body.name, *body.aliases):
            if alias not in body.shared:
                yield alias, known


def _named(entries: Iterable[Person | Region]) -> Iterator[tuple[str, Known]]:
    for entry in entries:
        known = _known(entry)
        for alias in (entry.name, *entry.aliases):
            yield alias, known


def _countries(countries: Sequence[Country]) -> Iterator[tuple[str, Known]]:
    for country in countries:
        known = _known(country)
        for alias in (country.name, *country.aliases):
            yield alias, known
        for adjective in country.adjectives:
            yield adjective, msgspec.structs.replace(known, manner="adjective")
        for seat in country.seats:
            yield seat, Known(country.seats[0], "place", None, country.name, "seat")


def _kinds(kinds: Sequence[BodyKind]) -> Iterator[tuple[str, Known]]:
    for kind in kinds:
        known = Known(kind.name, "body", None, None, "kind", kind.key, kind.named)
        for phrase in kind.phrases:
            yield phrase, known
