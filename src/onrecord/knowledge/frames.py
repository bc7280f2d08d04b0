"""Event frames: which words tell what happened, and to what kind of thing."""

from __future__ import annotations

from collections import defaultdict
from typing import Literal

import msgspec

from onrecord.values import Type

Part = Literal["verb", "noun", "adjective"]
Role = Literal["subject", "object", "to", "from", "against", "with", "of"]


class Frame(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that tell one type of event.

    Attributes:
        words: lemmas; a verb may carry its particle ("shoot down"), a noun its modifier ("death toll").
        counts: noun classes that may be counted by it; empty for any.
        weight: how surely the word tells the type, 0..2.
        actor, target: where in the syntax of the word the parties stand.
        event: whether the word makes an event on its own, without a figure.
        example: a sentence whose first figure (or event) has this type because of this frame.
    """

    type: Type
    part: Part
    words: tuple[str, ...]
    example: str
    counts: tuple[str, ...] = ()
    weight: float = 1.0
    actor: Role | None = "subject"
    target: Role | None = "object"
    event: bool = True


class NounClass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns that behave alike when counted.

    Attributes:
        default: the type of a figure that counts such a noun when nothing else tells it.
        weight: how strongly the noun alone tells ``default``.
    """

    name: str
    nouns: tuple[str, ...]
    example: str
    default: Type | None = None
    weight: float = 0.5


class Frames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``frames.toml``."""

    frame: tuple[Frame, ...]


class NounClasses(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``nouns.toml``."""

    noun_class: tuple[NounClass, ...]


def is_currency(unit: str | None) -> bool:
    """Whether a unit is money: an ISO 4217 code, three capital letters."""
    return unit is not None and len(unit) == 3 and unit.isalpha() and unit.isupper()


class Lexicon:
    """Frames by word and nouns by class, ready to be looked up."""

    def __init__(self, frames: Frames, classes: NounClasses) -> None:
        self.frames = frames.frame
        self.classes = classes.noun_class
        self._by_word: dict[tuple[str, str], list[Frame]] = defaultdict(list)
        for frame in frames.frame:
            for word in frame.words:
                self._by_word[frame.part, word].append(frame)
        self._class_of = {noun: entry for entry in classes.noun_class for noun in entry.nouns}

    def frames_of(self, part: str, word: str) -> list[Frame]:
        """The frames that ``word`` (a lemma, with its particle if it has one) opens; empty when none."""
        return self._by_word.get((part, word), [])

    def class_of(self, noun: str | None) -> NounClass | None:
        """The class of a counted noun, by its whole phrase ("air strike") or its last word ("strike")."""
        if not noun:
            return None
        return self._class_of.get(noun) or self._class_of.get(noun.rsplit(" ", 1)[-1].rsplit("-", 1)[-1])
