"""What the trained reader thinks of each draft: who asserts it, what it tells, how sure, who and what has a part."""

from __future__ import annotations

from collections import defaultdict, deque
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
# So many windows at most wait for their turn or to be looked at, which bounds the memory of a long report.
_AHEAD = 4 * WORKERS
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
    found: list[dict[int, Opinion]] = [{} for _ in readings]
    for number, window, scores in _runs(readings, desk, model):
        rules = answers([readings[number].drafts[i] for i in window.drafts], window.candidates, model.card.labels)
        scores = leaned(scores, rules, model.card.lean, model.card.labels.roles)
        found[number].update(zip(window.drafts, _opinions(window, scores, model.card), strict=True))
    return [_told(reading, opinions) for reading, opinions in zip(readings, found, strict=True)]


def _runs(readings: Sequence[Reading], desk: Desk, model: Runs) -> Iterator[tuple[int, Window, Scores]]:
    """Every window with its scores and the number of its reading, in order; only a few are held at a time."""
    with ThreadPoolExecutor(WORKERS) as pool:
        waiting: deque[tuple[int, Window, Future[Scores]]] = deque()
        for number, reading in enumerate(readings):
            for window in desk.windows(reading):
                waiting.append((number, window, pool.submit(model.run, window.inputs)))
                if len(waiting) > _AHEAD:
                    yield _done(*waiting.popleft())
        while waiting:
            yield _done(*waiting.popleft())


def _done(number: int, window: Window, run: Future[Scores]) -> tuple[int, Window, Scores]:
    return number, window, run.result()


def _told(reading: Reading, found: dict[int, Opinion]) -> Reading:
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
