"""When the thing claimed happened: the time that belongs to a trigger, never the time of the saying."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

import msgspec

from onrecord.claims.drafting import Fill, cues, filling, trigger
from onrecord.claims.syntax import Tree
from onrecord.knowledge import Knowledge, Stage, Step
from onrecord.values import Draft, Reading, Span, Time


def moment(tree: Tree, at: int, times: Sequence[Time], starts: Sequence[int], said: frozenset[int]) -> Time | None:
    """The time of the token ``at``; ``None`` when it is undated.

    A time attached to the cue ("said on Thursday") tells when it was said and is passed over. Undated stays undated:
    nothing falls back on the publication date.

    Args:
        tree: the sentence.
        at: the token that tells what happened.
        times: the document's times, in order.
        starts: their starts, in code points.
        said: the tokens of the cue.
    """
    low = bisect.bisect_left(starts, tree.tokens[0].start)
    high = bisect.bisect_left(starts, tree.tokens[-1].end)
    home = tree.clause_of[at]
    best: tuple[int, int] | None = None
    chosen: Time | None = None
    for time in times[low:high]:
        if time.first is None or time.kind == "SET":
            continue
        inside = tree.within(Span(time.start, time.end))
        index = tree.top(inside)
        if _said(tree, index, said) or _names(tree, index):
            continue
        rank = (int(tree.clause_of[index] != home), abs(index - at))
        if best is None or rank < best:
            best, chosen = rank, time
    return chosen


def _said(tree: Tree, index: int, said: frozenset[int]) -> bool:
    """Whether a time hangs on the attributing words."""
    for above in tree.ancestors(index):
        if above in said:
            return True
        if tree.tokens[above].pos in ("VERB", "AUX"):
            return False
    return False


def _names(tree: Tree, index: int) -> bool:
    """Whether a time is part of a name: "the Korean War of 1950-53"."""
    preposition = tree.tokens[index].head
    return tree.tokens[preposition].lower == "of" and tree.tokens[tree.tokens[preposition].head].tag in ("NNP", "NNPS")


def load(knowledge: Knowledge) -> Step:
    """The stage: every draft gets its time."""

    def start(reading: Reading) -> Fill:
        times = reading.mentions.times
        starts = [time.start for time in times]

        def fill(draft: Draft, tree: Tree) -> Draft:
            found = moment(tree, trigger(draft, tree), times, starts, cues(draft, tree))
            return msgspec.structs.replace(draft, time=found)

        return fill

    return filling(start)


MOMENTS = Stage("moments", "1", ("mentions.times", "drafts.attribution", "drafts.trigger"), ("drafts.time",), load)
