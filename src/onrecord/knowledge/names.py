"""Names as knowledge: countries, bodies, places, and the words that stand before or instead of a name.

One alias table serves every reader of names: ``Aliases.find`` goes once through a text and gives the longest
known name at each place. Files: countries, bodies, bodies_kinds, places, roles and anonymous (all ``.toml``).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from onrecord.knowledge.base import Knowledge

Sense = Literal["people", "spokesperson", "document", "media", "authority", "body"]
# How an alias names its bearer: by name, by adjective ("Malian"), by the seat of its government ("Bamako"), or as
# a kind of body that many countries have ("defence ministry").
Manner = Literal["name", "adjective", "seat", "kind"]

_ATOM = re.compile(r"\w+|[^\w\s]")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'"})


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


class Atom(msgspec.Struct, frozen=True, gc=False):
    """A run of letters and digits, or one sign: the unit in which names are compared."""

    start: int
    end: int
    text: str


class Known(msgspec.Struct, frozen=True):
    """What an alias stands for. ``key`` is the key of a kind of body, "" for everything else."""

    name: str
    kind: str
    id: str | None
    country: str | None
    manner: Manner = "name"
    key: str = ""
    named: bool = True


class Hit(msgspec.Struct, frozen=True):
    """An alias found in a text, at ``[start, end)`` in code points."""

    start: int
    end: int
    known: Known


def atoms(text: str) -> list[Atom]:
    """The words and signs of ``text``, apostrophes made plain."""
    return [Atom(m.start(), m.end(), m.group()) for m in _ATOM.finditer(text.translate(_PLAIN))]


class Aliases:
    """Every known name, to be found in a text in one pass.

    A capital letter in an alias needs one in the text; an alias all in capitals ("WHO", "US") needs all capitals,
    so that pronouns are safe. Text all in capitals matches any alias of more than three letters.
    """

    def __init__(self, entries: Iterable[tuple[str, Known]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Known]]] = {}
        for alias, known in entries:
            words = tuple(a.text for a in atoms(alias))
            self._by_first.setdefault(words[0].lower(), []).append((words, known))
        for found in self._by_first.values():
            found.sort(key=lambda entry: -len(entry[0]))

    def find(self, units: Sequence[Atom], allowed: Callable[[Known], bool] | None = None) -> Iterator[Hit]:
        """The longest known name at each place, left to right, none overlapping another.

        ``allowed`` is asked about short names in capitals, which many bodies share ("SDF").
        """
        at = 0
        while at < len(units):
            entry = self._at(units, at, allowed)
            if entry is None:
                at += 1
                continue
            words, known = entry
            yield Hit(units[at].start, units[at + len(words) - 1].end, known)
            at += len(words)

    def exact(self, words: str) -> Known | None:
        """What ``words`` as a whole stand for, or ``None``."""
        units = atoms(words)
        entry = self._at(units, 0) if units else None
        return entry[1] if entry and len(entry[0]) == len(units) else None

    def _at(
        self, units: Sequence[Atom], at: int, allowed: Callable[[Known], bool] | None = None
    ) -> tuple[tuple[str, ...], Known] | None:
        for words, known in self._by_first.get(units[at].text.lower(), ()):
            stretch = units[at : at + len(words)]
            if (
                len(stretch) == len(words)
                and all(map(_fits, words, stretch))
                and _whole(words, stretch)
                and (allowed is None or not _short(words) or allowed(known))
            ):
                return words, known
        return None


def _fits(word: str, atom: Atom) -> bool:
    seen = atom.text
    if word == seen:
        return True
    if word.lower() != seen.lower() or (word.isupper() and len(word) < 6):
        return False
    if seen.isupper():
        return len(word) > 3
    return not word[0].isupper() or seen[0].isupper()


def _short(words: tuple[str, ...]) -> bool:
    return len(words) == 1 and len(words[0]) <= 3 and words[0].isupper()


def _whole(words: tuple[str, ...], stretch: Sequence[Atom]) -> bool:
    """Whether atoms of an abbreviation ("U.S.") stand without gaps, and none of the rest lie lines apart."""
    if len(words) > 1 and words[1] == ".":
        return stretch[-1].end - stretch[0].start == sum(map(len, words)) or len(words[0]) > 1
    return all(b.start - a.end <= 2 for a, b in zip(stretch, stretch[1:], strict=False))


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
        {(b.country, k): msgspec.structs.replace(_body(b), key=k) for b in reversed(bodies) if b.country for k in b.fills},
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
