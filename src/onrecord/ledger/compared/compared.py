"""The series of a ledger and the links between its claims."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Collection, Iterator, Sequence

import msgspec
from sqlalchemy import Connection, Engine, select

from onrecord.ledger import schema
from onrecord.ledger.claims import Claims
from onrecord.ledger.compared import linked, rows, rulings
from onrecord.ledger.compared.differences import Difference, differences
from onrecord.ledger.compared.linked import Told
from onrecord.ledger.compared.regroup import regroup
from onrecord.ledger.compared.rulings import Rulings
from onrecord.ledger.compared.summaries import complete
from onrecord.ledger.connect import told, writing
from onrecord.ledger.entries import Heading
from onrecord.ledger.known import ids_of
from onrecord.series.collate import collated
from onrecord.series.grouping import closed, order, series_of
from onrecord.series.judged import Act
from onrecord.series.standing import Summary, summary
from onrecord.values import Claim, Grouping, Link, Point, Relation, RequestError, Series

_STEP = 1_000
_SHORTEST = 6
_ASKED = 5_000  # claims by which a series is found
_SUMMARY = msgspec.json.Decoder(Summary)
RELATIONS: tuple[Relation, ...] = (
    "revises", "disagrees", "denies", "echoes", "corroborates", "realises", "not comparable"
)  # fmt: skip


class Account(msgspec.Struct, frozen=True):
    """One series with everything that is needed to tell it.

    Attributes:
        series: the series, its points as far as they were known on the day that was asked for.
        links: between its claims, and from or to claims outside it.
        claims: by id, all claims that the series and the links name. reports: by content hash, their reports.
        as_of: the day that was asked for; ``None`` for all that is known.
    """

    series: Series
    links: tuple[Link, ...]
    claims: dict[str, Claim]
    reports: dict[str, Heading]
    as_of: datetime.date | None = None


class LinkPage(msgspec.Struct, frozen=True):
    """Some links, and where the next page begins (``None`` at the end)."""

    links: tuple[Told, ...]
    after: int | None


class Compared:
    """How the claims of a ledger compare. Every question first compares what is new since the last.

    All methods raise ``LedgerError`` when the database refuses.

    Args:
        engine: of the ledger.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self, *, as_of: datetime.date | None = None, least: int = 2) -> Iterator[Summary]:
        """The series with at least ``least`` claims, those that moved last first.

        Args:
            as_of: as they stood on that day, by what the world could know.
            least: how many claims a series must have; at least two.
        """
        regroup(self._engine)
        if as_of is not None:
            yield from self._as_of(as_of, least)
            return
        complete(self._engine)
        table = schema.series
        chosen = select(table.c.summary).where(table.c.points >= least).order_by(table.c.last_said.desc(), table.c.id)
        with told(self._engine), self._engine.connect() as connection:
            for row in connection.execute(chosen).yield_per(_STEP):
                yield _SUMMARY.decode(row[0])

    def _as_of(self, day: datetime.date, least: int) -> Iterator[Summary]:
        found: list[Summary] = []
        with told(self._engine), self._engine.connect() as connection:
            judged = Rulings(connection)
            column = schema.points.c.measured
            chosen = rows.chosen(as_of=day).order_by(column)
            held: dict[int, list[Point]] = {}
            merged = {block: group[0] for group in judged.merged() for block in group}
            for block, points in rows.points_by(connection.execute(chosen).yield_per(_STEP), 0):
                if block in merged:
                    held.setdefault(merged[block], []).extend(points)
                    continue
                found += _summaries(points, judged, least)
            for points in held.values():
                found += _summaries(points, judged, least)
        yield from sorted(found, key=lambda one: (-one.last_said.toordinal(), one.id))

    def one(self, identity: str, *, as_of: datetime.date | None = None) -> Account:
        """One series, by its own id or by that of any of its claims, or by a beginning of either.

        Args:
            identity: at least six signs of it.
            as_of: as it stood on that day.

        Raises:
            RequestError: if there is none, there are several, or none of it was known on that day.
        """
        regroup(self._engine)
        with told(self._engine), self._engine.connect() as connection:
            claim, block = self._resolve(connection, identity)
            series = _series_of(connection, claim, block, as_of)
            if series is None:
                raise RequestError(f"the claim {claim} was not known on {as_of}, or is no longer read; see claims show")
            claims = {point.claim for point in series.points}
            links = linked.links(connection, claims=claims, as_of=as_of)
            named = claims | {id_ for link in links for id_ in (link.earlier, link.later)}
            records, reports = linked.named(connection, named)
        return Account(series, tuple(links), records, reports, as_of)

    def home(self, claim: str) -> str | None:
        """The id of the series of a claim, by its whole id; ``None`` for one that is of none, or alone."""
        regroup(self._engine)
        p, series = schema.points.c, schema.series
        with told(self._engine), self._engine.connect() as connection:
            keys = select(schema.claims.c.key).where(schema.claims.c.id == claim)
            for (head,) in connection.execute(select(p.head).where(p.claim.in_(keys), p.stands, p.head != "")).all():
                found = select(series.c.id).where(series.c.id == series_of(head))
                row = connection.execute(found).first()
                if row is not None:
                    return str(row[0])
        return None

    def about(self, question: str, *, as_of: datetime.date | None = None) -> Account:
        """The series that holds most of the claims that meet ``question``, in the language of ``onrecord search``.

        Raises:
            RequestError: if the question is none, or no figure meets it.
        """
        regroup(self._engine)
        found = Claims(self._engine, as_of=as_of, known=ids_of).where(question)
        wanted = {entry.claim.id for entry in itertools.islice(found, _ASKED)}
        p, c = schema.points.c, schema.claims.c
        with told(self._engine), self._engine.connect() as connection:
            joined = schema.points.join(schema.claims, c.key == p.claim)
            asked = select(p.measured).select_from(joined).where(c.id.in_(sorted(wanted))).distinct()
            judged = Rulings(connection)
            groups = judged.joined([int(row[0]) for row in connection.execute(asked)])
            best: tuple[int, int, str] | None = None
            for blocks in groups:
                for series in _grouped(connection, judged, blocks, as_of).series:
                    held = sum(point.claim in wanted for point in series.points)
                    rank = (held, len(series.points), series.points[0].claim)
                    best = max(best or rank, rank) if held else best
        if best is None:
            raise RequestError(f"no figure meets {question!r}; see: onrecord search")
        return self.one(best[2], as_of=as_of)

    def _resolve(self, connection: Connection, identity: str) -> tuple[str, int]:
        """The first claim of the series that is meant, and its block."""
        if len(identity) < _SHORTEST or not identity.isalnum():
            raise RequestError(f"{identity!r} is no id of a series or claim; give at least {_SHORTEST} of its signs")
        p, c = schema.points.c, schema.claims.c
        of_claim = (
            select(c.id, p.measured).select_from(schema.points.join(schema.claims, c.key == p.claim))
            .where(c.id >= identity, c.id < identity + "~").distinct().limit(2)
        )  # fmt: skip
        found = [(str(row[0]), int(row[1])) for row in connection.execute(of_claim)]
        table = schema.series
        of_series = (
            select(table.c.head, table.c.block).where(table.c.id >= identity, table.c.id < identity + "~").limit(2)
        )
        own = connection.execute(of_series).all()
        if len(found) + len(own) != 1:
            some = "several series or claims have" if found or own else "no series and no figure has"
            raise RequestError(f"{some} an id that begins with {identity}; see: onrecord series list")
        if found:
            return found[0]
        return str(own[0][0]), int(own[0][1])

    def links(
        self,
        *,
        relations: Collection[Relation] = (),
        as_of: datetime.date | None = None,
        document: str | None = None,
        within: bool = True,
    ) -> Iterator[Told]:
        """The links between claims, those of the latest claims first.

        Args:
            relations: only these; by default all.
            as_of: only those that the world could know on that day.
            document: only those of one report, by its id or the id that came with it.
            within: also those between two claims of one report.

        Raises:
            RequestError: if there is no such report.
        """
        regroup(self._engine)
        with told(self._engine), self._engine.connect() as connection:
            wanted = None if document is None else self._document(connection, document)
            found = linked.links(connection, relations=relations, as_of=as_of, document=wanted, within=within)
            for start in range(0, len(found), _STEP):
                yield from linked.ends(connection, found[start : start + _STEP])

    def page(self, relations: Collection[Relation], size: int = 50, *, after: int | None = None) -> LinkPage:
        """Some links between claims of different reports, those that were found last first.

        Args:
            relations: only these.
            size: at most so many.
            after: those behind the page that ended there.
        """
        regroup(self._engine)
        with told(self._engine), self._engine.connect() as connection:
            found, more = linked.page(connection, relations, size, after)
            return LinkPage(tuple(linked.ends(connection, found)), more)

    def of_claim(self, identity: str) -> tuple[Told, ...]:
        """The links from and to a claim, by its whole id, the latest first."""
        return self.of_claims([identity])

    def of_claims(self, identities: Collection[str], relations: Collection[Relation] = ()) -> tuple[Told, ...]:
        """The links from or to any of some claims, by their whole ids, the latest first; ``relations``: only these."""
        regroup(self._engine)
        with told(self._engine), self._engine.connect() as connection:
            found = linked.links(connection, claims=identities, relations=relations) if identities else []
            return tuple(linked.ends(connection, found))

    def _document(self, connection: Connection, identity: str) -> str:
        table = schema.documents
        matches = (table.c.id == identity) | (table.c.given == identity)
        row = connection.execute(select(table.c.id).where(matches).order_by(table.c.key.desc()).limit(1)).first()
        if row is None:
            raise RequestError(f"there is no document {identity!r}; see: onrecord documents list")
        return str(row[0])

    def judge(self, act: Act, identities: Sequence[str], who: str) -> tuple[str, ...]:
        """Put on record that series are one, that claims are a series of their own, or that two are not of one thing.

        Args:
            act: "merge": the series of all that are named. "split": the claims that are named leave their series.
                "apart": two claims are not of the same thing.
            identities: ids of series or claims, or beginnings of them; a series stands for its first claim.
            who: whose judgement it is.

        Returns:
            The ids of the claims by which it is kept.

        Raises:
            RequestError: if there is no such series or claim, or the number of them does not fit.
        """
        most = 2 if act == "apart" else None
        least = 1 if act == "split" else 2
        if len(identities) < least or (most is not None and len(identities) > most):
            raise RequestError(f"{act} takes {least if most else f'at least {least}'} ids, not {len(identities)}")
        with told(self._engine), self._engine.connect() as connection:
            found = [self._resolve(connection, identity) for identity in identities]
        claims = tuple(dict.fromkeys(claim for claim, _ in found))
        if len(claims) < least:
            raise RequestError(f"{act} needs different claims; {', '.join(identities)} are one")
        with told(self._engine), writing(self._engine) as connection:
            rulings.write(connection, act, claims, who)
            rows.mark_claims(connection, claims)
        regroup(self._engine)
        return claims

    def differences(self, first: datetime.date, last: datetime.date | None = None) -> list[Difference]:
        """What the news after ``first``, until ``last``, changed: new, revised and denied figures, and those gone.

        Args:
            first: the day as of which things stood before.
            last: the day as of which they stand now; by default all that is known.

        Returns:
            In the order of days; ``first`` itself is not among them.

        Raises:
            RequestError: if ``last`` is before ``first``.
        """
        if last is not None and last < first:
            raise RequestError(f"--to {last} is before --from {first}; turn them around")
        regroup(self._engine)
        with told(self._engine), self._engine.connect() as connection:
            return differences(connection, first, last)


