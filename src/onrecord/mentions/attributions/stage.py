"""The stage that reads who says what."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from onrecord.knowledge import Knowledge, Stage, Step
from onrecord.knowledge.cues import CueBook, cue_book
from onrecord.mentions.attributions.chains import chained
from onrecord.mentions.attributions.continuation import continued
from onrecord.mentions.attributions.finder import find
from onrecord.values import Reading


def load(knowledge: Knowledge) -> Step:
    """The stage: every reading gets its attributions, in text order."""
    book = cue_book(knowledge)

    def step(readings: Sequence[Reading]) -> list[Reading]:
        return [_read(r, book, knowledge) for r in readings]

    return step


def _read(reading: Reading, book: CueBook, knowledge: Knowledge) -> Reading:
    placed = continued(reading, find(reading.sentences, book))
    attributions = chained(reading, placed, knowledge)
    return msgspec.structs.replace(
        reading, mentions=msgspec.structs.replace(reading.mentions, attributions=tuple(attributions))
    )


ATTRIBUTIONS = Stage(
    "attributions", "1", ("sentences", "mentions.quotations", "mentions.entities"), ("mentions.attributions",), load
)
