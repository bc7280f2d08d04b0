"""Numbers in words and with multipliers: "three hundred and five thousand", "2.3bn", "tens of thousands"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

import msgspec

from onrecord.knowledge.quantities import QuantityKnowledge
from onrecord.mentions.numbers import Atom

Form = Literal["digits", "words", "vague", "share", "factor"]


class Number(msgspec.Struct, frozen=True):
    """A number over the atoms ``[first, last)``.

    Attributes:
        low, high: its value, or its bounds; ``high`` is ``None`` when open.
        scale: the last multiplier read ("million"), 1 without one; a range shares it ("two or three million").
        form: "share" is in percent, "factor" a multiple.
    """

    first: int
    last: int
    low: Decimal
    high: Decimal | None
    form: Form
    approximate: bool = False
    scale: Decimal = Decimal(1)


class Numerals:
    """Reads numbers from atoms."""

    def __init__(self, knowledge: QuantityKnowledge) -> None:
        self.words = knowledge.numerals

    def at(self, atoms: Sequence[Atom], first: int, *, money: bool = False) -> Number | None:
        """The longest number that starts at the atom ``first``; ``money``: a currency sign stands before it."""
        atom = atoms[first]
        if atom.kind == "number":
            return self._scaled(atoms, first, money)
        if atom.kind != "word" or (atom.lower not in ("a", "an") and atom.lower not in self.words):
            return None
        found = [
            self._some(atoms, first),
            self._scaled(atoms, first, money),
            self._part(atoms, first),
            self._vague(atoms, first),
            self._factor(atoms, first),
        ]
        return max((n for n in found if n is not None), key=lambda n: n.last, default=None)

    def _numeral(self, atoms: Sequence[Atom], index: int, kind: str) -> Decimal | None:
        """The value of the numeral of this kind at ``index``, if there is one."""
        if index >= len(atoms) or atoms[index].kind != "word":
            return None
        found = self.words.get(atoms[index].lower, {}).get(kind)
        return found.value if found else None

    def _scale(self, atoms: Sequence[Atom], index: int, money: bool = False) -> tuple[Decimal, int]:
        """The multiplier at ``index`` (after a hyphen, too) and the atom after it; 0 without one."""
        at = index + (_lower(atoms, index) == "-")
        if at >= len(atoms) or atoms[at].kind != "word":
            return Decimal(0), index
        found = self.words.get(atoms[at].lower, {}).get("scale")
        if found is None or (found.money and not money):
            return Decimal(0), index
        if found.attached and (at > index or not (money or atoms[at].glued)):
            return Decimal(0), index
        if found.attached and atoms[at - 1].kind != "number":
            return Decimal(0), index
        return found.value, at + 1

    def _scaled(self, atoms: Sequence[Atom], first: int, money: bool) -> Number | None:
        """Digits or words with multipliers: "1.5 million", "three hundred and five thousand", "half a million"."""
        count, index = self._count(atoms, first)
        if count is None:
            return None
        total, scale = Decimal(0), Decimal(1)
        form: Form = "digits" if atoms[first].kind == "number" else "words"
        for _ in range(4):
            value, after = self._scale(atoms, index, money)
            if not value or (total and value >= scale):
                total += count
                break
            part, after = self._and_part(atoms, after)
            larger, beyond = self._scale(atoms, after)
            if larger >= value:  # "two lakh crore", "three thousand million"
                value, after = value * larger, beyond
            total, scale, index = total + (count + part) * value, value, after
            rest, beyond = self._rest(atoms, index, scale) if form == "words" else (None, index)
            if rest is None:
                break
            count, index = rest, beyond
        return Number(first, index, total, total, form, scale=scale)

    def _rest(self, atoms: Sequence[Atom], index: int, scale: Decimal) -> tuple[Decimal | None, int]:
        """What goes on after a multiplier in words: "(two thousand) and five", "(a million) two hundred thousand"."""
        at = index + (_lower(atoms, index) == "and")
        if at >= len(atoms) or self._numeral(atoms, at, "cardinal") is None:
            return None, index
        value, beyond = self._hundreds(atoms, at)
        larger, _ = self._scale(atoms, beyond)
        if value is None or scale < 1000 or value * max(larger, Decimal(1)) >= scale:
            return None, index
        return value, beyond

    def _count(self, atoms: Sequence[Atom], first: int) -> tuple[Decimal | None, int]:
        """What may stand before a multiplier: digits, a number below a thousand in words, "a", "half a"."""
        lower = atoms[first].lower
        if atoms[first].kind == "number":
            value = atoms[first].value
            sign = self._numeral(atoms, first + 1, "sign")
            if value is not None and sign is not None and atoms[first + 1].glued:
                return value + sign, first + 2
            return (value, first + 1) if value is None else self._plus_part(atoms, value, first + 1)
        sign = self._numeral(atoms, first, "sign")
        if sign is not None:
            return sign, first + 1
        if lower in ("half", "quarter") or (lower in ("a", "an") and _lower(atoms, first + 1) in ("half", "quarter")):
            return self._half_a(atoms, first + (lower in ("a", "an")), first)
        if lower in ("a", "an") and _lower(atoms, first + 1) != "hundred":
            found, _ = self._scale(atoms, first + 1)
            return (Decimal(1), first + 1) if found and found != 100 else (None, first)
        return self._hundreds(atoms, first)

    def _half_a(self, atoms: Sequence[Atom], half: int, first: int) -> tuple[Decimal | None, int]:
        """The 0.5 of "half a million", "half-million", "half a dozen", "a quarter of a million"."""
        at = half + 1
        while _lower(atoms, at) in ("of", "a", "-") and at < half + 3:
            at += 1
        value = Decimal("0.5") if atoms[half].lower == "half" else Decimal("0.25")
        found, _ = self._scale(atoms, at)
        return (value, at) if found and _lower(atoms, at) not in ("hundred", "m", "b", "k") else (None, first)

    def _plus_part(self, atoms: Sequence[Atom], value: Decimal, last: int) -> tuple[Decimal, int]:
        """A count with "and a half" behind it."""
        part, after = self._and_part(atoms, last)
        return value + part, after

    def _and_part(self, atoms: Sequence[Atom], index: int) -> tuple[Decimal, int]:
        """The 0.5 of "and a half" at ``index`` and the atom after it; 0 without one."""
        if _lower(atoms, index) == "and" and _lower(atoms, index + 1) in ("a", "one"):
            part = self._numeral(atoms, index + 2, "part")
            if part is not None and _lower(atoms, index + 2) in ("half", "quarter"):
                return part, index + 3
        return Decimal(0), index

    def _hundreds(self, atoms: Sequence[Atom], first: int) -> tuple[Decimal | None, int]:
        """A number in words below ten thousand: "a hundred and five", "twenty-one", "fifteen hundred"."""
        if atoms[first].lower in ("a", "an", "hundred"):
            value, index = Decimal(1), first + (atoms[first].lower != "hundred")
        else:
            small, index = self._small(atoms, first)
            if small is None:
                return None, first
            value = small
        if _lower(atoms, index) == "-" and _lower(atoms, index + 1) == "hundred":
            index += 1
        if _lower(atoms, index) in ("point", "-") and _lower(atoms, index - 1) not in ("a", "an"):
            value, index = self._point(atoms, value, index)
        if _lower(atoms, index) != "hundred":
            part, after = self._and_part(atoms, index)
            return (value + part, after) if atoms[first].lower != "a" else (None, first)
        value, index = value * 100, index + 1
        at = index + (_lower(atoms, index) == "and")
        small, after = self._small(atoms, at) if at < len(atoms) else (None, at)
        return (value, index) if small is None else (value + small, after)

    def _point(self, atoms: Sequence[Atom], value: Decimal, index: int) -> tuple[Decimal, int]:
        """A count with decimals in words behind it: "seventeen-point-six", "two point five"."""
        at = index + (_lower(atoms, index) == "-")
        digit = self._numeral(atoms, at + 1 + (_lower(atoms, at + 1) == "-"), "cardinal")
        if _lower(atoms, at) != "point" or digit is None or digit > 9:
            return value, index
        return value + digit / 10, at + 2 + (_lower(atoms, at + 1) == "-")

    def _small(self, atoms: Sequence[Atom], first: int) -> tuple[Decimal | None, int]:
        """A number in words below a hundred."""
        value = self._numeral(atoms, first, "cardinal")
        if value is None:
            return None, first
        if value >= 20:
            at = first + 1 + (_lower(atoms, first + 1) == "-" and atoms[first + 1].glued)
            unit = self._numeral(atoms, at, "cardinal")
            if unit is not None and unit < 10:
                return value + unit, at + 1
        return value, first + 1

    def _some(self, atoms: Sequence[Atom], first: int) -> Number | None:
        """Small groups and their multiples: "a pair of", "several hundred", "a few dozen", "a couple of thousand"."""
        at = first + (atoms[first].lower in ("a", "an"))
        vague = self._numeral(atoms, at, "some")
        value = vague or self._numeral(atoms, at, "group")
        if value is None:
            return None
        index = at + 1 + (_lower(atoms, at + 1) == "of")
        scale, after = self._scale(atoms, index)
        if not scale and vague is not None:
            tens = self._vague(atoms, index) if _lower(atoms, index) in ("tens", "hundreds", "thousands") else None
            return msgspec.structs.replace(tens, first=first) if tens else None
        if not scale:
            return Number(first, at + 1, value, value, "words") if at > first or _lower(atoms, at + 1) == "of" else None
        larger, beyond = self._scale(atoms, after)
        if larger > scale:
            scale, after = scale * larger, beyond
        low = value * scale
        return Number(first, after, low, None if vague else low, "words", vague is not None, scale)

    def _vague(self, atoms: Sequence[Atom], first: int) -> Number | None:
        """Plurals that only say "that many or more": "dozens", "tens of thousands", "hundreds of thousands"."""
        if first >= len(atoms):
            return None
        value, index = self._numeral(atoms, first, "vague"), first + 1
        if value is None:
            return None
        while index < first + 5 and _lower(atoms, index) == "of" and (more := self._numeral(atoms, index + 1, "vague")):
            value, index = value * more, index + 2
        if _lower(atoms, index) == "of" and (more := self._scale(atoms, index + 1)[0]) and value == 10:
            value, index = value * more, index + 2
        return Number(first, index, value, None, "vague", True, value)

    def _part(self, atoms: Sequence[Atom], first: int) -> Number | None:
        """A share in percent: "half", "a third", "two-thirds", "three quarters"."""
        count = Decimal(1)
        index = first
        if atoms[first].lower in ("a", "an", "one"):
            index = first + 1 + (_lower(atoms, first + 1) == "-")
        elif (small := self._numeral(atoms, first, "cardinal")) is not None and small < 10:
            count, index = small, first + 1 + (_lower(atoms, first + 1) == "-")
        part = self._numeral(atoms, index, "part")
        if (
            part is None
            or (index == first and atoms[first].lower != "half")
            or (count > 1) != (atoms[index].lower.endswith("s"))
        ):
            return None
        value = round(count * part * 100, 1)
        return Number(first, index + 1, value, value, "share")

    def _factor(self, atoms: Sequence[Atom], first: int) -> Number | None:
        """A multiple in one word: "twice", "double"."""
        value = self._numeral(atoms, first, "factor")
        return None if value is None else Number(first, first + 1, value, value, "factor")


def _lower(atoms: Sequence[Atom], index: int) -> str:
    """The lower-case words at ``index``, "" beyond the end."""
    return atoms[index].lower if 0 <= index < len(atoms) else ""
