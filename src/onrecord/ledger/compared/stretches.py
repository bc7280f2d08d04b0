"""What of a block must be compared anew: from the first day that changed until the next silence.

What is said later changes nothing of what went before, so series are only continued: the claims since that day are
tried against the series that were alive then, whose earlier claims are put together again as they were.
"""

from __future__ import annotations

import bisect
import datetime
import itertools
from collections.abc import Iterator, Sequence

import msgspec
from sqlalchemy import Connection, and_, or_, select

from onrecord.ledger import schema
from onrecord.ledger.compared import rows
from onrecord.series.blocks import memory, silence
from onrecord.values import Point

_MANY = 2_000  # series alive at a time; with more, all is compared
_PORTION = 100  # blocks in one question
_P = schema.points.c


class Stretch(msgspec.Struct, frozen=True):
    """A part of a block between two silences.

    Attributes:
        block: by what is measured.
        since: the first day that changed. last: a day after which the block is silent for long.
        points: those since then, and of all series alive then; all of the stretch, where ``heads`` is ``None``.
        heads: of each earlier claim the first claim of its series.
    """

    block: int
    since: datetime.date
    last: datetime.date
    points: list[Point]
    heads: dict[str, str] | None


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
                yield Stretch(block, _date(part.since), _date(part.last), *known)
            else:
                inside = and_(_P.measured == block, _P.said.between(part.first, part.last))
                yield _whole(part, [rows.point_of(row) for row in connection.execute(rows.chosen(inside))])
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


def _known(connection: Connection, part: _Part) -> tuple[list[Point], dict[str, str]] | None:
    """The points since a day and those of all series alive then, with their heads; ``None`` where one has none yet."""
    alive = _P.said.between(part.since - memory(part.block).days, part.last)
    asked = select(_P.head).where(_P.measured == part.block, alive).distinct()
    heads = [row[0] for row in connection.execute(asked) if row[0]]
    if len(heads) > _MANY:
        return None
    here = and_(_P.measured == part.block, _P.said.between(part.first, part.last))
    wanted = or_(_P.said >= part.since, _P.head.is_(None), _P.head.in_(heads))
    points: list[Point] = []
    known: dict[str, str] = {}
    for row in connection.execute(rows.chosen(here, wanted).add_columns(_P.said, _P.head)):
        *fields, said, head = tuple(row)
        point = rows.point_of(fields)
        if said < part.since:
            if head is None:
                return None
            if not head:
                continue
            known[point.claim] = head
        points.append(point)
    return points, known


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
