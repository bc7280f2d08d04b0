"""The roles of a draft: actor, target, object and place."""

from __future__ import annotations

import msgspec

from onrecord.claims.actors import actor, target
from onrecord.claims.drafting import Fill, filling, inside
from onrecord.claims.drafting import trigger as trigger_of
from onrecord.claims.places import place, scene_of
from onrecord.claims.scene import Scene
from onrecord.claims.syntax import Tree
from onrecord.claims.things import theme, thing
from onrecord.knowledge import Knowledge, Stage, Step
from onrecord.knowledge.frames import Frame, Lexicon
from onrecord.values import Draft, Entity, Party, Place, Reading


def as_party(entity: Entity | None) -> Party | None:
    """An entity in the role of an actor or target."""
    if entity is None:
        return None
    return Party(entity.start, entity.end, entity.text, entity.name, entity.id, reason=entity.reason)


def as_place(entity: Entity | None) -> Place | None:
    """An entity in the role of a place."""
    if entity is None:
        return None
    return Place(entity.start, entity.end, entity.text, entity.name, entity.id, reason=entity.reason)


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
    added = knowledge.signs.of("own")

    def start(reading: Reading) -> Fill:
        scene = Scene(reading.mentions.entities)
        usual = scene_of(reading, scene)
        text = reading.document.text

        def fill(draft: Draft, tree: Tree) -> Draft:
            at = trigger_of(draft, tree)
            frame = frame_at(tree, at, draft.type, lexicon)
            counted = tree.top(inside(draft, tree)) if draft.quantity else None
            where = place(tree, at, scene) or usual
            return msgspec.structs.replace(
                draft,
                actor=as_party(actor(tree, at, frame, scene)),
                target=as_party(target(tree, at, frame, scene, counted)),
                place=as_place(where),
                object=thing(tree, draft.quantity, text, added) if draft.quantity else theme(tree, at, text),
            )

        return fill

    return filling(start)


ROLES = Stage(
    "roles",
    "1",
    ("document", "sentences", "mentions.entities", "drafts.type", "drafts.trigger"),
    ("drafts.actor", "drafts.target", "drafts.object", "drafts.place"),
    load,
)
