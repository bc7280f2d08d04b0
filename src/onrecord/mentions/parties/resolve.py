"""Parties: one resolver for every phrase that names a source, an actor or a target."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from onrecord.knowledge import Knowledge
from onrecord.knowledge.aliases import Known
from onrecord.knowledge.cues import SEEN
from onrecord.knowledge.entries import Noun
from onrecord.knowledge.names import names
from onrecord.mentions.names.canon import plain, tidy, why
from onrecord.mentions.names.words import Words
from onrecord.mentions.parties import describe, places, refer
from onrecord.mentions.parties.memory import Memory
from onrecord.mentions.parties.phrase import PRONOUNS, Phrase
from onrecord.values import Entity, Reading, Span

# Kinds whose plain word takes up any body of the sort: "the military" after "the Fijian army".
_WIDE = frozenset(("military", "army", "police", "armed forces"))


_DEFINITE = frozenset(["the", "its", "his", "her", "their", "our", "this", "that", "these", "those"])
_INDEFINITE = frozenset(["a", "an", "one", "another"])
_LOCAL = frozenset(["state", "regional", "provincial", "local", "municipal", "city", "district", "county"])
# Offices whose holder a report seldom describes when it names them.
_HIGH = frozenset(["president", "leader", "chief", "king", "chancellor", "premier", "minister", "head"])
# Plural in form, yet one party.
_MASS = frozenset(("authority", "police", "force", "authorities", "forces", "railway"))


class Parties:
    """Resolves phrases of one document. Build it once; a call costs the length of the phrase.

    Args:
        reading: with its sentences and ``mentions.entities``.
        knowledge: where names are known from.
    """

    def __init__(self, reading: Reading, knowledge: Knowledge) -> None:
        self._text = reading.document.text
        self._publisher = reading.document.publisher
        self._names = names(knowledge)
        self._words = Words(reading.sentences)
        self._memory = Memory(self._words, reading.mentions.entities, self._names)

    def resolve(self, span: Span, *, recent: Sequence[Entity] = ()) -> Entity:
        """The party that the words at ``span`` name.

        Args:
            span: code points of the document's text.
            recent: parties that spoke so far, latest last.

        Returns:
            An entity at ``span`` whose kind is country, body, person, role, anonymous, outlet, document or place, and
            whose name is canonical.
        """
        inside = self._words.within(span.start, span.end)
        if not inside:
            return self._at(span, "anonymous", plain(span.cut(self._text)))
        phrase = self._phrase(inside.start, self._before_readers(inside))
        parts = phrase.parts()
        if len(parts) == 1:
            return self._moved(span, self._one(phrase, recent))
        each = [self._one(self._phrase(a, b), recent) for a, b in parts]
        kind = each[0].kind if len({e.kind for e in each}) == 1 else "anonymous"
        return self._at(span, kind, " and ".join(dict.fromkeys(e.name for e in each)))

    def _before_readers(self, inside: range) -> int:
        """Where a phrase ends but for those who only saw the paper: "a U.N. report seen by Reuters"."""
        for i in inside[1:-1]:
            if self._words.lower(i) in SEEN and self._words.lower(i + 1) in ("by", "with", "to"):
                return i
        return inside.stop

    def place(self, span: Span) -> tuple[str, str | None]:
        """The canonical name of the place at ``span``, and its knowledge id when there is one."""
        return places.canonical(span.cut(self._text), self._names)

    def _phrase(self, first: int, last: int) -> Phrase:
        start, end = self._words.tokens[first].start, self._words.tokens[last - 1].end
        return Phrase(self._words, first, last, self._memory.inside(start, end))

    def _at(self, span: Span, kind: str, name: str) -> Entity:
        return Entity(span.start, span.end, span.cut(self._text), kind, name)

    def _moved(self, span: Span, entity: Entity) -> Entity:
        """``entity`` as named by the words at ``span``."""
        words, reason = span.cut(self._text), entity.reason
        if entity.end <= span.start or entity.start >= span.end:
            reason = f"{entity.name}, told of before" if entity.start < span.start else f"{entity.name}, told of later"
        return Entity(span.start, span.end, words, entity.kind, entity.name, entity.id, entity.country, reason)

    def _one(self, phrase: Phrase, recent: Sequence[Entity]) -> Entity:
        """The party of a phrase that names one party."""
        here = self._words.span(phrase.first, phrase.last)
        person = phrase.person()
        if person is not None:
            return person
        if (
            phrase.opener in PRONOUNS
            and phrase.covering(phrase.first) is None
            and (phrase.last - phrase.first == 1 or phrase.head == phrase.first)
        ):
            return refer.pronoun(phrase.opener, here.start, recent, self._memory) or self._nobody(phrase)
        if not any(
            self._words.tokens[i].pos in ("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ")
            for i in range(phrase.first, phrase.last)
        ):
            return self._at(here, "anonymous", "unnamed reports")
        named = phrase.covering(phrase.head)
        if named is not None and named.kind != "other" and not self._common(named):
            return named
        if (apposed := phrase.apposed()) is not None:
            return msgspec.structs.replace(apposed, kind="body") if apposed.kind == "other" else apposed
        return self._described(phrase, recent) or (named if named is not None else self._left(phrase))

    def _common(self, named: Entity) -> bool:
        """Whether a name is only a capitalised common noun ("the Army"), which takes up a name told before."""
        return named.id is None and named.name.lower() in self._names.nouns

    def _described(self, phrase: Phrase, recent: Sequence[Entity]) -> Entity | None:
        """The party of a phrase with a common noun for its head."""
        lemma = phrase.token.lemma
        noun = self._noun(phrase.head)
        office = self._memory.office(phrase.head)
        many = not self._single(phrase) and phrase.opener not in _DEFINITE
        if noun is not None and many and noun.sense in ("body", "authority") and lemma not in _MASS:
            return self._people(phrase, noun, recent)
        if noun is not None and noun.sense == "document":
            return self._document(phrase, recent)
        if noun is not None and noun.sense == "authority" and (lemma != "authority" or not self._single(phrase)):
            return self._authority(phrase, recent)
        if noun is not None and noun.sense == "media":
            return self._media(phrase, noun, recent)
        if noun is not None and noun.sense in ("body", "authority"):
            return self._body(phrase, noun, recent)
        if office is not None and self._single(phrase):
            return self._office(phrase, office, recent)
        if noun is not None:
            return self._people(phrase, noun, recent)
        return None

    def _noun(self, index: int) -> Noun | None:
        token = self._words.tokens[index]
        return self._names.nouns.get(token.lemma) or self._names.nouns.get(token.lower)

    def _single(self, phrase: Phrase) -> bool:
        return phrase.token.tag not in ("NNS", "NNPS")

    def _people(self, phrase: Phrase, noun: Noun, recent: Sequence[Entity]) -> Entity:
        here = self._words.span(phrase.first, phrase.last)
        if phrase.opener in ("the", "those", "these", "that", "this") and not phrase.entities:
            earlier = refer.nameless(phrase.token.lemma, recent)
            if earlier is not None:
                return earlier
        return self._at(here, "anonymous", describe.unnamed(phrase, noun, self._memory.land, self._names))

    def _nobody(self, phrase: Phrase) -> Entity:
        here = self._words.span(phrase.first, phrase.last)
        return self._at(here, "anonymous", plain(here.cut(self._text)))

    def _document(self, phrase: Phrase, recent: Sequence[Entity]) -> Entity | None:
        """A report or figure speaks for its author; reports that nobody signs are unnamed."""
        here = self._words.span(phrase.first, phrase.last)
        owner = describe.owner(phrase)
        if owner is not None and owner.kind != "place":
            return owner
        if phrase.possessor:
            return refer.pronoun(phrase.possessor, here.start, recent, self._memory)
        for i in range(phrase.last - 1, phrase.first - 1, -1):
            noun = self._noun(i)
            nominal = self._words.tokens[i].pos in ("NOUN", "PROPN")
            if i != phrase.head and nominal and noun is not None and noun.sense != "document":
                return self._described(_Turned(phrase, i), recent)
        if phrase.opener not in ("the", "that", "this", "a", "an") and phrase.token.tag == "NNS":
            return self._at(here, "anonymous", f"unnamed {phrase.token.lower}")
        return refer.author(here.start, recent, self._memory)

    def _authority(self, phrase: Phrase, recent: Sequence[Entity]) -> Entity | None:
        """A government is its country; health authorities are the health ministry."""
        owner = describe.owner(phrase)
        if owner is None and phrase.possessor:
            owner = refer.pronoun(phrase.possessor, self._start(phrase), recent, self._memory)
        country = (owner.country if owner else None) or self._memory.home(self._start(phrase))
        for i in phrase.modifiers():
            if self._words.lower(i) in _LOCAL:
                here = self._words.span(i, phrase.head + 1)
                return self._at(here, "body", plain(here.cut(self._text)).lower())
            kind = self._names.aliases.exact(f"{self._words.lower(i)} ministry")
            if kind is not None and kind.manner == "kind":
                return self._like(phrase, self._names.body_of(country, kind.key))
        return self._like(phrase, self._names.country(country)) if country in self._names.countries else None

    def _start(self, phrase: Phrase) -> int:
        return self._words.tokens[phrase.first].start

    def _like(self, phrase: Phrase, known: Known) -> Entity:
        here = self._words.span(phrase.first, phrase.last)
        words = here.cut(self._text)
        reason = why(words, known)
        return Entity(here.start, here.end, words, known.kind, known.name, known.id, known.country, reason)

    def _media(self, phrase: Phrase, noun: Noun, recent: Sequence[Entity]) -> Entity:
        here = self._words.span(phrase.first, phrase.last)
        if phrase.opener == "the" and self._single(phrase):
            spoke = [e for e in recent[-6:] if e.kind == "outlet"]
            outlet = spoke[-1] if spoke else self._memory.last(self._memory.outlets, here.start)
            if outlet is not None:
                return outlet
        return self._at(here, "anonymous", describe.unnamed(phrase, noun, None, self._names))

    def _body(self, phrase: Phrase, noun: Noun, recent: Sequence[Entity]) -> Entity | None:
        """A body by what it is: "its defence ministry", "Ukraine's border service", "the agency"."""
        here = self._words.span(phrase.first, phrase.last)
        owner = describe.owner(phrase)
        if owner is None and phrase.possessor:
            owner = refer.pronoun(phrase.possessor, here.start, recent, self._memory)
        key = self._kind_key(phrase)
        if key == "news agency" and owner is None and phrase.opener == "the":
            return self._media(phrase, noun, recent)
        if key is not None:
            return self._kind(phrase, key, owner, refer.body(noun.matches, here.start, recent, self._memory))
        told = [self._words.tokens[i] for i in phrase.modifiers()]
        told = [t for t in told if owner is None or not owner.start <= t.start < owner.end]
        if owner is not None and (told or owner.kind == "place"):
            words = [owner.name, *(t.text for t in told), phrase.token.lower]
            return Entity(here.start, here.end, here.cut(self._text), "body", " ".join(words), None, owner.country)
        if phrase.opener in _INDEFINITE:
            return self._at(here, "anonymous", describe.unnamed(phrase, noun, None, self._names))
        found = refer.body(noun.matches, here.start, recent, self._memory)
        found = found or refer.pronoun("it", here.start, recent, self._memory)
        # "The emergency services" are never the agency of the dateline: a figure must not be credited to its outlet.
        return None if found is not None and found.kind == "outlet" else found

    def _kind(self, phrase: Phrase, key: str, owner: Entity | None, earlier: Entity | None) -> Entity:
        """A kind of body: its owner's, else the one told of before, else that of the document's country if sure."""
        if owner is None and earlier is not None and (key in _WIDE or _akin(key, earlier)):
            return earlier
        whose = owner.country if owner is not None else (self._memory.land if self._memory.sure else None)
        return self._like(phrase, self._names.body_of(whose, key))

    def _kind_key(self, phrase: Phrase) -> str | None:
        """The kind of body that the head, with up to three words before it, names."""
        for first in range(max(phrase.first, phrase.head - 3), phrase.head + 1):
            words = " ".join(self._words.lower(i) for i in range(first, phrase.head + 1))
            known = self._names.aliases.exact(words)
            if known is not None and known.manner == "kind":
                return known.key
        return None

    def _office(self, phrase: Phrase, office: str, recent: Sequence[Entity]) -> Entity | None:
        here = self._words.span(phrase.first, phrase.last)
        lands = [self._words.within(e.start, e.end) for e in phrase.entities if e.kind == "country"]
        told = [i for i in range(phrase.first, phrase.last) if not any(i in land for land in lands)]
        described = frozenset(self._words.lower(i) for i in told)
        if phrase.opener not in _INDEFINITE:
            found = refer.office(office, described, here.start, recent, self._memory)
            if found is not None:
                return found
            if phrase.opener == "the" and not phrase.entities:
                return refer.pronoun("he", here.start, recent, self._memory)
            if (unplaced := self._memory.unplaced(here.start)) is not None and office in _HIGH:
                return unplaced
        name = describe.unnamed(phrase, None, None, self._names)
        if phrase.opener in _INDEFINITE:
            return self._at(here, "anonymous", name)
        return self._at(here, "role", name.removeprefix("unnamed "))

    def _left(self, phrase: Phrase) -> Entity:
        """A phrase that no rule knows: a capitalised one is a name, any other a nameless party."""
        here = self._words.span(phrase.first, phrase.last)
        words = plain(here.cut(self._text))
        if phrase.token.tag in ("NNP", "NNPS"):
            return self._at(here, "person" if phrase.last - phrase.first < 4 else "body", tidy(words))
        return self._at(here, "anonymous", describe.unnamed(phrase, None, None, self._names))


def _akin(key: str, earlier: Entity) -> bool:
    """Whether the earlier body is of this kind, by the words of its name."""
    return set(key.split()) <= set(earlier.name.lower().replace("defense", "defence").split())


class _Turned(Phrase):
    """The same phrase seen from another of its nouns: "media" in "media reports"."""

    def __init__(self, phrase: Phrase, head: int) -> None:
        super().__init__(phrase.words, phrase.first, phrase.last, phrase.entities)
        self.head = head
