"""Nouns that carry a content: "the ministry's claim that …", "figures from the ministry: 12 dead", "a toll of 12"."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.knowledge.cues import CueBook
from onrecord.mentions.attributions.found import Found
from onrecord.mentions.attributions.sources import can_assert
from onrecord.mentions.attributions.trees import Tree

_STATES = frozenset(
    {"be", "stand", "rise", "reach", "come", "remain", "run", "climb", "grow", "exceed", "amount", "total"}
)


def noun_cues(tree: Tree, sentence: int, book: CueBook) -> Iterator[Found]:
    """The attributing nouns of a sentence that name a source, in order."""
    tokens = tree.tokens
    for index, token in enumerate(tokens):
        if token.pos != "NOUN" or (token.lemma not in book.nouns and token.lower not in book.manners):
            continue
        source = _source(tree, index, book)
        content = _content(tree, index, source[1] if source else index + 1)
        if source is None or content is None:
            continue
        first, end = min(source[0], index), max(source[1], index + 1)
        yield Found(
            sentence, index, first, end, source, (index, index + 1), "set", "noun", complement=content, weak=True
        )


def _source(tree: Tree, noun: int, book: CueBook) -> tuple[int, int] | None:
    tokens = tree.tokens
    for kid in tree.kids[noun]:
        token = tokens[kid]
        if token.dep == "poss" and kid < noun:
            first, end = tree.phrase(kid, high=noun)
            if end - 1 > first and tokens[end - 1].tag == "POS":
                end -= 1
            if can_assert(tree, kid, book) or token.tag == "PRP$":
                return first, end
        if token.dep in ("prep", "agent") and token.lower in ("by", "from") and kid > noun:
            head = tree.kid(kid, "pobj")
            if head is not None and can_assert(tree, head, book):
                return tree.phrase(head, low=kid + 1)
    named = [
        k
        for k in tree.kids[noun]
        if k < noun
        and tokens[k].entity in ("ORG", "NORP", "GPE", "PERSON")
        and tokens[k].dep in ("compound", "amod", "nmod")
    ]
    return (named[0], named[-1] + 1) if named else None


def _content(tree: Tree, noun: int, after: int) -> tuple[int, int] | None:
    """The clause or figure that the noun carries: "that …", ": …", "of 12"."""
    tokens = tree.tokens
    for kid in tree.kids[noun]:
        if kid <= noun:
            continue
        if (
            tokens[kid].dep in ("acl", "ccomp", "relcl")
            and tokens[tree.left[kid]].lower == "that"
            and tokens[tree.left[kid]].dep == "mark"
        ):
            return tree.left[kid], tree.right[kid]
        if tokens[kid].dep == "prep" and tokens[kid].lower == "of":
            first, end = kid + 1, tree.right[kid]
            if any(t.tag == "CD" for t in tokens[first:end]):
                return first, end
    verb = tokens[noun].head
    states = tokens[noun].dep == "nsubj" and verb > noun and tokens[verb].lemma in _STATES
    if states and any(t.tag == "CD" for t in tokens[verb + 1 : verb + 15]):
        return verb + 1, len(tokens)
    end = max(after, noun + 1)
    while (
        end < len(tokens) and end < noun + 6 and tokens[end].text not in (":", ",", ";") and tokens[end].pos != "VERB"
    ):
        end += 1
    if end + 1 < len(tokens) and tokens[end].text == ":":
        return end + 1, len(tokens)
    return None
