"""What became of what is counted, by the words right behind the number: "4,715 were injured and 341 are missing"."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from onrecord.knowledge import Knowledge, Stage, Step
from onrecord.knowledge.fates import Tail, tails
from onrecord.values import Draft, Reading, Type

_FAR, _BEFORE = 60, 160


def load(knowledge: Knowledge) -> Step:
    """The stage: a figure of people takes the type that its own last words or those right behind it tell."""
    table = tails(knowledge)

    def step(readings: Sequence[Reading]) -> list[Reading]:
        return [
            msgspec.structs.replace(
                reading, drafts=tuple(_told(draft, reading.document.text, table) for draft in reading.drafts)
            )
            for reading in readings
        ]

    return step


def _told(draft: Draft, text: str, table: Tail) -> Draft:
    type_ = fate(draft, text, table)
    if type_ is None or type_ == draft.type:
        return draft
    return msgspec.structs.replace(
        draft, type=type_, reasons=(*draft.reasons, f"type {type_}: told right behind the figure")
    )


def fate(draft: Draft, text: str, table: Tail) -> Type | None:
    """The type that a figure's own words tell ("1,342 hurt"), or those right behind it, or the noun before it."""
    figure = draft.quantity
    if figure is None or figure.unit == "percent" or (figure.unit or "").isupper():
        return None
    own = {table.types[match[1].lower()] for match in table.word.finditer(figure.text)}
    if own:
        return own.pop() if len(own) == 1 else None
    before = table.before.search(text, max(0, figure.start - _BEFORE), figure.start)
    if before is not None:
        return table.types[before[1].lower()]
    behind = text[figure.end : figure.end + _FAR]
    joint = table.joint.search(behind)
    if joint is not None and table.end.search(behind[: joint.start()]) is None:
        types = {table.types[joint[1].lower()], table.types[joint[2].lower()]}
        return "casualties" if types == {"killed", "wounded"} else None
    end = table.end.search(behind)
    near = behind[: end.start()] if end is not None else behind
    types = {table.types[match[1].lower()] for match in table.word.finditer(near)}
    return types.pop() if len(types) == 1 else None


FATES = Stage("fates", "1", ("drafts", "drafts.type"), ("drafts.type",), load)
