"""Whether a sentence without a cue spells out what the sentence before it attributes.

Measured on the training corpus: of all sentences that follow an attributed one without a cue of their own, a third
goes on with the same speaker. Only the openings below do so more often than not; everything else is the reporter's.
"""

from __future__ import annotations

from onrecord.values import Sentence

_PLURAL = frozenset({"they"})
_PARTS = frozenset({"them", "these", "those"})
_MODIFIERS = frozenset({"at", "least", "about", "around", "nearly", "almost", "over", "some", "only", "more", "than"})


def elaborates(sentence: Sentence) -> bool:
    """True for "Of these …", "Nine of them …", "Two were …", "They …", "Then …" and for sentences without a verb."""
    tokens = sentence.tokens
    if not tokens:
        return False
    if not any(t.pos in ("VERB", "AUX") for t in tokens):
        return any(t.tag == "CD" for t in tokens)
    first = tokens[0].lower
    second = tokens[1].lower if len(tokens) > 1 else ""
    if first in _PLURAL or first == "then" or (first in ("of", "among") and second in _PARTS):
        return True
    at = 0
    while at < len(tokens) - 1 and tokens[at].tag != "CD" and tokens[at].lower in _MODIFIERS:
        at += 1
    while at < len(tokens) - 1 and tokens[at].tag in ("CD", "CC", "HYPH"):
        at += 1
    if at == 0 or at >= len(tokens) - 1:
        return False
    partitive = tokens[at].lower == "of" and tokens[at + 1].lower in _PARTS
    return partitive or tokens[at].pos == "AUX" or tokens[at].lower in ("were", "are", "was", "had", "others")
