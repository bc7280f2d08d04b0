"""Which of a document's attributions a source speaks in when it asserts a draft."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Sequence

import msgspec

from onrecord.values import Attribution, Draft, Entity, Span, hull

_NEAR = 6


class Speakers:
    """A document's attributions by the name of their party."""

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        self._of: dict[str, list[tuple[int, Attribution]]] = defaultdict(list)
        for attribution in attributions:
            if attribution.party is not None:
                start = hull((*attribution.source, *attribution.cue, *attribution.content)).start
                self._of[attribution.party.name].append((start, attribution))
        for found in self._of.values():
            found.sort(key=lambda item: item[0])

    def attribution(self, draft: Draft, party: Entity | None) -> Attribution | None:
        """The attribution by which ``party`` asserts a draft; ``None`` in the reporter's own voice.

        The draft's own if it is that party's; else the one of that party whose content holds the draft, else the last
        before it, else the first after it; else a new one without a cue.
        """
        if party is None:
            return None
        own = draft.attribution
        if own is not None and own.party is not None and own.party.name == party.name:
            return own
        said = self._of.get(party.name)
        if not said:
            return Attribution(source=(Span(party.start, party.end),), cue=(), content=(draft.evidence,), party=party)
        at = bisect.bisect_right(said, draft.evidence.start, key=lambda item: item[0])
        near = [attribution for _, attribution in said[max(0, at - _NEAR) : at + _NEAR]]
        holding = [a for a in near if any(part.overlap(draft.evidence) for part in a.content)]
        chosen = holding[0] if holding else said[at - 1][1] if at else said[0][1]
        # What the cue does to its own content, it does not do to a draft elsewhere.
        return chosen if holding else msgspec.structs.replace(chosen, denies=False, speech_act=False)
