"""The stages that act on the trained reader's opinions, one for each field, so that each may be left to the rules."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np

from onrecord.claims.roles import as_party, as_place
from onrecord.claims.trained.speakers import Speakers
from onrecord.knowledge import Knowledge, Stage, Step
from onrecord.values import Draft, Opinion, Reading

Act = Callable[[Draft, Opinion], Draft]


def _acting(start: Callable[[Reading], Act]) -> Callable[[Knowledge], Step]:
    """A stage's ``load`` that acts on every draft that the model was asked about; others keep what the rules said."""

    def step(readings: Sequence[Reading]) -> list[Reading]:
        done = []
        for reading in readings:
            act = start(reading)
            drafts = tuple(draft if draft.opinion is None else act(draft, draft.opinion) for draft in reading.drafts)
            done.append(msgspec.structs.replace(reading, drafts=drafts))
        return done

    return lambda knowledge: step


def _always(act: Act) -> Callable[[Knowledge], Step]:
    return _acting(lambda reading: act)


def _told(draft: Draft, field: str, shares: Mapping[Any, float]) -> tuple[str, ...]:
    """The draft's reasons with the model's: its likeliest labels and their shares."""
    words = ", ".join(f"{label} {share:.2f}" for label, share in list(shares.items())[:3])
    return (*draft.reasons, f"{field} by the model: {words}")


def _type(draft: Draft, opinion: Opinion) -> Draft:
    best = next(iter(opinion.types))
    reasons = _told(draft, "type", opinion.types)
    return msgspec.structs.replace(draft, type=best, reasons=reasons)


def _status(draft: Draft, opinion: Opinion) -> Draft:
    """The likeliest status; but a figure that its source denies in so many words is denied: training saw none."""
    if draft.quantity is not None and draft.attribution is not None and draft.attribution.denies:
        return draft
    best = next(iter(opinion.statuses))
    reasons = _told(draft, "status", opinion.statuses)
    return msgspec.structs.replace(draft, status=best, reasons=reasons)


def _basis(draft: Draft, opinion: Opinion) -> Draft:
    if draft.quantity is None:
        return draft
    best = next(iter(opinion.bases))
    return msgspec.structs.replace(draft, basis=best, reasons=_told(draft, "basis", opinion.bases))


def _parties(draft: Draft, opinion: Opinion) -> Draft:
    actor, target = as_party(opinion.actor.party), as_party(opinion.target.party)
    return msgspec.structs.replace(draft, actor=actor, target=target)


def _place(draft: Draft, opinion: Opinion) -> Draft:
    return msgspec.structs.replace(draft, place=as_place(opinion.place.party))


def _time(draft: Draft, opinion: Opinion) -> Draft:
    return msgspec.structs.replace(draft, time=opinion.time.time)


def _speaking(reading: Reading) -> Act:
    speakers = Speakers(reading.mentions.attributions)

    def act(draft: Draft, opinion: Opinion) -> Draft:
        name = opinion.source.party.name if opinion.source.party else "nobody"
        reason = f"source by the model: {name} {opinion.source.share:.2f}"
        attribution = speakers.attribution(draft, opinion.source.party)
        return msgspec.structs.replace(draft, attribution=attribution, reasons=(*draft.reasons, reason))

    return act


def _stage(name: str, adds: tuple[str, ...], load: Callable[[Knowledge], Step], about: str) -> Stage:
    return Stage(f"trained {name}", "1", ("drafts.opinion",), adds, load, about)


TYPES = _stage("types", ("drafts.type",), _always(_type), "What happened: the type that the model finds likeliest.")
STATUS = Stage(
    "trained status", "1", ("drafts.opinion", "drafts.attribution"), ("drafts.status",), _always(_status),
    "How sure the source is, as the model finds likeliest; figures that are denied in so many words stay denied.",
)  # fmt: skip
BASIS = _stage("basis", ("drafts.basis",), _always(_basis), "Increment or total, as the model finds likeliest.")
PARTIES = _stage(
    "parties", ("drafts.actor", "drafts.target"), _always(_parties), "Who did it and to whom: the likeliest names."
)
PLACES = _stage("places", ("drafts.place",), _always(_place), "Where it happened: the likeliest place.")
MOMENTS = _stage("moments", ("drafts.time",), _always(_time), "When it happened: the likeliest time.")
SOURCES = Stage(
    "trained sources", "1", ("drafts.opinion", "mentions.attributions"), ("drafts.attribution",), _acting(_speaking),
    "Who asserts a draft: the likeliest name, with the attribution in which that party speaks.",
)  # fmt: skip


def confidence(points: Callable[[], Sequence[tuple[float, float]]]) -> Stage:
    """The stage that tells how likely source, type and status of a claim are all right.

    Args:
        points: pairs (raw, calibrated), rising; the product of the three shares is mapped along them.
    """

    def load(knowledge: Knowledge) -> Step:
        raw, told = zip(*points(), strict=True)

        def act(draft: Draft, opinion: Opinion) -> Draft:
            shares = (next(iter(opinion.types.values())), next(iter(opinion.statuses.values())), opinion.source.share)
            calibrated = float(np.interp(math.prod(shares), raw, told))
            return msgspec.structs.replace(draft, confidence=round(calibrated, 3))

        return _always(act)(knowledge)

    about = "How likely source, type and status of a draft are all right."
    return _stage("confidence", ("drafts.confidence",), load, about)


def selection(least: Callable[[], float]) -> Stage:
    """The stage that drops the events that the model would put on record with a share below ``least()``."""

    def load(knowledge: Knowledge) -> Step:
        bound = least()

        def step(readings: Sequence[Reading]) -> list[Reading]:
            return [
                msgspec.structs.replace(r, drafts=tuple(draft for draft in r.drafts if _kept(draft, bound)))
                for r in readings
            ]

        return step

    return _stage(
        "selection", ("drafts",), load, "Which events are put on record: those the model finds likely enough."
    )


def _kept(draft: Draft, least: float) -> bool:
    return draft.quantity is not None or (draft.opinion is not None and draft.opinion.keep >= least)
