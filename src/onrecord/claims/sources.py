"""Who asserts a draft: the innermost attribution that covers it; none is the reporter's own voice."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from onrecord.claims.drafting import Fill, filling, focus
from onrecord.claims.syntax import Tree
from onrecord.knowledge import Knowledge, Stage, Step
from onrecord.mentions.attributions.binding import binding
from onrecord.values import Attribution, Draft, Overlaps, Reading, hull


def load(knowledge: Knowledge) -> Step:
    """The stage: every draft gets its attribution."""

    def start(reading: Reading) -> Fill:
        attributions = Overlaps((hull((*a.source, *a.cue, *a.content)), a) for a in reading.mentions.attributions)

        def fill(draft: Draft, tree: Tree) -> Draft:
            about = focus(draft)
            near = attributions.touching(about)
            found = binding(near, draft.evidence, about)
            return msgspec.structs.replace(draft, attribution=_denied(found, near))

        return fill

    return filling(start)


def _denied(found: Attribution | None, near: Sequence[Attribution]) -> Attribution | None:
    """Who denies what another is said to have claimed: "Kyiv dismissed a report by the agency that 200 surrendered"."""
    if found is None or found.denies or not found.cue:
        return found
    for outer in near:
        earlier = bool(outer.cue) and outer.cue[0].start < found.cue[0].start
        shared = any(part.overlap(inner) for part in outer.content for inner in found.content)
        if outer.denies and outer.party is not None and earlier and shared:
            return outer
    return found


SOURCES = Stage("sources", "1", ("drafts", "mentions.attributions"), ("drafts.attribution",), load)
