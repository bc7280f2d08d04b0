"""What a number counts: the noun after it, or the one it leaves out."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from onrecord.values import Sentence, Span, Token


class Counted(msgspec.Struct, frozen=True):
    """The counted noun phrase: tokens ``[first, last)``, the head's index, the unit."""

    last: int
    head: int | None
    unit: str | None


_NOUNS = ("NOUN", "PROPN")
_INSIDE = frozenset(["ADJ", "NOUN", "PROPN", "ADV", "DET", "NUM"])


def counted(tokens: Sequence[Token], number: int, at: int, limit: int) -> Counted:
    """The noun phrase counted by a number whose last token is ``number``, read from token ``at`` on.

    ``limit`` is the first token of the next amount.
    """
    index, head = at, None
    if index < limit and tokens[index].lower == "of":
        index = _of(tokens, index, limit)
    end = index
    while index < limit:
        token = tokens[index]
        if token.pos in _NOUNS or (token.tag in ("VBG", "VBN", "JJ") and token.lower in HURT):
            head, end = index, index + 1
        elif token.tag in ("JJ", "JJR", "JJS", "RB", "VBN", "VBG", "HYPH", "POS", "PRP$", "CD", "''", "``", "AFX", "DT", "FW"):
            if token.tag == "DT" and index > at and head is not None:
                break
            if token.tag in ("RB", "VBN", "VBG") and not _noun_follows(tokens, index + 1, limit):
                break
        elif token.lower in ("and", "or", ",") and head is None and index > at and tokens[index - 1].pos == "ADJ":
            pass
        else:
            break
        index += 1
    if head is None:
        return Counted(at, None, None)
    return Counted(end, head, unit_of(tokens, at, head))


HURT = frozenset("dead wounded injured missing killed hurt".split())


def _of(tokens: Sequence[Token], index: int, limit: int) -> int:
    index += 1
    while index < limit and tokens[index].tag in ("DT", "PRP$"):
        index += 1
    return index


def _noun_follows(tokens: Sequence[Token], index: int, limit: int) -> bool:
    while index < limit and tokens[index].tag in ("JJ", "VBN", "VBG", "HYPH", "RB"):
        index += 1
    return index < limit and tokens[index].pos in _NOUNS


_PEOPLE = {"people": "person", "persons": "person", "dead": "person", "wounded": "person", "injured": "person", "killed": "person", "missing": "person", "hurt": "person", "others": "person", "lives": "person"}


def unit_of(tokens: Sequence[Token], at: int, head: int) -> str:
    """The singular lower-case noun, with the noun before it when the two name one thing."""
    token = tokens[head]
    return _PEOPLE.get(token.lower, token.lemma)
