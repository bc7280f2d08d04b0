"""Which words of a sentence each cue attributes: the sentence is shared out between its cues."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from onrecord.mentions.attributions.found import Found
from onrecord.mentions.attributions.trees import QUOTES, Tree

Range = tuple[int, int]
_TURNS = frozenset({"but", "while", "whereas", "although", "though", "yet"})
_LOOSE = frozenset(",;:-–—") | {"that"}


def shares(tree: Tree, cues: Sequence[Found]) -> list[tuple[Range, ...]]:
    """The content ranges of each cue, in the order of ``cues`` (which is that of the text)."""
    contents = [_share(tree, cues, i) for i in range(len(cues))]
    for i, cue in enumerate(cues):
        carrier = _carrier(tree, cues, i) if cue.rule == "citing" else None
        if carrier is not None and contents[carrier]:
            contents[i] = contents[carrier]
    return contents


def credited(tree: Tree, cues: Sequence[Found]) -> list[Found]:
    """The cues, each "citing X" with the source of the cue it credits as intermediary."""
    out = list(cues)
    for i, cue in enumerate(cues):
        carrier = _carrier(tree, cues, i) if cue.rule == "citing" else None
        source = cues[carrier].source if carrier is not None else None
        if source is not None:
            out[i] = msgspec.structs.replace(cue, via=(source,))
    return out


def _carrier(tree: Tree, cues: Sequence[Found], i: int) -> int | None:
    """The cue whose content a "citing X" credits: that of the verb it hangs on, else the nearest of its sentence."""
    cue = cues[i]
    others = [j for j, other in enumerate(cues) if j != i and other.mode != "set"]
    hung = [j for j in others if cues[j].head == tree.tokens[cue.head].head]
    return hung[0] if hung else min(others, key=lambda j: abs(cues[j].head - cue.head), default=None)


def _share(tree: Tree, cues: Sequence[Found], i: int) -> tuple[Range, ...]:
    cue = cues[i]
    if cue.mode == "set":
        first, end = cue.complement or (0, 0)
        return _clean(tree, [(first, min(end, len(tree.tokens)))], cue)
    if cue.mode == "before":
        begin = cue.complement[0] if cue.complement else cue.end
        return _clean(tree, [(begin, _stop(tree, cues, i, begin))], cue)
    return _clean(tree, [(_start(tree, cues, i), cue.first), (cue.end, _stop(tree, cues, i, cue.end))], cue)


def _start(tree: Tree, cues: Sequence[Found], i: int) -> int:
    """Where the content before a parenthetical cue begins."""
    cue = cues[i]
    if cue.first > 0 and tree.tokens[cue.first - 1].text in (";", ":"):
        return cue.first
    for earlier in reversed(cues[:i]):
        if earlier.mode == "set" or earlier.first >= cue.first or earlier.rule == "citing":
            continue
        low = earlier.end
        turn = _turn(tree, low, cue.first)
        if turn is not None:
            return turn
        return low if earlier.mode == "aside" else 0
    return 0


def _stop(tree: Tree, cues: Sequence[Found], i: int, begin: int) -> int:
    """Where the content after ``begin`` ends: before the share of the next cue that is not part of it."""
    cue = cues[i]
    count = len(tree.tokens)
    for later in cues[i + 1 :]:
        if later.mode == "set" or later.first < begin:
            continue
        if tree.tokens[later.head].tag == "VBG" and tree.tokens[later.cue[0] - 1].text == ",":
            return later.cue[0]
        if later.mode == "aside":
            turn = _turn(tree, begin, later.first)
            if turn is not None:
                return turn
            return later.first if cue.mode == "before" else begin
        if cue.mode == "before" and _nested(tree, cue, later):
            continue
        turn = _turn(tree, begin, later.first, last=True)
        return turn if turn is not None else later.first
    if cue.mode == "before":
        return _clause_stop(tree, cue, begin, count)
    return count


def _nested(tree: Tree, cue: Found, later: Found) -> bool:
    """Whether ``later`` stands within what ``cue`` attributes."""
    head = later.head
    token = tree.tokens[head]
    if token.dep == "conj" and token.head == cue.head:
        return False
    return tree.within(head, cue.head) and token.dep != "advcl"


def _clause_stop(tree: Tree, cue: Found, begin: int, count: int) -> int:
    """A following main clause that is set against the cue's ("…, but …") is the reporter's."""
    tokens = tree.tokens
    for kid in tree.kids[cue.head]:
        if kid <= begin or tokens[kid].dep != "conj" or tokens[kid].pos not in ("VERB", "AUX"):
            continue
        left = tree.left[kid]
        own = tree.kid(kid, "nsubj", "nsubjpass") is not None
        set_off = (
            left > 1
            and tokens[left - 1].tag == "CC"
            and (tokens[left - 2].text == "," or tokens[left - 1].lower == "but")
        )
        if left > begin and (
            (own and set_off) or (not own and tokens[kid].tag in ("VBD", "VBZ", "VBP") and tokens[left - 1].tag == "CC")
        ):
            while left > begin and (tokens[left - 1].text == "," or tokens[left - 1].tag == "CC"):
                left -= 1
            return left
    return count


def _turn(tree: Tree, low: int, high: int, *, last: bool = False) -> int | None:
    """Where one clause ends and another begins between two cues: a semicolon, or a comma with a conjunction."""
    tokens = tree.tokens
    found = None
    for index in range(low, high):
        text = tokens[index].text
        if text == ";" or (
            text == "," and index + 1 < high and (tokens[index + 1].tag == "CC" or tokens[index + 1].lower in _TURNS)
        ):
            found = index
            if not last:
                return found
    return found


def _clean(tree: Tree, ranges: list[Range], cue: Found) -> tuple[Range, ...]:
    """The ranges without loose signs at their edges; empty ones dropped."""
    out = []
    for first, end in ranges:
        while first < end and (tree.tokens[first].text in _LOOSE or (tree.tokens[first].tag == "CC" and first > 0)):
            first += 1
        while end > first and tree.tokens[end - 1].text in ".,;:-–—":
            end -= 1
        if first < end and not (end - first == 1 and tree.tokens[first].text in QUOTES):
            out.append((first, end))
    return tuple(out)
