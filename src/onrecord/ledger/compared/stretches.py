"""What of a block must be compared anew: from the first day that changed until the next silence.

What is said later changes nothing of what went before, so series are only continued: the claims since that day are
tried against the series that were alive then. Of these only the first and the last claims are asked for, and of stocks,
that are told of for years, only the series that moved last.
"""

from __future__ import annotations

import bisect
import datetime
import itertools
from collections.abc import Iterator, Sequence

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, bindparam, or_, select

from onrecord.ledger import schema
from onrecord.ledger.compared import rows
from onrecord.series.blocks import SHELVES, is_local, memory, shelf_of, shelves, silence
from onrecord.series.chapters import beginning
from onrecord.series.denials import REACH, is_denial
from onrecord.series.denials import RECENT as RECENT_CLAIMS
from onrecord.series.grouping import Home
from onrecord.series.opened import may_follow
from onrecord.series.shelf import TRIED
from onrecord.series.sums import RECENT as RECENT_ADDITIONS
from onrecord.values import Measure, Point

_MANY = 2_000  # series alive at a time; with more, all is compared
_PORTION = 100  # blocks, or series, in one question
_ROWS = 256  # claims in the first question for the series that moved last
_P = schema.points.c


class Stretch(msgspec.Struct, frozen=True):
    """A part of a block between two silences.

    Attributes:
        block: by what is measured.
        since: the first day that changed. last: a day after which the block is silent for long.
        points: those since then, and the first and the last of the series that may take them; all of the stretch,
            where ``homes`` is ``None``.
        homes: where each earlier claim stands.
        heard: if anything was denied since, the last claims before.
    """

    block: int
    since: datetime.date
    last: datetime.date
    points: list[Point]
    homes: dict[str, Home] | None
    heard: Sequence[Point] = ()


class _Part(msgspec.Struct, frozen=True):
    """Which days of a block must be compared: first, first that changed, and last, as ordinals."""

    block: int
    first: int
    since: int
    last: int


def stretches(connection: Connection, stale: dict[int, list[int]], *, whole: bool = False) -> Iterator[Stretch]:
    """The stale stretches of blocks.

    Args:
        connection: to ask.
        stale: by block the days of which something changed.
        whole: whether nothing is known of how claims were grouped before.
    """
    fresh: dict[int, list[_Part]] = {}
    for block, spoken in _spoken(connection, sorted(stale)):
        parts = [_Part(block, *part) for part in around(spoken, stale[block], silence(block).days)]
        kept = [not whole and _continues(spoken, part) for part in parts]
        if not any(kept):
            fresh[block] = parts
            continue
        for part, continues in zip(parts, kept, strict=True):
            known = _known(connection, part) if continues else None
            if known is not None:
                yield known
            else:
                asked = rows.chosen(*_said(part, part.first, part.last))
                yield _whole(part, [rows.point_of(row) for row in connection.execute(asked)])
    yield from _fresh(connection, fresh)


