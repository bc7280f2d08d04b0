"""Denials: who says that it is not so, of what was said before."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from onrecord.series import compare
from onrecord.series.blocks import family
from onrecord.series.grouping import order
from onrecord.series.moves import link
from onrecord.series.statements import stance
from onrecord.series.voices import one_voice
from onrecord.values import Link, Point

_REACH = datetime.timedelta(days=60)
_TRIED = 200
_MOST = 3  # statements that one denial answers, one of each voice
_ALIKE = 2


def denials(points: Sequence[Point]) -> Iterator[Link]:
    """The denials within a block, each linked to the latest statements that it denies."""
    held: list[Point] = []
    for point in sorted(points, key=order):
        if stance(point) == "held" and point.measure.mode != "event" and not point.measure.recalled:
            held.append(point)
        elif point.measure.status == "denied" and not point.measure.recalled:
            yield from _answered(point, held)


def _answered(denial: Point, held: Sequence[Point]) -> Iterator[Link]:
    heard: set[str] = set()
    for claim in held[: -_TRIED - 1 : -1]:
        if len(heard) >= _MOST or denial.said - claim.said > _REACH:
            return
        if claim.voice.key in heard or not _against(claim, denial):
            continue
        heard.add(claim.voice.key)
        told = f"{denial.voice.name} denies what {claim.voice.name} says"
        yield link("denies", claim, denial, 0.6 + 0.1 * (claim.measure.number == denial.measure.number), told)


def _against(claim: Point, denial: Point) -> bool:
    """Whether a denial is of what a claim says: the same sort of thing between the same parties, in like words."""
    one, other = claim.measure, denial.measure
    if family(one.type) != family(other.type) or (claim.document == denial.document and one.order > other.order):
        return False
    if one_voice(claim.voice, denial.voice) is not None:
        return False
    if other.mode == "event":
        alike = bool(set(one.about) & set(other.about)) or compare.counted_alike(one.counted, other.counted)
        return other.deed and not one.part and len(set(one.parties) & set(other.parties)) >= _ALIKE and alike
    return compare.obstacle(one, other, loose=True) is None and compare.overlap(one, other)
