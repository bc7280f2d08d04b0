"""Who merely repeats: the same number by the same root source, told again elsewhere.

A block holds all claims of one number. Whoever tells it first is the origin: by the day of publication; within a day
the report closest to the source, that credits fewer others and rests on the source for more of its claims. Every
later telling is linked to its origin, never to another echo, so that a number printed by a thousand outlets makes a
thousand links.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from onrecord.series import compare
from onrecord.series.blocks import family
from onrecord.series.moves import link
from onrecord.series.opened import patience
from onrecord.series.statements import alike, sourced, stance
from onrecord.series.voices import one_voice
from onrecord.series.words import figure
from onrecord.values import Link, Measure, Point

_NEXT = datetime.timedelta(days=1)
_RECENT = datetime.timedelta(days=30)
_NAMED = datetime.timedelta(days=400)  # a named body's own number may be told again long after
_UNSOURCED = datetime.timedelta(days=3)
_ENOUGH = 0.6
ORIGINS = 64  # with which a claim is compared: the last
_NARROWED = 2


def closeness(point: Point) -> tuple[object, ...]:
    """The order in which one day's tellings of a number are taken to have followed each other."""
    m = point.measure
    return (
        point.said,
        m.root is None,
        len(m.via) + len(m.credits),
        -m.standing,
        point.document,
        m.order,
        point.claim,
    )


class Retold(msgspec.Struct, frozen=True):
    """The links of a block by number, and of each of its claims whether it is an origin."""

    links: tuple[Link, ...]
    origins: dict[str, bool]


def echoes(points: Iterable[Point], known: Iterable[Point] = ()) -> Retold:
    """The echoes within a block of one number, each linked to its origin; and what only looks like one, with why.

    Args:
        points: of the block.
        known: the last origins before all of them: at least ``ORIGINS``, if there are so many.
    """
    origins = sorted(known, key=closeness)
    first: dict[str, bool] = {}
    links: list[Link] = []
    for point in sorted(points, key=closeness):
        found = _origin(point, origins)
        first[point.claim] = found is None
        if found is None:
            links += _unlike(point, origins)
            origins.append(point)
            continue
        origin, score, why = found
        if origin.document != point.document and origin.page != point.page:
            links.append(echo(origin, point, score, why))
    return Retold(tuple(links), first)


def _unlike(point: Point, origins: Sequence[Point]) -> Iterator[Link]:
    """The last claim of the same number by the same named source that measures something else, and what."""
    for origin in origins[: -ORIGINS - 1 : -1]:
        one, other = origin.measure.root, point.measure.root
        if one is None or other is None or one.id is None or one.key != other.key or not alike(origin, point):
            continue
        why = compare.obstacle(origin.measure, point.measure, loose=True)
        if origin.document != point.document and point.said - origin.said <= _RECENT and why is not None:
            yield link("not comparable", origin, point, 0.5, f"{figure(point.measure)} by {other.name}, but {why}")
            return


def _origin(point: Point, origins: Sequence[Point]) -> tuple[Point, float, str] | None:
    """The telling that a point repeats, how surely, and why."""
    best: tuple[Point, float, str] | None = None
    for origin in origins[: -ORIGINS - 1 : -1]:
        found = repeats(origin, point)
        if found is not None and (best is None or found[0] >= best[1]):
            best = (origin, *found)
    return best


def repeats(origin: Point, point: Point) -> tuple[float, str] | None:
    """How surely a later claim of the same number repeats an earlier one, and why; ``None`` when it does not."""
    one, other = origin.measure, point.measure
    apart = point.said - origin.said
    same = _same_root(origin, point)
    if same is None or apart > _reach(one, other) or not alike(origin, point):
        return None
    if compare.obstacle(one, other, loose=True) is not None:
        return None
    why, trust = same
    score = trust + _telling(one.number or 0.0)
    score += 0.1 * (one.where is not None and one.where == other.where) + 0.05 * (one.cause is not None)
    score += 0.1 * bool(set(one.parties) & set(other.parties)) - 0.1 * (not compare.sided_alike(one, other))
    score += 0.1 * (apart <= _NEXT) - 0.1 * (apart > _RECENT)
    score += 0.05 * (one.counted == other.counted != "item") - 0.1 * (one.type != other.type)
    return (min(score, 1.0), f"{figure(other)}: {why}{_when(origin, point)}") if score >= _ENOUGH else None


