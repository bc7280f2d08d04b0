"""A document cut into windows that the encoder can hold, each with the drafts it is asked about, as numbers."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from onrecord.claims.trained import mentions, pairs, subjects, tokens
from onrecord.claims.trained.candidates import Candidate, candidates
from onrecord.claims.trained.pairs import Spoken
from onrecord.claims.trained.relations import PADDING, TITLE, relations
from onrecord.claims.trained.sheet import Range, Sheet
from onrecord.claims.trained.subjects import Subject
from onrecord.knowledge.frames import Lexicon
from onrecord.models.card import Card
from onrecord.models.pieces import Pieces
from onrecord.values import Reading

Numbers = npt.NDArray[np.int64]
Inputs = dict[str, npt.NDArray[Any]]


class Window(msgspec.Struct, frozen=True):
    """One run of the model: T pieces, C drafts, K candidates (one that fits no role where the text has none).

    Attributes:
        drafts: for each of the C drafts its index in ``Reading.drafts``.
        candidates: the K candidates.
        inputs: the model's inputs by name. Places are pieces ``[first, last)``.
            ``pieces`` [T], ``tokens`` [T, columns], ``subjects`` [C, 6] (first and last piece of focus, trigger and
            evidence), ``subject_features`` [C, columns], ``relations`` [C, T], ``candidates`` [K, 4] (whole and head),
            ``candidate_features`` [K, columns], ``pairs`` [C, K, columns], ``fits`` [K, roles] (a time fits only the
            role "time", and nothing else does).
    """

    drafts: tuple[int, ...]
    candidates: tuple[Candidate, ...]
    inputs: Inputs


class Stretch(msgspec.Struct, frozen=True):
    """Tokens ``[first, last)`` of a window; drafts before ``own`` belong to an earlier window."""

    first: int
    own: int
    last: int


class Desk:
    """Cuts readings into windows.

    Args:
        card: says how long windows are and which ids features have.
        pieces: cuts words into pieces.
        lexicon: the event frames.
    """

    def __init__(self, card: Card, pieces: Pieces, lexicon: Lexicon) -> None:
        self._card, self._pieces, self._lexicon = card, pieces, lexicon
        self._tokens, self._subjects = card.tokens.coder(tokens.COLUMNS), card.subjects.coder(subjects.COLUMNS)
        self._candidates, self._pairs = card.candidates.coder(mentions.COLUMNS), card.pairs.coder(pairs.COLUMNS)

    @property
    def hides(self) -> int:
        """The piece that stands for a hidden one."""
        return self._pieces.hides

    def windows(self, reading: Reading, words: Sequence[str] | None = None) -> Iterator[Window]:
        """The windows of a reading that hold drafts, in the order of the text.

        ``words``, one for each token, are read in place of the tokens' own; training swaps names by them.
        """
        if not reading.drafts:
            return
        sheet = Sheet(reading)
        title = self._title(reading.document.title)
        pieces = self._pieces.of(words or [token.text for token in sheet.words.tokens])
        found = candidates(sheet)
        view = _View(
            sheet,
            subjects.subjects(sheet, self._lexicon),
            found,
            self._candidates.rows(mentions.candidate_features(sheet, found)),
            pairs.spoken(sheet),
            tokens.token_features(sheet, self._lexicon),
        )
        room = self._card.longest - len(title) - 3
        for stretch in stretches(sheet, [len(ids) for ids in pieces], room, self._card.context):
            drafts = [
                i for i, s in enumerate(view.subjects) if stretch.own <= s.focus[0] and s.focus[1] <= stretch.last
            ]
            if drafts:
                yield self._window(view, stretch, title, pieces, drafts)

    def _title(self, title: str | None) -> list[int]:
        found = [id_ for ids in self._pieces.of((title or "").split()) for id_ in ids]
        return found[: self._card.title]

    def _window(
        self, view: _View, stretch: Stretch, title: list[int], pieces: Sequence[tuple[int, ...]], drafts: list[int]
    ) -> Window:
        first, last = stretch.first, stretch.last
        near = range(
            bisect.bisect_left(view.candidates, first, key=lambda c: c.tokens[0]),
            bisect.bisect_left(view.candidates, last, key=lambda c: c.tokens[0]),
        )
        chosen = [i for i in near if view.candidates[i].tokens[1] <= last]
        inside = [view.candidates[i] for i in chosen]
        asked = [view.subjects[i] for i in drafts]
        layout = Layout(title, pieces, first, last, self._card.longest)
        marks = [view.tokens[i] for i in range(first, last)]
        near_pairs = [self._pairs.rows(pairs.pair_features(view.sheet, s, inside, view.said)) for s in asked]
        inputs: Inputs = {
            "pieces": np.array(layout.ids(self._pieces.opens, self._pieces.closes), np.int64),
            "tokens": layout.spread(self._tokens.rows(marks)),
            "subjects": _array([_places(layout, s) for s in asked], 6),
            "subject_features": _array(self._subjects.rows(s.features for s in asked), len(self._card.subjects.names)),
            "relations": np.stack([layout.relate(relations(view.sheet, s, first, last)) for s in asked]),
            "candidates": _array([layout.place(c.tokens) + layout.place((c.head, c.head + 1)) for c in inside], 4),
            "candidate_features": _array([view.rows[i] for i in chosen], len(self._card.candidates.names)),
            "fits": _fits(inside, self._card.labels.roles),
            "pairs": np.array(near_pairs, np.int64).reshape(len(asked), len(inside), len(self._card.pairs.names)),
        }
        return Window(tuple(drafts), tuple(inside), inputs if inside else inputs | self._nobody(len(asked)))

    def _nobody(self, drafts: int) -> Inputs:
        """One candidate that fits no role: the weights cannot be run without any."""
        return {
            "candidates": np.array([[0, 1, 0, 1]], np.int64),
            "candidate_features": np.zeros((1, len(self._card.candidates.names)), np.int64),
            "fits": np.zeros((1, len(self._card.labels.roles)), np.bool_),
            "pairs": np.zeros((drafts, 1, len(self._card.pairs.names)), np.int64),
        }


class _View(msgspec.Struct, frozen=True):
    """What is known of a whole document before it is cut."""

    sheet: Sheet
    subjects: list[Subject]
    candidates: list[Candidate]
    rows: list[list[int]]
    said: list[Spoken]
    tokens: list[tuple[str, ...]]


class Layout:
    """Where the pieces of a window stand: an opening sign, the title, a sign, the tokens, a sign."""

    def __init__(
        self, title: Sequence[int], pieces: Sequence[tuple[int, ...]], first: int, last: int, longest: int
    ) -> None:
        self._title = list(title)
        self._pieces = pieces[first:last]
        self._first = first
        self._lead = len(title) + 2
        counts = np.array([len(ids) for ids in self._pieces], np.int64)
        self._counts = counts
        self._ends = self._lead + np.cumsum(counts)
        self.length = int(self._ends[-1]) + 1
        assert self.length <= longest, f"a window of {self.length} pieces"  # noqa: S101 - stretches() keeps this

    def ids(self, opens: int, closes: int) -> list[int]:
        """The pieces."""
        return [opens, *self._title, closes, *(id_ for ids in self._pieces for id_ in ids), closes]

    def place(self, tokens: Range) -> tuple[int, int]:
        """The pieces of the tokens, as far as they lie in the window; at least one."""
        last = len(self._counts)
        first, end = (min(max(0, token - self._first), last) for token in tokens)
        first = min(first, last - 1)
        start = int(self._ends[first] - self._counts[first])
        return start, max(start + 1, int(self._ends[max(end, first + 1) - 1]))

    def spread(self, rows: Sequence[Sequence[int]]) -> Numbers:
        """A row for each token, repeated for each of its pieces; zeros for the signs and the title."""
        given = np.array(rows, np.int64)
        found = np.zeros((self.length, given.shape[1]), np.int64)
        found[self._lead : -1] = np.repeat(given, self._counts, axis=0)
        return found

    def relate(self, found: bytearray) -> Numbers:
        """A relation for each token, repeated for each of its pieces."""
        whole = np.full(self.length, TITLE, np.int64)
        whole[self._lead : -1] = np.repeat(np.frombuffer(found, np.uint8), self._counts)
        whole[-1] = PADDING
        return whole


def stretches(sheet: Sheet, sizes: Sequence[int], room: int, context: int) -> Iterator[Stretch]:
    """The windows of a document: whole sentences of at most ``room`` pieces, after up to ``context`` pieces before.

    A sentence that is too long by itself is cut at the end.
    """
    bases = sheet.bases
    lengths = [sum(sizes[a:b]) for a, b in itertools.pairwise(bases)]
    at = 0
    while at < len(lengths):
        first = _context(sheet, lengths, at, min(context, room - lengths[at]))
        used = sum(lengths[first:at])
        end = at
        while end < len(lengths) and used + lengths[end] <= room:
            used += lengths[end]
            end += 1
        if end == at:
            yield Stretch(bases[at], bases[at], _cut(sizes, bases[at], room))
            end = at + 1
        else:
            yield Stretch(bases[first], bases[at], bases[end])
        at = end


def _context(sheet: Sheet, lengths: Sequence[int], at: int, room: int) -> int:
    """The first sentence of what may be repeated before sentence ``at``: of its own paragraph and the one before."""
    first = at
    while first > 0 and sheet.paragraphs[at] - sheet.paragraphs[first - 1] <= 1 and lengths[first - 1] <= room:
        first -= 1
        room -= lengths[first]
    return first


def _cut(sizes: Sequence[int], first: int, room: int) -> int:
    """The token at which pieces run out."""
    last = first
    while last < len(sizes) and sizes[last] <= room:
        room -= sizes[last]
        last += 1
    return max(last, first + 1)


def _places(layout: Layout, subject: Subject) -> tuple[int, ...]:
    trigger = (subject.trigger, subject.trigger + 1)
    return layout.place(subject.focus) + layout.place(trigger) + layout.place(subject.evidence)


def _fits(given: Sequence[Candidate], roles: Sequence[str]) -> npt.NDArray[np.bool_]:
    rows = [[(candidate.time is not None) == (role == "time") for role in roles] for candidate in given]
    return np.array(rows, np.bool_).reshape(len(given), len(roles))


def _array(rows: Sequence[Sequence[int]], width: int) -> Numbers:
    return np.array(rows, np.int64).reshape(len(rows), width)
