"""How the figures of one series move: revisions, disputes, confirmations, reversals, plans that came about."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from onrecord.series import compare
from onrecord.series.blocks import family
from onrecord.series.statements import Statement, stance, statements
from onrecord.series.voices import one_voice
from onrecord.series.words import figure
from onrecord.values import Link, Point, Relation

_AT_ONCE = datetime.timedelta(days=1)  # running tolls of different days are not of one time
_SOON = datetime.timedelta(days=14)  # the same for stocks, and for what is not said to change
_LATER = datetime.timedelta(days=400)
_TRIED = 24  # earlier statements of a series that one is compared with
_WIDE, _APART = 10.0, 3.0  # tolls, and other figures, so many times apart are not of one thing
_AGREE = 0.25
_DONE, _ROUND = 0.1, 0.05
_NEXT_TO = 3  # claims between two states of a figure that one report tells
_NEAR = 0.67  # within one report: no more than three times as many


def moves(points: Sequence[Point], since: int = 0) -> Iterator[Link]:
    """The links between the statements of one series, or of a part of it.

    Args:
        points: its claims, in order.
        since: to how many of the first claims no links are asked for.
    """
    told = statements(points)
    old = {point.claim for point in points[:since]}
    yield from (link for link in _moves(told) if link.later not in old)


def _moves(told: Sequence[Statement]) -> Iterator[Link]:
    done: set[str] = set()
    for place, now in enumerate(told):
        before = told[max(0, place - _TRIED) : place][::-1]
        yield from _own(now, before)
        yield from _others(now, before)
        for realised in _planned(now, before):
            if realised.earlier not in done:
                done.add(realised.earlier)
                yield realised


def link(relation: Relation, earlier: Point, later: Point, score: float, reason: str) -> Link:
    """A link between two points."""
    return Link(
        relation=relation,
        earlier=earlier.claim,
        later=later.claim,
        earlier_document=earlier.document,
        later_document=later.document,
        score=round(score, 3),
        reason=reason,
    )


def _own(now: Statement, before: Sequence[Statement]) -> Iterator[Link]:
    """A revision of what the same voice said last; or its reversal of a denial."""
    if not now.sourced or now.measure.recalled:
        return
    mine = [
        (old, why) for old in before
        if old.sourced and now.first.said - old.last_said <= _LATER and (why := one_voice(old.voice, now.voice))
        and (old.voice.key == now.voice.key or not old.measure.recalled)
    ]  # fmt: skip
    mine.sort(key=lambda found: found[0].voice.key != now.voice.key)  # its own words before its state's
    for old, why in mine:
        if stance(old.first) == "denied" and stance(now.first) == "held":
            yield link("revises", old.first, now.first, 0.7, f"{why}: denied before, asserted now")
            return
        if stance(old.first) != stance(now.first) or stance(now.first) not in ("held", "planned"):
            continue
        if compare.same_value(old.measure, now.measure) or old.measure.number == now.measure.number:
            return
        if old.measure.mode == "more":
            continue
        if _told_apart(old, now) and _bounded_alike(old, now) and not _rounded(old, now):
            yield link("revises", old.first, now.first, _certainty(old, now), f"{why}: {_change(old, now)}")
        if old.first.document != now.first.document:
            return


def _told_apart(old: Statement, now: Statement) -> bool:
    """Whether two figures by one voice are two states of one: said in two reports, or told so in their own words."""
    if old.first.document != now.first.document:
        return True
    one, other = old.measure, now.measure
    if one.part or other.part or one.mode == "share" or not compare.close(one, other, _NEAR):
        return False
    apart = abs(one.order - other.order)
    return (one.moved or other.moved) and apart <= (2 if one.was or other.was else _NEXT_TO)


def _rounded(old: Statement, now: Statement) -> bool:
    """Whether the later figure is the earlier one in rounder words: "more than 80" after 82."""
    one, other = old.measure, now.measure
    return (
        other.high is None
        and one.high is not None
        and compare.overlap(one, other)
        and compare.close(one, other, _ROUND)
    )


def _bounded_alike(old: Statement, now: Statement) -> bool:
    """Whether both are bounded from below; "up to 500" is no figure that a later one revises."""
    return (old.measure.low is None) == (now.measure.low is None)


def _change(old: Statement, now: Statement) -> str:
    first, second = old.measure.number or 0.0, now.measure.number or 0.0
    way = "up" if second > first else "down"
    return f"{way} from {figure(old.measure)} to {figure(now.measure)}"


def _certainty(old: Statement, now: Statement) -> float:
    """How surely two statements are of one thing, by what both tell."""
    one, other = old.measure, now.measure
    score = 0.5 + 0.15 * (one.where is not None and one.where == other.where)
    score += 0.1 * (one.cause is not None and one.cause == other.cause)
    score += 0.1 * (old.voice.key == now.voice.key) + 0.1 * bool(set(one.parties) & set(other.parties))
    return score


def _others(now: Statement, before: Sequence[Statement]) -> Iterator[Link]:
    """Whether other voices of the same time confirm or dispute it, each by what it said last."""
    if not now.sourced or stance(now.first) != "held" or now.measure.recalled:
        return
    heard: set[str] = set()
    for old in before:
        if not old.sourced or stance(old.first) != "held" or old.measure.recalled or old.voice.key in heard:
            continue
        if one_voice(old.voice, now.voice) is not None:
            continue
        heard.add(old.voice.key)
        if _one_time(old, now) and _beside(old, now):
            yield from _facing(old, now)


def _one_time(old: Statement, now: Statement) -> bool:
    """Whether two voices speak of one time."""
    apart = abs(now.first.said - old.first.said)
    if old.measure.running and now.measure.running and compare.narrow(now.measure):
        return apart <= _AT_ONCE
    return apart <= _SOON


def _beside(old: Statement, now: Statement) -> bool:
    """Whether two voices are set against each other; within one report only where all else is the same."""
    one, other = old.measure, now.measure
    if one.part or other.part or one.mode == "share":
        return False
    if old.first.document != now.first.document:
        return True
    if one.moved or other.moved:
        return False
    near = compare.close(one, other, _NEAR) and (one.counted, one.where) == (other.counted, other.where)
    return near and one.where is not None


def _facing(old: Statement, now: Statement) -> Iterator[Link]:
    one, other = old.measure, now.measure
    told = f"{old.voice.name} says {figure(one)}, {now.voice.name} says {figure(other)}"
    if compare.overlap(one, other):
        # Two nameless voices may be one, and an outlet's own words are often a third's: they confirm nothing.
        listed = old.voice.id is not None and now.voice.id is not None
        if listed and compare.close(one, other, _AGREE) and one.mode != "share":
            yield link("corroborates", old.first, now.first, _certainty(old, now), f"independent sources: {told}")
        return
    wide = _WIDE if family(one.type) == "toll" else _APART
    if _newer(old, now) or not _comparable(one.number, other.number, wide):
        return
    yield link("disagrees", old.first, now.first, _certainty(old, now) - 0.05, f"ranges apart: {told}")


def _newer(old: Statement, now: Statement) -> bool:
    """Whether a higher toll or stock is merely that of a later day."""
    return (
        (now.measure.running or now.measure.mode == "total")
        and now.first.said - old.first.said > _AT_ONCE
        and (now.measure.number or 0.0) > (old.measure.number or 0.0)
    )


def _comparable(one: float | None, other: float | None, wide: float) -> bool:
    return bool(one and other) and max(one or 0, other or 0) <= wide * min(one or 0, other or 0)


def _planned(now: Statement, before: Sequence[Statement]) -> Iterator[Link]:
    """Whether it tells that a plan came about, whoever tells it; a plan comes about once."""
    if now.measure.status != "asserted" or now.measure.recalled:
        return
    for old in before:
        if stance(old.first) != "planned" or old.first.said >= now.first.said:
            continue
        if now.measure.low is None:
            continue
        near = compare.overlap(old.measure, now.measure) and compare.close(old.measure, now.measure, _DONE)
        if near and now.first.said - old.first.said <= _LATER:
            told = f"{figure(old.measure)} planned, {figure(now.measure)} told as done"
            yield link("realises", old.first, now.first, _certainty(old, now), told)
