"""How each candidate stands to a draft: how far, in which syntax, and in which attribution."""

from __future__ import annotations

import bisect
import functools
from collections.abc import Sequence

import msgspec

from onrecord.claims.syntax import Tree
from onrecord.claims.trained.candidates import Candidate
from onrecord.claims.trained.sheet import Range, Sheet
from onrecord.claims.trained.subjects import Subject
from onrecord.claims.trained.tokens import NONE

COLUMNS = (
    "distance", "sentences", "paragraphs", "evidence", "rule", "attribution", "steps", "label", "side", "clause",
)  # fmt: skip
_BUCKETS = (0, 1, 2, 4, 8, 16, 32, 64, 128, 256)
_FAR = _BUCKETS[-1] + 1
_STEPS = 6
_LEVELS = 4
# So many attributions on either side of a draft are looked at, so that a draft costs the same in any document.
_NEAR = 8


class Spoken(msgspec.Struct, frozen=True):
    """An attribution with a known party, in tokens. ``at`` is where it is made: its source, cue or content."""

    name: str
    content: list[Range]
    at: int
    sentence: int
    paragraph: int


def spoken(sheet: Sheet) -> list[Spoken]:
    """The attributions of a document whose party is known, in the order of the text."""
    found = []
    for attribution in sheet.reading.mentions.attributions:
        if attribution.party is not None:
            content = sheet.ranges(attribution.content)
            places = sheet.ranges(attribution.source) or sheet.ranges(attribution.cue) or content
            at = places[0][0]
            found.append(Spoken(attribution.party.name, content, at, sheet.sentence(at), sheet.paragraph(at)))
    return sorted(found, key=lambda one: one.at)


def pair_features(
    sheet: Sheet, subject: Subject, candidates: Sequence[Candidate], said: Sequence[Spoken]
) -> list[tuple[str, ...]]:
    """One row of ``COLUMNS`` for each candidate, seen from one draft."""
    syntax = _Syntax(sheet, subject)
    speakers = _Speakers(sheet, subject, said)
    focus, sentence = subject.focus[0], subject.draft.sentence
    paragraph = sheet.paragraphs[sentence]
    chosen = _Chosen(subject)
    said_by = {name: speakers.relation(name) for name in {candidate.name for candidate in candidates}}
    rows: list[tuple[str, ...]] = []
    for candidate in candidates:
        first = candidate.tokens[0]
        here = sheet.sentence(first)
        rows.append(
            (
                _bucket(max(-_FAR, min(_FAR, first - focus))),
                str(max(-4, min(3, here - sentence))),
                str(max(-3, min(2, sheet.paragraphs[here] - paragraph))),
                "in" if subject.evidence[0] <= first < subject.evidence[1] else "out",
                chosen.of(candidate),
                said_by[candidate.name],
                *(syntax.of(candidate.head) if here == sentence else (NONE, NONE)),
                "before" if first < focus else "after",
                syntax.clause(candidate.head) if here == sentence else NONE,
            )
        )
    return rows


@functools.cache
def _bucket(distance: int) -> str:
    size = next((bound for bound in _BUCKETS if abs(distance) <= bound), "far")
    return f"{'-' if distance < 0 else '+'}{size}"


class _Chosen:
    """The roles that the rules gave to each name, by their first letters."""

    def __init__(self, subject: Subject) -> None:
        draft = subject.draft
        self._time = draft.time.start if draft.time is not None else None
        source = draft.attribution.party if draft.attribution else None
        roles = (("s", source), ("a", draft.actor), ("t", draft.target), ("p", draft.place))
        self._of: dict[str, str] = {}
        for sign, party in roles:
            if party is not None:
                self._of[party.name] = self._of.get(party.name, "") + sign

    def of(self, candidate: Candidate) -> str:
        """The letters of a candidate's roles."""
        if candidate.time is not None:
            return "time" if candidate.time.start == self._time else NONE
        return self._of.get(candidate.name, NONE)


class _Speakers:
    """Who speaks around a draft."""

    def __init__(self, sheet: Sheet, subject: Subject, said: Sequence[Spoken]) -> None:
        at = bisect.bisect_right(said, subject.trigger, key=lambda one: one.at)
        focus, sentence = subject.focus[0], subject.draft.sentence
        paragraph = sheet.paragraphs[sentence]
        near = said[max(0, at - _NEAR) : at + _NEAR]
        self._last = said[at - 1].name if at else None
        self._next = said[at].name if at < len(said) and said[at].paragraph == paragraph else None
        self._covering = {one.name for one in near if any(a <= focus < b for a, b in one.content)}
        self._sentence = {one.name for one in near if one.sentence == sentence}
        self._paragraph = {one.name for one in near if one.paragraph == paragraph}
        self._near = {one.name for one in near}

    def relation(self, name: str) -> str:
        """The closest relation of a name as a speaker to the draft."""
        for relation, holds in (
            ("covers", name in self._covering),
            ("sentence", name in self._sentence),
            ("last", name == self._last),
            ("next", name == self._next),
            ("paragraph", name in self._paragraph),
            ("near", name in self._near),
        ):
            if holds:
                return relation
        return NONE


class _Syntax:
    """The syntax of a draft's sentence, seen from its trigger."""

    def __init__(self, sheet: Sheet, subject: Subject) -> None:
        self._tree: Tree = sheet.trees[subject.draft.sentence]
        self._base = sheet.bases[subject.draft.sentence]
        trigger = subject.trigger - self._base
        self._home = self._tree.clause_of[trigger]
        path = [trigger]
        for above in self._tree.ancestors(trigger):
            if len(path) == _LEVELS:
                break
            path.append(above)
        self._levels = {index: level for level, index in enumerate(path)}
        self._distance = self._distances(trigger)

    def _distances(self, trigger: int) -> dict[int, int]:
        """Steps in the syntax from the trigger to each token nearby."""
        found, queue = {trigger: 0}, [trigger]
        for index in queue:
            if found[index] == _STEPS - 1:
                break
            for other in (*self._tree.children[index], self._tree.tokens[index].head):
                if other not in found:
                    found[other] = found[index] + 1
                    queue.append(other)
        return found

    def of(self, head: int) -> tuple[str, str]:
        """The steps to a token, and the label by which its phrase hangs on the trigger or on a word above that."""
        at = head - self._base
        steps = str(self._distance.get(at, _STEPS))
        if at in self._levels:
            return steps, "itself"
        for _ in range(_STEPS):
            above = self._tree.tokens[at].head
            if above == at:
                return steps, "root"
            if above in self._levels:
                return steps, f"{self._tree.tokens[at].dep} {self._levels[above]}"
            at = above
        return steps, "far"

    def clause(self, head: int) -> str:
        """Whether a token stands in the trigger's clause."""
        return "same" if self._tree.clause_of[head - self._base] == self._home else "other"
