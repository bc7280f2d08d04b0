"""Who a family name is that comes with an office: "Foreign Minister Wang" in a report on China."""

from __future__ import annotations

import re
from collections.abc import Collection

from onrecord.knowledge.entries import Person
from onrecord.knowledge.names import Names

# How far from a name its office is looked for, in code points.
_REACH = 70
_SPELT = {"defense": "defence", "spokesman": "spokesperson", "spokeswoman": "spokesperson", "chairman": "chair"}
_EMPTY = frozenset(("of", "the", "and", "for", "to"))


def officer(
    name: str, text: str, start: int, end: int, names: Names, lands: Collection[str], year: int | None
) -> Person | None:
    """The one person of that family name who held the office that stands beside it, for a country that is named.

    Args:
        name: the family name.
        text: that it stands in, at ``[start, end)``.
        start: in code points.
        end: in code points.
        names: who is known.
        lands: canonical names of the countries that the document names.
        year: of publication, ``None`` when unknown.
    """
    around = _words(text, start, end)
    found = [
        person
        for person in names.families.get(name.lower(), ())
        if (person.country is None or person.country in lands)
        and any(held.covers(year) and _beside(held.office, around, text) for held in person.held)
    ]
    return found[0] if len(found) == 1 else None


def _words(text: str, start: int, end: int) -> frozenset[str]:
    """The words before a name in its sentence, and those after a comma behind it."""
    before = re.split(r"[.!?;:\n]\s", text[max(0, start - _REACH) : start])[-1]
    after = re.match(r"\s*,([^,.;:!?\n]{0,70})", text[end : end + _REACH])
    words = re.findall(r"\w+", f"{before} {after.group(1) if after else ''}".lower())
    return frozenset(_SPELT.get(word, word) for word in words)


def _beside(office: str, around: Collection[str], text: str) -> bool:
    """Whether an office stands beside the name; what it is of ("of London") may stand anywhere in the text."""
    what, _, whose = office.partition(" of ")
    return _content(what) <= set(around) and (not whose or bool(_content(whose) & set(around)) or _of(whose, text))


def _of(whose: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(whose)}\b", text) is not None


def _content(office: str) -> frozenset[str]:
    return frozenset(_SPELT.get(w, w) for w in re.findall(r"\w+", office.lower())) - _EMPTY
