"""One name for each party of a document: full names for family names, expansions for acronyms, seats for countries."""

from __future__ import annotations

import re

from onrecord.knowledge.aliases import Known
from onrecord.knowledge.names import Names
from onrecord.mentions.names.candidate import Candidate
from onrecord.mentions.names.words import Words
from onrecord.values import Entity

_ACTING = frozenset(("nsubj", "nsubjpass", "poss", "agent"))
_AMONG = frozenset(("by", "between", "with", "against"))
_ACRONYM = re.compile(r"[A-Z][A-Za-z]?[A-Z0-9&-]{1,8}s?\Z")
# How many names that share a word are compared: keeps the work linear in the text.
SPAN = 40
_SUFFIX = frozenset(("jr", "jr.", "sr", "ii", "iii"))


class Casebook:
    """What the names of one document stand for.

    Attributes:
        people: family (and given) name, lower-case -> full names -> the token where each came first.
        titles: full name -> the words that stood before it there.
        short: acronym -> the candidate that it abbreviates.
    """

    def __init__(self, text: str, words: Words, found: list[Candidate], names: Names) -> None:
        self.text, self.words, self.names = text, words, names
        self.people: dict[str, dict[str, int]] = {}
        self.titles: dict[str, frozenset[str]] = {}
        self.short: dict[str, Entity] = {}
        self.initials: dict[str, Entity] = {}
        self.bodies: dict[str, dict[str, Entity]] = {}
        # What known names stand for besides seats and single words of persons: who is really told of.
        self.told = {c.known.name for c in found if c.known and (c.kind != "person" or c.last - c.first > 1)
                     and self.cut(c) != c.known.name.split()[-1]}  # fmt: skip
        for candidate in found:
            if candidate.kind == "person":
                self._person(candidate)
        for candidate in found:
            if candidate.kind in ("body", "outlet", "other", "country") and candidate.last - candidate.first > 1:
                self._body(candidate)

    def entity(self, candidate: Candidate) -> Entity:
        """The candidate under its canonical name."""
        words = self.cut(candidate)
        known = candidate.known
        introduced = self.short.get(words) if candidate.last - candidate.first == 1 else None
        if introduced is not None and (known is None or (known.manner == "name" and _spells(words, introduced))):
            return self._like(candidate, introduced, f"acronym of {introduced.name}, as the text introduces it")
        if known is not None:
            namesake = self._namesake(candidate, words, known)
            if namesake is not None:
                return self._as(candidate, "person", namesake, None, None, f"family name of {namesake}")
            return self._known(candidate, known)
        if self._is_person(candidate, words):
            full = self.full(words, candidate.first)
            reason = None if full == tidy(words) else f"family name of {full}"
            return self._as(candidate, "person", full, None, None, reason)
        earlier = (
            self._same_body(words, self.words.tokens[candidate.first].start)
            if candidate.kind in ("body", "other")
            else None
        )
        if earlier is not None:
            return self._like(candidate, earlier, f"short for {earlier.name}")
        return self._as(candidate, candidate.kind, plain(words), None, candidate.country)

    def cut(self, candidate: Candidate) -> str:
        """The words of the text that the candidate covers."""
        span = self.words.span(candidate.first, candidate.last)
        return self.text[span.start : span.end]

    def full(self, name: str, at: int) -> str:
        """The full name of the person called ``name`` at token ``at``: the last one before, else the first after."""
        parts = _parts(name)
        told = list(self.people.get(parts[-1].lower(), {}).items())[-SPAN:] if parts else []
        fitting = [(i, full) for full, i in told if _within(parts, _parts(full))]
        before = [full for i, full in fitting if i < at]
        if before:
            titles = self._before(at)
            alike = [full for full in before if titles & self.titles.get(full, frozenset())]
            most = max((len(titles & self.titles[full]) for full in alike), default=0)
            alike = [full for full in alike if len(titles & self.titles[full]) == most]
            return max(reversed((alike or before)[-8:]), key=len) if len(parts) > 1 else (alike or before)[-1]
        return fitting[0][1] if fitting else tidy(name)

    def _namesake(self, candidate: Candidate, words: str, known: Known) -> str | None:
        """The person of this report who bears what elsewhere names a country or somebody else: "Grace Washington".

        The full name must stand before, the known bearer's other names nowhere, and no preposition of place before it.
        """
        if candidate.last - candidate.first > 1 or known.kind not in ("country", "place", "person"):
            return None
        full = [name for name, at in self.people.get(words.lower(), {}).items() if at < candidate.first]
        full = [name for name in full if _parts(name)[-1].lower() == words.lower() and name != known.name]
        head = self.words.heads[candidate.first]
        if not full or known.name in self.told or self.words.tokens[head].dep == "prep":
            return None
        return full[-1]

    def _before(self, at: int) -> frozenset[str]:
        """The words before token ``at``, up to three and within its sentence, that may be titles."""
        near = [i for i in range(max(0, at - 3), at) if self.words.together(i, at)]
        return frozenset(self.words.lower(i).rstrip(".") for i in near if self.words.tokens[i].text[0].isupper())

    def _person(self, candidate: Candidate) -> None:
        name = tidy(self.cut(candidate))
        parts = _parts(name)
        if len(parts) > 1:
            for part in {parts[-1].lower(), parts[0].lower(), parts[-2].lower()}:
                self.people.setdefault(part, {}).setdefault(name, candidate.first)
            self.titles.setdefault(name, self._before(candidate.first))

    def _is_person(self, candidate: Candidate, words: str) -> bool:
        if candidate.kind == "person":
            return True
        return (
            " " not in words
            and candidate.kind in ("other", "body", "place")
            and any(
                full.split()[-1].lower() == words.lower() for full in list(self.people.get(words.lower(), ()))[-SPAN:]
            )
        )

    def _body(self, candidate: Candidate) -> None:
        """Remember the body, and the acronym in brackets behind it."""
        if candidate.known:
            entity = self._known(candidate, candidate.known)
        else:
            entity = self._as(candidate, candidate.kind, plain(self.cut(candidate)), None, candidate.country)
        words, last = self.words, candidate.last
        capitals = "".join(w[0] for w in re.findall(r"\w+", entity.text) if w[0].isupper())
        if len(capitals) > 2:
            self.initials.setdefault(capitals, entity)
        if words.lower(last) == "(" and words.lower(last + 2) == ")":
            sign = words.tokens[last + 1].text
            if _ACRONYM.match(sign) and sign[0].lower() in {w[0].lower() for w in re.findall(r"\w+", entity.text)}:
                self.short.setdefault(sign, entity)
        if candidate.kind == "body":
            for part in set(_parts(plain(entity.text).lower())):
                self.bodies.setdefault(part, {}).setdefault(entity.text, entity)

    def _same_body(self, words: str, start: int) -> Entity | None:
        """The longer-named body that ``words`` shorten or abbreviate, or ``None``."""
        if _ACRONYM.match(words) and words in self.initials:
            return self.initials[words]
        parts = _parts(plain(words))
        told = list(self.bodies.get(parts[-1].lower(), {}).values())[-SPAN:] if parts else []
        longer = [e for e in told if len(_parts(e.text)) > len(parts) and _within(parts, _parts(e.text))]
        before = [e for e in longer if e.start < start]
        return before[-1] if before else next(iter(longer), None)

    def _known(self, candidate: Candidate, known: Known) -> Entity:
        if known.manner == "seat" and known.country and self._acts(candidate):
            land = self.names.country(known.country)
            return self._as(candidate, "country", land.name, land.id, land.country, f"seat of {land.name}'s government")
        reason = why(self.cut(candidate), known)
        return self._as(candidate, known.kind, known.name, known.id, known.country, reason)

    def _acts(self, candidate: Candidate) -> bool:
        """Whether the city stands where a party stands (subject, possessor, agent), not where a place does."""
        words, head = self.words, candidate.last - 1
        for _ in range(3):
            dep, up = words.tokens[head].dep, words.heads[head]
            if dep == "conj" and up != head:
                head = up
                continue
            if dep == "pobj":
                return words.lower(up) in _AMONG or words.tokens[up].dep == "agent"
            if dep == "dobj" and words.tokens[up].lemma in self.names.dealings:
                return True
            return dep in _ACTING
        return False

    def _like(self, candidate: Candidate, entity: Entity, reason: str) -> Entity:
        return self._as(candidate, entity.kind, entity.name, entity.id, entity.country, reason)

    def _as(
        self, found: Candidate, kind: str, name: str, id_: str | None, country: str | None, reason: str | None = None
    ) -> Entity:
        span = self.words.span(found.first, found.last)
        return Entity(span.start, span.end, self.text[span.start : span.end], kind, name, id_, country, reason)


