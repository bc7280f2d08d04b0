"""Numbers with their units of measure, joined into ranges: "$10-12 billion", "two or three", "between 12 and 15"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from onrecord.knowledge.quantities import Measure, Phrases, QuantityKnowledge
from onrecord.mentions.numbers import Atom, Form, Number, Numerals

_JOINS = frozenset({"to", "-", "–", "—", "or", "and", "until", "till", "‑"})
_RUNS = frozenset(
    "range ranges ranged ranging run runs ran anything anywhere vary varies varied varying estimates estimate "
    "between counts span spans".split()
)

# Wholes of which people speak as ratios: "one in five", "nine out of ten", "3 in 1,000".
_WHOLES = frozenset(map(Decimal, (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 50, 100, 1000)))


class Amount(msgspec.Struct):
    """A number, or two joined, over the atoms ``[first, last)``, unit included.

    Attributes:
        number_first, number_last: the atoms of the bare numeral.
        unit: of measure or money; ``None`` when things are counted.
        range: whether two numbers were joined.
    """

    first: int
    last: int
    number_first: int
    number_last: int
    low: Decimal | None
    high: Decimal | None
    approximate: bool
    form: Form
    scale: Decimal
    unit: str | None = None
    range: bool = False
    bare: bool = True


def lower(atoms: Sequence[Atom], index: int) -> str:
    """The lower-case words at ``index``, "" outside the sentence."""
    return atoms[index].lower if 0 <= index < len(atoms) else ""


def ahead(phrases: Phrases, atoms: Sequence[Atom], index: int) -> tuple[object, int]:
    """The meaning of the longest phrase that starts at ``index``, and the atom after it."""
    for length in range(phrases.longest.get(lower(atoms, index), 0), 0, -1):
        words = tuple(a.lower for a in atoms[index : index + length])
        if len(words) == length and words in phrases.table:
            return phrases.table[words], index + length
    return None, index


def behind(phrases: Phrases, atoms: Sequence[Atom], index: int) -> tuple[object, int]:
    """The meaning of the longest phrase that ends before ``index``, and its first atom."""
    for length in range(min(index, phrases.longest.get(lower(atoms, index - 1), 0)), 0, -1):
        words = tuple(a.lower for a in atoms[index - length : index])
        if words in phrases.table:
            return phrases.table[words], index - length
    return None, index


class Amounts:
    """Finds the amounts of a sentence, in order, never overlapping."""

    def __init__(self, knowledge: QuantityKnowledge) -> None:
        self.numerals = Numerals(knowledge)
        self.signs, self.units = knowledge.signs, knowledge.units

    def of(self, atoms: Sequence[Atom]) -> list[Amount]:
        """The amounts of a sentence."""
        found: list[Amount] = []
        index = 0
        while index < len(atoms):
            amount = self._amount(atoms, index, found[-1].last if found else 0)
            if amount is None:
                index += 1
                continue
            joined = self._join(found[-1], amount, atoms) if found else None
            if joined is None:
                found.append(amount)
            else:
                found[-1] = joined
            index = amount.last
        return found

    def _amount(self, atoms: Sequence[Atom], index: int, floor: int) -> Amount | None:
        sign, first = behind(self.signs, atoms, index)
        if first < floor or (atoms[index].kind == "word" and sign is not None and not lower(atoms, first)[-1:] in "$€£¥₽₹"):
            sign, first = None, index
        if sign is not None and lower(atoms, index - 1).isalpha() and len(lower(atoms, index - 1)) < 3:
            # "Rs 500" and "N10bn", but not "in 10": a short prefix of letters must be a capital against its digits.
            sign, first = (sign, first) if atoms[index].glued or len(lower(atoms, index - 1)) == 2 else (None, index)
        number = self.numerals.at(atoms, index, money=sign is not None)
        if number is None:
            return None
        unit, last, factor = self._unit(atoms, number, sign)
        return Amount(
            first, last, number.first, number.last, number.low * factor,
            None if number.high is None else number.high * factor,
            number.approximate, number.form, number.scale, unit, bare=unit is None,
        )  # fmt: skip

    def _unit(self, atoms: Sequence[Atom], number: Number, sign: object) -> tuple[str | None, int, int]:
        """The unit, the atom after it, and the factor it puts on the value."""
        if number.form == "share":
            return self._share_unit(atoms, number)
        start = number.last
        if lower(atoms, start) in ("a", "an") and number.high == Decimal("0.5"):
            start += 1
        if number.form == "vague" and lower(atoms, start) == "of":
            start += 1
        found, last = ahead(self.units, atoms, start)
        if isinstance(sign, str):
            return sign, last if found == sign else number.last, 1
        if isinstance(found, Measure):
            if found.attached and not atoms[start].glued:
                return None, number.last, 1
            return found.unit, last, found.factor
        if isinstance(found, str):
            return found, last, 1
        return None, number.last, 1

    def _share_unit(self, atoms: Sequence[Atom], number: Number) -> tuple[str | None, int, int]:
        return "percent", number.last, 1

    def _join(self, left: Amount, right: Amount, atoms: Sequence[Atom]) -> Amount | None:
        """The range from ``left`` to ``right``, if the words between them make one."""
        between = [a.lower for a in atoms[left.last : right.first]]
        share = self._ratio(left, right, between)
        if share is not None:
            return share
        if not between or between[0] not in _JOINS or len(between) > 3 or left.range:
            return None
        if len(between) > 1 and between[1] not in ("about", "around", "even", "some", "perhaps", "almost", "nearly", "as", "the"):
            return None
        if left.low is None or right.low is None or left.form in ("share", "factor") or right.form in ("share", "factor"):
            return None
        if left.unit and right.unit and left.unit != right.unit:
            return None
        if between[0] == "and" and not self._opened(atoms, left, "between"):
            return None
        if between[0] == "to" and self._opened(atoms, left, "from") and not self._spread(atoms, left):
            return None
        low = left.low
        if left.scale < right.scale and right.scale > 1 and left.scale == 1 and low * right.scale <= right.low:
            low *= right.scale
        if low >= right.low:
            return None
        unit = right.unit or left.unit
        return msgspec.structs.replace(
            left, last=right.last, number_last=right.number_last, low=low, high=right.high, unit=unit,
            approximate=left.approximate or right.approximate, scale=right.scale, range=True, bare=unit is None,
        )  # fmt: skip

    def _ratio(self, left: Amount, right: Amount, between: list[str]) -> Amount | None:
        """A share said as a ratio: "one in five", "nine out of ten"."""
        if between not in (["in"], ["out", "of"], ["in", "every"], ["of", "every"], ["in", "each"]):
            return None
        if left.low is None or not right.low or left.low >= right.low or left.range or left.unit or right.unit:
            return None
        if left.form != right.form and between == ["in"] or right.low not in _WHOLES:
            return None
        value = round(left.low / right.low * 100, 1)
        return msgspec.structs.replace(
            left, last=right.last, number_last=right.number_last, low=value, high=value, unit="percent",
            form="share", bare=False,
        )  # fmt: skip

    def _opened(self, atoms: Sequence[Atom], left: Amount, word: str) -> bool:
        """Whether ``word`` opens the range, perhaps with "about" in between."""
        return word in (lower(atoms, left.first - 1), lower(atoms, left.first - 2))

    def _spread(self, atoms: Sequence[Atom], left: Amount) -> bool:
        """Whether "from … to" gives the two ends of a range, not a change."""
        return any(lower(atoms, left.first - back) in _RUNS for back in range(2, 6))
