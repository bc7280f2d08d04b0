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

REACH = datetime.timedelta(days=60)
RECENT = 200  # claims before a denial among which it is sought what it denies
_MOST = 3  # statements that one denial answers, one of each voice
_ALIKE = 2


def denials(points: Sequence[Point]) -> Iterator[Link]:
    """The denials within a block, each linked to the latest statements that it denies."""
    told = sorted(points, key=order)
    for place, point in enumerate(told):
        if is_denial(point):
            yield from _answered(point, told[max(0, place - RECENT) : place])


def is_denial(point: Point) -> bool:
    """Whether it denies, on its own day."""
    return point.measure.status == "denied" and not point.measure.recalled


def _answered(denial: Point, told: Sequence[Point]) -> Iterator[Link]:
    heard: set[str] = set()
    for claim in reversed(told):
        if len(heard) >= _MOST or denial.said - claim.said > REACH:
            return
        if stance(claim) != "held" or claim.measure.mode == "event" or claim.measure.recalled:
            continue
        if claim.voice.key in heard or not _against(claim, denial):
            continue
        heard.add(claim.voice.key)
        reason = f"{denial.voice.name} denies what {claim.voice.name} says"
        yield link("denies", claim, denial, 0.6 + 0.1 * (claim.measure.number == denial.measure.number), reason)


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
