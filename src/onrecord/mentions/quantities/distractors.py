"""Numbers that count nothing, by the words beside them: dates, ages, names, labels, distances."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.knowledge.quantities import QuantityKnowledge
from onrecord.mentions.numbers import Atom
from onrecord.mentions.quantities.amounts import Amount, ahead, behind, lower
from onrecord.mentions.quantities.pronouns import Pronouns
from onrecord.mentions.quantities.shapes import SHAPES, Setting
from onrecord.values import Sentence

_NEAR = 3  # amounts on either side that may stand in one list with an amount
_BRACKET = 8  # atoms of a length in brackets: "150 kilometres (93 miles) south of"
_LENGTHS = frozenset(["kilometer", "mile", "meter", "nautical mile", "foot", "centimeter", "yard", "inch"])
_LABELS = frozenset(["label", "name"])


_AGE = "age"
_OLDEST = 120


class Distractors:
    """Tells which amounts are none."""

    def __init__(self, knowledge: QuantityKnowledge) -> None:
        self.before = knowledge.distractor_phrases("before")
        self.after = knowledge.distractor_phrases("after")
        self.contexts = knowledge.contexts
        self.rules = (*SHAPES, self._before, self._after, Pronouns(knowledge).why)

    def without(
        self, amounts: Sequence[Amount], atoms: Sequence[Atom], sentence: Sentence, *, opens: bool
    ) -> list[Amount]:
        """The amounts that count something. ``opens``: the sentence opens its paragraph."""
        kept: list[Amount] = []
        label: Amount | None = None
        numbered: str | None = None
        for index, amount in enumerate(amounts):
            near = amounts[max(0, index - _NEAR) : index + _NEAR + 1]
            before = amounts[index - 1] if index else None
            setting = Setting(amount, atoms, sentence, near, before, opens, self.contexts)
            kind = self.why(setting)
            if kind is None and label is not None and _goes_on(label, amount, atoms):
                aged = (amount.low or 0) < _OLDEST and not _noun_next(setting)
                kind = (_AGE if aged else None) if numbered == _AGE else "label"
            label, numbered = (amount, kind) if kind in (*_LABELS, _AGE) else (None, None)
            if kind == "repeated" and before is not None:
                before.last = amount.last + 1
            if kind is None:
                kept.append(amount)
        return kept

    def why(self, s: Setting) -> str | None:
        """The kind of distractor that an amount is, ``None`` when it counts something."""
        return next((kind for rule in self.rules if (kind := rule(s))), None)

    def _before(self, s: Setting) -> str | None:
        """What the words right before the number say."""
        amount = s.amount
        found, first = behind(self.before, s.atoms, amount.first)
        if found is None:
            return None
        kind, low = str(found), amount.low
        if kind == "purity":
            return kind if amount.unit == "percent" else None
        if not amount.bare or low is None:
            return None
        if kind in _LABELS:
            return kind if _label(s, kind, first) else None
        if kind == "date":
            return kind if amount.form == "digits" and amount.scale == 1 and low <= 31 else None
        if kind == "age":
            return kind if low < _OLDEST and not _noun_next(s) else None
        return kind

    def _after(self, s: Setting) -> str | None:
        """What the words right after the number say."""
        amount, atoms = s.amount, s.atoms
        index = amount.last
        if amount.unit in _LENGTHS:
            if lower(atoms, index) == ")":
                index += 1
            elif lower(atoms, index) == "(":
                index = next((i + 1 for i in range(index, index + _BRACKET) if lower(atoms, i) == ")"), index)
        found, _ = ahead(self.after, atoms, index)
        if found is None or found == "distance":
            return "distance" if found and amount.unit in _LENGTHS else None
        if found in ("clock", "date"):
            latest = 24 if found == "clock" else 31
            fits = amount.bare and amount.scale == 1 and amount.low is not None and amount.low <= latest
            return str(found) if fits else None
        return str(found) if amount.scale == 1 else None


def _label(s: Setting, kind: str, first: int) -> bool:
    """Whether the words at ``first`` label the number: "Resolution 1701", not "in the sector 20 people"."""
    token = s.token(first)
    if (
        token is None
        or token.text == "no"
        or token.pos in ("VERB", "AUX")
        or (s.amount.scale != 1 and s.amount.form == "words")
    ):
        return False
    capital = token.text[:1].isupper()
    return capital if kind == "name" else capital or not _noun_next(s)


def _noun_next(s: Setting) -> bool:
    """Whether a noun phrase follows the number."""
    token = s.token(s.amount.last)
    return token is not None and token.pos in ("NOUN", "PROPN", "ADJ")


def _goes_on(label: Amount, amount: Amount, atoms: Sequence[Atom]) -> bool:
    """Whether a number goes on with the labels or ages before it: "resolutions 2628 and 2710", "aged 4 and 11"."""
    between = [a.lower for a in atoms[label.last : amount.first]]
    return amount.bare and between in ([","], ["and"], [",", "and"], ["or"]) and amount.form == label.form
