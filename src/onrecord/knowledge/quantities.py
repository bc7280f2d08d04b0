"""Number words, measures, currencies and the words around numbers, from the knowledge files that hold them."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Literal, TypeVar

import msgspec

from onrecord.knowledge.base import Knowledge
from onrecord.knowledge.frames import NounClasses

NumeralKind = Literal["cardinal", "scale", "vague", "group", "some", "part", "sign", "factor"]
Bound = Literal["low", "high", "about", "none"]
T = TypeVar("T")
Phrase = tuple[str, ...]

_PIECE = re.compile(r"[^\W\d_]+\d+|\d+|[^\W\d_]+(?:'[^\W\d_]+)*|\S")


def pieces(phrase: str) -> Phrase:
    """A phrase cut as ``mentions.numbers`` cuts a text: words, digits and signs apart."""
    return tuple(_PIECE.findall(phrase))


class Word(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A number word or multiplier and its value.

    ``attached``: only against digits ("5m") or after a currency; ``money``: only after a currency.
    """

    words: tuple[str, ...]
    value: float
    example: str
    attached: bool = False
    money: bool = False


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
    where: Literal["before", "after", "noun"]
    words: tuple[str, ...]
    example: str


class Fate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lemmas for what befalls people and things, beside which "one" counts."""

    words: tuple[str, ...]
    example: str


class DistractorFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``distractors.toml``."""

    distractor: tuple[Distractor, ...]
    fate: tuple[Fate, ...]


class Context(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words around numbers that one rule of the grammar looks for; ``reads``: the bounds read in the example."""

    rule: str
    words: tuple[str, ...]
    example: str
    reads: tuple[str, ...]


class ContextFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``contexts.toml``."""

    context: tuple[Context, ...]


class Named(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that count a unit of another name."""

    unit: str
    words: tuple[str, ...]
    example: str


class Plural(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Irregular plurals."""

    singular: str
    words: tuple[str, ...]
    example: str


class CountedFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``counted.toml``; its comments say what each table holds."""

    unit: tuple[Named, ...]
    state: tuple[Named, ...]
    elided: tuple[Fate, ...]
    people: tuple[Fate, ...]
    plural: tuple[Plural, ...]


class CountedKnowledge(msgspec.Struct, frozen=True):
    """Counted nouns, ready to be looked up."""

    units: Mapping[str, str]
    states: Mapping[str, str]
    elided: frozenset[str]
    people: frozenset[str]
    animate: frozenset[str]
    countable: frozenset[str]

    def singular(self, noun: str) -> str:
        """The singular of a lower-case plural."""
        if noun in self.units:
            return self.units[noun]
        if noun.endswith("orties"):
            return noun[:-1]
        if noun.endswith("ies") and len(noun) > 4:
            return noun[:-3] + "y"
        if noun.endswith(("sses", "shes", "ches", "xes", "zes")):
            return noun[:-2]
        if noun.endswith("men") and noun != "men" and noun != "women":
            return noun[:-3] + "man"
        if noun.endswith("women"):
            return noun[:-5] + "woman"
        return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun


class Numeral(msgspec.Struct, frozen=True):
    """One reading of a number word; parts and signs of fractions are in units of one (a half: 0.5)."""

    value: Decimal
    attached: bool = False
    money: bool = False


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
    """Those files, ready to be looked up."""

    def __init__(self, knowledge: Knowledge) -> None:
        numerals = knowledge.table("numerals.toml", NumeralFile)
        self.currencies = knowledge.table("money.toml", CurrencyFile).currency
        self.measures = knowledge.table("units.toml", MeasureFile).measure
        self.modifiers = knowledge.table("modifiers.toml", ModifierFile).modifier
        distractors = knowledge.table("distractors.toml", DistractorFile)
        self.distractors = distractors.distractor
        self.fates = frozenset(w for f in distractors.fate for w in f.words)
        self.distractor_nouns = {w: d.kind for d in self.distractors if d.where == "noun" for w in d.words}
        self.numerals = _numerals(numerals)
        self.contexts = {c.rule: frozenset(c.words) for c in knowledge.table("contexts.toml", ContextFile).context}
        self.counted = _counted(knowledge, frozenset(self.distractor_nouns))
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
        money = [
            (w, c.code)
            for c in self.currencies
            for w in (*c.words, *c.signs, c.code.lower())
            if len(w) > 1 or not w.isalpha()
        ]
        return Phrases.of([*((w, m) for m in self.measures for w in m.words), *money])

    def distractor_phrases(self, where: str) -> Phrases:
        """Phrases that make a number count nothing, with their kind; those before it are matched backwards."""
        chosen = ((w, d.kind) for d in self.distractors if d.where == where for w in d.words)
        return Phrases.of(chosen, backwards=where == "before")

    def _modifiers(self, place: str, *, backwards: bool) -> Phrases:
        chosen = ((w, m.bound) for m in self.modifiers if m.place == place for w in m.words)
        return Phrases.of(chosen, backwards=backwards)


_ANIMATE = ("person", "fighter", "dead", "captive", "detainee", "prisoner", "displaced")


def _counted(knowledge: Knowledge, idle: frozenset[str]) -> CountedKnowledge:
    """The counted nouns, with those of living beings from the noun classes."""
    file = knowledge.table("counted.toml", CountedFile)
    classes = knowledge.table("nouns.toml", NounClasses).noun_class
    return CountedKnowledge(
        units={w: e.unit for e in file.unit for w in e.words} | {w: e.singular for e in file.plural for w in e.words},
        states={w: e.unit for e in file.state for w in e.words},
        elided=frozenset(w for e in file.elided for w in e.words),
        people=frozenset(w for e in file.people for w in e.words),
        animate=frozenset(noun for c in classes if c.name in _ANIMATE for noun in c.nouns),
        countable=frozenset(noun for c in classes for noun in c.nouns) - idle,
    )


def _numerals(file: NumeralFile) -> dict[str, dict[str, Numeral]]:
    """Every reading of every number word."""
    found: dict[str, dict[str, Numeral]] = defaultdict(dict)
    for kind in ("cardinal", "scale", "vague", "group", "some", "factor"):
        for entry in getattr(file, kind):
            for word in entry.words:
                found[word][kind] = Numeral(Decimal(str(entry.value)), entry.attached, entry.money)
    for kind, parts in (("part", file.part), ("sign", file.sign)):
        for part in parts:
            for word in part.words:
                found[word][kind] = Numeral(Decimal(part.part) / Decimal(part.of))
    return dict(found)
