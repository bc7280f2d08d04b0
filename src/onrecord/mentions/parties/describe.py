"""Names for the nameless: "two US officials who asked not to be named" -> "unnamed US officials"."""

from __future__ import annotations

from onrecord.knowledge.names import Names, Noun
from onrecord.mentions.parties.phrase import Phrase
from onrecord.values import Entity

_AMERICA = {"american": "US", "americans": "US", "u.s.": "US", "u.n.": "UN"}
_DROPPED = frozenset(
    "unnamed unidentified anonymous undisclosed several various many multiple numerous few other same latest new first "
    "more such certain different further initial recent previous".split()
)
_PLACED = frozenset(("in", "near", "inside", "around"))


def unnamed(phrase: Phrase, noun: Noun | None, land: str | None, names: Names) -> str:
    """The name of an anonymous party, after the gold's manner: unnamed, whose, what, head noun.

    ``land`` is the country to add when the words give none.
    """
    whose = owner(phrase)
    leads = whose is not None and whose.end <= phrase.token.start
    if whose is not None and leads and whose.kind == "body" and " " in whose.text:
        return _verbatim(phrase, names)
    kept = []
    for i in phrase.modifiers():
        token = phrase.words.tokens[i]
        if token.lower not in _DROPPED and not (whose and whose.start <= token.start < whose.end):
            kept.append(token.text if token.text[0].isupper() or token.tag in ("NNP", "NNPS") else token.lower)
    before = possessive(whose, names) if whose else None
    if before is None and noun is not None and noun.country and land:
        before = adjective(land, names)
    parts = ["unnamed", *([before] if before else []), *kept, phrase.token.lower]
    return " ".join(dict.fromkeys(parts))


def _verbatim(phrase: Phrase, names: Names) -> str:
    """The words before the head as they are, demonyms of America shortened ("unnamed Israeli military official")."""
    kept = [phrase.words.tokens[i] for i in (*phrase.modifiers(), phrase.head)]
    words = [_AMERICA.get(t.lower, t.text) for t in kept if t.lower not in _DROPPED]
    return " ".join(["unnamed", *words[:-1], phrase.token.lower])


def owner(phrase: Phrase) -> Entity | None:
    """The entity that the phrase's party belongs to: "a ministry official", "an officer of the Delhi Police"."""
    best = None
    for entity in phrase.entities:
        inside = phrase.words.within(entity.start, entity.end)
        if entity.kind == "person" or phrase.head in inside or inside.start >= phrase.core + 4:
            continue
        if inside.start > phrase.head and entity.kind == "place":
            if phrase.words.lower(phrase.head + 1) in _PLACED:
                best = best or entity
            continue
        return entity
    return best


def possessive(entity: Entity, names: Names) -> str:
    """How a name is written before a noun: countries by their adjective, all else as it is."""
    return adjective(entity.name, names) if entity.kind == "country" else entity.name


def adjective(country: str, names: Names) -> str:
    """The adjective of a country ("Malian"); "US" and "UK" for those two."""
    if country in ("United States", "United Kingdom"):
        return {"United States": "US", "United Kingdom": "British"}[country]
    known = names.countries.get(country)
    return known.adjectives[0] if known and known.adjectives else country
