"""Where it happened: after a preposition of place, else where the report plays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.claims.scene import Scene, most_common
from onrecord.claims.syntax import Tree
from onrecord.values import Entity, Reading

_WHERE = frozenset(
    {"in", "at", "near", "on", "around", "outside", "inside", "from", "across", "off", "over", "towards", "to", "into"}
)
# A country after one of these is where something happened; "to Russia" names a party.
_INSIDE = _WHERE - {"to", "into", "from", "on", "over"}


def place(tree: Tree, at: int, scene: Scene) -> Entity | None:
    """Where: the nearest place after a preposition of place, in the clause of the token ``at`` before others."""
    home = tree.clause_of[at]
    found = [(int(tree.clause_of[index] != home), abs(index - at), entity) for index, entity in located(tree, scene)]
    return min(found, key=lambda item: item[:2])[2] if found else None


def located(tree: Tree, scene: Scene) -> Iterator[tuple[int, Entity]]:
    """The places and countries of a sentence that a preposition says something happened at, with their tokens."""
    for entity in scene.within(tree.tokens[0].start, tree.tokens[-1].end):
        if entity.kind not in ("place", "country"):
            continue
        index = tree.within(entity).start
        before = _preposition(tree, index)
        if before is not None and (entity.kind == "place" or before in _INSIDE):
            yield index, entity


def _preposition(tree: Tree, index: int) -> str | None:
    """The preposition of place that governs the noun phrase of a token."""
    for above in tree.ancestors(index):
        token = tree.tokens[above]
        if token.dep == "prep":
            return token.lower if token.lower in _WHERE else None
        if token.pos not in ("NOUN", "PROPN", "ADJ"):
            break
    # The parser takes some prepositions for particles of the verb: "drowned off Libya".
    before = tree.tokens[index - 1] if index else None
    return before.lower if before is not None and before.dep == "prt" and before.lower in _WHERE else None


def scene_of(reading: Reading, scene: Scene) -> Entity | None:
    """Where a report plays: the place that its title names. Other guesses were wrong more often than right."""
    title = (reading.document.title or "").lower()
    return most_common(entity for entity in scene.entities if _in_title(entity, title))


def _in_title(entity: Entity, title: str) -> bool:
    """Whether a title says that something is at a place; a country's bare name there is a party's."""
    if entity.kind not in ("place", "country"):
        return False
    before = "" if entity.kind == "place" else f"(?:{'|'.join(sorted(_INSIDE))}) "
    return re.search(rf"(?<!\w){before}{re.escape(entity.text.lower())}(?!\w)", title) is not None
