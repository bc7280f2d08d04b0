"""Which claims are compared at all: those that share a block.

A claim has two. By what it measures, for revisions and disputes: its type and where it is, for what happens in one
place; its type and whose they are, for the losses of an army; its type and the country of its actor for the rest. By
its number, for repetitions, whose other fields a reader may have found differently: the family of its type and the
number; small numbers, which are said of many things, with the country too. So a new report touches only the blocks of
its own claims.
"""

from __future__ import annotations

import hashlib

from onrecord.values import Measure, Type

FAMILIES: dict[Type, str] = {
    "killed": "toll", "wounded": "toll", "casualties": "toll", "missing": "toll",
    "captured": "taken", "detained": "taken",
    "deployment": "forces", "strength": "forces",
    "attack": "attack", "intercepted": "attack",
    "transfer": "arms", "production": "arms",
}  # fmt: skip
LOCAL = ("toll", "attack", "taken", "destroyed", "missing", "displaced", "territory")
_SMALL = 1_000
_SIGN = 1 << 63


def family(type_: Type) -> str:
    """The family of a type: types that readers and retellings take for one another."""
    return FAMILIES.get(type_, type_)


def measure_block(measure: Measure) -> int:
    """The block by what is measured."""
    if measure.side is not None:
        return _hashed("losses", measure.type, measure.side)
    local = family(measure.type) in LOCAL
    return _hashed("measure", measure.type, (measure.where if local else None) or measure.country)


def number_block(measure: Measure) -> int | None:
    """The block by the number; ``None`` for an event."""
    number = measure.number
    if number is None:
        return None
    country = measure.country if number < _SMALL else None
    return _hashed("number", family(measure.type), repr(float(number)), country)


def _hashed(*fields: str | None) -> int:
    """A signed 64-bit number, which both databases keep."""
    data = "\x1f".join("\x00" if field is None else field for field in fields).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest()) - _SIGN
