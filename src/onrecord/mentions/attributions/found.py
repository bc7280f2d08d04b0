"""What the cue rules hand to each other: an attribution in the making."""

from __future__ import annotations

from typing import Literal

import msgspec

from onrecord.values import Span

# before: the content follows ("X said that …"); aside: it stands around ("…, X said, …"); set: the rule knows it.
Mode = Literal["before", "aside", "set"]


class Found(msgspec.Struct, frozen=True):
    """A cue with its source, before its content is cut out of the sentence.

    Attributes:
        sentence: index in ``Reading.sentences``.
        head: token index of the cue's main word.
        first, end: token range of source and cue together, with the adverbials that belong to them.
        source, cue: token ranges; ``source`` is ``None`` when no words name it.
        complement: where the content begins (``before``), or the content's token range (``set``).
        owner: the words within ``source`` that name the party ("the ministry" in "the ministry's figures").
        via: token ranges of intermediaries, outermost first.
        heard: token range of an addressee, who is an intermediary if an outlet ("told Reuters").
        rule: the name of the rule that found it.
    """

    sentence: int
    head: int
    first: int
    end: int
    source: tuple[int, int] | None
    cue: tuple[int, int]
    mode: Mode
    rule: str
    complement: tuple[int, int] | None = None
    owner: tuple[int, int] | None = None
    via: tuple[tuple[int, int], ...] = ()
    heard: tuple[int, int] | None = None
    denies: bool = False
    speech_act: bool = False
    weak: bool = False


class Placed(msgspec.Struct, frozen=True):
    """A found attribution whose words have their places in the text.

    ``inherited`` marks a continuation: the cue stands in an earlier sentence.
    """

    found: Found
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    owner: Span | None
    via: tuple[Span, ...] = ()
    heard: Span | None = None
    inherited: bool = False
