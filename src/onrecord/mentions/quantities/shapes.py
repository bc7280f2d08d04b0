"""Numbers whose shape or place shows that they count nothing: "9M133", "14:20", "two-day", "2019", "1."."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from onrecord.mentions.numbers import Atom
from onrecord.mentions.quantities.amounts import Amount, lower
from onrecord.values import Sentence, Token

_HYPHENS = frozenset("-‑")
_DIGITS = frozenset(["number", "code"])
_SPLITS = frozenset(":/×")
_CLOSERS = frozenset([",", ".", ";", ")", "", ":"])
_PLACES = ("GPE", "NORP", "LOC", "ORG", "DATE")
_OLDEST = 111
_ADULT = 15


class Setting(msgspec.Struct, frozen=True):
    """An amount where it stands.

    Attributes:
        near: the amounts around it, itself included.
        before: the amount before it, whether it counts something or not.
        opens: whether the sentence opens its paragraph.
        contexts: word lists by rule (``contexts.toml``).
    """

    amount: Amount
    atoms: Sequence[Atom]
    sentence: Sentence
    near: Sequence[Amount]
    before: Amount | None
    opens: bool
    contexts: Mapping[str, frozenset[str]]

    def token(self, atom: int) -> Token | None:
        """The token of an atom, ``None`` outside the sentence."""
        return self.sentence.tokens[self.atoms[atom].token] if 0 <= atom < len(self.atoms) else None

    def glued(self, *atoms: int) -> bool:
        """Whether these atoms exist, each right against the atom before it."""
        return all(0 < a < len(self.atoms) and self.atoms[a].glued for a in atoms)


def code(s: Setting) -> str | None:
    """Numbers grown together with letters or other numbers: "9M133", "14:20", "9/11", "0800 555 0142"."""
    amount, atoms = s.amount, s.atoms
    first, last = amount.number_first, amount.number_last
    head = atoms[first]
    if head.kind == "number" and len(head.lower) > 1 and head.lower[0] == "0" and head.lower.isalnum():
        return "code"
    if first > 0 and last < len(atoms) and atoms[first - 1].kind in _DIGITS and atoms[last].kind in _DIGITS:
        return "code"
    if amount.last == last and s.glued(last) and atoms[last].kind != "sign":
        return "code"
    if head.kind == "number" and amount.first == first and s.glued(first) and atoms[first - 1].kind in ("word", "code"):
        return "code"
    if lower(atoms, last) in _SPLITS and s.glued(last, last + 1) and atoms[last + 1].kind in ("number", "code"):
        return "code"
    if lower(atoms, first - 1) in _SPLITS and s.glued(first - 1, first):
        return "code" if atoms[first - 2].kind in ("number", "code") else None
    return None


def clock(s: Setting) -> str | None:
    """Times of day that open a paragraph: "08.12 — Power cuts"."""
    hours, dot, minutes = lower(s.atoms, s.amount.number_first).partition(".")
    if not (s.opens and s.amount.first == 0 and s.amount.bare and dot and hours.isdecimal() and minutes.isdecimal()):
        return None
    return "clock" if len(minutes) == 2 and int(hours) < 24 and int(minutes) < 60 else None


def repeated(s: Setting) -> str | None:
    """A number in words given again in digits: "sixty (60) missiles"."""
    first = s.amount.number_first
    if lower(s.atoms, first - 1) != "(" or lower(s.atoms, s.amount.last) != ")" or s.before is None:
        return None
    same = s.before.low == s.amount.low and s.before.last == first - 1 and s.before.form == "words"
    return "repeated" if same else None


def compound(s: Setting) -> str | None:
    """Numbers that describe: "two-day visit", "170-millimeter howitzer", "Milan-2"."""
    atoms, index, before = s.atoms, s.amount.last, s.amount.first - 1
    if lower(atoms, index) in _HYPHENS and s.glued(index, index + 1):
        return None if atoms[index + 1].lower in s.contexts["hyphenated count"] else "compound"
    if lower(atoms, before) in _HYPHENS and s.glued(before, before + 1):
        return "compound" if atoms[before - 1].kind in ("word", "code") else None
    return None


def year(s: Setting) -> str | None:
    """Bare years: "in 2019", "the 2016 Olympics"."""
    amount, atom = s.amount, s.atoms[s.amount.number_first]
    if not amount.bare or amount.number_last != amount.number_first + 1 or len(atom.lower) != 4:
        return None
    if not atom.lower.isdecimal() or atom.value is None or not 1800 <= atom.value < 2100:
        return None
    return None if lower(s.atoms, amount.first - 1) in s.contexts["year"] else "year"


def age(s: Setting) -> str | None:
    """Ages set off by commas or brackets: "Ali Nur, 34, said", "his wife, 64"."""
    amount, first = s.amount, s.amount.first
    if not amount.bare or amount.low is None or not 0 < amount.low < _OLDEST or amount.range or first < 2:
        return None
    if lower(s.atoms, first - 1) not in (",", "(") or lower(s.atoms, amount.last) not in _CLOSERS:
        return None
    token = s.token(first - 2)
    if token is None:
        return None
    named = token.pos == "PROPN" and token.entity not in _PLACES and amount.low > _ADULT
    return "age" if named or token.entity == "PERSON" or token.lower in s.contexts["kin"] else None


def listed(s: Setting) -> str | None:
    """Numbers of list items at the start of a paragraph: "1. ", "2) "; but "(31) dead" counts."""
    amount, atoms = s.amount, s.atoms
    if not s.opens or amount.first > 1 or not amount.bare or amount.form != "digits" or amount.low is None:
        return None
    if lower(atoms, amount.last) not in (".", ")") or not s.glued(amount.last):
        return "list" if len(atoms) == 1 else None
    bracketed = amount.first == 1 and lower(atoms, 0) == "(" and lower(atoms, amount.last) == ")"
    return "list" if amount.low < 100 and not (bracketed and amount.low > 20) else None


def calibre(s: Setting) -> str | None:
    """Calibres: "7.62mm", "155 mm shells"; but not "180 mm of rain"."""
    if s.amount.unit != "millimeter":
        return None
    following = lower(s.atoms, s.amount.last), lower(s.atoms, s.amount.last + 1)
    return None if "rain" in following or following[0] == "of" else "calibre"


def share(s: Setting) -> str | None:
    """Parts that are names or ordinals: "a third man", "the southern half", "counted twice"."""
    amount, atoms = s.amount, s.atoms
    before, after = lower(atoms, amount.first - 1), lower(atoms, amount.last)
    word = lower(atoms, amount.number_first)
    if amount.form == "factor":
        return None if after in s.contexts["multiple"] else "adverb"
    if amount.form != "share" or amount.unit != "percent" or amount.range:
        return None
    if word == "half":
        token = s.token(amount.first - 1)
        named = token is not None and (token.pos in ("ADJ", "PROPN") or token.tag == "DT") and before != "another"
        return "part" if (named and before != "about") or after in s.contexts["half name"] else None
    if word in ("a", "an") and lower(atoms, amount.number_first + 1) != "quarter":
        return None if after == "of" or before in s.contexts["share opener"] else "ordinal"
    return None


SHAPES = (code, clock, repeated, compound, year, age, listed, calibre, share)
