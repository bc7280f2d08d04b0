"""A document's entities, ready to be found by place and by syntax."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Sequence

from onrecord.claims.syntax import Tree
from onrecord.values import Entity

PARTIES = frozenset({"country", "body", "person", "outlet"})


class Scene:
    """A document's entities, ready to be found by place."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self.entities = entities
        self.starts = [entity.start for entity in entities]

    def within(self, start: int, end: int) -> Iterator[Entity]:
        """The entities that lie in ``[start, end)``."""
        at = bisect.bisect_left(self.starts, start)
        while at < len(self.entities) and self.entities[at].start < end:
            yield self.entities[at]
            at += 1

    def below(self, tree: Tree, index: int, kinds: frozenset[str] = PARTIES) -> Entity | None:
        """The first entity of the wanted kinds in the noun phrase of a token, without its clauses."""
        inside = [i for i in tree.subtree(index) if tree.clause_of[i] == tree.clause_of[index]]
        tokens = [tree.tokens[i] for i in inside]
        for entity in self.within(tokens[0].start, tokens[-1].end):
            if entity.kind in kinds and any(t.start <= entity.start < t.end for t in tokens):
                return entity
        return None


def most_common(entities: Iterable[Entity]) -> Entity | None:
    """The first entity of the most frequent name; ``None`` when there are none."""
    found = list(entities)
    counts: dict[str, int] = {}
    for entity in found:
        counts[entity.name] = counts.get(entity.name, 0) + 1
    return max(found, key=lambda entity: counts[entity.name], default=None)