def _spells(acronym: str, entity: Entity) -> bool:
    """Whether an acronym is made of the first letters of a name, small words left out or not."""
    letters = [word[0] for word in re.findall(r"\w+", entity.text)]
    return acronym.upper() in ("".join(letters).upper(), "".join(c for c in letters if c.isupper()))


def why(words: str, known: Known) -> str:
    """Why ``words`` were taken for what they stand for, in a few words."""
    if known.key:
        return f"{known.country} + {known.key}" if known.country else known.key
    if known.manner == "adjective":
        return f"adjective of {known.name}"
    if plain(words) == known.name:
        return "name"
    return f"{'acronym' if _ACRONYM.match(words) and words.isupper() else 'alias'} of {known.name}"


def plain(words: str) -> str:
    """A body's or place's name as one would list it: no article, one space between words."""
    words = re.sub(r"\s+", " ", words).strip()
    return re.sub(r"^[Tt]he (?=\w)", "", words)


def tidy(name: str) -> str:
    """A person's name: one space between words, capitals only at the beginning of words that are all capitals."""
    parts = re.sub(r"\s+", " ", name).strip(" .,").split(" ")
    shouted = all(p.isupper() for p in parts) and max(map(len, parts)) > 3
    return " ".join(_title(p) if shouted else p for p in parts)


def _title(part: str) -> str:
    return re.sub(r"\w+", lambda m: m.group().capitalize(), part)


def _parts(name: str) -> list[str]:
    parts = [p for p in name.split() if p.lower() not in _SUFFIX]
    return parts or name.split()


def _within(short: list[str], long: list[str]) -> bool:
    wanted = {p.lower() for p in short}
    return wanted <= {p.lower() for p in long}
