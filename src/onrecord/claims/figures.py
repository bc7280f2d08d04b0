"""A draft for every quantity: the clause that carries it."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence

import msgspec

from onrecord.claims.syntax import Tree
from onrecord.knowledge import Knowledge, Stage, Step
from onrecord.values import Draft, Quantity, Reading, Span
from onrecord.values.span import hull

LONGEST_EVIDENCE = 400


def load(knowledge: Knowledge) -> Step:
    """The stage: a draft for every quantity, in the order of the text."""

    def step(readings: Sequence[Reading]) -> list[Reading]:
        return [msgspec.structs.replace(r, drafts=(*r.drafts, *_drafts(r))) for r in readings]

    return step


def _drafts(reading: Reading) -> Iterator[Draft]:
    starts = [sentence.start for sentence in reading.sentences]
    trees: dict[int, Tree] = {}
    for quantity in reading.mentions.quantities:
        index = max(0, bisect.bisect_right(starts, quantity.start) - 1)
        tree = trees.get(index) or trees.setdefault(index, Tree(reading.sentences[index]))
        yield Draft(sentence=index, evidence=evidence(tree, quantity), quantity=quantity)


def evidence(tree: Tree, quantity: Quantity) -> Span:
    """The clause around a quantity, or the quantity's own neighbourhood where the clause is overlong."""
    clause = tree.clause_span(tree.clause_of[tree.top(tree.within(quantity))])
    whole = hull([clause, quantity.place])
    if len(whole) <= LONGEST_EVIDENCE:
        return whole
    near = [t for t in tree.tokens if abs(t.start - quantity.start) <= LONGEST_EVIDENCE // 3]
    return hull([quantity.place, *(Span(t.start, t.end) for t in near)])


FIGURES = Stage("figures", "1", ("sentences", "mentions.quantities"), ("drafts",), load)
