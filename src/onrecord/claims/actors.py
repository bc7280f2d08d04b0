"""Who did it and to whom: the parties in the syntax around a trigger.

A party is an entity that the names stage found. Where the syntax offers none the role stays empty: an invented actor is
worse than none.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.claims.scene import PARTIES, Scene
from onrecord.claims.syntax import Tree
from onrecord.knowledge.frames import Frame
from onrecord.values import Entity

_SUBJECT = ("nsubj", "nsubjpass", "csubj")
_PREPOSITIONS = {
    "to": frozenset({"to", "into", "for", "toward", "towards"}),
    "against": frozenset({"against", "on", "at", "over"}),
    "with": frozenset({"with", "and"}),
    "of": frozenset({"of", "from"}),
    "from": frozenset({"from"}),
}


def actor(tree: Tree, trigger: int, frame: Frame | None, scene: Scene) -> Entity | None:
    """Who does what the trigger names."""
    token = tree.tokens[trigger]
    if token.pos not in ("VERB", "AUX"):
        return _modifier(tree, trigger, scene) or _by(tree, trigger, scene)
    if frame is not None and frame.actor != "subject":
        return None
    if is_passive(tree, trigger):
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


def is_passive(tree: Tree, trigger: int) -> bool:
    """Whether a verb stands in the passive, so that its subject suffers what it tells."""
    token = tree.tokens[trigger]
    if tree.passive(trigger):
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
        labels = ("nsubjpass", "nsubj") if role == "subject" or is_passive(tree, trigger) else ("dobj", "dative")
        for child in tree.dependents(trigger, *labels):
            return scene.below(tree, child)
        return None
    wanted = _PREPOSITIONS.get(role or "", frozenset())
    near = [trigger, *tree.dependents(trigger, "dobj", "nsubjpass"), *([counted] if counted is not None else [])]
    for index in near:
        for child in tree.children[index]:
            if tree.tokens[child].lower in wanted:
                for noun in tree.dependents(child, "pobj"):
                    return scene.below(tree, noun, PARTIES | {"place"})
            if tree.tokens[child].dep == "dative":
                return scene.below(tree, child)
    return None
