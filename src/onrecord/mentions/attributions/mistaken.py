"""Cues that the parser took for nouns: "the military estimates 4,000 soldiers have been wounded".

What gives them away is a verb with two subjects: the first is a speaker with its verb, the second begins the content.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.knowledge.cues import CueBook
from onrecord.mentions.attributions.found import Found
from onrecord.mentions.attributions.trees import Tree

_SUBJECTS = ("nsubj", "nsubjpass")
_CLAUSAL = ("say", "think", "report", "figure", "show")


def mistaken_cues(tree: Tree, sentence: int, book: CueBook) -> Iterator[Found]:
    """The plural nouns of a sentence that are really verbs in the present tense, in order."""
    for index, token in enumerate(tree.tokens):
        if token.tag != "NNS" or token.dep not in _SUBJECTS or index == 0:
            continue
        if not any(entry.kind in _CLAUSAL for entry in book.verbs.get(token.lemma, ())):
            continue
        speaker = tree.tokens[index - 1]
        if not (speaker.lemma in book.speakers or speaker.entity in ("ORG", "GPE", "PERSON")):
            continue
        verb = token.head
        second = [kid for kid in tree.kids[verb] if tree.tokens[kid].dep in _SUBJECTS and index < kid < verb]
        if second:
            first = tree.left[index]
            content = (index + 1, tree.right[verb])
            yield Found(
                sentence, index, first, index + 1, (first, index), (index, index + 1), "set", "mistaken for a noun",
                complement=content,
            )  # fmt: skip
