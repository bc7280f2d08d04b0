"""The verb group of a cue: its auxiliaries and particles, and what may belong to a parenthesis around it."""

from __future__ import annotations

from onrecord.knowledge.cues import VerbCue
from onrecord.mentions.attributions.trees import QUOTES, Range, Tree

_AUXILIARY = ("aux", "auxpass", "neg")
_TIMES = ("DATE", "TIME")
_NEVER = frozenset({"never", "seldom", "rarely"})
_ENDS = frozenset({",", ";", ".", ":", "-", "–", "—", "?", "!"}) | QUOTES
SET_OFF = frozenset({",", "-", "–", "—", "?", "!", ";", ":"}) | QUOTES


def applicable(tree: Tree, verb: int, entries: tuple[VerbCue, ...]) -> list[VerbCue]:
    """The entries whose further words follow the verb; a verb with a particle is another verb ("called off")."""
    particle = tree.kid(verb, "prt")
    bare = particle is None or tree.tokens[particle].lower in ("back", "away")
    return [e for e in entries if (_follows(tree, verb, e.then) if e.then else bare)]


def _follows(tree: Tree, verb: int, then: str) -> bool:
    """Whether the words come right after the verb, or one of them after an addressee or a date."""
    tokens = tree.tokens
    words = then.split()
    if [t.lower for t in tokens[verb + 1 : verb + 1 + len(words)]] == words:
        return True
    if len(words) > 1:
        return False
    for index in range(verb + 1, min(verb + 7, len(tokens) - 1)):
        dated = tokens[index + 1].entity in _TIMES
        if tokens[index].lower == words[0]:
            return not dated
        if tokens[index].pos in ("VERB", "PUNCT", "SCONJ") or (tokens[index].pos == "ADP" and not dated):
            return False
    return False


def group(tree: Tree, verb: int, then: str = "") -> Range:
    """The cue's tokens: auxiliaries, negation and adverbs before the verb, particles after it."""
    tokens = tree.tokens
    first = verb
    while first > 0 and tokens[first - 1].head in (verb, first) and _auxiliary(tree, first - 1):
        first -= 1
    end = verb + 1
    words = then.split()
    if words and [t.lower for t in tokens[end : end + len(words)]] == words:
        end += len(words)
    elif end < len(tokens) and tokens[end].dep == "prt" and tokens[end].head == verb:
        end += 1
    return first, end


def _auxiliary(tree: Tree, index: int) -> bool:
    """An auxiliary, or an adverb between auxiliaries and verb ("has repeatedly said")."""
    if tree.tokens[index].dep in _AUXILIARY:
        return True
    return tree.tokens[index].dep == "advmod" and index > 0 and tree.tokens[index - 1].dep in _AUXILIARY


def passive(tree: Tree, verb: int) -> bool:
    """Whether the verb is a passive, with auxiliary or without: "figures released by the ministry"."""
    token = tree.tokens[verb]
    if tree.kid(verb, "auxpass") is not None:
        return True
    if token.tag != "VBN" or tree.kid(verb, "aux") is not None:
        return False
    following = tree.tokens[verb + 1].lower if verb + 1 < len(tree.tokens) else ""
    if token.dep == "acl" and following != "by" and tree.tokens[token.head].dep == "ROOT":
        return any(t.tag in ("VBD", "VBZ", "VBP", "MD") for t in tree.tokens)  # else it is the sentence's only verb
    return token.dep == "acl" or following == "by"


def silent(tree: Tree, verb: int) -> bool:
    """Whether the verb is negated: "would not say how many" puts nothing on record."""
    return any(
        tree.tokens[kid].dep == "neg" or tree.tokens[kid].lower in _NEVER for kid in tree.kids[verb] if kid < verb
    )


def infinitive(tree: Tree, verb: int) -> bool:
    """Whether the verb stands with "to"."""
    return tree.tokens[verb].tag == "VB" and any(tree.tokens[kid].lower == "to" for kid in tree.kids[verb])


def tail(tree: Tree, start: int) -> int:
    """Where the adverbials after a parenthetical cue end: "said on Monday in a statement"."""
    end = start
    while end < len(tree.tokens) and tree.tokens[end].text not in _ENDS:
        end += 1
    return end


def parenthesis(tree: Tree, first: int, end: int, verb: int, source: Range) -> bool:
    """Whether source and cue ``[first, end)`` are set off by a sign and hold no other finite verb."""
    if first == 0 or tree.tokens[first - 1].text not in SET_OFF:
        return False
    return not any(
        token.pos == "VERB" and index != verb and token.tag not in ("VBG", "VBN")
        for index, token in enumerate(tree.tokens[first:end], first)
        if not source[0] <= index < source[1]
    )
