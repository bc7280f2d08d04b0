"""Quantities: how many or how much of something a text states."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

import msgspec

from onrecord.knowledge import Knowledge, Stage, Step
from onrecord.knowledge.quantities import QuantityKnowledge
from onrecord.mentions.quantities.elided import Elided
from onrecord.mentions.quantities.grammar import Grammar
from onrecord.values import Quantity, Reading


def load(knowledge: Knowledge) -> Step:
    """The stage: every reading gets its quantities."""
    words = QuantityKnowledge(knowledge)
    grammar, elided = Grammar(words), Elided(words)

    def step(readings: Sequence[Reading]) -> list[Reading]:
        return [_read(grammar, elided, reading) for reading in readings]

    return step


def _read(grammar: Grammar, elided: Elided, reading: Reading) -> Reading:
    times = reading.mentions.times
    starts = [t.start for t in times]
    found: list[tuple[int, Quantity]] = []
    paragraph = -1
    for index, sentence in enumerate(reading.sentences):
        opens, paragraph = sentence.paragraph != paragraph, sentence.paragraph
        low = bisect.bisect_left(starts, sentence.start)
        high = bisect.bisect_left(starts, sentence.end)
        read = grammar.read(reading.document.text, sentence, times[low:high], opens=opens)
        found += [(index, quantity) for quantity in read]
    quantities = tuple(elided.resolve(found, reading.sentences))
    return msgspec.structs.replace(reading, mentions=msgspec.structs.replace(reading.mentions, quantities=quantities))


QUANTITIES = Stage("quantities", "1", ("sentences", "mentions.times"), ("mentions.quantities",), load)
