"""The noun that a number counts, when it stands after the number."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from onrecord.knowledge.quantities import CountedKnowledge
from onrecord.values import Token

_NOUNS = ("NOUN", "PROPN")
_BEFORE_NOUN = frozenset(
    ["JJ", "JJR", "JJS", "RB", "RBR", "VBN", "VBG", "HYPH", "POS", "CD", "''", "``", "AFX", "FW", "NFP"]
)
_LEANING = frozenset(["RB", "RBR", "VBN", "VBG", "JJ", "JJR", "JJS", "CD", "HYPH", "``"])
_LONGEST = 12


class Counted(msgspec.Struct, frozen=True):
    """The counted noun phrase.

    Attributes:
        last: the token after the phrase.
        head: the token of its head, ``None`` when the noun is left out.
        unit: singular lower-case noun; ``None`` when what was said before must tell.
    """

    last: int
    head: int | None = None
    unit: str | None = None


class Nouns:
    """Finds counted nouns."""

    def __init__(self, knowledge: CountedKnowledge) -> None:
        self.knowledge = knowledge

    def after(self, tokens: Sequence[Token], at: int, limit: int) -> Counted:
        """The noun phrase that starts at token ``at`` and ends before token ``limit``."""
        start = at
        if start < limit and tokens[start].lower == "of":
            start = _past_determiners(tokens, start + 1, limit)
        head, end = self._head(tokens, start, min(limit, start + _LONGEST))
        if head is None:
            return Counted(end if end > start else at)
        if tokens[head].lower in self.knowledge.elided:
            told = end < limit and tokens[end].tag == "NNS" and tokens[head].lower == "them"
            # "four of them soldiers" says itself what the four are
            return Counted(end, None, self.unit(tokens, end, end)) if told else Counted(end)
        return Counted(end, head, self.unit(tokens, start, head))

    def _head(self, tokens: Sequence[Token], start: int, limit: int) -> tuple[int | None, int]:
        """The head of the phrase at ``start`` and the token after it."""
        index, head, end = start, None, start
        states = self.knowledge.states
        while index < limit:
            token = tokens[index]
            if token.lower in states and token.pos != "ADV":
                if head is not None:
                    break
                head, end = index, index + 1
            elif (token.lower in self.knowledge.elided and token.tag != "DT") or token.lower == "those":
                end = index + 1
                if token.pos in ("PRON", "NOUN"):
                    return (index if head is None else head), end
            elif token.pos in _NOUNS:
                if head is not None and tokens[head].lower in states and index > head + 1:
                    break
                head, end = index, index + 1
            elif not self._inside(tokens, index, limit):
                break
            index += 1
        return head, end

    def _inside(self, tokens: Sequence[Token], index: int, limit: int) -> bool:
        """Whether the token may stand inside a noun phrase, before its head."""
        token = tokens[index]
        if token.tag not in _BEFORE_NOUN:
            return False
        while index < limit and (tokens[index].tag in _LEANING or tokens[index].tag in ("POS", "''", "AFX", "FW")):
            index += 1
        return index < limit and (tokens[index].pos in _NOUNS or tokens[index].lower in self.knowledge.elided)

    def unit(self, tokens: Sequence[Token], start: int, head: int) -> str:
        """The singular lower-case noun at ``head``, with the nouns before it that name one thing with it."""
        token = tokens[head]
        if token.lower in self.knowledge.states:
            return self.knowledge.states[token.lower]
        if token.lower in self.knowledge.units and self.knowledge.units[token.lower] == "person":
            return "person"
        if token.entity == "NORP" or (token.pos == "PROPN" and token.entity == "GPE"):
            return "person"
        words = [self.singular(token)]
        index = head - 1
        while (
            index >= start
            and tokens[index].pos == "NOUN"
            and tokens[index].tag == "NN"
            and tokens[index].text.islower()
            and not measures(tokens, start, index)
        ):
            words.insert(0, tokens[index].lower)
            index -= 1
        return " ".join(words)

    def singular(self, token: Token) -> str:
        """The singular of one noun."""
        return (
            self.knowledge.singular(token.lower)
            if token.tag in ("NNS", "NNPS", "NNP")
            else self.knowledge.units.get(token.lower, token.lower)
        )


def measures(tokens: Sequence[Token], start: int, index: int) -> bool:
    """Whether the token is the unit of a measure within the name that begins at ``start``: the "mm" of "240-mm"."""
    before = index - 1
    if before > start and tokens[before].text in ("-", "‐", "‑"):
        before -= 1
    return before >= start and tokens[before].text[-1:].isdigit()


def _past_determiners(tokens: Sequence[Token], index: int, limit: int) -> int:
    while index < limit and tokens[index].tag in ("DT", "PRP$") and tokens[index].lower not in ("those", "these"):
        index += 1
    return index
