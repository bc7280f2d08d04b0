"""The settings of a training run, kept beside the model that it makes."""

from __future__ import annotations

import msgspec

from training.encoders import Encoder


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a run is made with.

    Attributes:
        encoder: what training starts from. still: how many of its layers, from the lowest, keep their weights.
        share: of the reports that are trained on.
        seed: of everything random. threads: of the processor.
        epochs, batch: passes over the reports, and reports a step.
        encoder_rate, head_rate: highest learning rates; both rise over ``warm`` of the steps and fall to zero.
        width, heads, layers, link: sizes of what reads the encoder.
        dropout: of everything but the encoder's attention.
        hide: share of pieces hidden. untitled: share of reports read without their title.
        forget: share of drafts whose rule features are hidden; of pairs, that the rules' own choices are.
        swap: share of names that are swapped for others, and of reports whose numbers are.
        forms: in how many forms each report is shown (training/variants.py), without a teacher.
        lessons: share of steps in which the teacher's answers are learned, in the forms that it has seen.
        own, taught, states: weights of the annotators' answers, of a teacher's, and of a teacher's states.
        smoothing: of labels.
        average: decay of the running average of the weights, a step.
        longest, context, title: pieces of a window, of what it repeats, of the title.
    """

    encoder: Encoder = "small"
    still: int = 0
    share: float = 1.0
    seed: int = 20250327
    threads: int = 2
    epochs: int = 12
    batch: int = 4
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    warm: float = 0.1
    decay: float = 0.01
    width: int = 256
    heads: int = 8
    layers: int = 2
    link: int = 32
    dropout: float = 0.15
    hide: float = 0.08
    untitled: float = 0.15
    forget: float = 0.3
    swap: float = 0.4
    forms: int = 16
    lessons: float = 0.4
    own: float = 0.5
    taught: float = 1.0
    states: float = 1.0
    smoothing: float = 0.05
    average: float = 0.995
    longest: int = 512
    context: int = 128
    title: int = 32
