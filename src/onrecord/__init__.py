"""onrecord: the claims that news reports put on record, with who asserted them and the exact words.

    >>> import onrecord
    >>> reading = onrecord.extract("The blast killed 12 people, police said.", published="2025-03-27")
    >>> [claim.quantity.text for claim in reading.claims]
    ['12 people']

Names are loaded when first used, so that importing onrecord costs next to nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.api import extract, extract_many, open
    from onrecord.ledger import Ledger
    from onrecord.values import Claim, Document, OnrecordError, Reading, Span
    from onrecord.version import VERSION as __version__

__all__ = [
    "Claim",
    "Document",
    "Ledger",
    "OnrecordError",
    "Reading",
    "Span",
    "__version__",
    "extract",
    "extract_many",
    "open",
]

_HOME = {
    "extract": ("onrecord.api", "extract"),
    "extract_many": ("onrecord.api", "extract_many"),
    "open": ("onrecord.api", "open"),
    "Ledger": ("onrecord.ledger", "Ledger"),
    "__version__": ("onrecord.version", "VERSION"),
} | {name: ("onrecord.values", name) for name in ("Claim", "Document", "OnrecordError", "Reading", "Span")}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
    module, attribute = _HOME[name]
    return getattr(importlib.import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted(__all__)
