"""From a sentence to its quantities."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

import msgspec

from onrecord.knowledge.quantities import QuantityKnowledge
from onrecord.mentions.numbers import Atom, atoms
from onrecord.mentions.quantities.amounts import Amount, Amounts
from onrecord.mentions.quantities.bounds import Bounds, plain
from onrecord.mentions.quantities.distractors import Distractors
from onrecord.mentions.quantities.nouns import Counted, counted
from onrecord.values import Quantity, Sentence, Span, Time


class Grammar:
    """Reads the quantities of one sentence."""

    def __init__(self, knowledge: QuantityKnowledge) -> None:
        self.prefixes = knowledge.prefixes
        self.amounts = Amounts(knowledge)
        self.bounds = Bounds(knowledge)
        self.distractors = Distractors(knowledge)
        words = sorted(knowledge.numerals, key=len, reverse=True)
        self.hint = re.compile(r"\d|\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE)

    def read(self, text: str, sentence: Sentence, times: Sequence[Time]) -> list[Quantity]:
        """The quantities of a sentence, in order; ``times`` are those that overlap it."""
        if not self.hint.search(text, sentence.start, sentence.end):
            return []
        found = atoms(text, sentence, self.prefixes)
        amounts = self.amounts.of(found)
        kept = self.distractors.without(amounts, found, sentence, times)
        bounded: list[Amount] = []
        for amount in kept:
            bounded.append(self.bounds.read(found, amount, bounded[-1].last if bounded else 0))
        if not bounded:
            return []
        limits = [a.first for a in bounded[1:]] + [len(found)]
        return [self._quantity(text, sentence, found, a, limit) for a, limit in zip(bounded, limits, strict=True)]

    def _quantity(self, text: str, sentence: Sentence, found: list[Atom], amount: Amount, limit: int) -> Quantity:
        tokens = sentence.tokens
        at = found[amount.last].token if amount.last < len(found) else len(tokens)
        stop = found[limit].token if limit < len(found) else len(tokens)
        noun = counted(tokens, found[amount.number_last - 1].token, at, stop) if amount.bare else Counted(at, None, None)
        last = amount.last
        if noun.head is not None:
            end = tokens[noun.last - 1].end
            while last < len(found) and found[last].start < end:
                last += 1
        amount, last = self.bounds.late(found, amount, last)
        start, end = found[amount.first].start, found[last - 1].end
        number = Span(found[amount.number_first].start, found[amount.number_last - 1].end)
        head = tokens[noun.head] if noun.head is not None else None
        return Quantity(
            start, end, text[start:end], number, plain(amount.low), plain(amount.high), amount.approximate,
            amount.unit or noun.unit, Span(head.start, head.end) if head else None,
        )  # fmt: skip
