"""Who did it, to whom, what and where: the parties and things in the syntax around a trigger.

A party is an entity that the names stage found. Where the syntax offers none the role stays empty: an invented actor is
worse than none.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from onrecord.claims.drafting import Fill, filling, inside
from onrecord.claims.drafting import trigger as trigger_of
from onrecord.claims.syntax import Tree
from onrecord.knowledge import Knowledge, Stage, Step
from onrecord.knowledge.frames import Frame, Lexicon
from onrecord.values import Draft, Entity, Party, Place, Quantity, Reading, Span, Thing

_SUBJECT = ("nsubj", "nsubjpass", "csubj")
_PASSIVE = ("nsubjpass", "auxpass")
_PREPOSITIONS = {
    "to": frozenset({"to", "into", "for", "toward", "towards"}),
    "against": frozenset({"against", "on", "at", "over"}),
    "with": frozenset({"with", "and"}),
    "of": frozenset({"of", "from"}),
    "from": frozenset({"from"}),
}
_WHERE = frozenset(
    {"in", "at", "near", "on", "around", "outside", "inside", "from", "across", "off", "over", "towards", "to", "into"}
)
_PARTIES = frozenset({"country", "body", "person", "outlet"})


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

    def below(self, tree: Tree, index: int, kinds: frozenset[str] = _PARTIES) -> Entity | None:
        """The first entity of the wanted kinds in the noun phrase of a token, without its clauses."""
        inside = [i for i in tree.subtree(index) if tree.clause_of[i] == tree.clause_of[index]]
        tokens = [tree.tokens[i] for i in inside]
        for entity in self.within(tokens[0].start, tokens[-1].end):
            if entity.kind in kinds and any(t.start <= entity.start < t.end for t in tokens):
                return entity
        return None


def actor(tree: Tree, trigger: int, frame: Frame | None, scene: Scene) -> Entity | None:
    """Who does what the trigger names."""
    token = tree.tokens[trigger]
    if token.pos not in ("VERB", "AUX"):
        return _modifier(tree, trigger, scene) or _by(tree, trigger, scene)
    if frame is not None and frame.actor != "subject":
        return None
    if _is_passive(tree, trigger):
        return _by(tree, trigger, scene)
    for verb in (trigger, *_lending(tree, trigger)):
        for child in tree.dependents(verb, *_SUBJECT):
            return scene.below(tree, child)
    if token.dep in ("acl", "relcl") and token.tag != "VBN":
        return scene.below(tree, token.head)
    return None


def _lending(tree: Tree, trigger: int) -> Iterator[int]:
    """The verbs above that lend their subject to a trigger without one of its own."""
    at = trigger
    for _ in range(3):
        if tree.tokens[at].dep not in ("xcomp", "conj", "advcl", "ccomp", "pcomp", "prep"):
            return
        at = tree.tokens[at].head
        yield at


def _is_passive(tree: Tree, trigger: int) -> bool:
    token = tree.tokens[trigger]
    if any(tree.tokens[child].dep in _PASSIVE for child in tree.children[trigger]):
        return True
    return token.tag == "VBN" and token.dep in ("acl", "conj") and not any(tree.dependents(trigger, "nsubj", "aux"))


def _by(tree: Tree, trigger: int, scene: Scene) -> Entity | None:
    for child in tree.children[trigger]:
        if tree.tokens[child].dep == "agent" or tree.tokens[child].lower == "by":
            for noun in tree.dependents(child, "pobj"):
                return scene.below(tree, noun)
    return None


def _modifier(tree: Tree, noun: int, scene: Scene) -> Entity | None:
    """The party before a noun: "Russian strike", "the army's losses"."""
    for child in tree.dependents(noun, "amod", "compound", "nmod", "poss"):
        found = scene.below(tree, child)
        if found is not None:
            return found
    return None


def target(tree: Tree, trigger: int, frame: Frame | None, scene: Scene, counted: int | None) -> Entity | None:
    """Who receives or suffers what the trigger names; ``counted`` is the token of the figure's noun."""
    role = frame.target if frame is not None else "object"
    if role in ("object", "subject"):
        if counted is not None:
            return scene.below(tree, counted)
        labels = ("nsubjpass", "nsubj") if role == "subject" or _is_passive(tree, trigger) else ("dobj", "dative")
        for child in tree.dependents(trigger, *labels):
            return scene.below(tree, child)
        return None
    wanted = _PREPOSITIONS.get(role or "", frozenset())
    near = [trigger, *tree.dependents(trigger, "dobj", "nsubjpass"), *([counted] if counted is not None else [])]
    for index in near:
        for child in tree.children[index]:
            if tree.tokens[child].lower in wanted:
                for noun in tree.dependents(child, "pobj"):
                    return scene.below(tree, noun, _PARTIES | {"place"})
            if tree.tokens[child].dep == "dative":
                return scene.below(tree, child)
    return None


