"""What a document has said about its parties: who was named where, and who holds which office."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from onrecord.knowledge.names import Names
from onrecord.mentions.names.words import Words
from onrecord.values import Entity

_REACH = 9
# How many parties on either side of a phrase are looked at, so that a call does not grow with the document.
WINDOW = 60
# The share of country mentions from which on a document counts as being about that country.
SHARE = 0.6
# Fewer mentions than these make no document about a country: "aid to Lebanon" does not tell whose government gave it.
ENOUGH = 2


class Memory:
    """The named parties of a document, by place, by kind and by office.

    Attributes:
        entities: as given, in the order of the text.
        land: the country that the document names most, or ``None``.
    """

    def __init__(self, words: Words, entities: Sequence[Entity], names: Names) -> None:
        self.words, self.names, self.entities = words, names, entities
        self._starts = [e.start for e in entities]
        self._lands = Counter(e.country for e in entities if e.country)
        self.land = self._lands.most_common(1)[0][0] if self._lands else None
        self.persons = [e for e in entities if e.kind == "person"]
        self.bodies = [e for e in entities if e.kind in ("body", "outlet")]
        self.outlets = [e for e in entities if e.kind == "outlet"]
        self.lands = [e for e in entities if e.kind == "country"]
        self._offices: dict[str, list[tuple[Entity, frozenset[str]]]] = {}
        for person in self.persons:
            self._remember(person)
        self._placed = {person.name for held in self._offices.values() for person, _ in held}

    def inside(self, start: int, end: int) -> list[Entity]:
        """The entities wholly within ``[start, end)``."""
        found = []
        for i in range(bisect_left(self._starts, start), len(self.entities)):
            if self.entities[i].start >= end:
                break
            if self.entities[i].end <= end:
                found.append(self.entities[i])
        return found

    def home(self, at: int) -> str | None:
        """Whose government an unnamed one is at the place ``at``: the country last named, if none prevails."""
        if self.sure:
            return self.land
        named = self.last(self.lands, at)
        return named.country if named is not None else None

    @property
    def sure(self) -> bool:
        """Whether the document is mostly about one country, so that a nameless body is that country's."""
        return self.land is not None and self._lands[self.land] >= max(ENOUGH, SHARE * self._lands.total())

    def holders(self, office: str, at: int) -> Sequence[tuple[Entity, frozenset[str]]]:
        """Who holds ``office``, with the words that described them, in text order, around the place ``at``."""
        held = self._offices.get(office, [])
        middle = bisect_left(held, at, key=lambda entry: entry[0].start)
        return held[max(0, middle - WINDOW) : middle + WINDOW]

    def before(self, found: Sequence[Entity], at: int) -> Sequence[Entity]:
        """The nearest of ``found`` that begin before the place ``at``, in text order."""
        middle = bisect_left(found, at, key=lambda e: e.start)
        return found[max(0, middle - WINDOW) : middle]

    def after(self, found: Sequence[Entity], at: int) -> Sequence[Entity]:
        """The nearest of ``found`` that begin at or after the place ``at``, in text order."""
        middle = bisect_left(found, at, key=lambda e: e.start)
        return found[middle : middle + WINDOW]

    def unplaced(self, before: int) -> Entity | None:
        """The last person before the place ``before`` of whom the document tells no office."""
        at = bisect_left(self.persons, before, key=lambda e: e.start)
        return next((p for p in reversed(self.persons[max(0, at - 12) : at]) if p.name not in self._placed), None)

    def _remember(self, person: Entity) -> None:
        """Note the offices around a name: "Defence Minister X", "X, the governor of Y", "the spokesman, X"."""
        inside = self.words.within(person.start, person.end)
        if not inside:
            return
        around = [*self._before(inside.start), *self._after(inside.stop)]
        said = frozenset(self.words.lower(i) for i in around)
        for i in around:
            office = self.office(i)
            if office:
                self._offices.setdefault(office, []).append((person, said))

    def office(self, index: int) -> str | None:
        """The office that the word names ("Gen." -> general), or ``None``."""
        token = self.words.tokens[index]
        word = token.lower.rstrip(".")
        return self.names.offices.get(_ABBREVIATED.get(word, word)) or self.names.offices.get(token.lemma)

    def _before(self, at: int) -> Iterable[int]:
        found: list[int] = []
        for i in range(at - 1, max(-1, at - _REACH), -1):
            token = self.words.tokens[i]
            if (
                not self.words.together(i, at - 1)
                or token.pos in ("VERB", "AUX", "SCONJ")
                or token.lower in (";", ":", "and")
            ):
                break
            found.append(i)
        return found

    def _after(self, at: int) -> Iterable[int]:
        if self.words.lower(at) not in (",", "(") or not self.words.together(at - 1, at):
            return ()
        found: list[int] = []
        for i in range(at + 1, min(len(self.words), at + _REACH)):
            token = self.words.tokens[i]
            if not self.words.together(i, at) or token.pos in ("VERB", "AUX") or token.lower in (",", ";", ")", "and"):
                break
            found.append(i)
        return found

    @staticmethod
    def last(found: Sequence[Entity], before: int) -> Entity | None:
        """The last of ``found`` that ends before the place ``before``, else ``None``."""
        at = bisect_left(found, before, key=lambda e: e.start)
        return found[at - 1] if at else None


_ABBREVIATED = {
    "gen": "general", "col": "colonel", "maj": "major", "capt": "captain", "cmdr": "commander", "adm": "admiral",
    "brig": "brigadier", "sen": "senator", "gov": "governor", "rep": "lawmaker", "prof": "professor", "dr": "doctor",
    "mp": "lawmaker",
}  # fmt: skip
