"""The pronoun "one", and small numbers before people who only speak: "one believes", "two officials said"."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.knowledge.quantities import QuantityKnowledge
from onrecord.mentions.quantities.amounts import lower
from onrecord.mentions.quantities.shapes import Setting
from onrecord.values import Token

_LINKS = frozenset(["and", ",", ";", ":", "(", "–", "-", "—", "•"])
_BACK, _AHEAD = 4, 9  # tokens around "one" in which something befalls it
_FAR = 9  # atoms between "one" and another number of the same list
_SMALL = 9
_COUNTING = frozenset(["nummod", "amod"])


class Pronouns:
    """Tells small numbers in words that count nothing of news."""

    def __init__(self, knowledge: QuantityKnowledge) -> None:
        self.fates = knowledge.fates
        self.nouns = knowledge.distractor_nouns

    def why(self, s: Setting) -> str | None:
        """The kind of distractor, ``None`` for a count."""
        amount = s.amount
        if amount.form != "words" or not amount.bare or amount.low is None or amount.low > _SMALL or amount.range:
            return None
        kind = self._idle(s, s.atoms[amount.number_last - 1].token)
        if kind or lower(s.atoms, amount.number_first) != "one":
            return kind
        return None if self._counts(s, s.atoms[amount.number_first].token) else "pronoun"

    def _idle(self, s: Setting, token: int) -> str | None:
        """The kind of noun that is only told of: a source, a party, an abstraction."""
        tokens = s.sentence.tokens
        noun = tokens[tokens[token].head]
        kind = self.nouns.get(noun.lemma) if tokens[token].dep in _COUNTING else None
        if kind == "party" and s.amount.low != 1 and lower(s.atoms, s.amount.first - 1) not in s.contexts["definite"]:
            return None
        return kind

    def _counts(self, s: Setting, token: int) -> bool:
        """Whether a "one" counts: something befalls it, or it stands in a list of numbers."""
        atoms, amount, tokens = s.atoms, s.amount, s.sentence.tokens
        before, after = lower(atoms, amount.first - 1), lower(atoms, amount.last)
        if before in s.contexts["counting"]:
            return True
        if before in s.contexts["pronoun before"] or after in s.contexts["pronoun after"]:
            return False
        if after == "of" and [a.lower for a in atoms[amount.last + 1 : amount.last + 3]] == ["the", "most"]:
            return False
        if token and (tokens[token - 1].pos == "ADJ" or tokens[token - 1].tag in ("DT", "PRP$")):
            return False
        return self._fated(tokens[max(0, token - _BACK) : token + _AHEAD]) or _linked(s)

    def _fated(self, near: Sequence[Token]) -> bool:
        return any(t.lemma in self.fates or t.lower in self.fates for t in near)


def _linked(s: Setting) -> bool:
    """Whether the amount stands in a list of numbers."""
    here = lower(s.atoms, s.amount.first - 1) in _LINKS
    return any(
        o is not s.amount and abs(o.first - s.amount.first) <= _FAR and (here or lower(s.atoms, o.first - 1) in _LINKS)
        for o in s.near
    )
