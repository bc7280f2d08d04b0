"""Numbers that count nothing: dates, ages, names, labels, calibres, list marks."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.knowledge.quantities import QuantityKnowledge
from onrecord.mentions.numbers import Atom
from onrecord.mentions.quantities.amounts import Amount, ahead, behind, lower
from onrecord.values import Sentence, Time


class Distractors:
    """Tells which amounts are none."""

    def __init__(self, knowledge: QuantityKnowledge) -> None:
        self.before = knowledge.distractor_phrases("before")
        self.after = knowledge.distractor_phrases("after")

    def without(
        self, amounts: Sequence[Amount], atoms: Sequence[Atom], sentence: Sentence, times: Sequence[Time]
    ) -> list[Amount]:
        """The amounts that count something."""
        return [a for a in amounts if not self.why(a, atoms, sentence, times)]

    def why(self, amount: Amount, atoms: Sequence[Atom], sentence: Sentence, times: Sequence[Time]) -> str | None:
        """The kind of distractor that an amount is, ``None`` for a quantity."""
        start, end = atoms[amount.number_first].start, atoms[amount.number_last - 1].end
        if any(t.start < end and start < t.end for t in times):
            return "time"
        token = sentence.tokens[atoms[amount.number_first].token]
        if not times and token.entity in ("DATE", "TIME"):
            return "time"
        if lower(atoms, amount.last) in ("-", "‑") and amount.last + 1 < len(atoms) and atoms[amount.last].glued and atoms[amount.last + 1].glued and atoms[amount.last+1].lower not in ("plus","odd","strong"):
            return "compound"
        if amount.number_last < len(atoms) and atoms[amount.number_last].glued and atoms[amount.number_last].kind in ("word", "code") and amount.last == amount.number_last:
            return "code"
        return None
