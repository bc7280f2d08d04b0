"""A document laid out flat for the trained reader: all tokens in one list, with sentences, paragraphs and trees."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from onrecord.claims.syntax import Tree
from onrecord.mentions.names.words import Words
from onrecord.values import Reading, Span

# Tokens [first, last) of the document.
Range = tuple[int, int]


class Sheet:
    """The tokens of one reading and the questions that every feature asks of them.

    Attributes:
        reading: the reading laid out.
        words: all tokens, in order.
        trees: the syntax of each sentence.
        bases: for each sentence the index of its first token in ``words``.
        paragraphs: for each sentence the number of its paragraph.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.words = Words(reading.sentences)
        self.trees = [Tree(sentence) for sentence in reading.sentences]
        self.paragraphs = [sentence.paragraph for sentence in reading.sentences]

    @functools.cached_property
    def bases(self) -> list[int]:
        """Index of the first token of each sentence, and the number of all tokens at the end."""
        found = [0]
        for tree in self.trees:
            found.append(found[-1] + len(tree.tokens))
        return found

    def range(self, span: Span) -> Range:
        """The tokens that touch ``span``; the nearest one where none does."""
        inside = self.words.within(span.start, span.end)
        if inside:
            return inside.start, inside.stop
        nearest = min(max(0, inside.start), len(self.words) - 1)
        return nearest, nearest + 1

    def ranges(self, spans: Sequence[Span]) -> list[Range]:
        """The tokens of each span."""
        return [self.range(span) for span in spans]

    def sentence(self, token: int) -> int:
        """The index of a token's sentence."""
        return self.words.sentence[token]

    def paragraph(self, token: int) -> int:
        """The number of a token's paragraph."""
        return self.paragraphs[self.words.sentence[token]]
