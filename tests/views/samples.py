"""Claims made by hand, for what annotated documents do not show."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from onrecord.values import Claim, Document, Fault, Figure, Party, Place, Quote, Reading, Thing

CASES = Path(__file__).resolve().parents[1] / "cases"


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of one data file."""
    return tomllib.loads((CASES / name).read_text("utf-8"))["case"]


def at(text: str, start: int, end: int) -> tuple[int, int, str]:
    """What every value with words begins with."""
    return start, end, text[start:end]


def claim_at(text: str, start: int, end: int, *, id_: str = "c1", **fields: Any) -> Claim:
    """A claim whose evidence is ``text[start:end]``; everything else is empty unless given."""
    empty: dict[str, Any] = dict.fromkeys(
        ("source", "cue", "quoted", "actor", "target", "object", "place", "quantity", "time")
    )
    return Claim(
        id=id_, evidence=Quote(*at(text, start, end)), status=fields.pop("status", "asserted"),
        type=fields.pop("type", "other"), confidence=0.5, reader=fields.pop("reader", "hand"),
        via=fields.pop("via", ()), **{**empty, **fields},
    )  # fmt: skip


def hostile_reading(text: str) -> Reading:
    """A reading in which the same words stand in every field that a view may show."""
    whole = at(text, 0, len(text))
    party = Party(*whole, text, id=text, kind="body")
    claim = claim_at(
        text, 0, len(text), id_=text, source=party, via=(party, party), cue=Quote(*at(text, 0, 3)), quoted="direct",
        status="denied", actor=party, target=party, object=Thing(*whole, text, id=text),
        place=Place(*whole, text, lat=1.5, lon=-2.25), quantity=Figure(*at(text, 1, 5), 2.0, 3.5, True, text, "total"),
        reader=text,
    )  # fmt: skip
    document = Document(text, id=text, title=text, publisher=text, url=f"https://example.org/{text}")
    return Reading(document, claims=(claim, claim), faults=(Fault(text, text, 0, 1),), reader=text)
