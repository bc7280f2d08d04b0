"""The stage NAMES: every named party, place or thing as an ``Entity``."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from onrecord.knowledge import Knowledge, Stage, Step
from onrecord.knowledge.gazetteer import Gazetteer
from onrecord.knowledge.names import Names, names
from onrecord.mentions.names.canon import Casebook
from onrecord.mentions.names.find import candidates
from onrecord.mentions.names.labels import is_title
from onrecord.mentions.names.linking import Linker
from onrecord.mentions.names.words import Words
from onrecord.values import Entity, Reading


def entities(reading: Reading, table: Names, gazetteer: Gazetteer) -> tuple[Entity, ...]:
    """The names in a document, in its order, none overlapping; spans are code points of its text."""
    text = reading.document.text
    words = Words(reading.sentences)
    found, _ = candidates(text, words, table)
    found = [c for c in found if c.known or not all(is_title(words, i, table) for i in range(c.first, c.last))]
    book = Casebook(text, words, found, table)
    return Linker(reading.document, table, gazetteer, [book.entity(candidate) for candidate in found]).linked()


def load(knowledge: Knowledge) -> Step:
    """The stage: every reading gets its entities."""
    table = names(knowledge)

    def step(readings: Sequence[Reading]) -> list[Reading]:
        done = []
        for reading in readings:
            found = entities(reading, table, knowledge.gazetteer)
            mentions = msgspec.structs.replace(reading.mentions, entities=found)
            done.append(msgspec.structs.replace(reading, mentions=mentions))
        return done

    return step


NAMES = Stage("names", "2", ("document", "sentences"), ("mentions.entities",), load)
