"""Number words, measures, currencies and the words around numbers, from five knowledge files."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Literal, TypeVar

import msgspec

from onrecord.knowledge.base import Knowledge

NumeralKind = Literal["cardinal", "scale", "vague", "group", "some", "part", "sign", "factor"]
Bound = Literal["low", "high", "about", "none"]
T = TypeVar("T")
Phrase = tuple[str, ...]

_PIECE = re.compile(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)*|\S")


def pieces(phrase: str) -> Phrase:
    """A phrase cut as ``mentions.numbers`` cuts a text: words, digits and signs apart."""
    return tuple(_PIECE.findall(phrase))


class Word(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A number word or multiplier and its value; ``attached``: only against digits ("5m") or after a currency."""

    words: tuple[str, ...]
    value: float
    example: str
    attached: bool = False


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fraction: ``part`` of ``of`` equal parts."""

    words: tuple[str, ...]
    of: int
    example: str
    part: int = 1


class NumeralFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``numerals.toml``; its header comments say what each table holds."""

    cardinal: tuple[Word, ...]
    scale: tuple[Word, ...]
    vague: tuple[Word, ...]
    group: tuple[Word, ...]
    some: tuple[Word, ...]
    part: tuple[Part, ...]
    sign: tuple[Part, ...]
    factor: tuple[Word, ...]


class Measure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words and signs for a unit of measure, in the singular as the record gives it."""

    unit: str
    words: tuple[str, ...]
    example: str
    attached: bool = False
    factor: int = 1


class MeasureFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``units.toml``."""

    measure: tuple[Measure, ...]


class Currency(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An ISO 4217 code with the signs before and the words after an amount."""

    code: str
    signs: tuple[str, ...]
    words: tuple[str, ...]
    example: str


class CurrencyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``money.toml``."""

    currency: tuple[Currency, ...]


class Modifier(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Phrases before or after a number, and what they do to its bounds."""

    place: Literal["before", "after"]
    bound: Bound
    words: tuple[str, ...]
    example: str


class ModifierFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``modifiers.toml``."""

    modifier: tuple[Modifier, ...]


class Distractor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Phrases beside a number that show that it counts nothing."""

    kind: str
    where: Literal["before", "after"]
    words: tuple[str, ...]
    example: str


class DistractorFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``distractors.toml``."""

    distractor: tuple[Distractor, ...]


class Numeral(msgspec.Struct, frozen=True):
    """One reading of a number word; parts and signs of fractions are in units of one (a half: 0.5)."""

    value: Decimal
    attached: bool = False


class Phrases(msgspec.Struct, frozen=True):
    """Phrases of several words with what they mean, found by their longest match."""

    table: Mapping[Phrase, object]
    longest: Mapping[str, int]

    @classmethod
    def of(cls, entries: Iterable[tuple[str, object]], *, backwards: bool = False) -> Phrases:
        """Phrases keyed by their first word, or by their last when they are to be matched ``backwards``."""
        table: dict[Phrase, object] = {}
        longest: dict[str, int] = {}
        for phrase, meaning in entries:
            words = pieces(phrase)
            table.setdefault(words, meaning)
            key = words[-1 if backwards else 0]
            longest[key] = max(longest.get(key, 0), len(words))
        return cls(table, longest)


class QuantityKnowledge:
    """The five files, ready to be looked up."""

    def __init__(self, knowledge: Knowledge) -> None:
        numerals = knowledge.table("numerals.toml", NumeralFile)
        self.currencies = knowledge.table("money.toml", CurrencyFile).currency
        self.measures = knowledge.table("units.toml", MeasureFile).measure
        self.modifiers = knowledge.table("modifiers.toml", ModifierFile).modifier
        self.distractors = knowledge.table("distractors.toml", DistractorFile).distractor
        self.numerals = _numerals(numerals)
        self.prefixes = frozenset(s for c in self.currencies for s in (*c.signs, c.code.lower()) if s.isalpha())

    @functools.cached_property
    def before(self) -> Phrases:
        """Modifiers before a number, matched backwards from it."""
        return self._modifiers("before", backwards=True)

    @functools.cached_property
    def after(self) -> Phrases:
        """Modifiers after a number."""
        return self._modifiers("after", backwards=False)

    @functools.cached_property
    def signs(self) -> Phrases:
        """Currency signs, prefixes and codes before an amount, matched backwards from it."""
        return Phrases.of(((s, c.code) for c in self.currencies for s in (*c.signs, c.code.lower())), backwards=True)

    @functools.cached_property
    def units(self) -> Phrases:
        """What may follow an amount: a ``Measure``, or the ISO code of a currency."""
        money = [(w, c.code) for c in self.currencies for w in (*c.words, *c.signs, c.code.lower()) if len(w) > 1 or not w.isalpha()]
        return Phrases.of([*((w, m) for m in self.measures for w in m.words), *money])

    def distractor_phrases(self, where: str) -> Phrases:
        """Phrases that make a number count nothing, with their kind; those before it are matched backwards."""
        chosen = ((w, d.kind) for d in self.distractors if d.where == where for w in d.words)
        return Phrases.of(chosen, backwards=where == "before")

    def _modifiers(self, place: str, *, backwards: bool) -> Phrases:
        chosen = ((w, m.bound) for m in self.modifiers if m.place == place for w in m.words)
        return Phrases.of(chosen, backwards=backwards)


def _numerals(file: NumeralFile) -> dict[str, dict[str, Numeral]]:
    """Every reading of every number word."""
    found: dict[str, dict[str, Numeral]] = defaultdict(dict)
    for kind in ("cardinal", "scale", "vague", "group", "some", "factor"):
        for entry in getattr(file, kind):
            for word in entry.words:
                found[word][kind] = Numeral(Decimal(str(entry.value)), entry.attached)
    for kind, parts in (("part", file.part), ("sign", file.sign)):
        for part in parts:
            for word in part.words:
                found[word][kind] = Numeral(Decimal(part.part) / Decimal(part.of))
    return dict(found)
