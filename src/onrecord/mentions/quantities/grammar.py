"""From a sentence to its quantities."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

from onrecord.knowledge.quantities import QuantityKnowledge
from onrecord.mentions.numbers import Atom, atoms
from onrecord.mentions.quantities.amounts import Amount, Amounts, lower
from onrecord.mentions.quantities.bounds import Bounds, plain
from onrecord.mentions.quantities.distractors import Distractors
from onrecord.mentions.quantities.nouns import Counted, Nouns
from onrecord.values import Quantity, Sentence, Span, Time, Token


class Grammar:
    """Reads the quantities of one sentence."""

    def __init__(self, knowledge: QuantityKnowledge) -> None:
        self.prefixes = knowledge.prefixes
        self.amounts = Amounts(knowledge)
        self.bounds = Bounds(knowledge)
        self.nouns = Nouns(knowledge.counted)
        self.distractors = Distractors(knowledge)
        self.words = knowledge.numerals
        words = sorted(knowledge.numerals, key=len, reverse=True)
        self.hint = re.compile(r"\d|\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE)

    def read(self, text: str, sentence: Sentence, times: Sequence[Time], *, opens: bool = True) -> list[Quantity]:
        """The quantities of a sentence, in order; ``times`` are those that overlap it."""
        if not self.hint.search(text, sentence.start, sentence.end):
            return []
        found = atoms(text, sentence, self.prefixes)
        self._shut(found, times)
        amounts = self.amounts.of(found)
        kept = self.distractors.without(amounts, found, sentence, opens=opens)
        bounded: list[Amount] = []
        for amount in kept:
            bounded.append(self.bounds.read(found, amount, bounded[-1].last if bounded else 0))
        limits = _limits(bounded, found)
        return [self._quantity(text, sentence, found, a, limit) for a, limit in zip(bounded, limits, strict=True)]

    def _shut(self, found: list[Atom], times: Sequence[Time]) -> None:
        """Mark the atoms within times, so that no number is read there; the "quarters" of "three quarters" are none."""
        index = 0
        for time in times:
            while index < len(found) and found[index].end <= time.start:
                index += 1
            fraction = 0 < index < len(found) and self._counts(found[index - 1], found[index])
            while index < len(found) and found[index].start < time.end:
                found[index].kind = found[index].kind if fraction else "time"
                index += 1

    def _counts(self, number: Atom, part: Atom) -> bool:
        return "cardinal" in self.words.get(number.lower, {}) and "part" in self.words.get(part.lower, {})

    def _noun(self, found: list[Atom], tokens: Sequence[Token], amount: Amount, at: int, stop: int) -> Counted:
        """What an amount counts; a measure or a share only has a noun after "of"."""
        if _bracketed(found, amount):
            at = min(at + 1, stop)  # "(31) dead"
        elif not amount.bare and lower(found, amount.last) != "of" and amount.form != "share":
            return Counted(at)
        return self.nouns.after(tokens, at, stop)

    def _quantity(self, text: str, sentence: Sentence, found: list[Atom], amount: Amount, limit: int) -> Quantity:
        tokens = sentence.tokens
        at = found[amount.last].token if amount.last < len(found) else len(tokens)
        while at < len(tokens) and tokens[at].start < found[amount.last - 1].end:
            at += 1  # a token may hold the number and more: "12men"
        stop = found[limit].token if limit < len(found) else len(tokens)
        noun = self._noun(found, tokens, amount, at, stop)
        last = amount.last
        if noun.last > at:
            end = tokens[noun.last - 1].end
            while last < len(found) and found[last].start < end:
                last += 1
        amount, last = self.bounds.late(found, amount, last)
        first = amount.first - _bracketed(found, amount)
        start, end = found[first].start, found[last - 1].end
        number = Span(found[amount.number_first].start, found[amount.number_last - 1].end)
        head = tokens[noun.head] if noun.head is not None else None
        return Quantity(
            start, end, text[start:end], number, plain(amount.low), plain(amount.high), amount.approximate,
            amount.unit or noun.unit, Span(head.start, head.end) if head else None,
        )  # fmt: skip


def _bracketed(found: list[Atom], amount: Amount) -> bool:
    """Whether the number alone stands in brackets."""
    return lower(found, amount.last) == ")" and lower(found, amount.first - 1) == "("


def _limits(bounded: list[Amount], found: list[Atom]) -> list[int]:
    """For each amount the first atom that its noun phrase cannot reach: another amount, or a time.

    Numbers that count nothing are no end: "twelve 240-mm rocket launchers".
    """
    stops = sorted([a.first for a in bounded] + [i for i, a in enumerate(found) if a.kind == "time"] + [len(found)])
    return [stops[bisect.bisect_left(stops, a.last)] for a in bounded]
