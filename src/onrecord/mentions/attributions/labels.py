"""Labels before a colon: "Zelensky: …", "The ministry: …", "A: …" at the start of a line."""

from __future__ import annotations

from onrecord.knowledge.cues import CueBook
from onrecord.mentions.attributions.found import Found
from onrecord.mentions.attributions.sources import owner
from onrecord.mentions.attributions.trees import Tree

_LONGEST = 9
_BULLETS = frozenset("-–—•*·▪●")


def label_cue(tree: Tree, sentence: int, book: CueBook, *, opens: bool) -> Found | None:
    """The label with which the sentence begins, if it names a speaker. ``opens``: it begins its line."""
    tokens = tree.tokens
    first = 0
    while first < len(tokens) and tokens[first].text in _BULLETS:
        first += 1
    colon = next((i for i in range(first, min(len(tokens), first + _LONGEST)) if tokens[i].text == ":"), None)
    if colon is None or colon == first or colon + 1 >= len(tokens):
        return None
    label = tokens[first:colon]
    if any(t.pos in ("VERB", "AUX", "ADV", "SCONJ") or t.tag in ("CD", "IN") for t in label):
        return None
    if not opens and not all(t.pos in ("PROPN", "DET", "NOUN", "PART") for t in label):
        return None
    head = next(
        (i for i in range(colon - 1, first - 1, -1) if not first <= tokens[i].head < colon or tokens[i].head == i),
        colon - 1,
    )
    listed = first > 0
    if label[-1].entity == "PERSON" or (
        label[-1].entity == "ORG"
        and not listed
        and not (len(label) == 1 and label[0].text.isupper() and len(label[0].text) > 4)
    ):
        pass
    elif tokens[head].lemma in book.documents or label[-1].lemma in book.documents or label[-1].lemma in book.nouns:
        if owner(tree, head, (first, colon), book) is None:
            return None
    elif label[-1].lemma not in book.speakers:
        return None
    if label[-1].entity in ("GPE", "LOC", "DATE", "CARDINAL") or label[-1].tag in ("PRP",):
        return None
    return Found(
        sentence, colon, first, colon + 1, (first, colon), (colon, colon + 1), "before", "label",
        complement=(colon + 1, colon + 1), owner=owner(tree, head, (first, colon), book),
    )  # fmt: skip
