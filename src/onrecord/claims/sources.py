"""Who asserts a draft: the innermost attribution that covers it; none is the reporter's own voice."""

from __future__ import annotations

import msgspec

from onrecord.claims.drafting import Fill, filling, focus
from onrecord.claims.syntax import Tree
from onrecord.knowledge import Knowledge, Stage, Step
from onrecord.mentions.attributions.binding import binding
from onrecord.values import Draft, Overlaps, Reading, hull


def load(knowledge: Knowledge) -> Step:
    """The stage: every draft gets its attribution."""

    def start(reading: Reading) -> Fill:
        attributions = Overlaps((hull((*a.source, *a.cue, *a.content)), a) for a in reading.mentions.attributions)

        def fill(draft: Draft, tree: Tree) -> Draft:
            about = focus(draft)
            found = binding(attributions.touching(about), draft.evidence, about)
            return msgspec.structs.replace(draft, attribution=found)

        return fill

    return filling(start)


SOURCES = Stage("sources", "1", ("drafts", "mentions.attributions"), ("drafts.attribution",), load)
