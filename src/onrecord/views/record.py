"""The public record, for machines: claims as CLAIM.md (docs/reference/claim.md) has them, mentions by layer.

Whole numbers are written as such (3000, not 3000.0); fractions stay. A place carries ``lat`` and ``lon`` only when
they are known. Every span is half-open ``[start, end)`` in Unicode code points of the document's text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from onrecord.values import Attribution, Claim, Entity, ItemMention, Party, Quantity, Reading, RequestError, Span, Time

Record = dict[str, Any]


def record(reading: Reading) -> Record:
    """What ``onrecord extract`` writes for one document: ``{"id", "claims", "faults"}``."""
    return {
        "id": reading.document.id,
        "claims": [claim_record(claim) for claim in reading.claims],
        "faults": msgspec.to_builtins(reading.faults),
    }


def claim_record(claim: Claim) -> Record:
    """One claim, field by field in the order of CLAIM.md."""
    fields: Record = msgspec.to_builtins(claim)
    fields["source"] = _party(claim.source, kind=True)
    fields["via"] = [_party(party, kind=True) for party in claim.via]
    fields["actor"] = _party(claim.actor)
    fields["target"] = _party(claim.target)
    # Why a name was linked stays with the reading: the record is that of CLAIM.md.
    if claim.object is not None:
        fields["object"] = _ordered(fields["object"], "name", "id", "start", "end", "text")
    if claim.place is not None:
        known = ("lat", "lon") if claim.place.lat is not None and claim.place.lon is not None else ()
        fields["place"] = _ordered(fields["place"], "name", "id", "start", "end", "text", *known)
    if claim.quantity is not None:
        fields["quantity"] |= {"low": _number(claim.quantity.low), "high": _number(claim.quantity.high)}
    return fields


def encode_line(reading: Reading) -> bytes:
    """The record as one line of JSON Lines, in UTF-8, with its line feed."""
    return msgspec.json.encode(record(reading)) + b"\n"


def encode_array(readings: Iterable[Reading]) -> Iterator[bytes]:
    """The records as one indented JSON array in UTF-8, piece by piece as the readings come."""
    return json_array(record(reading) for reading in readings)


def json_array(records: Iterable[Record]) -> Iterator[bytes]:
    """Any records as one indented JSON array in UTF-8, piece by piece."""
    before = b"[\n  "
    for one in records:
        # A line feed inside a JSON string is always escaped, so these are line ends of the layout.
        yield before + msgspec.json.format(msgspec.json.encode(one)).replace(b"\n", b"\n  ")
        before = b",\n  "
    yield b"[]\n" if before.startswith(b"[") else b"\n]\n"


def layers(reading: Reading, names: Iterable[str]) -> Record:
    """What ``onrecord annotate`` writes for one document: the mentions of the layers asked for, in their order.

    Raises:
        RequestError: if there is no such layer.
    """
    found: Record = {"id": reading.document.id}
    for name in names:
        if name not in _LAYER:
            raise RequestError(f"no layer {name!r}; choose among: {', '.join(LAYERS)}")
        found[name] = [_LAYER[name](mention) for mention in getattr(reading.mentions, name)]
    return found | {"faults": msgspec.to_builtins(reading.faults)}


def _party(party: Party | None, *, kind: bool = False) -> Record | None:
    if party is None:
        return None
    names = ("name", "id", "kind") if kind else ("name", "id")
    return _ordered(msgspec.to_builtins(party), *names, "start", "end", "text")


def _ordered(fields: Record, *names: str) -> Record:
    return {name: fields[name] for name in names}


def _number(value: float | None) -> int | float | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _places(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _attribution(said: Attribution) -> Record:
    return {"source": _places(said.source), "cue": _places(said.cue), "content": _places(said.content)}


def _quantity(quantity: Quantity) -> Record:
    fields = _ordered(msgspec.to_builtins(quantity), "start", "end", "text", "low", "high", "approximate", "unit")
    return fields | {"low": _number(quantity.low), "high": _number(quantity.high)}


def _time(time: Time) -> Record:
    days = {"from": time.first, "to": time.last}
    return {"start": time.start, "end": time.end, "text": time.text, **msgspec.to_builtins(days), "timex": time.timex}


def _entity(entity: Entity) -> Record:
    return _ordered(msgspec.to_builtins(entity), "start", "end", "text", "kind", "name", "id")


def _item(item: ItemMention) -> Record:
    return _ordered(msgspec.to_builtins(item), "start", "end", "text", "name", "id", "likened")


_LAYER: dict[str, Callable[[Any], Record]] = {
    "attributions": _attribution,
    "quantities": _quantity,
    "times": _time,
    "entities": _entity,
    "items": _item,
}
LAYERS = tuple(_LAYER)
