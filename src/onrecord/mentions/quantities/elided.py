"""What a number counts when its noun is left out: "wounding 40", "the toll rose to 300", "56 of them"."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

import msgspec

from onrecord.knowledge.quantities import QuantityKnowledge
from onrecord.values import Quantity, Sentence, Token

_PARTITIVE = frozenset({"out", "of", "the", "all", "its", "their", "these", "those"})
_AHEAD, _BACK = 5, 14  # tokens after and before a number in which its noun or verb is sought


class Memory:
    """The units seen so far in a document. ``counted`` is the last of things, ``measured`` the last of any."""

    def __init__(self, measures: frozenset[str]) -> None:
        self.measures = measures
        self.counted: str | None = None
        self.measured: str | None = None
        self.sentence = -1

    def see(self, quantity: Quantity, sentence: int) -> None:
        """Remember a quantity whose unit is known."""
        if quantity.unit is None:
            return
        self.measured, self.sentence = quantity.unit, sentence
        if not quantity.unit.isupper() and quantity.unit not in self.measures:
            self.counted = quantity.unit


def _whole(part: Quantity, whole: Quantity | None, sentence: Sentence) -> str | None:
    """The unit of what a number is a part of: "42 out of 86 drones", "63 of the 94 drones"."""
    if whole is None or whole.unit is None or whole.noun is None:
        return None
    first = bisect.bisect_left(sentence.tokens, part.end, key=lambda t: t.start)
    last = bisect.bisect_left(sentence.tokens, whole.start, key=lambda t: t.start)
    between = [token.lower for token in sentence.tokens[first:last]]
    return whole.unit if "of" in between and _PARTITIVE.issuperset(between) else None


class Elided:
    """Gives a unit to the numbers that lack one."""

    def __init__(self, knowledge: QuantityKnowledge) -> None:
        self.knowledge = knowledge.counted
        self.measures = frozenset(m.unit for m in knowledge.measures) | {"time", "times"}

    def resolve(self, found: Sequence[tuple[int, Quantity]], sentences: Sequence[Sentence]) -> list[Quantity]:
        """The quantities of a document, each with the index of its sentence, with units for those that left it out."""
        memory, out = Memory(self.measures), []
        memory.counted = next((q.unit for _, q in found if q.unit and q.noun and self._counts(q.unit)), None)
        for at, (index, quantity) in enumerate(found):
            if quantity.unit is None:
                whole = found[at + 1][1] if at + 1 < len(found) and found[at + 1][0] == index else None
                unit = _whole(quantity, whole, sentences[index]) or self._unit(
                    quantity, sentences[index], index, memory
                )
                quantity = msgspec.structs.replace(quantity, unit=unit)
            memory.see(quantity, index)
            out.append(quantity)
        return out

    def _unit(self, quantity: Quantity, sentence: Sentence, index: int, memory: Memory) -> str | None:
        low = quantity.low if quantity.low is not None else quantity.high
        same = memory.sentence == index
        if low is not None and not float(low).is_integer() and memory.measured:
            return memory.measured
        if same and memory.measured and memory.measured.isupper() and low is not None and low >= 100_000:
            return memory.measured
        named = self._named(quantity, sentence)
        if named == "person" and memory.counted and self._animate(memory.counted):
            return memory.counted
        if same and memory.counted and named is None:
            return memory.counted
        return named or memory.counted or memory.measured

    def _counts(self, unit: str) -> bool:
        return not unit.isupper() and unit not in self.measures

    def _animate(self, unit: str) -> bool:
        return unit in self.knowledge.animate or unit.rsplit(" ", 1)[-1] in self.knowledge.animate

    def _named(self, quantity: Quantity, sentence: Sentence) -> str | None:
        """The noun that the sentence gives before the number, or "person" by its verb."""
        tokens = sentence.tokens
        at = bisect.bisect_left(tokens, quantity.start, key=lambda t: t.start)
        after = bisect.bisect_left(tokens, quantity.end, key=lambda t: t.start)
        for token in tokens[after : after + _AHEAD]:
            if token.lemma in self.knowledge.people or token.lower in self.knowledge.people:
                return "person"
            if token.pos == "PUNCT":
                break
        return self._left(tokens[max(0, at - _BACK) : at])

    def _left(self, tokens: Sequence[Token]) -> str | None:
        """The nearest noun before the number that is known to be counted."""
        for token in reversed(tokens):
            if token.lower in self.knowledge.people or token.lemma in self.knowledge.people:
                return "person"
            noun = self.knowledge.singular(token.lower)
            if token.tag == "NNS" and noun in self.knowledge.countable:
                return noun
        return None
