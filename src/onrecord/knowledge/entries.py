"""The entries of the name tables: what a row or a table of each file holds."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

Sense = Literal["people", "spokesperson", "document", "media", "authority", "body"]
# What a body is.
Sort = Literal[
    "armed forces", "service", "general staff", "ministry", "government office", "parliament", "court", "intelligence",
    "police", "border guard", "health agency", "disaster agency", "weather or survey agency", "nuclear agency",
    "UN body", "alliance", "regional organisation", "armed group", "party", "news agency", "outlet",
    "aid organisation", "monitor", "think tank", "company", "religious body", "sports body", "public agency",
    "university",
]  # fmt: skip
_HELD = re.compile(r"(.+?)(?:, (body:\S+))? (\d{4})?-(\d{4})?\Z")


class Country(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A country or territory of ISO 3166-1, with the words for its people and its government.

    Attributes:
        name: the common English name. alpha2, alpha3: codes of ISO 3166-1.
        gw: number in Gleditsch and Ward's list of independent states (1999, with its updates).
        cow: number in the state system list of the Correlates of War project.
        adjectives: words for its people and things. seats: names that stand for its government, the capital first.
        aliases: other names.
    """

    name: str
    alpha2: str
    alpha3: str
    example: str
    gw: int | None = None
    cow: int | None = None
    adjectives: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The knowledge id: "country:KR"."""
        return f"country:{self.alpha2}"


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A body or outlet.

    Attributes:
        id: "body:…" or "outlet:…". name: the usual English name. sort: what it is. country: whose, by canonical name.
        aliases: other names, in any script. fills: the kinds of body that it is for its country.
        shared: names that other bodies bear too; they mean this one where the report is about its country.
        wikidata: its item there, only where certain.
    """

    id: str
    name: str
    sort: Sort
    example: str
    kind: Literal["body", "outlet"] = "body"
    country: str | None = None
    aliases: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    fills: tuple[str, ...] = ()
    wikidata: str | None = None


class Held(msgspec.Struct, frozen=True):
    """An office held from the year ``first`` to the year ``last``; ``None`` where unknown or still held."""

    office: str
    body: str | None
    first: int | None
    last: int | None

    def covers(self, year: int | None) -> bool:
        """Whether it was held in ``year``; an unknown year does not tell against it."""
        return year is None or ((self.first or 0) <= year <= (self.last or 9999))


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A person in public office.

    Attributes:
        id: "person:…". name: as English reports write it. family: what reports call the person afterwards.
        country: whose, by canonical name; empty for officials of international bodies.
        roles: each "office[, body id] FROM-TO", years empty where unknown or still held.
        aliases: other spellings of the whole name, in any script, and a family name that means nobody else.
    """

    id: str
    name: str
    family: str
    roles: tuple[str, ...]
    example: str
    country: str | None = None
    aliases: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for role in self.roles:
            if _HELD.match(role) is None:
                raise ValueError(f"the role {role!r} of {self.name} is not written as 'office FROM-TO'")

    @property
    def held(self) -> tuple[Held, ...]:
        """The roles, taken apart."""
        parts = [match.groups() for role in self.roles if (match := _HELD.match(role))]
        return tuple(
            Held(office, body, int(first) if first else None, int(last) if last else None)
            for office, body, first, last in parts
        )


class Region(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place under its usual English name.

    Attributes:
        id: as in the gazetteer, which then tells where it lies; else one of our own.
        name: the usual English name. country: whose, by canonical name. lat, lon: WGS 84 degrees.
        aliases: other names.
    """

    id: str
    name: str
    example: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    aliases: tuple[str, ...] = ()


class Homonym(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name that means something else than usual where more ``signs`` than words ``against`` stand in the report.

    Attributes:
        name: as written. id: what it then means. country: whose, by canonical name.
        signs, against: words and names, case-sensitive.
    """

    name: str
    id: str
    signs: tuple[str, ...]
    example: str
    against: tuple[str, ...] = ()
    country: str | None = None


class Expression(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that hold a name and do not mean its bearer."""

    words: str
    example: str


class Dealing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A verb, by its lemma, that is done to a government, so that a city as its object stands for one."""

    verb: str
    example: str


class Alias(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One more name of something known, by its id: a country, body, person, place or item."""

    alias: str
    id: str


class BodyKind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of body that most countries have; ``name`` holds ``{country}``.

    ``named`` tells whether the phrase names a body even where no country stands beside it.
    """

    key: str
    name: str
    phrases: tuple[str, ...]
    example: str
    named: bool = False


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


class Kinds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """bodies_kinds.toml."""

    kind: tuple[BodyKind, ...]


class Roles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """roles.toml."""

    title: tuple[Title, ...]
    office: tuple[Office, ...]


class Nouns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """anonymous.toml."""

    noun: tuple[Noun, ...]
