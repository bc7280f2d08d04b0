"""Names for the nameless: "two US officials who asked not to be named" -> "unnamed US officials"."""

from __future__ import annotations

from onrecord.knowledge.entries import Noun
from onrecord.knowledge.names import Names
from onrecord.mentions.parties.phrase import Phrase
from onrecord.values import Entity

_AMERICA = {"american": "US", "americans": "US", "u.s.": "US", "u.n.": "UN"}
_DROPPED = frozenset(
    [
        "unnamed",
        "unidentified",
        "anonymous",
        "undisclosed",
        "several",
        "various",
        "many",
        "multiple",
        "numerous",
        "few",
        "other",
        "same",
        "latest",
        "new",
        "first",
        "more",
        "such",
        "certain",
        "different",
        "further",
        "initial",
        "recent",
        "previous",
    ]
)
_PLACED = frozenset(("in", "near", "inside", "around"))


def unnamed(phrase: Phrase, noun: Noun | None, land: str | None, names: Names) -> str:
    """The name of an anonymous party, after the gold's manner: unnamed, whose, what, head noun.

    ``land`` is the country to add when the words give none.
    """
    whose = owner(phrase)
    inside = phrase.words.within(whose.start, whose.end) if whose else range(0)
    if whose and whose.kind == "body" and inside.stop <= phrase.head and len(inside) > 1:
        return _verbatim(phrase)
    leading = whose is not None and inside.stop <= phrase.head
    left = [i for i in phrase.modifiers() if leading and i < inside.start]
    right = [i for i in phrase.modifiers() if i not in inside and i not in left]
    middle = _possessive(whose, names) if whose else None
    if whose is None and noun is not None and noun.country and land:
        middle = adjective(land, names)
    parts = [*(_word(phrase, i) for i in left), middle or "", *(_word(phrase, i) for i in right)]
    return " ".join(dict.fromkeys(["unnamed", *(p for p in parts if p and p not in _DROPPED), phrase.token.lower]))


def _word(phrase: Phrase, index: int) -> str:
    """A modifier as it would stand inside a sentence."""
    token = phrase.words.tokens[index]
    opens = index in phrase.words.first or token.tag not in ("NNP", "NNPS", "JJ")
    return token.lower if opens and phrase.covering(index) is None else token.text


def _verbatim(phrase: Phrase) -> str:
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


def _possessive(entity: Entity, names: Names) -> str:
    """How a name stands before a noun: a country's adjective, a body as written ("Houthi") or its acronym spelt out."""
    if entity.kind == "country":
        return adjective(entity.name, names)
    return entity.text if entity.name.startswith(entity.text) else entity.name


def adjective(country: str, names: Names) -> str:
    """The adjective of a country ("Malian"); "US" and "UK" for those two."""
    if country in ("United States", "United Kingdom"):
        return {"United States": "US", "United Kingdom": "British"}[country]
    known = names.countries.get(country)
    return known.adjectives[0] if known and known.adjectives else country