def place(tree: Tree, trigger: int, scene: Scene) -> Entity | None:
    """Where: the last of the nested places after a preposition of place, in the trigger's clause before others."""
    start, end = tree.tokens[0].start, tree.tokens[-1].end
    home = tree.clause_of[trigger]
    found: list[tuple[int, int, Entity]] = []
    for entity in scene.within(start, end):
        if entity.kind not in ("place", "country"):
            continue
        index = tree.within(entity).start
        before = _preposition(tree, index)
        if before is None or (entity.kind == "country" and before not in _WHERE - {"to", "into", "from"}):
            continue
        found.append((int(tree.clause_of[index] != home), abs(index - trigger), entity))
    return min(found, key=lambda item: item[:2])[2] if found else None


def _preposition(tree: Tree, index: int) -> str | None:
    """The preposition of place that governs the noun phrase of a token."""
    for above in tree.ancestors(index):
        token = tree.tokens[above]
        if token.dep == "prep":
            return token.lower if token.lower in _WHERE else None
        if token.pos not in ("NOUN", "PROPN", "ADJ"):
            return None
    return None


def thing(tree: Tree, quantity: Quantity, text: str) -> Thing | None:
    """What is counted, as its singular lower-case noun phrase."""
    if quantity.noun is None or quantity.unit is None:
        return None
    inside = tree.within(quantity.noun)
    if not inside:
        return None
    head = inside[-1]
    words, first = [], head
    for index in range(head - 1, tree.within(quantity.number)[-1] if tree.within(quantity.number) else head, -1):
        token = tree.tokens[index]
        if token.entity in ("NORP", "GPE") or token.dep not in ("amod", "compound", "nmod", "punct", "npadvmod"):
            break
        words.insert(0, token.lower)
        first = index
    span = Span(tree.tokens[first].start, tree.tokens[head].end)
    name = " ".join([*words, tree.tokens[head].lemma]).replace(" - ", "-").strip(" -,")
    return Thing(span.start, span.end, span.cut(text), name or quantity.unit)


def as_party(entity: Entity | None) -> Party | None:
    """An entity in the role of an actor or target."""
    if entity is None:
        return None
    return Party(entity.start, entity.end, entity.text, entity.name, entity.id)


def as_place(entity: Entity | None) -> Place | None:
    """An entity in the role of a place."""
    if entity is None:
        return None
    return Place(entity.start, entity.end, entity.text, entity.name, entity.id)


def most_common(entities: Iterable[Entity]) -> Entity | None:
    """The first entity of the most frequent name; ``None`` when there are none."""
    found = list(entities)
    counts: dict[str, int] = {}
    for entity in found:
        counts[entity.name] = counts.get(entity.name, 0) + 1
    return max(found, key=lambda entity: counts[entity.name], default=None)


def frame_at(tree: Tree, index: int, type_: str, lexicon: Lexicon) -> Frame | None:
    """The frame of the wanted type that a token opens."""
    for part in ("verb", "noun", "adjective"):
        for word in tree.words(index):
            for frame in lexicon.frames_of(part, word):
                if frame.type == type_:
                    return frame
    return None


def load(knowledge: Knowledge) -> Step:
    """The stage: every draft gets its actor, target, object and place."""
    lexicon = knowledge.lexicon

    def start(reading: Reading) -> Fill:
        scene = Scene(reading.mentions.entities)
        usual = most_common(e for e in reading.mentions.entities if e.kind == "place")
        last: list[Entity | None] = [None]

        def fill(draft: Draft, tree: Tree) -> Draft:
            at = trigger_of(draft, tree)
            frame = frame_at(tree, at, draft.type, lexicon)
            counted = tree.top(inside(draft, tree)) if draft.quantity else None
            where = place(tree, at, scene) or last[0] or usual
            last[0] = where
            return msgspec.structs.replace(
                draft,
                actor=as_party(actor(tree, at, frame, scene)),
                target=as_party(target(tree, at, frame, scene, counted)),
                place=as_place(where),
                object=thing(tree, draft.quantity, reading.document.text) if draft.quantity else None,
            )

        return fill

    return filling(start)


ROLES = Stage("roles", "1", ("sentences", "mentions.entities", "drafts"), ("drafts.actor", "drafts.target"), load)
