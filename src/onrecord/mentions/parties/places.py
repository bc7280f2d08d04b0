"""Places under their usual English names: "the western Kursk region" -> "Kursk Oblast"."""

from __future__ import annotations

import re

from onrecord.knowledge.names import Names

_LEAD = re.compile(
    r"^(?:(?:the|in|at|near|its|city|town|village|port|capital|province|region|state|district|island|of|around|outside)\s+"
    r"|(?:north|south|east|west|central|north-?east|north-?west|south-?east|south-?west)(?:ern)?[\s-]+(?=[A-Z]\w*\s+[a-z]))+",
    re.IGNORECASE,
)
_DIRECTION = re.compile(
    r"^(?:(?:north|south|east|west)(?:ern)?|central|(?:north|south)-?(?:east|west)(?:ern)?|occupied)\s+"
)
_SUFFIX = re.compile(r"\s+(?:city|town|village)$")


def canonical(words: str, names: Names) -> tuple[str, str | None]:
    """The usual English name of the place that ``words`` name, and its knowledge id when there is one."""
    words = re.sub(r"\s+", " ", words).strip(" ,.'’\"“”")
    words = re.sub(r"['’]s$", "", words)
    while True:
        known = names.aliases.exact(words)
        if known is not None and known.manner != "kind":
            return known.name, known.id
        shorter = _shorter(words)
        if shorter == words or not shorter:
            return words, None
        words = shorter


def _shorter(words: str) -> str:
    """``words`` without an article, a direction or a word for what kind of place it is."""
    for pattern in (_LEAD, _DIRECTION, _SUFFIX):
        cut = pattern.sub("", words, count=1)
        if cut != words:
            return cut
    return words
