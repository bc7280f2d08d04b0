"""Windows and their answers as padded tensors."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
import torch
from torch import Tensor

from onrecord.claims.trained.windows import Desk, Window
from onrecord.models.card import Labels
from training.answers import Answer
from training.dataset import Example
from training.device import there

UNKNOWN = -100


# What a teacher answers for one window, and its states (training/teach.py).
Lesson = dict[str, Tensor]


class Item(msgspec.Struct, frozen=True):
    """A window with an answer (or none) for each of its drafts, and what a teacher thinks of it."""

    window: Window
    answers: list[Answer | None]
    lesson: Lesson | None = None


class Batch(msgspec.Struct, frozen=True):
    """What a step learns from: B windows, C drafts, K candidates.

    Attributes:
        inputs: as ``network.Network.forward`` has them.
        labels: ``types``, ``statuses``, ``bases`` [B, C]; ``UNKNOWN`` where there is none.
        keep: [B, C]: 1 on record, 0 not, negative for padding.
        right: [B, C, K + 1, roles]: the candidates that are right; any somebody where nobody stands for the right one.
        asked: [B, C, roles]: whether the annotators tell.
        lesson: what a teacher answers, padded; ``None`` without one.
    """

    inputs: dict[str, Tensor]
    labels: dict[str, Tensor]
    keep: Tensor
    right: Tensor
    asked: Tensor
    lesson: Lesson | None = None


def placed(batch: Batch) -> Batch:
    """The batch where the network is."""
    rest = there({"keep": batch.keep, "right": batch.right, "asked": batch.asked})
    lesson = None if batch.lesson is None else there(batch.lesson)
    return Batch(there(batch.inputs), there(batch.labels), **rest, lesson=lesson)


def items(desk: Desk, example: Example, words: Sequence[str] | None = None) -> list[Item]:
    """The windows of an example; ``words`` are read in place of its own."""
    windows = desk.windows(example.reading, words)
    return [Item(window, [example.answers[draft] for draft in window.drafts]) for window in windows]


def collate(given: Sequence[Item], labels: Labels) -> Batch:
    """Items as one batch, padded to the largest."""
    inputs = [{**item.window.inputs, **_real(item.window)} for item in given]
    targets = [_targets(item, labels) for item in given]
    joined = {name: _padded([part[name] for part in inputs], 0) for name in inputs[0]}
    wanted = {name: _padded([part[name] for part in targets], fill) for name, fill in _FILL.items()}
    return Batch(
        inputs=joined,
        labels={name: wanted[name] for name in ("types", "statuses", "bases")},
        keep=wanted["keep"],
        right=torch.cat([_padded([part["right"] for part in targets], 0), wanted["nobody"][:, :, None]], 2),
        asked=wanted["asked"],
        lesson=_lesson([item.lesson for item in given if item.lesson is not None]),
    )


def _lesson(given: Sequence[Lesson]) -> Lesson | None:
    """The lessons of a batch's items, padded; nobody stays the last of the candidates."""
    if not given:
        return None
    parts = [{name: value.float().numpy() for name, value in lesson.items()} for lesson in given]
    found = {name: _padded([part[name] for part in parts], 0) for name in parts[0] if name != "links"}
    near = _padded([part["links"][:, :-1] for part in parts], -1e4)
    nobody = _padded([part["links"][:, -1:] for part in parts], 0)
    return {**found, "links": torch.cat([near, nobody], 2)}


def _real(window: Window) -> dict[str, np.ndarray]:
    """What is no padding."""
    return {"attend": np.ones(len(window.inputs["pieces"]), bool), "peers": np.ones(len(window.drafts), bool)}


_FILL = {"types": UNKNOWN, "statuses": UNKNOWN, "bases": UNKNOWN, "keep": -1, "nobody": 0, "asked": 0}


def _targets(item: Item, labels: Labels) -> dict[str, np.ndarray]:
    drafts, near, roles = len(item.answers), len(item.window.inputs["candidates"]), len(labels.roles)
    found = {name: np.full(drafts, UNKNOWN) for name in ("types", "statuses", "bases")}
    found["keep"] = np.array([float(answer is not None) for answer in item.answers], np.float32)
    found["nobody"], found["asked"] = np.zeros((drafts, roles), bool), np.zeros((drafts, roles), bool)
    found["right"] = np.zeros((drafts, near, roles), bool)
    fits = item.window.inputs["fits"]
    for row, answer in enumerate(item.answers):
        if answer is None:
            continue
        found["types"][row] = labels.types.index(answer.type)
        found["statuses"][row] = labels.statuses.index(answer.status)
        if answer.basis is not None:
            found["bases"][row] = labels.bases.index(answer.basis)
        for column, role in enumerate(labels.roles):
            _link(found, row, column, answer.links[role], item.window, fits)
    return found


def _link(
    found: dict[str, np.ndarray], row: int, column: int, names: frozenset[str] | None, window: Window, fits: np.ndarray
) -> None:
    """Write which candidates fill one role of one draft."""
    if names is None:
        right = fits[:, column]
    else:
        named = np.array([c.name in names for c in window.candidates], bool)
        right = fits[:, column].copy()
        right[: len(named)] &= named
    found["right"][row, :, column] = right
    found["nobody"][row, column] = names == frozenset()
    found["asked"][row, column] = bool(found["nobody"][row, column] or right.any())


def _padded(parts: Sequence[np.ndarray], fill: float) -> Tensor:
    """The parts stacked, each padded at its ends with ``fill``."""
    shape = tuple(max(sizes) for sizes in zip(*(part.shape for part in parts), strict=True))
    whole = np.full((len(parts), *shape), fill, parts[0].dtype)
    for row, part in enumerate(parts):
        whole[(row, *(slice(size) for size in part.shape))] = part
    return torch.from_numpy(whole)
