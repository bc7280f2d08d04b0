"""Which claims are compared at all: those that share a block.

A claim has two. By what it measures, for revisions and disputes: its type with the country and the cause, for what
happens in one place; with whose they are, for the losses of an army; with the country of the actor and what is
counted, for the rest. By its number, for repetitions, whose other fields a reader may have found differently: the
family of its type and the number; small numbers, which are said of many things, with the country too. So a new report
touches only the blocks of its own claims.

Within a block, claims stand on shelves: only what is told in one way (as a total, as an addition) can be of one series.
What is said after a long silence has nothing to do with what was said before it: the stretches between
silences are compared each by itself.
"""

from __future__ import annotations

import datetime
import hashlib

from onrecord.values import Measure, Mode, Type

FAMILIES: dict[Type, str] = {
    "killed": "toll", "wounded": "toll", "casualties": "toll", "missing": "toll",
    "captured": "taken", "detained": "taken",
    "deployment": "forces", "strength": "forces",
    "attack": "attack", "intercepted": "attack",
    "transfer": "arms", "production": "arms",
}  # fmt: skip
LOCAL = ("toll", "attack", "taken", "destroyed", "missing", "displaced", "territory")
_MODES: tuple[Mode, ...] = ("total", "count", "more", "share", "event")
SHELVES = range(2 * len(_MODES))
_SMALL = 1_000
_SOON, _LATE = datetime.timedelta(days=100), datetime.timedelta(days=500)
_ALIVE = datetime.timedelta(days=70)
_SIGN = 1 << 63


def family(type_: Type) -> str:
    """The family of a type: types that readers and retellings take for one another."""
    return FAMILIES.get(type_, type_)


def measure_block(measure: Measure) -> int:
    """The block by what is measured."""
    if measure.side is not None:
        return _hashed("losses", measure.type, measure.side) & ~1
    if family(measure.type) in LOCAL:
        return _hashed("local", measure.type, measure.country or measure.where, measure.cause) | 1
    return _hashed("stock", measure.type, measure.country, measure.counted) & ~1


def shelf_of(measure: Measure) -> int:
    """The shelf on which a claim stands within its block, a small number: its mode, and whether it counts a part."""
    return 2 * _MODES.index(measure.mode) + measure.part


def shelves(mode: Mode) -> tuple[int, int]:
    """The two shelves of a mode."""
    first = 2 * _MODES.index(mode)
    return first, first + 1


def is_local(block: int) -> bool:
    """Whether a block by what is measured is of what happens in one place: its lowest bit tells."""
    return bool(block & 1)


def silence(block: int) -> datetime.timedelta:
    """How long nothing must be said in a block by what is measured, for what follows to begin anew."""
    return _SOON if is_local(block) else _LATE


def memory(block: int) -> datetime.timedelta:
    """How long ago a series of a block may have been told last, and still be told on."""
    return _ALIVE if is_local(block) else _LATE


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
