"""Parenthetical cues by their words alone, for where the parse fails: "…, the ministry announces."."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from onrecord.knowledge.cues import CueBook
from onrecord.mentions.attributions.found import Found
from onrecord.mentions.attributions.sources import owner
from onrecord.mentions.attributions.trees import QUOTES, Tree

_SET_OFF = frozenset({",", "–", "—", "?", "!"}) | QUOTES
_ENDS = frozenset({",", ".", ";", ":", "–", "—", ")"}) | QUOTES
_LONGEST = 14


def surface_asides(tree: Tree, sentence: int, book: CueBook, taken: Collection[int]) -> Iterator[Found]:
    """Parentheses of source and cue that hold no other verb; ``taken`` are cue tokens found already."""
    tokens = tree.tokens
    for index in range(1, len(tokens)):
        kind = book.forms.get(tokens[index].lower)
        if kind is None or index in taken or not tokens[index].text.islower():
            continue
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        closed = after is None or after.text in _ENDS or after.tag in ("IN", "RB") or after.entity in ("DATE", "TIME")
        first = _opening(tree, index) if closed else None
        if first is None or first == index:
            continue
        end = index + 1
        while end < len(tokens) and tokens[end].text not in _ENDS:
            end += 1
        if any(t.pos == "VERB" and t.tag not in ("VBN", "VBG") for t in tokens[index + 1 : end]):
            continue
        source = (first, index)
        yield Found(
            sentence, index, first, end, source, (index, index + 1), "aside", "surface aside",
            owner=owner(tree, index - 1, source, book), denies=kind == "deny",
        )  # fmt: skip


def _opening(tree: Tree, index: int) -> int | None:
    """Where the noun phrase before the cue begins, right after the sign that sets it off."""
    tokens = tree.tokens
    for at in range(index - 1, max(-1, index - _LONGEST), -1):
        if tokens[at].text in _SET_OFF and tokens[at].tag != "POS":
            return at + 1 if at > 1 and _nominal(tree, at + 1, index) else None
        if tokens[at].pos in ("VERB", "AUX", "SCONJ", "CCONJ", "NUM") or tokens[at].text in (";", ":"):
            return None
    return None


def _nominal(tree: Tree, first: int, end: int) -> bool:
    opening = tree.tokens[first].tag if first < end else ""
    return opening[:2] in ("DT", "PR", "NN", "JJ") and any(
        t.pos in ("NOUN", "PROPN", "PRON") for t in tree.tokens[first:end]
    )
