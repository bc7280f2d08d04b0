"""Every candidate name of a document: known names first, then people with titles, then the parser's labels."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from onrecord.knowledge.aliases import Hit, Known, atoms
from onrecord.knowledge.names import Names
from onrecord.mentions.names.candidate import Candidate
from onrecord.mentions.names.kinds import Homeland, joined
from onrecord.mentions.names.labels import is_name_word, labelled, runs, shape, titled, trim
from onrecord.mentions.names.words import Words

_KOREAS = re.compile(r"\b[Tt]he (North|South)(?=['’]s\b| (?!Korea|China|Sea|Pacific|Atlantic|Caucasus)[a-z])")


class Found:
    """Candidates gathered so far; a word belongs to one at most, and who comes first keeps it."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.taken = bytearray(len(words))
        self.candidates: list[Candidate] = []

    def add(self, candidate: Candidate) -> bool:
        """Take the candidate's words, unless some are taken; whether it was taken."""
        if candidate.first >= candidate.last or any(self.taken[candidate.first : candidate.last]):
            return False
        self.taken[candidate.first : candidate.last] = b"\1" * (candidate.last - candidate.first)
        self.candidates.append(candidate)
        return True


def candidates(text: str, words: Words, names: Names) -> tuple[list[Candidate], Homeland]:
    """The names of a document in the order of the text, none overlapping, and the country it is about."""
    hits = _hits(text, words, names)
    plain = [h for h in hits if h.known is None or h.known.manner != "kind"]
    homeland = Homeland(plain)
    found = Found(words)
    _kinds(found, hits, names)
    skip = frozenset(i for c in plain for i in range(c.first, c.last))
    whole = list(_unknown(words, names, skip, {(c.first, c.last) for c in plain}))
    _weigh(found, plain, whole)
    found.candidates.sort(key=lambda c: c.first)
    return _settled(found.candidates, homeland, names), homeland


def _hits(text: str, words: Words, names: Names) -> list[Candidate]:
    units = atoms(text)
    first = [h for h in names.aliases.find(units) if h.known.manner != "kind"]
    lands = {h.known.country for h in first if h.known.manner != "name" or h.known.kind != "body"}

    def allowed(known: Known) -> bool:
        return known.country is None or known.country in lands

    hits = list(names.aliases.find(units, allowed))
    if lands & {"North Korea", "South Korea"}:
        hits += [Hit(m.start(1), m.end(1), names.country(f"{m.group(1)} Korea")) for m in _KOREAS.finditer(text)]
        hits.sort(key=lambda h: h.start)
    return [c for h in hits if (c := _candidate(h, words)) is not None]


def _candidate(hit: Hit, words: Words) -> Candidate | None:
    inside = words.within(hit.start, hit.end)
    if not inside:
        return None
    return Candidate(inside.start, inside.stop, hit.known.kind, hit.known, hit.known.country)


def _kinds(found: Found, hits: list[Candidate], names: Names) -> None:
    """Kinds of body with their country, and those that name a body without one."""
    by_end = {c.last: c for c in hits if c.kind in ("country", "place")}
    by_first = {c.first: c for c in hits if c.kind in ("country", "place")}
    for kind in hits:
        if kind.known is None or kind.known.manner != "kind":
            continue
        whole = joined(found.words, kind, by_end, by_first, names)
        capital = found.words.tokens[kind.first].text[0].isupper()
        if whole is not None:
            found.add(whole)
        elif kind.known.named and (capital or found.words.lower(kind.first - 1) in ("the", "its", "their", "'s")):
            found.add(kind)


def _unknown(words: Words, names: Names, skip: frozenset[int], known: set[tuple[int, int]]) -> Iterable[Candidate]:
    """People with titles, then labels, then other runs of proper nouns, best first."""
    stretches = list(runs(words))
    rest = []
    for first, last in stretches:
        start = titled(words, first, last, names, skip)
        if start is not None and (start, last) not in known and not set(range(start, last)) <= skip:
            yield Candidate(start, last, "person")
        else:
            rest.append((first, last))
    run_of = {i: stretch for stretch in rest for i in range(*stretch)}
    for label in labelled(words):
        yield _widened(words, label, run_of, names, skip)
    for first, last in rest:
        if trimmed := trim(words, first, last):
            yield Candidate(*trimmed, shape(words, *trimmed, names))


def _widened(
    words: Words, label: Candidate, run_of: dict[int, tuple[int, int]], names: Names, skip: frozenset[int]
) -> Candidate:
    """A person's label widened to its run; a person who is called an institution is none."""
    if label.kind != "person":
        return label
    first, last = label.first, label.last
    if stretch := run_of.get(first):
        first = min(first, stretch[0]) if not skip & set(range(stretch[0], first)) else first
    if (stretch := run_of.get(last - 1)) and not skip & set(range(last, stretch[1])):
        last = max(last, stretch[1])
    start = titled(words, first, last, names, skip)
    first = start if start is not None else first
    kind = "body" if shape(words, first, last, names) == "body" else "person"
    return Candidate(first, last, kind)


def _weigh(found: Found, plain: list[Candidate], whole: list[Candidate]) -> None:
    """Known names against unknown ones: known wins, unless an unknown name holds it and more.

    A body or full name stays; a country's adjective or a city's name gives way to a longer name around it
    ("Bank of Georgia", "Jordan Example").
    """
    strong = [c for c in plain if c.known and c.kind in ("body", "outlet") and c.last - c.first > 1]
    known = {i for c in plain for i in range(c.first, c.last)}
    for candidate in strong:
        before = candidate.first - 1
        if before in known or not (found.words.together(before, before + 1) and is_name_word(found.words, before)):
            found.add(candidate)
    lands = {i: c for c in plain if c.kind in ("country", "place") for i in range(c.first, c.last)}
    exact = {(c.first, c.last) for c in plain}
    for candidate in whole:
        inner = [lands[i] for i in range(candidate.first, candidate.last) if i in lands]
        if (candidate.first, candidate.last) in exact or (inner and candidate.kind in ("place", "other")):
            continue
        country = next((c.country for c in inner if c.country), None)
        if candidate.kind == "person" or inner or not any(i in known for i in range(candidate.first, candidate.last)):
            found.add(msgspec.structs.replace(candidate, country=country) if country else candidate)
    for candidate in plain:
        found.add(candidate)
    for candidate in whole:
        found.add(candidate)


def _settled(ordered: list[Candidate], homeland: Homeland, names: Names) -> list[Candidate]:
    """Kinds without a country get the one that the document suggests."""
    done: list[Candidate] = []
    for candidate in ordered:
        known = candidate.known
        if known is not None and known.manner == "kind" and "{" in known.name:
            known = homeland.known(candidate, done, names)
            candidate = msgspec.structs.replace(candidate, known=known, country=known.country, kind=known.kind)
        done.append(candidate)
    return done
