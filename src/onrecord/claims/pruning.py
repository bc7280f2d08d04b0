"""Which event drafts are worth keeping: background that nothing typed is dropped where the sentence has better."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from onrecord.knowledge import Knowledge, Stage, Step
from onrecord.values import Draft, Reading


def load(knowledge: Knowledge) -> Step:
    """The stage: a sentence keeps its figures, its typed events, and one untyped event where it has neither."""

    def step(readings: Sequence[Reading]) -> list[Reading]:
        return [msgspec.structs.replace(r, drafts=tuple(kept(r.drafts))) for r in readings]

    return step


def kept(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts to keep, in order."""
    by_sentence: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        by_sentence[draft.sentence].append(draft)
    chosen = {id(draft) for group in by_sentence.values() for draft in _of_sentence(group)}
    return [draft for draft in drafts if id(draft) in chosen]


def _of_sentence(group: Sequence[Draft]) -> list[Draft]:
    typed = [draft for draft in group if draft.quantity is not None or draft.type != "other"]
    if typed:
        return typed
    return [max(group, key=lambda draft: len(draft.evidence))]


PRUNING = Stage("pruning", "1", ("drafts.type",), ("drafts",), load)
