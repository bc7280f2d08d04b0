"""Name knowledge: every entry's example, the codes of ISO 3166, and the seams between the tables."""

from __future__ import annotations

import pycountry
import pytest

from onrecord.knowledge import builtin
from onrecord.knowledge.aliases import atoms
from onrecord.knowledge.names import (
    Bodies,
    Body,
    BodyKind,
    Countries,
    Country,
    Kinds,
    Names,
    Noun,
    Nouns,
    Office,
    Region,
    Regions,
    Roles,
    Title,
    names,
)  # fmt: skip

TABLE = names(builtin())
COUNTRIES = builtin().table("countries.toml", Countries).country
BODIES = builtin().table("bodies.toml", Bodies).body
KINDS = builtin().table("bodies_kinds.toml", Kinds).kind
PLACES = builtin().table("places.toml", Regions).place
ROLES = builtin().table("roles.toml", Roles)
NOUNS = builtin().table("anonymous.toml", Nouns).noun


def named(words: str) -> list[tuple[str, str]]:
    return [(hit.known.name, hit.known.key) for hit in TABLE.aliases.find(atoms(words))]


@pytest.mark.parametrize("country", COUNTRIES, ids=lambda c: c.alpha2)
def test_example_names_the_country(country: Country) -> None:
    assert country.name in [name for name, _ in named(country.example)] or "Congolese" in country.example


@pytest.mark.parametrize("country", [c for c in COUNTRIES if c.alpha2 != "XK"][::5], ids=lambda c: c.alpha2)
def test_codes_are_those_of_iso_3166(country: Country) -> None:
    assert pycountry.countries.get(alpha_2=country.alpha2).alpha_3 == country.alpha3


def test_every_iso_country_is_there_once() -> None:
    codes = [c.alpha2 for c in COUNTRIES if c.alpha2 != "XK"]
    assert sorted(codes) == sorted(c.alpha_2 for c in pycountry.countries)
    assert len({c.name for c in COUNTRIES}) == len(COUNTRIES)


@pytest.mark.parametrize("body", BODIES, ids=lambda b: b.id)
def test_example_names_the_body(body: Body) -> None:
    assert body.name in [name for name, _ in named(body.example)]
    assert body.country is None or body.country in TABLE.countries
    assert set(body.fills) <= set(TABLE.kinds), f"no kind of body is called {set(body.fills) - set(TABLE.kinds)}"


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.key)
def test_example_names_the_kind_of_body(kind: BodyKind) -> None:
    assert kind.key in [key for _, key in named(kind.example)]
    assert "{country}" in kind.name


@pytest.mark.parametrize("place", PLACES, ids=lambda p: p.name)
def test_example_names_the_place(place: Region) -> None:
    assert place.name in [name for name, _ in named(place.example)]


@pytest.mark.parametrize("title", ROLES.title, ids=lambda t: t.word)
def test_example_begins_with_the_title(title: Title) -> None:
    assert title.example.split()[0].lower() == title.word
    assert title.word in TABLE.titles


@pytest.mark.parametrize("office", ROLES.office, ids=lambda o: o.word)
def test_example_holds_the_office(office: Office) -> None:
    assert TABLE.offices[office.example.split()[-1]] == office.word


@pytest.mark.parametrize("noun", NOUNS, ids=lambda n: n.word)
def test_example_holds_the_noun(noun: Noun) -> None:
    assert TABLE.nouns[noun.example.split()[-1]] == noun


def test_a_pronoun_is_no_acronym() -> None:
    assert not named("he told us who it is")


def test_a_country_without_a_settled_name_for_a_body_gets_the_usual_one() -> None:
    table: Names = TABLE
    assert table.body_of("Fiji", "defence ministry").name == "Fiji Ministry of Defence"
    assert table.body_of("Israel", "army").name == "Israel Defense Forces"
    assert table.body_of("Fiji", "government").id == "country:FJ"
    assert table.body_of(None, "defence ministry").name == "Ministry of Defence"