def _same_root(origin: Point, point: Point) -> tuple[str, float] | None:
    """Why both rest on one source, and how far that alone goes."""
    one, other = origin.measure, point.measure
    if other.root is not None and one.outlet is not None and other.root.name == one.outlet:
        return f"credits {other.root.name}", 0.5
    if one.root is None or not sourced(origin):
        return None
    if other.root is None and stance(origin) == "unclear":
        return None
    if other.root is None:
        return f"told without a source, after {origin.voice.name}", 0.25
    if not sourced(point):
        return f"relayed by {other.root.name}, after {origin.voice.name}", 0.25
    if one.root.id is not None and other.root.id is None and _same_spot(origin, point):
        return f"told after {one.root.name} by the nameless {other.root.name}", 0.2
    if one.root.key == other.root.key:
        return f"same source, {other.root.name}", 0.45 if one.root.id else 0.3
    why = one_voice(one.root, other.root)
    if why is not None:
        return why, 0.3
    return None


def _same_spot(origin: Point, point: Point) -> bool:
    """Whether two claims are of one narrow place, within a day."""
    return (
        compare.narrow(point.measure)
        and origin.measure.where == point.measure.where
        and point.said - origin.said <= _NEXT
    )


def _reach(one: Measure, other: Measure) -> datetime.timedelta:
    if other.root is None or other.root.outlet:
        return _UNSOURCED if family(other.type) in ("toll", "attack") else _RECENT
    named = one.root is not None and one.root.id is not None and not one.root.general
    if not named:
        return _RECENT
    return min(_NAMED, max(_RECENT, patience(one)))


def _telling(number: float) -> float:
    """How much a number tells by itself: 3,085 much, 3,000 less, 3 little."""
    digits = f"{abs(number):.0f}".rstrip("0")
    return {0: 0.0, 1: 0.05, 2: 0.15, 3: 0.25}.get(len(digits), 0.35) + 0.1 * (number >= 100)


def _when(origin: Point, point: Point) -> str:
    if point.said != origin.said:
        return (
            f", {(point.said - origin.said).days} days later"
            if (point.said - origin.said).days > 1
            else ", a day later"
        )
    return ", the same day; the report closer to the source is taken as the first"


def echo(origin: Point, point: Point, score: float, why: str) -> Link:
    """The echo of ``origin`` in ``point``, with what the retelling changed."""
    made = link("echoes", origin, point, score, why)
    changed = tuple(drift(origin.measure, point.measure))
    if not changed:
        return made
    return msgspec.structs.replace(
        made, reason=f"{made.reason}; the retelling changed {'; '.join(changed)}", drift=changed
    )


def drift(one: Measure, other: Measure) -> Iterator[str]:
    """What a retelling changed, field by field."""
    if not compare.same_value(one, other):
        yield f"value: {figure(one)} → {figure(other)}"
    if one.type != other.type:
        yield f"type: {one.type} → {other.type}"
    if one.status != other.status:
        yield f"status: {one.status} → {other.status}"
    if one.root is not None and other.root is None:
        yield f"source: {one.root.name} → none"
    ours, theirs = set(one.about), set(other.about)
    shared = ours & theirs
    if len(shared) >= _NARROWED and not {one.counted, other.counted} & compare.PEOPLE:
        if len(ours - theirs) >= _NARROWED and len(theirs - ours) <= 1:
            yield f"scope: no more {', '.join(sorted(ours - theirs))}"
        elif len(theirs - ours) >= _NARROWED and len(ours - theirs) <= 1:
            yield f"scope: also {', '.join(sorted(theirs - ours))}"
