"""Name knowledge: every entry's example, the codes of ISO 3166, and the seams between the tables."""

from __future__ import annotations

import pycountry
import pytest

from onrecord.knowledge import builtin
from onrecord.knowledge.aliases import atoms
from onrecord.knowledge.entries import (
    Body,
    BodyKind,
    Country,
    Dealing,
    Expression,
    Homonym,
    Kinds,
    Noun,
    Nouns,
    Office,
    Person,
    Region,
    Roles,
    Title,
)
from onrecord.knowledge.equipment import catalogue
from onrecord.knowledge.names import Names, names
from onrecord.mentions.names import NAMES
from onrecord.sentences import SENTENCES
from onrecord.values import Document, Reading

TABLE = names(builtin())
COUNTRIES = builtin().rows("countries.csv", Country)
BODIES = builtin().rows("bodies.csv", Body)
PEOPLE = builtin().rows("people.csv", Person)
HOMONYMS = builtin().rows("homonyms.csv", Homonym)
KINDS = builtin().table("bodies_kinds.toml", Kinds).kind
PLACES = builtin().rows("regions.csv", Region)
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


def test_the_numbers_of_states_are_unique_and_known_where_certain() -> None:
    """Facts from the lists of Gleditsch and Ward and of the Correlates of War."""
    for field in ("gw", "cow"):
        numbers = [getattr(c, field) for c in COUNTRIES if getattr(c, field) is not None]
        assert len(set(numbers)) == len(numbers)
        assert 170 <= len(numbers) <= 200
    known = {c.alpha2: (c.gw, c.cow) for c in COUNTRIES}
    assert known["US"] == (2, 2)
    assert known["DE"] == (260, 255)
    assert known["YE"] == (678, 679)
    assert known["KP"] == (731, 731)
    assert known["UA"] == (369, 369)
    assert known["VN"] == (816, 816)


def test_every_iso_country_is_there_once() -> None:
    codes = [c.alpha2 for c in COUNTRIES if c.alpha2 != "XK"]
    assert sorted(codes) == sorted(c.alpha_2 for c in pycountry.countries)
    assert len({c.name for c in COUNTRIES}) == len(COUNTRIES)


@pytest.mark.parametrize("body", BODIES, ids=lambda b: b.id)
def test_example_names_the_body(body: Body) -> None:
    assert body.name in [name for name, _ in named(body.example)]
    assert body.country is None or body.country in TABLE.countries
    assert set(body.fills) <= set(TABLE.kinds), f"no kind of body is called {set(body.fills) - set(TABLE.kinds)}"


@pytest.mark.parametrize("person", PEOPLE, ids=lambda p: p.id)
def test_example_names_the_person(person: Person) -> None:
    assert person.name in [name for name, _ in named(person.example)]
    assert person.family in person.name
    assert person.country is None or person.country in TABLE.countries
    for held in person.held:
        assert held.first is None or held.last is None or held.first <= held.last
        assert held.body is None or held.body in TABLE.bodies


@pytest.mark.parametrize("homonym", HOMONYMS, ids=lambda h: h.name)
def test_the_other_meaning_is_taken_in_the_example(homonym: Homonym) -> None:
    (reading,) = NAMES.load(builtin())(SENTENCES.load(builtin())([Reading(Document(homonym.example))]))
    assert homonym.id in {e.id for e in reading.mentions.entities if e.text == homonym.name}


@pytest.mark.parametrize("dealing", builtin().rows("dealings.csv", Dealing), ids=lambda d: d.verb)
def test_a_city_that_is_dealt_with_is_its_government(dealing: Dealing) -> None:
    (reading,) = NAMES.load(builtin())(SENTENCES.load(builtin())([Reading(Document(dealing.example))]))
    seats = {seat for country in COUNTRIES for seat in country.seats}
    dealt = [e for e in reading.mentions.entities if e.text in seats]
    assert dealt
    assert dealt[-1].kind == "country"


@pytest.mark.parametrize("expression", builtin().rows("expressions.csv", Expression), ids=lambda e: e.words)
def test_an_expression_means_no_country(expression: Expression) -> None:
    (reading,) = NAMES.load(builtin())(SENTENCES.load(builtin())([Reading(Document(expression.example))]))
    assert expression.words in {e.text for e in reading.mentions.entities}
    assert not [e for e in reading.mentions.entities if e.kind == "country" or e.id is not None]


def test_there_are_as_many_as_the_reports_need() -> None:
    assert len(BODIES) >= 600
    assert len(PEOPLE) >= 300
    assert len(catalogue(builtin()).items) >= 400


def test_no_name_means_two_things() -> None:
    """But for acronyms that the country of the report tells apart, and capitals that stand for their government."""
    bearers: dict[str, set[str]] = {}
    for entry in (*BODIES, *PEOPLE, *PLACES, *COUNTRIES):
        for alias in (entry.name, *entry.aliases):
            bearers.setdefault(alias, set()).add(entry.id)
    twice = {alias for alias, ids in bearers.items() if len(ids) > 1 and not (alias.isupper() and len(alias) <= 5)}
    assert not twice


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.key)
def test_example_names_the_kind_of_body(kind: BodyKind) -> None:
    assert kind.key in [key for _, key in named(kind.example)]
    assert "{country}" in kind.name


@pytest.mark.parametrize("place", PLACES, ids=lambda p: p.name)
def test_example_names_the_place(place: Region) -> None:
    assert place.name in [name for name, _ in named(place.example)]
    assert place.country is None or place.country in TABLE.countries


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
