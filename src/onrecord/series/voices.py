"""Who vouches: when two sources are one voice, and when they are independent."""

from __future__ import annotations

import functools
import re

from onrecord.knowledge import Knowledge
from onrecord.knowledge.aliases import atoms
from onrecord.knowledge.comparing import comparables
from onrecord.knowledge.names import Names, names
from onrecord.values import Party, Voice

_LONG = 120
_NAMELESS = re.compile(r"^(?:unnamed|other|some|several|senior)\s+", re.IGNORECASE)


@functools.lru_cache(maxsize=4)
def alphas(knowledge: Knowledge) -> dict[str, str]:
    """ISO 3166 alpha-2 code by the country's canonical name."""
    return {country.name: country.alpha2 for country in names(knowledge).countries.values()}


@functools.lru_cache(maxsize=8_192)
def state_of(id_: str, knowledge: Knowledge) -> str | None:
    """The state to which the bearer of a knowledge id belongs, as alpha-2 code; ``None`` where there is none."""
    if id_.startswith("country:"):
        return id_.removeprefix("country:").upper()
    table = names(knowledge)
    if id_.startswith("place:"):
        spot = knowledge.gazetteer.place(id_)
        if spot is not None:
            return spot.country
    entry = table.entry(id_)
    country = getattr(entry, "country", None)
    if country is None and (known := table.of_kind(id_)) is not None:
        country = known.country
    return alphas(knowledge).get(country) if country else None


def voice_of(party: Party, knowledge: Knowledge, year: int | None = None) -> Voice:
    """The voice of a source as a claim names it, in a report of ``year``."""
    return _voice(party.name, party.id, party.kind, party.text if party.id is None else "", year, knowledge)


@functools.lru_cache(maxsize=16_384)
def _voice(name: str, id_: str | None, kind: str | None, told: str, year: int | None, knowledge: Knowledge) -> Voice:
    table = comparables(knowledge)
    plain = _NAMELESS.sub("", name.lstrip("•*- "))
    state = state_of(id_, knowledge) if id_ else _told_state(plain, names(knowledge), knowledge)
    spoken = f"{plain} {told if len(told) < _LONG else ''}"
    nameless = id_ is None and state is not None and kind in ("anonymous", "role")
    general = kind == "country" or (kind != "person" and (nameless or table.generals.search(spoken) is not None))
    body = _body(id_, year, knowledge) if kind == "person" and id_ else None
    body = body or (_told_body(told, knowledge) if kind == "person" else None) or _office(spoken, knowledge)
    return Voice(plain, id_, state, general, kind == "outlet", body)


def _body(id_: str, year: int | None, knowledge: Knowledge) -> str | None:
    """The body for which a known person speaks by office."""
    person = names(knowledge).people.get(id_)
    bodies = {held.body for held in person.held if held.covers(year)} - {None} if person is not None else set()
    return min((body for body in bodies if body is not None), default=None)


def _told_body(told: str, knowledge: Knowledge) -> str | None:
    """The body of which a person is told to be the spokesman or the head: the only one that the words name."""
    found = {hit.known.id for hit in names(knowledge).aliases.find(atoms(told)) if hit.known.kind == "body"} - {None}
    return found.pop() if len(found) == 1 else None


def _office(told: str, knowledge: Knowledge) -> str | None:
    """An office of which a place has one ("governor"), as what its holder speaks for."""
    match = comparables(knowledge).offices.search(told)
    return f"office:{match[1].lower()}" if match is not None else None


def _told_state(name: str, table: Names, knowledge: Knowledge) -> str | None:
    """The state that the words of a name tell: "Ukrainian military source"."""
    words = re.findall(r"[\w.']+", name)
    for length in (3, 2, 1):
        for start in range(len(words) - length + 1):
            known = table.aliases.exact(" ".join(words[start : start + length]))
            if known is not None and known.kind == "country" and known.country:
                return alphas(knowledge).get(known.country)
    return None


def one_voice(one: Voice, other: Voice) -> str | None:
    """Why two voices are one, in words; ``None`` when they are not.

    A body and its state, or two who speak for the whole of one state, are one voice; two bodies of a state are not.
    """
    if one.key == other.key:
        return f"both {one.name}"
    if one.body is not None and one.body == (other.body or other.id) and one.state == other.state:
        return f"{one.name} and {other.name} speak for one body"
    if other.body is not None and other.body == one.id:
        return f"{other.name} and {one.name} speak for one body"
    if one.state is not None and one.state == other.state and (one.general or other.general):
        return f"{other.name} and {one.name} speak for the same state"
    return None


def independent(one: Voice, other: Voice) -> bool:
    """Whether two voices count as two: neither one voice, nor a nameless source of the other's state."""
    return one_voice(one, other) is None
