"""What the trained reader thinks of each draft: who asserts it, what it tells, how sure, who and what has a part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

import msgspec
import numpy as np
import numpy.typing as npt

from onrecord.claims.trained.candidates import Candidate
from onrecord.claims.trained.leaning import answers, leaned
from onrecord.claims.trained.windows import Desk, Inputs, Window
from onrecord.knowledge import Knowledge, Stage, Step
from onrecord.models import Card, Pieces
from onrecord.values import Opinion, Pick, Reading

Scores = dict[str, npt.NDArray[Any]]
Label = TypeVar("Label", bound=str)
# So many windows are run side by side, while the next are laid out.
WORKERS = 2
# Shares below this are not told.
_LEAST = 0.01


class Runs(Protocol):
    """What gives scores: ``models.Model``, or a network in training."""

    card: Card
    pieces: Pieces
    digest: str

    def run(self, inputs: Inputs) -> Scores:
        """The scores of one run."""


def stage(model: Callable[[], Runs]) -> Stage:
    """The stage that asks ``model()``; every draft gets an opinion, but for those that fit no window."""

    def load(knowledge: Knowledge) -> Step:
        asked = model()
        desk = Desk(asked.card, asked.pieces, knowledge.lexicon)

        def step(readings: Sequence[Reading]) -> list[Reading]:
            return judged(readings, desk, asked)

        return step

    return Stage(
        "opinions",
        "1",
        ("document", "sentences", "mentions.quotations", "mentions.times", "mentions.quantities", "mentions.entities",
         "mentions.attributions", "drafts", "drafts.attribution", "drafts.type", "drafts.trigger", "drafts.status",
         "drafts.basis", "drafts.actor", "drafts.target", "drafts.place", "drafts.time"),
        ("drafts.opinion",),
        load,
        digest=lambda: model().digest,
    )  # fmt: skip


def judged(readings: Sequence[Reading], desk: Desk, model: Runs) -> list[Reading]:
    """The readings, each draft with its opinion.

    Each window is a run of its own: on a processor several in one run are no faster, and what the model thinks of one
    document would come to depend, in the last digits, on which others are read beside it.
    """
    with ThreadPoolExecutor(WORKERS) as pool:
        asked = [
            [(window, pool.submit(model.run, window.inputs)) for window in desk.windows(reading)]
            for reading in readings
        ]
        return [_told(reading, runs, model.card) for reading, runs in zip(readings, asked, strict=True)]


def _told(reading: Reading, runs: Sequence[tuple[Window, Future[Scores]]], card: Card) -> Reading:
    found: dict[int, Opinion] = {}
    for window, run in runs:
        rules = answers([reading.drafts[i] for i in window.drafts], window.candidates, card.labels)
        scores = leaned(run.result(), rules, card.lean, card.labels.roles)
        found.update(zip(window.drafts, _opinions(window, scores, card), strict=True))
    drafts = (msgspec.structs.replace(draft, opinion=found.get(i)) for i, draft in enumerate(reading.drafts))
    return msgspec.structs.replace(reading, drafts=tuple(drafts))


def _opinions(window: Window, scores: Scores, card: Card) -> Iterator[Opinion]:
    heat = card.temperatures
    types = _softmax(scores["types"] / heat.get("types", 1.0), 1)
    statuses = _softmax(scores["statuses"] / heat.get("statuses", 1.0), 1)
    bases = _softmax(scores["bases"] / heat.get("bases", 1.0), 1)
    keep = 1 / (1 + np.exp(-scores["keep"] / heat.get("keep", 1.0)))
    roles = {
        role: (
            _softmax(scores["links"][:, :, column], 1),
            _softmax(scores["links"][:, :, column] / heat.get(role, 1.0), 1),
        )
        for column, role in enumerate(card.labels.roles)
    }
    for row in range(len(window.drafts)):
        yield Opinion(
            keep=_rounded(keep[row]),
            types=_ranked(card.labels.types, types[row]),
            statuses=_ranked(card.labels.statuses, statuses[row]),
            bases=_ranked(card.labels.bases, bases[row]),
            **{role: _pick(window.candidates, bare[row], told[row]) for role, (bare, told) in roles.items()},
        )


def _softmax(scores: npt.NDArray[Any], axis: int) -> npt.NDArray[Any]:
    powers = np.exp(scores - scores.max(axis, keepdims=True))
    return powers / powers.sum(axis, keepdims=True)  # type: ignore[no-any-return]


def _rounded(share: float) -> float:
    return round(float(share), 4)


def _ranked(labels: Sequence[Label], shares: npt.NDArray[Any]) -> dict[Label, float]:
    """The labels that are likely at all, likeliest first."""
    order = sorted(range(len(labels)), key=lambda i: -shares[i])
    return {labels[i]: _rounded(shares[i]) for i in order if i == order[0] or shares[i] >= _LEAST}


def _pick(candidates: Sequence[Candidate], bare: npt.NDArray[Any], told: npt.NDArray[Any]) -> Pick:
    """The likeliest name, by its likeliest mention; nobody has the last share.

    What is likeliest follows the ``bare`` shares, in which the model was trained to add up the mentions of a name: a
    temperature would flatten many mentions and nobody unlike. What is ``told`` is calibrated.
    """
    by_name: dict[str, float] = defaultdict(float)
    best: dict[str, int] = {}
    for index, candidate in enumerate(candidates):
        by_name[candidate.name] += bare[index]
        if candidate.name not in best or bare[index] > bare[best[candidate.name]]:
            best[candidate.name] = index
    name = max(by_name, key=lambda name: by_name[name], default=None)
    if name is None or by_name[name] <= bare[-1]:
        return Pick(_rounded(told[-1]))
    chosen = candidates[best[name]]
    share = sum(told[index] for index, candidate in enumerate(candidates) if candidate.name == name)
    return Pick(_rounded(share), chosen.entity, chosen.time)
