"""What the stages that fill in drafts share: one pass over a reading's drafts, each with its sentence's tree."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from onrecord.claims.syntax import Tree
from onrecord.knowledge import Step
from onrecord.values import Draft, Reading, Span

Fill = Callable[[Draft, Tree], Draft]


def filling(start: Callable[[Reading], Fill]) -> Step:
    """A step that fills in every draft.

    ``start`` is called once per reading and gives the function that is then called for each draft in order, so that a
    draft may be judged in the light of those before it.
    """

    def step(readings: Sequence[Reading]) -> list[Reading]:
        done = []
        for reading in readings:
            fill = start(reading)
            trees: dict[int, Tree] = {}
            drafts = []
            for draft in reading.drafts:
                tree = trees.get(draft.sentence)
                if tree is None:
                    tree = trees[draft.sentence] = Tree(reading.sentences[draft.sentence])
                drafts.append(fill(draft, tree))
            done.append(msgspec.structs.replace(reading, drafts=tuple(drafts)))
        return done

    return step


def focus(draft: Draft) -> Span:
    """What a draft is about: its figure, else its trigger, else its evidence."""
    return draft.quantity or draft.trigger or draft.evidence


def inside(draft: Draft, tree: Tree) -> range:
    """The tokens of the focus; at least one."""
    return tree.within(focus(draft)) or range(1)


def trigger(draft: Draft, tree: Tree) -> int:
    """The token that tells what happened; the head of the focus when no word does."""
    if draft.trigger is not None:
        found = tree.within(draft.trigger)
        if found:
            return found[0]
    return tree.top(inside(draft, tree))


def cues(draft: Draft, tree: Tree) -> frozenset[int]:
    """The tokens of the attributing words."""
    if draft.attribution is None:
        return frozenset()
    return frozenset(i for span in draft.attribution.cue for i in tree.within(span))
