"""The cues of a whole document, sentence by sentence, with their words placed in the text."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.knowledge.cues import CueBook
from onrecord.mentions.attributions.accordingto import phrase_cues
from onrecord.mentions.attributions.asides import surface_asides
from onrecord.mentions.attributions.content import credited, shares
from onrecord.mentions.attributions.found import Found, Placed
from onrecord.mentions.attributions.labels import label_cue
from onrecord.mentions.attributions.mistaken import mistaken_cues
from onrecord.mentions.attributions.nouns import noun_cues
from onrecord.mentions.attributions.trees import Tree
from onrecord.mentions.attributions.verbs import verb_cues
from onrecord.values import Sentence


def find(sentences: Sequence[Sentence], book: CueBook) -> list[Placed]:
    """Every cue with source and content within its own sentence, in text order."""
    placed: list[Placed] = []
    paragraph = -1
    for index, sentence in enumerate(sentences):
        tree = Tree(sentence)
        opens = sentence.paragraph != paragraph
        paragraph = sentence.paragraph
        cues = _settled(tree, _cues(tree, index, book, opens=opens))
        cues = credited(tree, cues)
        contents = shares(tree, cues)
        heads_list = bool(sentence.tokens) and sentence.tokens[-1].text == ":"
        if not all(contents) and not heads_list:
            cues = [c for c, content in zip(cues, contents, strict=True) if content]
            contents = shares(tree, cues)
        placed += [_placed(tree, c, content) for c, content in zip(cues, contents, strict=True)]
    return placed


def _cues(tree: Tree, index: int, book: CueBook, *, opens: bool) -> list[Found]:
    cues = [*verb_cues(tree, index, book), *phrase_cues(tree, index, book), *noun_cues(tree, index, book)]
    cues += mistaken_cues(tree, index, book)
    cues += surface_asides(tree, index, book, {i for c in cues for i in range(*c.cue)})
    label = label_cue(tree, index, book, opens=opens)
    if label is not None:
        cues.append(label)
    return cues


def _settled(tree: Tree, cues: list[Found]) -> list[Found]:
    """The cues in text order, without those that lie within another's source or share its words."""
    ordered = sorted(cues, key=lambda c: (c.cue[0], -c.cue[1], c.weak))
    kept: list[Found] = []
    for cue in ordered:
        if any(_overlap(cue.cue, k.cue) for k in kept[-3:]):
            continue
        if cue.rule == "noun" and any(_within(cue.cue, k.source) for k in ordered if k is not cue):
            continue
        kept.append(cue)
    return sorted(kept, key=lambda c: (c.first, c.cue[0]))


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _within(inner: tuple[int, int], outer: tuple[int, int] | None) -> bool:
    return outer is not None and outer[0] <= inner[0] and inner[1] <= outer[1]


def _placed(tree: Tree, cue: Found, content: tuple[tuple[int, int], ...]) -> Placed:
    return Placed(
        cue,
        (tree.span(*cue.source),) if cue.source else (),
        (tree.span(*cue.cue),),
        tuple(tree.span(*part) for part in content if not tree.blank(*part)),
        tree.span(*cue.owner) if cue.owner else None,
        tuple(tree.span(*part) for part in cue.via),
        tree.span(*cue.heard) if cue.heard else None,
    )
