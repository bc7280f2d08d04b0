"""Where a series stands: what each voice said first and last, and how many voices there are."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

import msgspec

from onrecord.series.statements import Statement, stance, statements
from onrecord.series.voices import independent
from onrecord.series.words import figure
from onrecord.values import Point, Series, SeriesKey, Voice


class Line(msgspec.Struct, frozen=True):
    """One voice in a series.

    Attributes:
        voice: who; an outlet where no report names a source.
        first, latest: its first and its latest claim of another value; the same one when it said one thing only.
        changes: how often its figure changed.
        claims, documents: how many claims give its figures, in how many reports; repetitions included.
        sourced: whether it vouches, and is not an outlet that tells a figure in its own voice.
    """

    voice: Voice
    first: Point
    latest: Point
    changes: int
    claims: int
    documents: int
    sourced: bool


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """A series in a line.

    Attributes:
        id, key: of the series.
        claims, documents: how many. voices: how many independent ones vouch for a figure.
        first_said, last_said: the first and the last day on which it was told.
        first, latest: the first and the latest figure, in words.
        low, high: the lowest and the highest number that is held by a voice at the end.
    """

    id: str
    key: SeriesKey
    claims: int
    documents: int
    voices: int
    first_said: datetime.date
    last_said: datetime.date
    first: str
    latest: str
    low: float | None
    high: float | None


def lines(series: Series) -> list[Line]:
    """The voices of a series, those that vouch before those that merely report, each group by its first claim."""
    by_voice: dict[str, list[Statement]] = {}
    for statement in statements(series.points):
        by_voice.setdefault(statement.voice.key, []).append(statement)
    found = [_line(said) for said in by_voice.values()]
    return sorted(found, key=lambda line: (not line.sourced, line.first.said))


def _line(said: Sequence[Statement]) -> Line:
    points = [point for statement in said for point in statement.points]
    return Line(
        said[0].voice,
        said[0].first,
        said[-1].first,
        len(said) - 1,
        len(points),
        len({point.document for point in points}),
        any(statement.sourced for statement in said),
    )


def current(series: Series) -> list[Point]:
    """What each voice that vouches held at the end: its latest figure, unless it denies it or only plans it."""
    return [line.latest for line in lines(series) if line.sourced and stance(line.latest) == "held"]


def voices(points: Iterable[Point]) -> list[Voice]:
    """Independent voices: of those that speak for one state, or bear one name, only the first."""
    kept: list[Voice] = []
    for point in points:
        voice = point.voice
        if all(independent(other, voice) for other in kept):
            kept.append(voice)
    return kept


def summary(series: Series) -> Summary:
    """The series in a line."""
    held = current(series)
    numbers = [number for point in held or series.points if (number := point.measure.number) is not None]
    return Summary(
        id=series.id,
        key=series.key,
        claims=len(series.points),
        documents=len({point.document for point in series.points}),
        voices=len(voices(held)),
        first_said=series.points[0].said,
        last_said=series.points[-1].said,
        first=figure(series.points[0].measure),
        latest=figure(series.points[-1].measure),
        low=min(numbers, default=None),
        high=max(numbers, default=None),
    )
