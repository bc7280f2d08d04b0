"""Numbers with their units of measure, joined into ranges: "$10-12 billion", "two or three", "between 12 and 15"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from onrecord.knowledge.quantities import Measure, Phrases, QuantityKnowledge
from onrecord.mentions.numbers import Atom
from onrecord.mentions.quantities.numerals import Form, Number, Numerals

_JOINS = frozenset({"to", "-", "–", "—", "or", "and", "until", "till", "‑"})
# Wholes of which people speak as ratios: "one in five", "nine out of ten", "3 in 1,000".
_WHOLES = frozenset(map(Decimal, (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 50, 100, 1000)))


_LARGEST = Decimal(10) ** 24  # beyond it, digits are no count of anything
_DASHES = frozenset("-–—‑")
# Codes that are also words or names when written against digits ("COP30"), and those that are words in small letters.
_NAMES = frozenset({"cop"})
_CODES_LIKE_WORDS = frozenset(
    {"TRY", "PEN", "MAD", "SOS", "GEL", "COP", "DOP", "CUP", "SAR", "AMD", "RON", "SEK", "BOB"}
)


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


def _prefixes(atoms: Sequence[Atom], first: int) -> bool:
    """Whether letters belong to the sign after them: "A$2bn", "NZ $2bn", but not "a $2bn loan", "told us $3bn"."""
    word = atoms[first]
    return atoms[first + 1].glued or (word.upper and len(word.lower) > 1)


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
        self.fillers, self.spreads = knowledge.contexts["range filler"], knowledge.contexts["spread"]

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
        sign, first = self._sign(atoms, index, floor)
        number = self.numerals.at(atoms, index, money=sign is not None)
        if number is None or number.low >= _LARGEST:
            return None
        number = self._half_measure(atoms, number)
        unit, last, factor = self._unit(atoms, number, sign)
        return Amount(
            first, last, number.first, number.last, number.low * factor,
            None if number.high is None else number.high * factor,
            number.approximate, number.form, number.scale, unit, bare=unit is None,
        )  # fmt: skip

    def _sign(self, atoms: Sequence[Atom], index: int, floor: int) -> tuple[object, int]:
        """The currency before an amount, and its first atom.

        Letters are a currency only in capitals or against digits: "TRY 500", not "try 500".
        """
        sign, first = behind(self.signs, atoms, index)
        if sign is None or first < floor:
            return None, index
        last = atoms[index - 1]
        if index - first > 1 and atoms[first].kind == "word" and not _prefixes(atoms, first):
            sign, first = behind(self.signs, atoms[first + 1 :], index - first - 1)
            return sign, index - 1
        if last.kind == "word":
            code = len(last.lower) == 3 and last.lower == str(sign).lower()
            if atoms[index].kind != "number" or (code and not last.upper) or (len(last.lower) == 1 and not last.upper):
                return None, index
            if (last.lower in _NAMES) if atoms[index].glued else len(last.lower) == 1:
                return None, index
        return sign, first

    def _unit(self, atoms: Sequence[Atom], number: Number, sign: object) -> tuple[str | None, int, int]:
        """The unit, the atom after it, and the factor it puts on the value."""
        if number.form == "share":
            return "percent", number.last, 1
        start = number.last
        if lower(atoms, start) in ("a", "an") and number.high == Decimal("0.5"):
            start += 1
        if number.form == "vague" and lower(atoms, start) == "of":
            start += 1
        found, last = ahead(self.units, atoms, start)
        if isinstance(sign, str):
            return sign, last if found == sign else number.last, 1
        if isinstance(found, Measure):
            if found.unit == "pound" and number.scale >= 1000 and lower(atoms, last) != "of":
                return "GBP", last, 1
            if found.attached and not atoms[start].glued:
                return None, number.last, 1
            return found.unit, last, found.factor
        if isinstance(found, str) and not self._verb(atoms, number, start):
            return found, last, 1
        return None, number.last, 1

    @staticmethod
    def _verb(atoms: Sequence[Atom], number: Number, start: int) -> bool:
        """Whether a currency word is rather another word: "the 12 won medals", "3 all"."""
        word = atoms[start]
        code = len(word.lower) == 3 and word.lower not in ("yen", "won")
        return (word.lower in ("won", "real", "dong") and number.low < 50) or (
            code and not word.upper and word.lower.upper() in _CODES_LIKE_WORDS
        )

    def _half_measure(self, atoms: Sequence[Atom], number: Number) -> Number:
        """Half of one measure is no share: "half a ton"."""
        if number.form != "share" or lower(atoms, number.last) not in ("a", "an") or number.low != 50:
            return number
        found, _ = ahead(self.units, atoms, number.last + 1)
        if not isinstance(found, Measure) or found.unit == "percent":
            return number
        half = Decimal("0.5")
        return msgspec.structs.replace(number, last=number.last + 1, low=half, high=half, form="words")

    def _join(self, left: Amount, right: Amount, atoms: Sequence[Atom]) -> Amount | None:
        """The range from ``left`` to ``right``, if the words between them make one."""
        between = [a.lower for a in atoms[left.last : right.first]]
        share = self._ratio(left, right, between)
        if share is not None:
            return share
        if not between or between[0] not in _JOINS or len(between) > 3 or left.range:
            return None
        if between[0] in _DASHES and not (atoms[left.last].glued and atoms[left.last + 1].glued):
            return None
        if len(between) > 1 and between[1] not in self.fillers:
            return None
        if (
            left.low is None
            or right.low is None
            or left.form in ("share", "factor")
            or right.form in ("share", "factor")
        ):
            return None
        if left.unit and right.unit and left.unit != right.unit:
            return None
        if between[0] == "to" and lower(atoms, left.first - 1) == "the":
            return None
        if between[0] == "and" and not self._opened(atoms, left, "between"):
            return None
        if left.unit and not right.unit and (between[0] == "or" or not left.unit.isupper()):
            return None
        low = self._shared(left, right, between)
        if between[0] == "to" and self._opened(atoms, left, "from") and not self._spread(atoms, left):
            if left.unit is None and right.unit:
                left.unit, left.bare = right.unit, False
            return None
        if (between[0] == "to" and lower(atoms, left.first - 1) == "by") or low >= right.low:
            return None
        unit = right.unit or left.unit
        return msgspec.structs.replace(
            left, last=right.last, number_last=right.number_last, low=low, high=right.high, unit=unit,
            approximate=left.approximate or right.approximate, scale=right.scale, range=True, bare=unit is None,
        )  # fmt: skip

    @staticmethod
    def _shared(left: Amount, right: Amount, between: list[str]) -> Decimal:
        """The lower end, with the multiplier that the upper end names for both: "two or three million"."""
        low = left.low or Decimal(0)
        scaled = low * right.scale
        if left.scale != 1 or right.scale == 1 or low >= 1000 or right.low is None or left.form == "vague":
            return low
        if scaled <= right.low:
            return scaled
        if between[0] == "to" and scaled < 10 * right.low:  # a fall "from 104 to 102 million"
            left.low = left.high = scaled
            return scaled
        return low

    def _ratio(self, left: Amount, right: Amount, between: list[str]) -> Amount | None:
        """A share said as a ratio: "one in five", "nine out of ten"."""
        if between not in (["in"], ["out", "of"], ["in", "every"], ["of", "every"], ["in", "each"]):
            return None
        if left.low is None or not right.low or left.low >= right.low or left.range or left.unit or right.unit:
            return None
        if (left.form != right.form and between == ["in"]) or right.low not in _WHOLES:
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
        return any(lower(atoms, left.first - back) in self.spreads for back in range(2, 6))