def _series_of(connection: Connection, claim: str, block: int, as_of: datetime.date | None) -> Series | None:
    """The series of a claim, as it stood on a day; what was said later changes nothing of what had been said."""
    judged = Rulings(connection)
    (blocks,) = judged.joined([block])
    p, c = schema.points.c, schema.claims.c
    if len(blocks) == 1 and block not in judged.blocks:
        # By the claim alone, for the same reason as below.
        keys = select(c.key).where(c.id == claim)
        mine = select(p.head, p.measured).where(p.claim.in_(keys), p.head != "")
        for head, measured in connection.execute(mine).all():
            if measured != block:
                continue
            # Not by the block too: SQLite would rather go through all of that.
            found = connection.execute(rows.chosen(p.head == head, as_of=as_of))
            points = sorted(map(rows.point_of, found), key=order)
            if any(point.claim == claim for point in points):
                return closed(points)
    grouping = _grouped(connection, judged, blocks, as_of)
    return next((one for one in grouping.series if any(point.claim == claim for point in one.points)), None)


def _grouped(
    connection: Connection, judged: Rulings, blocks: Sequence[int], as_of: datetime.date | None = None
) -> Grouping:
    """The series of blocks that belong together, as they were known on a day."""
    found = connection.execute(rows.chosen(schema.points.c.measured.in_(blocks), as_of=as_of))
    points = [rows.point_of(row) for row in found]
    return collated(points, judged.about(points))


def _summaries(points: Sequence[Point], judged: Rulings, least: int) -> Iterator[Summary]:
    for series in collated(points, judged.about(points)).series:
        if len(series.points) >= least:
            yield summary(series)
