"""Names in questions: what onrecord knows by them, so that "NIS" finds what is said of the agency in any words."""

from __future__ import annotations

import functools

from onrecord.knowledge import builtin
from onrecord.knowledge.equipment import Item, catalogue
from onrecord.knowledge.names import names

_PARTIES = ("source", "via", "actor", "target", "place")


@functools.lru_cache(1_024)
def ids_of(field: str, name: str) -> tuple[str, ...]:
    """The knowledge ids that ``name`` stands for within ``field``: of a party or place, or of an item and its kinds.

    Case does not matter ("nis"), as in any question.
    """
    if field in _PARTIES:
        table = names(builtin()).aliases
        found = (table.exact(form) for form in (name, name.title(), name.upper()))
        return next(((known.id,) for known in found if known is not None and known.id), ())
    return _items(name) if field == "object" else ()


def _items(name: str) -> tuple[str, ...]:
    """An item of the catalogue and all that are of its kind."""
    table = catalogue(builtin())
    found = list(table.find(name))
    if len(found) != 1 or found[0].end - found[0].start != len(name):
        return ()
    item: Item = found[0].item
    return (item.id, *(below.id for _, below in table.tree(item)))
