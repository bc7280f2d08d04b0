"""Quantities: how many or how much of something a text states."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

import msgspec

from onrecord.knowledge import Knowledge, Stage, Step
from onrecord.knowledge.quantities import QuantityKnowledge
from onrecord.mentions.quantities.grammar import Grammar
from onrecord.values import Quantity, Reading


def load(knowledge: Knowledge) -> Step:
    """The stage: every reading gets its quantities."""
    grammar = Grammar(QuantityKnowledge(knowledge))

    def step(readings: Sequence[Reading]) -> list[Reading]:
        return [_read(grammar, reading) for reading in readings]

    return step


def _read(grammar: Grammar, reading: Reading) -> Reading:
    times = reading.mentions.times
    starts = [t.start for t in times]
    found: list[Quantity] = []
    for sentence in reading.sentences:
        low = bisect.bisect_left(starts, sentence.start)
        high = bisect.bisect_left(starts, sentence.end)
        found += grammar.read(reading.document.text, sentence, times[low:high])
    return msgspec.structs.replace(reading, mentions=msgspec.structs.replace(reading.mentions, quantities=tuple(found)))


QUANTITIES = Stage("quantities", "1", ("sentences", "mentions.times"), ("mentions.quantities",), load)
