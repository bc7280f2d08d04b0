"""Labels before a colon: "Zelensky: …", "The ministry: …" at the start of a line."""

from __future__ import annotations

from onrecord.knowledge.cues import CueBook
from onrecord.mentions.attributions.found import Found
from onrecord.mentions.attributions.sources import owner
from onrecord.mentions.attributions.trees import Range, Tree

_LONGEST = 9
_BULLETS = frozenset("-–—•*·▪●")
_NAMING = frozenset({"PROPN", "DET", "NOUN", "PART"})


def label_cue(tree: Tree, sentence: int, book: CueBook, *, opens: bool) -> Found | None:
    """The label with which the sentence begins, if it names a speaker.

    Datelines ("QUITO: …") and the heads of list lines ("- Norway: …") are no speakers.

    Args:
        tree: of the sentence.
        sentence: its index in the reading.
        book: the cues.
        opens: whether the sentence begins its line.
    """
    label = _label(tree, opens=opens)
    if label is None:
        return None
    first, colon = label
    tokens = tree.tokens
    inside = (i for i in range(colon - 1, first - 1, -1) if not first <= tokens[i].head < colon or tokens[i].head == i)
    behind = owner(tree, next(inside, colon - 1), label, book)
    if not _names_speaker(tree, label, book, owned=behind is not None):
        return None
    return Found(
        sentence, colon, first, colon + 1, label, (colon, colon + 1), "before", "label",
        complement=(colon + 1, colon + 1), owner=behind,
    )  # fmt: skip


def _label(tree: Tree, *, opens: bool) -> Range | None:
    """The tokens between the line's bullet and its first colon, if they are nothing but a name."""
    tokens = tree.tokens
    first = 0
    while first < len(tokens) and tokens[first].text in _BULLETS:
        first += 1
    colon = next((i for i in range(first, min(len(tokens), first + _LONGEST)) if tokens[i].text == ":"), first)
    words = tokens[first:colon]
    if not words or colon + 1 >= len(tokens):
        return None
    if any(t.pos in ("VERB", "AUX", "ADV", "SCONJ") or t.tag in ("CD", "IN", "PRP") for t in words):
        return None
    return (first, colon) if opens or all(t.pos in _NAMING for t in words) else None


def _names_speaker(tree: Tree, label: Range, book: CueBook, *, owned: bool) -> bool:
    """A person, a body outside lists, a noun for someone who speaks, or a document that somebody owns."""
    first, colon = label
    last = tree.tokens[colon - 1]
    if last.entity == "PERSON":
        return True
    if last.entity == "ORG":
        shouted = colon - first == 1 and last.text.isupper() and len(last.text) > 4
        return first == 0 and not shouted
    if last.lemma in book.documents or last.lemma in book.nouns:
        return owned
    return last.lemma in book.speakers and last.entity not in ("GPE", "LOC", "DATE", "CARDINAL")
