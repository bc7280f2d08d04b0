"""The stage ITEMS: every piece of equipment that a text names, by the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from onrecord.knowledge import Knowledge, Stage, Step
from onrecord.knowledge.equipment import Catalogue, catalogue
from onrecord.values import ItemMention, Reading


def load(knowledge: Knowledge) -> Step:
    """The stage: every reading gets its items, in text order."""
    known = catalogue(knowledge)

    def step(readings: Sequence[Reading]) -> list[Reading]:
        return [
            msgspec.structs.replace(
                r, mentions=msgspec.structs.replace(r.mentions, items=tuple(items(r.document.text, known)))
            )
            for r in readings
        ]

    return step


def items(text: str, known: Catalogue) -> Iterator[ItemMention]:
    """The items named in ``text``; one that is only likened to says so."""
    for found in known.find(text):
        reason = "name" if found.alias == found.item.name else f"alias of {found.item.name}"
        likened = known.likened(text, found.start, found.end)
        words = text[found.start : found.end]
        yield ItemMention(found.start, found.end, words, found.item.id, found.item.name, likened, reason)


ITEMS = Stage("items", "1", ("document",), ("mentions.items",), load)
