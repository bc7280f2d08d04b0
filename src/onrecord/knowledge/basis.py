"""Signs that tell an increment (added in a period, one incident's count) from a total (cumulative, a stock)."""

from __future__ import annotations

from typing import Literal

import msgspec

from onrecord.values import Type

SignKind = Literal["own", "clause", "tense", "type"]


class Sign(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words, tenses or types and how strongly they speak for a total (positive) or an increment (negative).

    Attributes:
        kind: own: a word of the figure itself. clause: a word or phrase of its clause. tense: of the clause's verb
            ("past", "perfect", "present", "future"). type: the claim's type.
        example: a sentence whose first figure has the basis that the weight's sign tells.
    """

    kind: SignKind
    words: tuple[str, ...]
    weight: float
    example: str


class Signs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``basis.toml``.

    Attributes:
        rates: words that make a figure a rate or a share, whose basis is unknown.
    """

    sign: tuple[Sign, ...]
    rates: tuple[str, ...]
    types: tuple[Type, ...] = ()

    def of(self, kind: SignKind) -> dict[str, float]:
        """The words of one kind with their weight."""
        return {word: sign.weight for sign in self.sign if sign.kind == kind for word in sign.words}
