"""A phrase that names a party, taken apart: its head noun, what stands before it, whose it is, who is named in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from onrecord.mentions.names.words import Words
from onrecord.values import Entity, Token

PRONOUNS = frozenset(
    [
        "he",
        "she",
        "it",
        "they",
        "we",
        "i",
        "you",
        "him",
        "her",
        "them",
        "us",
        "me",
        "himself",
        "herself",
        "itself",
        "themselves",
        "his",
        "hers",
        "its",
        "their",
        "our",
        "my",
        "who",
        "which",
        "that",
        "this",
        "these",
        "those",
    ]
)
_OPENERS = frozenset(["the", "a", "an", "this", "that", "these", "those", "some", "other", "another"])
_BREAKS = frozenset((",", "who", "whom", "which", "that", "whose", "(", "—", "–", ";", ":"))
# Relations of words that stand within a party's name, so that what is joined to them is no party of its own.
_INNER = frozenset(("compound", "amod", "nmod", "pobj", "poss"))
_PREPOSITIONS = frozenset(
    ["of", "for", "by", "from", "at", "in", "with", "on", "to", "to", "near", "inside", "close", "among", "within"]
)


class Phrase:
    """The tokens ``[first, last)`` of a document that name a party.

    Attributes:
        entities: the named entities within it, in order.
        core: the end of the noun phrase proper, before commas, relative clauses and the like.
        head: the index of the head noun.
    """

    def __init__(self, words: Words, first: int, last: int, entities: list[Entity]) -> None:
        self.words, self.first, self.last, self.entities = words, first, last, entities

    @cached_property
    def core(self) -> int:
        """The end of the first stretch without a break."""
        for i in range(self.first + 1, self.last):
            if self.words.lower(i) in _BREAKS and self.covering(i) is None:
                return i
        return self.last

    @cached_property
    def head(self) -> int:
        """The noun that the rest of the phrase belongs to: the last one before a preposition or break."""
        end = next(
            (i for i in range(self.first + 1, self.core) if self._prepositional(i)),
            self.core,
        )
        nouns = [i for i in range(self.first, end) if self.words.tokens[i].pos in ("NOUN", "PROPN", "PRON")]
        if self.first < end - 1 and self.words.tokens[end - 1].tag in ("VBZ", "VBP"):
            return end - 1  # "Other reports": a noun that the parser took for a verb
        if nouns:
            return nouns[-1]
        if end < self.core and self.words.lower(end) == "of":
            later = [i for i in range(end, self.core) if self.words.tokens[i].pos in ("NOUN", "PROPN", "PRON")]
            if later:
                return later[0]
        return end - 1

    def _prepositional(self, i: int) -> bool:
        if self.words.lower(i - 1) == "-":
            return False
        if self.words.lower(i) in _PREPOSITIONS and self.words.tokens[i].pos != "PART":
            return not any(e.start < self.words.tokens[i].start < e.end for e in self.entities)
        return (
            i < self.last - 1
            and self.words.tokens[i].pos in ("VERB", "AUX")
            and self.words.tokens[i].dep in ("acl", "relcl", "ROOT")
        )

    @property
    def token(self) -> Token:
        """The head noun."""
        return self.words.tokens[self.head]

    @property
    def opener(self) -> str:
        """The first word, lower-case."""
        return self.words.lower(self.first)

    def covering(self, index: int) -> Entity | None:
        """The entity that covers token ``index``."""
        token = self.words.tokens[index]
        return next((e for e in self.entities if e.start <= token.start and token.end <= e.end), None)

    @property
    def possessor(self) -> str | None:
        """A possessive pronoun that opens the phrase ("its director"), or ``None``."""
        word = self.opener
        return word if word in ("his", "her", "its", "their", "our", "my") and self.last - self.first > 1 else None

    def person(self) -> Entity | None:
        """The person whom the phrase itself names, not one whose office, son or report it is."""
        for entity in self.entities:
            if entity.kind != "person":
                continue
            inside = self.words.within(entity.start, entity.end)
            owns = self.words.lower(inside.stop) in ("'s", "'") and inside.stop < self.last - 1
            if not owns and self._stands_free(inside.start):
                return entity
        return None

    def apposed(self) -> Entity | None:
        """The name that stands in apposition behind the phrase ("the UN's humanitarian office, OCHA")."""
        if self.core >= self.last or self.words.lower(self.core) not in (",", "("):
            return None
        at = self.core + 1 + (self.words.lower(self.core + 1) == "the")
        named = self.covering(at) if at < self.last else None
        return named if named is not None and named.kind in ("body", "outlet", "person", "other") else None

    def _stands_free(self, at: int) -> bool:
        """Whether no preposition governs the name that begins at ``at``, titles and articles aside."""
        for i in range(at - 1, self.first - 1, -1):
            word = self.words.lower(i)
            if word in _PREPOSITIONS:
                return False
            if word in (",", "who", "-", "(", "–", "—") or self.words.tokens[i].pos == "VERB":
                return True
        return True

    def parts(self) -> list[tuple[int, int]]:
        """The coordinated phrases ("A, B and C"), or just the whole."""
        joins = [i for i in range(self.first + 1, self.last - 1) if self._joins(i)]
        if not joins:
            return [(self.first, self.last)]
        listed = (i for i in range(self.first + 1, joins[0] - 1) if self.words.lower(i) == ",")
        joins = [*(i for i in listed if self._alike(i)), *joins]
        edges = [self.first]
        found = []
        for i in joins:
            found.append((edges[-1], i))
            edges.append(i + 1)
        return [(a, b) for a, b in [*found, (edges[-1], self.last)] if a < b]

    def _joins(self, i: int) -> bool:
        """Whether the word ``i`` joins two parties: its conjuncts are the head, or stand beside named people."""
        if self.words.lower(i) not in ("and", "or"):
            return False
        if self.covering(i) is not None:
            return False
        left = self.words.heads[i]
        right = next((j for j in range(i + 1, self.last) if self._conjunct(j, left)), None)
        if right is not None and self.first <= left < i:
            return self._nominal(left) and self._nominal(right) and self.words.tokens[left].dep not in _INNER
        before, after = self.covering(i - 1), self._next(i + 1)
        return before is not None and after is not None and before.kind == after.kind == "person"

    def _alike(self, comma: int) -> bool:
        """Whether a comma stands between two names of one kind ("China, Russia and Japan")."""
        before, after = self.covering(comma - 1), self.covering(comma + 1)
        return before is not None and after is not None and before.kind == after.kind

    def _conjunct(self, j: int, left: int) -> bool:
        return self.words.heads[j] == left and self.words.tokens[j].dep == "conj"

    def _nominal(self, j: int) -> bool:
        return self.words.tokens[j].pos in ("NOUN", "PROPN", "PRON")

    def _next(self, at: int) -> Entity | None:
        return next((e for i in range(at, min(at + 4, self.last)) if (e := self.covering(i)) is not None), None)

    def modifiers(self) -> Iterator[int]:
        """The words before the head, articles, numbers and quantities left out."""
        for i in range(self.first, self.head):
            token = self.words.tokens[i]
            if (
                token.pos not in ("DET", "NUM", "PUNCT", "PART", "ADP", "PRON", "CCONJ", "ADV")
                and token.lower not in _OPENERS
            ):
                yield i
