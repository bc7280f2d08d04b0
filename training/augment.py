"""Reports with their names and numbers swapped, so that the model learns from how things are said, not of whom.

Everybody and every place keeps one new name throughout a report; countries keep their adjectives; years stay.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable

import msgspec

from onrecord.knowledge import builtin
from onrecord.knowledge.names import Names, names
from onrecord.values import Entity, Reading

_NUMBER = re.compile(r"\d[\d,.]*")
_YEAR = re.compile(r"(?:19|20)\d\d")


class Pools(msgspec.Struct, frozen=True):
    """What names are drawn from."""

    people: tuple[str, ...]
    places: tuple[str, ...]
    countries: tuple[str, ...]


def pools(readings: Iterable[Reading]) -> Pools:
    """The people and places that readings name, and all countries."""
    people, places = set(), set()
    for reading in readings:
        for entity in reading.mentions.entities:
            if entity.kind == "person" and " " in entity.name:
                people.add(entity.name)
            elif entity.kind == "place":
                places.add(entity.name)
    return Pools(tuple(sorted(people)), tuple(sorted(places)), tuple(sorted(names(builtin()).countries)))


def swapped(reading: Reading, pool: Pools, share: float, chance: random.Random) -> list[str]:
    """The words of a reading's tokens, in order, some names and numbers swapped.

    A name's new words all stand at its first token; its other tokens become empty.
    """
    tokens = [token for sentence in reading.sentences for token in sentence.tokens]
    words = [token.text for token in tokens]
    at = {token.start: index for index, token in enumerate(tokens)}
    known = names(builtin())
    chosen: dict[str, str | None] = {}
    for entity in reading.mentions.entities:
        if entity.name not in chosen:
            chosen[entity.name] = _drawn(entity, pool, chance) if chance.random() < share else None
        new = chosen[entity.name]
        first = at.get(entity.start)
        if new is None or first is None:
            continue
        words[first] = _form(entity, new, known)
        for index in range(first + 1, len(tokens)):
            if tokens[index].start >= entity.end:
                break
            words[index] = ""
    if chance.random() < share:
        words = [_number(word, chance) for word in words]
    return words


def _drawn(entity: Entity, pool: Pools, chance: random.Random) -> str | None:
    """Another name of the same kind; bodies and the like keep theirs, which tell what they are."""
    given = {"person": pool.people, "place": pool.places, "country": pool.countries}.get(entity.kind)
    return chance.choice(given) if given else None


def _form(entity: Entity, new: str, known: Names) -> str:
    """The new name in the form in which the old one stands: a country's adjective, a bare family name."""
    if entity.kind == "country":
        old = known.countries.get(entity.name)
        adjectives = known.countries[new].adjectives
        return adjectives[0] if old and adjectives and entity.text in old.adjectives else new
    if entity.kind == "person" and " " not in entity.text:
        return new.rsplit(" ", 1)[-1]
    return new


def _number(word: str, chance: random.Random) -> str:
    """Another number of the same shape."""
    if not _NUMBER.fullmatch(word) or _YEAR.fullmatch(word):
        return word
    digits = (str(chance.randint(0 if index else 1, 9)) if c.isdigit() else c for index, c in enumerate(word))
    return "".join(digits)
