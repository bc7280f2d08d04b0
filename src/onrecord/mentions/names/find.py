"""Every candidate name of a document: known names first, then people with titles, then the parser's labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from onrecord.knowledge.aliases import Hit, Known, atoms
from onrecord.knowledge.names import Names
from onrecord.mentions.names.candidate import Candidate
from onrecord.mentions.names.homonyms import others
from onrecord.mentions.names.kinds import Homeland, joined
from onrecord.mentions.names.labels import is_name_word, is_title, labelled, runs, shape, titled, trim
from onrecord.mentions.names.words import Words

_KOREAS = re.compile(
    r"\b[Tt]he (North|South)(?=['’]s\b|[.,;:!?)](?:\s|\Z)| (?!Korea|China|Sea|Pacific|Atlantic|Caucasus)[a-z])"
)
_SIDES = re.compile(r"(?:(?:north|south)(?:east|west)?|east|west)(?:ern)?\Z|central\Z")
# How many words a known name may be followed by within a longer one.
_MORE = 4
_POLES = frozenset(("north", "south"))


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
    skip = frozenset(i for c in plain if c.kind != "person" for i in range(c.first, c.last))
    whole = list(_unknown(words, names, skip, {(c.first, c.last) for c in plain}))
    _weigh(found, plain, whole, names)
    found.candidates.sort(key=lambda c: c.first)
    settled = _settled(found.candidates, homeland, names)
    return [_part(candidate, words, found.taken) for candidate in settled], homeland


def _hits(text: str, words: Words, names: Names) -> list[Candidate]:
    units = atoms(text)
    first = [h for h in names.aliases.find(units) if h.known.manner != "kind"]
    lands = Counter(h.known.country for h in first if h.known.kind in ("country", "place", "person"))

    meanings = others(text, {text[h.start : h.end] for h in first}, names)

    def rank(known: Known) -> int:
        return 1 if known.country is None else lands[known.country]

    hits = [_meant(hit, text, meanings) for hit in names.aliases.find(units, rank)]
    if lands["North Korea"] or lands["South Korea"] or "Koreas" in text:
        hits += [Hit(m.start(1), m.end(1), names.country(f"{m.group(1)} Korea")) for m in _KOREAS.finditer(text)]
        hits.sort(key=lambda h: h.start)
    return [c for h in hits if (c := _candidate(h, words)) is not None]


def _meant(hit: Hit, text: str, meanings: Mapping[str, Known]) -> Hit:
    """The hit under its rarer meaning, if the report has that one; an adjective stays one."""
    other = meanings.get(text[hit.start : hit.end])
    if other is None:
        return hit
    manner = "adjective" if hit.known.manner == "adjective" else "name"
    return Hit(hit.start, hit.end, msgspec.structs.replace(other, manner=manner))


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
        end = _longer(found.words, kind, set(by_first), names)
        if end is not None and found.words.tokens[kind.last - 1].text[0].isupper():
            continue  # "Ministry of Defence Press" is no ministry
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


def _weigh(found: Found, plain: list[Candidate], whole: list[Candidate], names: Names) -> None:
    """Known names against unknown ones: known wins, unless an unknown name holds it and more.

    A body or full name stays; a country's adjective or a city's name gives way to a longer name around it
    ("Bank of Georgia", "Jordan Example"), and so does a person's to a body's ("Lula Institute").
    """
    words = found.words
    known = {i for c in plain for i in range(c.first, c.last)}
    for candidate in plain:
        end = _longer(words, candidate, known, names) or _goes_on(words, candidate)
        if end is not None and candidate.kind != "country":
            first = candidate.first
            while words.together(first - 1, first) and is_name_word(words, first - 1) and first - 1 not in known:
                first -= 1
            kind = "place" if words.tokens[end - 1].entity in ("FAC", "LOC") else "body"
            found.add(Candidate(first + (words.lower(first) == "the"), end, kind))
    strong = [c for c in plain if c.known and c.kind in ("body", "outlet", "place") and c.last - c.first > 1]
    for candidate in strong:
        before = candidate.first - 1
        alone = not (words.together(before, before + 1) and is_name_word(words, before))
        if before in known or alone or words.lower(before) == "the":
            found.add(candidate)
    lands = {i: c for c in plain if c.kind in ("country", "place", "person") for i in range(c.first, c.last)}
    exact = {(c.first, c.last) for c in plain}
    for candidate in whole:
        inner = [lands[i] for i in range(candidate.first, candidate.last) if i in lands]
        if (candidate.first, candidate.last) in exact or (inner and candidate.kind in ("place", "other")):
            continue
        if candidate.kind == "body" and all(c.kind == "person" for c in inner) and inner:
            titles = range(candidate.first, inner[0].first)
            if inner[-1].last == candidate.last and all(is_title(words, i, names) for i in titles):
                continue  # "Mr Zelensky" is no body
        country = next((c.country for c in inner if c.country), None)
        if candidate.kind == "person" or inner or not any(i in known for i in range(candidate.first, candidate.last)):
            found.add(msgspec.structs.replace(candidate, country=country) if country else candidate)
    for candidate in plain:
        found.add(candidate)
    for candidate in whole:
        found.add(candidate)


def _part(candidate: Candidate, words: Words, taken: bytearray) -> Candidate:
    """A part of a country is a place of its own: "northern Iraq"."""
    known, before = candidate.known, candidate.first - 1
    if known is None or known.kind != "country" or known.manner != "name" or not words.together(before, before + 1):
        return candidate
    if taken[before] or not _SIDES.match(words.tokens[before].text):
        return candidate
    first = before
    if words.lower(before - 1) == "-" and words.together(before - 2, before) and words.lower(before - 2) in _POLES:
        first = before - 2
    side = "".join(words.tokens[i].text for i in range(first, candidate.first))
    part = Known(f"{side} {known.name}", "place", None, known.country)
    return Candidate(first, candidate.last, "place", part, known.country)


def _longer(words: Words, candidate: Candidate, known: set[int], names: Names) -> int | None:
    """Where a name ends that only begins with a known one ("Reuters Institute"); ``None`` where the known one is whole.

    Titles go on to a person ("NATO Secretary General X"), governments to their head ("the Trump Administration"); in a
    headline every word is capitalised.
    """
    at = candidate.last
    while words.together(candidate.first, at) and is_name_word(words, at) and at - candidate.last < _MORE:
        noun = names.nouns.get(words.tokens[at].lemma) or names.nouns.get(words.lower(at))
        person = words.tokens[at].entity == "PERSON"
        if at in known or person or is_title(words, at, names) or (noun is not None and noun.sense == "authority"):
            return None
        at += 1
    return at if at > candidate.last and not _headline(words, candidate.first) else None


def _headline(words: Words, index: int) -> bool:
    """Whether all longer words of the sentence are capitalised."""
    first = last = index
    while words.together(first - 1, index):
        first -= 1
    while words.together(last + 1, index):
        last += 1
    long = [token.text for token in words.tokens[first : last + 1] if len(token.text) > 4 and token.text.isalpha()]
    return all(word[0].isupper() for word in long)


def _goes_on(words: Words, candidate: Candidate) -> int | None:
    """Where a body's name ends that only begins with a known one: "National Health Commission of Sampleland"."""
    after = candidate.last + 1
    if candidate.kind not in ("body", "outlet") or candidate.last - candidate.first < 2:
        return None
    if words.lower(candidate.last) != "of" or not words.together(candidate.last, after):
        return None
    after += words.lower(after) == "the"
    if not is_name_word(words, after) or words.tokens[after].text in (candidate.country or "").split():
        return None
    while words.together(candidate.first, after) and is_name_word(words, after):
        after += 1
    return after


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
