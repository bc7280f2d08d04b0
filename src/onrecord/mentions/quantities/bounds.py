"""Words that bound or blur a number: "at least", "up to", "about", "or more", "-plus"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from onrecord.knowledge.quantities import QuantityKnowledge
from onrecord.mentions.numbers import Atom
from onrecord.mentions.quantities.amounts import Amount, ahead, behind, lower

_MOST = 4  # modifiers that may stand before one number: "only about the same"


class Bounds:
    """Reads the modifiers around an amount."""

    def __init__(self, knowledge: QuantityKnowledge) -> None:
        self.before, self.after = knowledge.before, knowledge.after
        self.particles, self.definite = knowledge.contexts["verb particle"], knowledge.contexts["definite"]
        self.late_words = knowledge.contexts["late bound"]

    def read(self, atoms: Sequence[Atom], amount: Amount, floor: int) -> Amount:
        """The amount with its modifiers; no atom before ``floor`` belongs to it."""
        bounds: set[object] = set()
        first = amount.first
        if amount.range and lower(atoms, first - 1) in ("between", "from") and first > floor:
            first -= 1
        for _ in range(_MOST):
            bound, start = behind(self.before, atoms, first)
            if bound is None or start < floor:
                break
            if lower(atoms, start - 1) in self.particles and lower(atoms, start) in ("over", "up"):
                break  # "handed over 12 prisoners", "adds up to 40": the preposition belongs to the verb
            if bound == "none" and lower(atoms, start) == "all" and lower(atoms, start - 1) == "in":
                break
            first = start
            if bound == "none" and lower(atoms, start) in self.definite:
                break  # "exceeds the 725": a comparison with a known number does not bound it
            bounds.add(bound)
        bound, last = self._after(atoms, amount)
        bounds.add(bound)
        return self._bounded(msgspec.structs.replace(amount, first=first, last=last), bounds)

    def _after(self, atoms: Sequence[Atom], amount: Amount) -> tuple[object, int]:
        """The modifier right after an amount, past a hyphen."""
        index = amount.last
        if lower(atoms, index) == "+" and not (index + 1 < len(atoms) and atoms[index + 1].kind == "number"):
            return "low", index + 1
        if lower(atoms, index) in ("-", "–") and lower(atoms, index + 1) in ("plus", "odd"):
            index += 1
        elif lower(atoms, index) == "plus" and index + 1 < len(atoms) and atoms[index + 1].kind == "number":
            return None, amount.last
        bound, last = self._phrase(atoms, index)
        return (bound, last) if bound else (None, amount.last)

    def _phrase(self, atoms: Sequence[Atom], index: int) -> tuple[object, int]:
        """A modifier that starts at ``index`` and does not rather belong to a number after it."""
        bound, last = ahead(self.after, atoms, index)
        if last < len(atoms) and (atoms[last].kind == "number" or lower(atoms, last) == "than"):
            return None, index
        return bound, last

    def late(self, atoms: Sequence[Atom], amount: Amount, index: int) -> tuple[Amount, int]:
        """The amount with a modifier that stands after its noun, at ``index`` ("100 people or more")."""
        at = index + (lower(atoms, index) == ",")
        bound, last = self._phrase(atoms, at)
        if bound is None or lower(atoms, at) not in self.late_words:
            return amount, index
        return self._bounded(amount, {bound}), last

    @staticmethod
    def _bounded(amount: Amount, bounds: set[object]) -> Amount:
        low, high = amount.low, amount.high
        approximate = amount.approximate or "about" in bounds
        if amount.range:
            return msgspec.structs.replace(amount, approximate=approximate)
        if "low" in bounds and low is not None:
            high = None
        elif "high" in bounds and high is not None:
            low = None
        return msgspec.structs.replace(amount, low=low, high=high, approximate=approximate)


def plain(value: Decimal | None) -> float | None:
    """A value for the record: whole numbers as ``int``, so that JSON shows 3000 and not 3000.0."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
