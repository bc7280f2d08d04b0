"""House rules: how well-known data sets would put one series into numbers. Each names itself in all that it gives.

Nothing is averaged: every number is one that some source stated.

References:
    acled: ACLED (2023), Codebook: the most conservative estimate is coded where reports differ.
    ucdp: Sundberg and Melander (2013), Introducing the UCDP Georeferenced Event Dataset, Journal of Peace Research
        50(4): a low, a best and a high estimate.
    two-source: Iraq Body Count, Methods: an incident counts once two independent sources report it; its minimum and
        maximum are kept.
    airwars: Airwars, Casualty assessment: confirmed, fair, weak, contested.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Literal

import msgspec

from onrecord.series import compare
from onrecord.series.standing import current, lines, voices
from onrecord.series.statements import stance
from onrecord.values import Point, Series

Rule = Literal["literal", "acled", "ucdp", "two-source", "airwars"]
RULES: tuple[Rule, ...] = ("literal", "acled", "ucdp", "two-source", "airwars")


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """One series under one rule.

    Attributes:
        rule: its name.
        low, best, high: numbers that sources stated; ``None`` where the rule gives none.
        grade: a word of the rule, where it has words.
        note: how it came about, in a sentence.
        claims: ids of the claims whose numbers these are.
    """

    rule: Rule
    low: float | None = None
    best: float | None = None
    high: float | None = None
    grade: str | None = None
    note: str
    claims: tuple[str, ...] = ()


def verdict(series: Series, rule: Rule) -> Verdict:
    """What a rule makes of a series, by what each voice held last."""
    held = current(series)
    return {"literal": _literal, "acled": _acled, "ucdp": _ucdp, "two-source": _two, "airwars": _airwars}[rule](
        series, held
    )


def _literal(series: Series, held: Sequence[Point]) -> Verdict:
    """Every voice as it stands: the latest claim, whoever made it."""
    if not held:
        return Verdict(rule="literal", note="no source vouches for a figure; the claims stand as they are told")
    last = max(held, key=_when)
    m = last.measure
    note = f"as {last.voice.name} said on {last.said}, the latest of {len(held)} sources"
    return Verdict(rule="literal", low=m.low, high=m.high, note=note, claims=(last.claim,))


def _acled(series: Series, held: Sequence[Point]) -> Verdict:
    """The most conservative: the lowest number that a source holds."""
    if not held:
        return Verdict(rule="acled", note="no source vouches for a figure")
    least = min(held, key=lambda point: (_number(point), _when(point)))
    note = f"the most conservative of {len(held)} sources, {least.voice.name}"
    return Verdict(rule="acled", best=_number(least), note=note, claims=(least.claim,))


def _ucdp(series: Series, held: Sequence[Point]) -> Verdict:
    """Lowest and highest; best is what most independent voices hold, the latest of them where they are as many."""
    if not held:
        return Verdict(rule="ucdp", note="no source vouches for a figure")
    low, high = min(held, key=_number), max(held, key=_number)
    best = max(held, key=lambda point: (len(voices(_agreeing(point, held))), _when(point)))
    backing = len(voices(_agreeing(best, held)))
    note = f"best: {best.voice.name}, with {backing} independent of {len(voices(held))} in agreement"
    claims = tuple(dict.fromkeys((low.claim, best.claim, high.claim)))
    return Verdict(
        rule="ucdp", low=_number(low), best=_number(best), high=_number(high), note=note, claims=claims
    )  # fmt: skip


def _two(series: Series, held: Sequence[Point]) -> Verdict:
    """Counted once two independent sources vouch for it; then the minimum and maximum."""
    count = len(voices(held))
    if count < 2:
        return Verdict(rule="two-source", note=f"not counted: {count} independent source, two are needed")
    low, high = min(held, key=_number), max(held, key=_number)
    claims = tuple(dict.fromkeys((low.claim, high.claim)))
    note = f"counted: {count} independent sources, minimum and maximum"
    return Verdict(rule="two-source", low=_number(low), high=_number(high), note=note, claims=claims)


def _airwars(series: Series, held: Sequence[Point]) -> Verdict:
    """Confirmed: a party to it says so itself. Contested: somebody denies it. Fair: two sources or more. Weak: one."""
    denied = [line.latest for line in lines(series) if stance(line.latest) == "denied"]
    own = [point for point in held if point.voice.state is not None and point.voice.state in series.key.parties[:1]]
    count = len(voices(held))
    if denied:
        grade, note = "contested", f"{denied[0].voice.name} denies it"
    elif own and len(series.key.parties) > 1:
        grade, note = "confirmed", f"{own[0].voice.name}, a party to it, says so itself"
    elif count >= 2:
        grade, note = "fair", f"{count} independent sources"
    else:
        grade, note = "weak", f"{count} source" if count == 1 else "no source vouches for it"
    numbers = [_number(point) for point in held]
    return Verdict(
        rule="airwars", low=min(numbers, default=None), high=max(numbers, default=None), grade=grade, note=note,
        claims=tuple(point.claim for point in held),
    )  # fmt: skip


def _agreeing(point: Point, held: Sequence[Point]) -> list[Point]:
    return [other for other in held if compare.overlap(point.measure, other.measure)]


def _number(point: Point) -> float:
    return point.measure.number or 0.0


def _when(point: Point) -> tuple[datetime.date, str]:
    return point.said, point.claim
