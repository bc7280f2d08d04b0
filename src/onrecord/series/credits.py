"""Which other outlets a report credits."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from onrecord.knowledge import Knowledge
from onrecord.knowledge.names import names
from onrecord.values import Claim, Document

_CAPITAL = re.compile(r"\b[A-Z]\w*")


@functools.lru_cache(maxsize=4)
def _outlets(knowledge: Knowledge) -> dict[str, list[tuple[str, str]]]:
    """The names of outlets by their first word: the whole name and the canonical one, the longest first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for body in names(knowledge).bodies.values():
        if body.kind == "outlet":
            for alias in (body.name, *body.aliases):
                found.setdefault(alias.split(" ")[0], []).append((alias, body.name))
    return {first: sorted(entries, key=lambda entry: -len(entry[0])) for first, entries in found.items()}


def credits_of(document: Document, claims: Sequence[Claim], knowledge: Knowledge) -> tuple[str, ...]:
    """The outlets that a report names beside its own: in its text, its chains, its by-line ("The Japan News (AP)")."""
    own, _, credited = (document.publisher or "").partition("(")
    found = {party.name for claim in claims for party in claim.via if party.kind == "outlet"}
    found |= _named(document.text, knowledge) | _named(credited, knowledge)
    return tuple(sorted(found - _named(own, knowledge) - {own.strip()}))


def _named(text: str, knowledge: Knowledge) -> set[str]:
    """The outlets that a text names, by their canonical names."""
    table = _outlets(knowledge)
    found: set[str] = set()
    for match in _CAPITAL.finditer(text):
        for alias, name in table.get(match.group(), ()):
            end = match.start() + len(alias)
            if text.startswith(alias, match.start()) and not text[end : end + 1].isalnum():
                found.add(name)
                break
    return found
