"""Hedges: the words by which a source says how sure it is, or that a thing is still to come."""

from __future__ import annotations

from typing import Literal

import msgspec

from onrecord.values import Status

HedgeKind = Literal[
    "modal", "adverb", "governor", "condition", "negation", "exception", "silence", "doubt", "false", "proof", "confirm"
]


class Hedge(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of one kind and the status they give.

    Attributes:
        kind: modal: an auxiliary of the clause's verb. adverb: anywhere in the clause. governor: a verb, adjective or
            noun above the clause ("plans to send"). condition: opens a conditional clause. negation: of the verb or
            of its arguments. exception: a phrase that only looks like a negation ("not only"). silence: verbs whose
            negation is a fact about the speaker ("did not comment"), not a denial. doubt: above the clause ("unclear
            whether"). false: a predicate of what is said ("the claim is false"). proof, confirm: above the clause,
            when negated ("no evidence that", "did not confirm that").
        words: lemmas or lower-case phrases.
        example: a sentence whose first claim has this status because of these words.
    """

    kind: HedgeKind
    words: tuple[str, ...]
    example: str
    status: Status = "asserted"


class Hedges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``hedges.toml``."""

    hedge: tuple[Hedge, ...]

    def of(self, kind: HedgeKind) -> dict[str, Status]:
        """The words of one kind with their status."""
        return {word: entry.status for entry in self.hedge if entry.kind == kind for word in entry.words}
