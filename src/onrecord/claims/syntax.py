"""One sentence as a tree: the questions that the claim stages ask of its syntax."""

from __future__ import annotations

import bisect
import functools
from collections.abc import Iterator

from onrecord.values import Sentence, Span

# Dependents that open a clause of their own (ClearNLP labels).
_CLAUSAL = frozenset({"ccomp", "advcl", "relcl", "acl", "parataxis", "csubj", "csubjpass"})
# What a joined verb must have of its own to tell something of its own.
_OWN = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "acomp", "ccomp", "xcomp", "expl"})
_EDGE = frozenset({"PUNCT", "CCONJ", "SCONJ", "SPACE"})


# What is opened within the words of a clause is closed within them.
_PAIRS = (("(", ")"), ("“", "”"), ('"', '"'), ("«", "»"), ("[", "]"))


class Tree:
    """A sentence with its children, clauses and spans looked up once."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens

    @functools.cached_property
    def children(self) -> list[list[int]]:
        """For each token the indexes of its dependents, in order."""
        found: list[list[int]] = [[] for _ in self.tokens]
        for index, token in enumerate(self.tokens):
            if token.head != index:
                found[token.head].append(index)
        return found

    @functools.cached_property
    def starts(self) -> list[int]:
        """Start of each token, in code points of the document."""
        return [token.start for token in self.tokens]

    def within(self, span: Span) -> range:
        """Indexes of the tokens that touch ``span``."""
        first = max(0, bisect.bisect_right(self.starts, span.start) - 1)
        while first < len(self.tokens) and self.tokens[first].end <= span.start:
            first += 1
        last = first
        while last < len(self.tokens) and self.tokens[last].start < span.end:
            last += 1
        return range(first, last)

    def top(self, inside: range) -> int:
        """The token of a non-empty range whose head lies outside it: of several the first, nouns before others."""
        heads = [i for i in inside if self.tokens[i].head not in inside or self.tokens[i].head == i]
        nominal = [i for i in heads if self.tokens[i].pos in ("NOUN", "PROPN", "NUM", "PRON", "SYM")]
        return (nominal or heads or [inside[-1]])[0]

    def ancestors(self, index: int) -> Iterator[int]:
        """The heads above a token, nearest first."""
        while (head := self.tokens[index].head) != index:
            yield head
            index = head

    def words(self, index: int) -> list[str]:
        """What a token may be looked up as, most telling first."""
        token = self.tokens[index]
        found = [token.lemma]
        for child in self.children[index]:
            other = self.tokens[child]
            if other.dep in ("prt", "compound") or (token.pos == "VERB" and child == index + 1):
                joined = f"{other.lemma} {token.lemma}" if other.dep == "compound" else f"{token.lemma} {other.lemma}"
                found.insert(0, joined)
            elif token.pos == "VERB" and other.dep in ("dobj", "acomp", "oprd"):
                found.insert(0, f"{token.lemma} {other.lemma}")
        return found

    def opens_clause(self, index: int) -> bool:
        """Whether a token heads a clause."""
        token = self.tokens[index]
        if token.pos not in ("VERB", "AUX"):
            return token.head == index
        if token.head == index or token.dep in _CLAUSAL:
            return True
        if token.dep != "conj" or self.tokens[token.head].pos not in ("VERB", "AUX"):
            return False
        # "killed or wounded" is one clause; "killed 12 and wounded 40" are two.
        return any(self.tokens[child].dep in _OWN for child in self.children[index])

    @functools.cached_property
    def clause_of(self) -> list[int]:
        """For each token the index of the token that heads its innermost clause."""
        found = [-1] * len(self.tokens)
        for index in range(len(self.tokens)):
            path = []
            at = index
            while found[at] < 0 and not self.opens_clause(at):
                path.append(at)
                at = self.tokens[at].head
            clause = found[at] if found[at] >= 0 else at
            for step in (*path, at):
                found[step] = clause
        return found

    @functools.cached_property
    def members(self) -> dict[int, list[int]]:
        """The tokens of each clause, by the index of its head, without those of clauses below it."""
        found: dict[int, list[int]] = {}
        for index, clause in enumerate(self.clause_of):
            found.setdefault(clause, []).append(index)
        return found

    def clause_span(self, clause: int) -> Span:
        """The words of a clause, without the marks and conjunctions that only join it to others."""
        inside = self.members[clause]
        low, high = inside[0], inside[-1]
        while low < high and self._joins(low, clause):
            low += 1
        while high > low and self.tokens[high].pos in _EDGE:
            high -= 1
        for opening, closing in _PAIRS:
            words = [token.text for token in self.tokens[low : high + 1]]
            following = self.tokens[high + 1].text if high + 1 < len(self.tokens) else ""
            opened = words.count(opening) % 2 if opening == closing else words.count(opening) > words.count(closing)
            if opened and following == closing:
                high += 1
        return Span(self.tokens[low].start, self.tokens[high].end)

    def _joins(self, index: int, clause: int) -> bool:
        """Whether a token at the edge of a clause belongs to its joint: a sign, "and", the "that" of its own head."""
        token = self.tokens[index]
        return token.pos in _EDGE and not (token.pos == "SCONJ" and (token.dep == "prep" or token.head != clause))

    def sentence_lower(self, indexes: list[int]) -> str:
        """The lower-case words at the indexes, joined by single spaces."""
        return " ".join(self.tokens[i].lower for i in indexes)

    def subtree(self, index: int) -> list[int]:
        """A token and everything below it, in the order of the text."""
        found, stack = [], [index]
        while stack:
            at = stack.pop()
            found.append(at)
            stack.extend(self.children[at])
        return sorted(found)

    def passive(self, index: int) -> bool:
        """Whether a verb has a passive auxiliary or subject."""
        return any(self.dependents(index, "auxpass", "nsubjpass"))

    def dependents(self, index: int, *labels: str) -> Iterator[int]:
        """The dependents of a token that carry one of the labels."""
        return (child for child in self.children[index] if self.tokens[child].dep in labels)
