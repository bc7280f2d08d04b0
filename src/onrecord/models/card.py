"""What the weights were trained for: the card beside them, without which their numbers mean nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from onrecord.values import Basis, ModelError, Status, Type


class Columns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The values that each column of a table of features may take, by rank; a value's id is its rank plus one.

    Id 0 stands for a value that the training corpus had too rarely.
    """

    names: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]

    def coder(self, given: Sequence[str]) -> Coder:
        """The look-up of ids, from rows whose columns are called ``given``: the model may know fewer of them.

        Raises:
            ModelError: if the model needs a column that is not given.
        """
        missing = [name for name in self.names if name not in given]
        if missing:
            raise ModelError(f"the model needs the feature {missing[0]!r}, which is not computed; reinstall onrecord")
        return Coder(self, [given.index(name) for name in self.names])

    @property
    def sizes(self) -> list[int]:
        """How many ids each column has."""
        return [len(values) + 1 for values in self.values]


class Coder:
    """From rows of words to rows of ids."""

    def __init__(self, columns: Columns, at: Sequence[int]) -> None:
        ids = [{value: rank + 1 for rank, value in enumerate(values)} for values in columns.values]
        self._ids = list(zip(at, ids, strict=True))

    def rows(self, rows: Iterable[Sequence[str]]) -> list[list[int]]:
        """The ids of each row; each row has one word for each column that is given."""
        ids = self._ids
        return [[known.get(row[at], 0) for at, known in ids] for row in rows]


class Labels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What each output stands for, in the order of the outputs."""

    types: tuple[Type, ...]
    statuses: tuple[Status, ...]
    bases: tuple[Basis, ...]
    roles: tuple[str, ...]


class Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``card.json``.

    Attributes:
        name, version: of the model; the version changes with the weights.
        license, data, limits, metrics, settings: for people: what it was trained on, how well it reads, what it cannot.
        labels: what the outputs stand for.
        tokens, subjects, candidates, pairs: the columns of the features.
        longest: pieces that a window may have. context: how many of them may repeat what stands before it.
        title: pieces of the title that stand before each window.
        lean: what is added to the scores of the answer that the rules gave, by question.
        temperatures: what the scores of each output are divided by, so that they say how often they are right.
        keep: an event is kept when its score (0..1) is at least this.
        confidence: pairs (raw, calibrated), rising; between them confidence runs straight.
        files: SHA-256 of the files beside the card, by name.
    """

    name: str
    version: str
    license: str
    data: dict[str, Any]
    limits: tuple[str, ...]
    metrics: dict[str, Any]
    settings: dict[str, Any]
    labels: Labels
    tokens: Columns
    subjects: Columns
    candidates: Columns
    pairs: Columns
    longest: int
    context: int
    title: int
    lean: dict[str, float]
    temperatures: dict[str, float]
    keep: float
    confidence: tuple[tuple[float, float], ...]
    files: dict[str, str] = {}
