"""What is counted or handled, as a singular lower-case noun phrase."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from onrecord.claims.actors import is_passive
from onrecord.claims.syntax import Tree
from onrecord.mentions.quantities.nouns import measures
from onrecord.values import Quantity, Span, Thing

_MODIFIERS = frozenset({"amod", "compound", "nmod", "punct", "npadvmod"})


def thing(tree: Tree, quantity: Quantity, text: str, skipped: Collection[str] = ()) -> Thing | None:
    """What is counted, as its singular lower-case noun phrase, without ``skipped`` words ("more", "another")."""
    inside = tree.within(quantity.noun) if quantity.noun is not None else range(0)
    if not inside or quantity.unit is None:
        return None
    head = first = inside[-1]
    number = tree.within(quantity.number)
    words: list[str] = []
    for index in range(head - 1, number[-1] if number else head, -1):
        token = tree.tokens[index]
        if token.entity in ("NORP", "GPE") or token.dep not in _MODIFIERS or token.lower in skipped:
            break
        if measures(tree.tokens, (number[-1] if number else head) + 1, index):
            break
        words.insert(0, token.lower)
        first = index
    span = Span(tree.tokens[first].start, tree.tokens[head].end)
    return Thing(span.start, span.end, span.cut(text), _name([*words, quantity.unit.rsplit(" ", 1)[-1]]))


def theme(tree: Tree, at: int, text: str) -> Thing | None:
    """What an event is about: the object of its verb, the subject of a passive one, what follows a noun's "of"."""
    for noun in _objects(tree, at):
        if tree.tokens[noun].pos != "NOUN":
            continue
        before = [i for i in tree.dependents(noun, *_MODIFIERS) if i < noun and not tree.tokens[i].entity]
        first = before[0] if before else noun
        span = Span(tree.tokens[first].start, tree.tokens[noun].end)
        lower = [tree.tokens[i].lower for i in range(first, noun) if not tree.tokens[i].entity]
        return Thing(span.start, span.end, span.cut(text), _name([*lower, tree.tokens[noun].lemma]))
    return None


def _objects(tree: Tree, at: int) -> Iterator[int]:
    """The nouns that the event of a token is about."""
    if tree.tokens[at].pos in ("VERB", "AUX"):
        yield from tree.dependents(at, *(("nsubjpass",) if is_passive(tree, at) else ("dobj", "attr")))
        return
    for preposition in tree.dependents(at, "prep"):
        if tree.tokens[preposition].lower == "of":
            yield from tree.dependents(preposition, "pobj")


def _name(words: list[str]) -> str:
    return " ".join(words).replace(" - ", "-").strip(" -,")
