"""Which reports of the training corpus are held out: a fixed tenth, by a hash of the report's id."""

from __future__ import annotations

import hashlib

_PARTS = 10


def held_out(id_: str) -> bool:
    """Whether a report serves to select and calibrate models, and is never trained on."""
    return int(hashlib.sha256(f"onrecord:{id_}".encode()).hexdigest(), 16) % _PARTS == 0
