"""Phrases that attribute a whole clause: "according to X", "in X's view", "by the ministry's count", "reportedly"."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.knowledge.cues import CueBook
from onrecord.mentions.attributions.found import Found
from onrecord.mentions.attributions.sources import can_assert, owner
from onrecord.mentions.attributions.trees import Range, Tree

_OPENINGS = frozenset({"in", "by", "on", "to", "from", "according"})
_POSSESSIVE = frozenset({"his", "her", "its", "their", "my", "our"})
_STOP = frozenset({",", ";", ":", ".", "(", ")", "–", "—", "-", "!", "?"})


def phrase_cues(tree: Tree, sentence: int, book: CueBook) -> Iterator[Found]:
    """The attributing phrases of a sentence, in order."""
    for index, token in enumerate(tree.tokens):
        word = token.lower
        if word in book.prepositions:
            found = _preposition(tree, sentence, index, book)
            if found is not None:
                yield found
                continue
        if word in _OPENINGS:
            found = _manner(tree, sentence, index, book)
            if found is not None:
                yield found
        elif word in book.adverbs:
            source = (index, index + 1) if word == "reportedly" else None
            yield Found(
                sentence,
                index,
                index,
                index + 1,
                source,
                (index, index + 1),
                "set",
                "adverb",
                complement=_clause(tree, index),
            )


def _preposition(tree: Tree, sentence: int, index: int, book: CueBook) -> Found | None:
    tokens = tree.tokens
    for words in book.prepositions[tokens[index].lower]:
        end = index + len(words)
        if end < len(tokens) and tuple(t.lower for t in tokens[index:end]) == words:
            source = _object(tree, index, end)
            if source is None:
                return None
            head = _head(tree, source)
            if words == ("per",) and not can_assert(tree, head, book):
                return None
            return Found(
                sentence, index, index, source[1], source, (index, end), "aside", "preposition",
                owner=owner(tree, head, source, book),
            )  # fmt: skip
    return None


def _object(tree: Tree, index: int, end: int) -> Range | None:
    """The noun phrase after a preposition: by syntax, else up to the next sign or verb."""
    for at in range(end - 1, index - 1, -1):
        head = tree.kid(at, "pobj", "dobj")
        if head is not None and head >= end:
            first, last = tree.phrase(head, low=end)
            last = _named_only(tree, first, last)
            return (first, last) if first == end or first - end <= 2 else (end, last)
    return tree.chunk_after(end)


def _named_only(tree: Tree, first: int, last: int) -> int:
    """A source ends before a number that follows it without comma: "according to UNDSS more than 160 …"."""
    tokens = tree.tokens
    for index in range(first + 1, last):
        number = tokens[index].tag == "CD" or (
            tokens[index].lower in ("more", "at", "some", "about", "around", "over", "up")
        )
        if (
            number
            and tokens[index - 1].tag[:2] == "NN"
            and tokens[index].dep != "prep"
            and tokens[index].entity not in ("DATE", "ORG")
        ):
            return index
    return last


def _head(tree: Tree, source: Range) -> int:
    """The token of the range whose head lies outside it."""
    for index in range(source[1] - 1, source[0] - 1, -1):
        if not source[0] <= tree.tokens[index].head < source[1] or tree.tokens[index].head == index:
            return index
    return source[1] - 1


def _manner(tree: Tree, sentence: int, index: int, book: CueBook) -> Found | None:
    """A manner of speaking: "in X's view", "by its own count", "in the words of X", "on the government's figures"."""
    tokens = tree.tokens
    limit = min(len(tokens), index + 12)
    for noun in range(index + 1, limit):
        token = tokens[noun]
        if token.text in _STOP:
            return None
        if token.lower in book.manners and not (
            noun + 1 < len(tokens) and tokens[noun + 1].tag in ("POS", "NN", "NNS", "HYPH")
        ):
            break
        if token.pos == "VERB":
            return None
    else:
        return None
    following = tokens[noun + 1] if noun + 1 < len(tokens) else None
    possessor = _possessor(tree, index, noun)
    if possessor is not None:
        return Found(sentence, noun, index, noun + 1, possessor, (index, noun + 1), "aside", "manner possessive")
    if following is not None and following.lower in ("of", "by", "from"):
        source = _object(tree, noun + 1, noun + 2)
        if source is not None and can_assert(tree, _head(tree, source), book):
            return Found(sentence, noun, index, source[1], source, (index, noun + 2), "aside", "manner of")
    return None


def _possessor(tree: Tree, index: int, noun: int) -> Range | None:
    tokens = tree.tokens
    for at in range(noun - 1, index, -1):
        if tokens[at].tag == "POS" and at > index + 1:
            return (index + 1, at)
        if tokens[at].lower in _POSSESSIVE:
            return (at, at + 1)
    named = [
        i
        for i in range(index + 1, noun)
        if tokens[i].entity in ("ORG", "NORP", "GPE", "PERSON") or tokens[i].lower == "official"
    ]
    return (named[0], named[-1] + 1) if named and tokens[index].lower in ("by", "on") else None


def _clause(tree: Tree, index: int) -> Range:
    """The clause around ``index``, between semicolons."""
    first, end = index, index + 1
    while first > 0 and tree.tokens[first - 1].text != ";":
        first -= 1
    while end < len(tree.tokens) and tree.tokens[end].text != ";":
        end += 1
    return first, end
