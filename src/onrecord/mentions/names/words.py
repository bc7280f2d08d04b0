"""All words of a document in one list, so that any place in the text finds its word without a search."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from onrecord.values import Sentence, Span, Token


class Words:
    """The tokens of a document, in order, with their heads as indices into the same list.

    Attributes:
        tokens: every token.
        heads: for each token the index of its syntactic head.
        sentence: for each token the index of its sentence.
        first: the indices of tokens that begin a sentence.
    """

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self.tokens: list[Token] = []
        self.heads: list[int] = []
        self.sentence: list[int] = []
        self.first: set[int] = set()
        for number, sentence in enumerate(sentences):
            base = len(self.tokens)
            self.first.add(base)
            self.tokens += sentence.tokens
            self.heads += [base + t.head for t in sentence.tokens]
            self.sentence += [number] * len(sentence.tokens)
        self._starts = [t.start for t in self.tokens]
        self._ends = [t.end for t in self.tokens]

    def __len__(self) -> int:
        return len(self.tokens)

    def within(self, start: int, end: int) -> range:
        """The indices of the tokens that share a code point with ``[start, end)``."""
        return range(bisect_right(self._ends, start), bisect_left(self._starts, end))

    def span(self, first: int, last: int) -> Span:
        """The place from token ``first`` up to, not including, token ``last``."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    def lower(self, index: int) -> str:
        """The lower-case word at ``index``, or "" outside the document."""
        return self.tokens[index].lower if 0 <= index < len(self.tokens) else ""

    def together(self, a: int, b: int) -> bool:
        """Whether both indices are words of one sentence."""
        return 0 <= a < len(self.tokens) and 0 <= b < len(self.tokens) and self.sentence[a] == self.sentence[b]