def _spoken(connection: Connection, blocks: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """The blocks in order with the days on which something was said in them; none for those that are empty now."""
    for start in range(0, len(blocks), _PORTION):
        portion = blocks[start : start + _PORTION]
        days: dict[int, list[int]] = {block: [] for block in portion}
        asked = select(_P.measured, _P.said).where(_P.measured.in_(portion)).distinct()
        for block, said in connection.execute(asked.order_by(_P.measured, _P.said)):
            days[int(block)].append(int(said))
        yield from days.items()


def _continues(spoken: Sequence[int], part: _Part) -> bool:
    """Whether something was said before the day that changed, and no silence lies within."""
    earlier = bisect.bisect_left(spoken, part.first) < bisect.bisect_left(spoken, part.since)
    return earlier and not _silent(spoken, part)


def _fresh(connection: Connection, fresh: dict[int, list[_Part]]) -> Iterator[Stretch]:
    """The stretches of blocks of which nothing can be continued, many blocks at a time."""
    blocks = sorted(fresh)
    for start in range(0, len(blocks), _PORTION):
        asked = rows.chosen(_P.measured.in_(blocks[start : start + _PORTION])).order_by(_P.measured)
        held = dict(rows.points_by(connection.execute(asked), 0))
        for block in blocks[start : start + _PORTION]:
            points = held.pop(block, [])
            for part in fresh[block]:
                yield _whole(part, [point for point in points if part.first <= point.said.toordinal() <= part.last])


def _whole(part: _Part, points: list[Point]) -> Stretch:
    return Stretch(part.block, _date(part.first), _date(part.last), points, None)


def _known(connection: Connection, part: _Part) -> Stretch | None:
    """The points since a day, and what they are tried against; ``None`` where not all that is needed is known."""
    since = _said(part, part.since, part.last)
    points = [rows.point_of(row) for row in connection.execute(rows.chosen(*since))]
    # Series whose last claims are gone must be told anew as well.
    lost = {str(row[0]) for row in connection.execute(select(_P.head).where(*since, _P.head.is_not(None)).distinct())}
    alive = _alive(connection, part, points)
    if alive is None or len(alive.tried | alive.added | lost) > _MANY:
        return None
    heard = _heard(connection, part) if any(map(is_denial, points)) else []
    homes: dict[str, Home] = {}
    for point, home in _ends(connection, part, alive, lost - {""}, [point.measure for point in points]):
        homes[point.claim] = home
        points.append(point)
    return Stretch(part.block, _date(part.since), _date(part.last), points, homes, heard)


def _ends(
    connection: Connection, part: _Part, alive: _Alive, lost: set[str], fresh: Sequence[Measure]
) -> Iterator[tuple[Point, Home]]:
    """Of each series the first claim and the last; all with which ``fresh`` ones would be compared, if any may be."""
    before = (_P.said.between(part.first, part.since - 1),)  # not by the block: a head is of one, and tells more
    last = rows.chosen(_P.head == bindparam("head"), *before).add_columns(_P.place).order_by(_P.place.desc()).limit(1)
    wanted = []
    for head in sorted(alive.tried | alive.added | lost):
        found = connection.execute(last, {"head": head}).first()
        if found is None:
            continue
        *fields, place = tuple(found)
        point = rows.point_of(fields)
        whole = head in alive.added or head in lost or is_local(part.block)
        if whole or any(may_follow(point.measure, measure) for measure in fresh):
            wanted.append(and_(_P.head == head, or_(_P.place == 0, _P.place >= beginning(place + 1))))
        else:
            wanted.append(and_(_P.head == head, _P.place == 0))
            if place:
                yield point, Home(head, place)
    for start in range(0, len(wanted), _PORTION):
        asked = rows.chosen(or_(*wanted[start : start + _PORTION]), *before).add_columns(_P.head, _P.place)
        for *fields, head, place in map(tuple, connection.execute(asked)):
            yield rows.point_of(fields), Home(head, place)


def _heard(connection: Connection, part: _Part) -> list[Point]:
    """The last claims of a block before a day, of whatever series: those that a denial may answer."""
    asked = rows.chosen(*_said(part, part.since - REACH.days, part.since - 1)).order_by(_P.said.desc())
    found = [rows.point_of(row) for row in connection.execute(asked.limit(RECENT_CLAIMS + 1))]
    if len(found) <= RECENT_CLAIMS:
        return found
    # The day of the last one may be cut short.
    day = rows.chosen(*_said(part, found[-1].said.toordinal(), part.since - 1))
    return [rows.point_of(row) for row in connection.execute(day)]


class _Alive(msgspec.Struct, frozen=True):
    """The first claims of the series that claims may continue, and of those of the last additions."""

    tried: set[str]
    added: set[str]


def _alive(connection: Connection, part: _Part, points: Sequence[Point]) -> _Alive | None:
    """The series that ``points``, said since a day, may have to do with; ``None`` where a claim is of none yet."""
    start = part.since - memory(part.block).days
    if is_local(part.block):
        asked = select(_P.head).where(*_said(part, start, part.since - 1)).distinct()
        heads = {row[0] for row in connection.execute(asked)}
        # Superseded claims have none, if they were never grouped; so whether one lacks is asked of those in force.
        lacking = rows.chosen(*_said(part, start, part.since - 1), _P.head.is_(None)).limit(1)
        lacks = None in heads and connection.execute(lacking).first() is not None
        return None if lacks else _Alive({head for head in heads if head}, set())
    wanted = {shelf_of(point.measure) for point in points if point.measure.mode != "event"}
    tried: set[str | None] = set()
    for shelf in sorted(wanted):
        tried |= _last(connection, part, (shelf,), TRIED, heads=True)
    more = shelves("more")
    added = _last(connection, part, more, RECENT_ADDITIONS, heads=False) if wanted & set(shelves("total")) else set()
    if None in tried | added:
        return None
    return _Alive({head for head in tried if head}, {head for head in added if head})


def _last(connection: Connection, part: _Part, on: Sequence[int], most: int, *, heads: bool) -> set[str | None]:
    """The heads of the ``most`` series that moved last on some shelves before a day, or of the last claims; or more."""
    start, many = part.since - memory(part.block).days, _ROWS
    while True:
        asked = rows.chosen(_P.measured == part.block, _P.shelf.in_(on), _P.said.between(start, part.since - 1))
        asked = asked.with_only_columns(_P.said, _P.head).order_by(_P.said.desc()).limit(many)
        found = connection.execute(asked).all()
        if len(found) < many:
            return {row.head for row in found}
        complete = [row.head for row in found if row.said > found[-1].said]
        if len(set(complete) if heads else complete) >= most:
            return set(complete)
        many *= 4


def _said(part: _Part, start: int, end: int) -> tuple[ColumnElement[bool], ...]:
    """What is said in a block on the days from ``start`` to ``end``; by its shelves, as the index has it."""
    return _P.measured == part.block, _P.shelf.in_(SHELVES), _P.said.between(start, end)


def around(days: Sequence[int], changed: Sequence[int], quiet: int) -> list[tuple[int, int, int]]:
    """The stretches of a block around the days that changed: first day, first that changed, and last.

    First and last have the silence on their side.

    Args:
        days: on which something was said, in order.
        changed: the days of which something changed; nothing need be said on them any more.
        quiet: a silence, in days.
    """
    held: list[list[int]] = []
    for day in sorted({*days, *changed}):
        if held and day - held[-1][-1] <= quiet:
            held[-1].append(day)
        else:
            held.append([day])
    touched = set(changed)
    return [
        (max(1, group[0] - quiet), min(touched & set(group)), group[-1] + quiet)
        for group in held if touched & set(group)
    ]  # fmt: skip


def _silent(spoken: Sequence[int], part: _Part) -> bool:
    """Whether a silence lies within, now that something may be gone."""
    inside = [day for day in spoken if part.first <= day <= part.last]
    quiet = silence(part.block).days
    return any(after - before > quiet for before, after in itertools.pairwise(inside))


def _date(day: int) -> datetime.date:
    return datetime.date.fromordinal(min(max(day, 1), datetime.date.max.toordinal()))
