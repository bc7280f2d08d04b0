"""Claims compared over reports: what is measured, points, series and links.

A ``Measure`` is a pure function of one claim and its report; everything else here is a pure function of measures, the
days on which they were said, and what analysts judged.
"""

from __future__ import annotations

import datetime
from typing import Literal

import msgspec

from onrecord.values.claim import Status, Type

Mode = Literal["total", "count", "more", "share", "event"]
Relation = Literal["revises", "disagrees", "denies", "echoes", "corroborates", "realises", "not comparable"]


class Voice(msgspec.Struct, frozen=True, array_like=True):
    """Who asserts, as far as it matters for who is independent of whom.

    Attributes:
        name: canonical name; the outlet's own for what a report says in its own voice.
        id: knowledge id, if known.
        state: ISO 3166 alpha-2 code of the state for which it speaks or to which it belongs, if known.
        general: whether it stands for a whole state, not one body of it: a country, its government, "officials",
            state media.
        outlet: whether it is a newspaper, an agency, a broadcaster.
        body: knowledge id of the body for which a person speaks by office, at the time of the report.
    """

    name: str
    id: str | None = None
    state: str | None = None
    general: bool = False
    outlet: bool = False
    body: str | None = None

    @property
    def key(self) -> str:
        """What tells it from others."""
        return self.id or self.name.casefold()


class Measure(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """What a claim measures and who vouches for it, in the terms in which claims are compared.

    Attributes:
        type, status: of the claim.
        mode: "total": cumulative or a stock. "count": of one incident or period. "more": on top of something told
            before ("3,000 more"). "share": of something. "event": no figure.
        counted: the class of what is counted ("person", "soldier", "USD"); "item" where only a counting word stands.
        about: the words that say what is counted more closely, sorted.
        where: id or name of the place. within: ids of what it lies in, the country last. country: alpha-2.
        parties: actor and target, as ids or names, sorted; readers mistake one for the other, so they are a set.
        side: of the losses of an army, whose they are: alpha-2 code. Such losses are counted wherever they fell.
        running: whether it is a total up to a day, which a later day may raise.
        part: whether it counts a part of something ("including six children"), or what one day added.
        moved: whether its sentence tells that the figure was another before.
        recalled: whether the report tells what was said some time ago, and so nothing about its own day.
        was: whether it is what the figure was before: "from 78 to 63".
        ahead: whether it tells of what may yet come ("may send").
        deed: of a claim without a figure, whether its words name an act of its type.
        low, high, approximate: of the figure, as stated.
        first, last: the days on which it happened or holds, if stated.
        minute: of the day as of which it holds, if stated.
        root: who vouches for it; ``None`` in the reporter's own voice.
        via: names of those between the outlet and the root.
        outlet: name of the outlet that publishes. credits: names of other outlets that the report credits.
        cause: what brought it about ("earthquake"), if told.
        standing: how close the report is to the root: of its claims, how many are the root's.
        order: place of the claim in its report.
    """

    type: Type
    status: Status
    mode: Mode
    counted: str
    about: tuple[str, ...] = ()
    where: str | None = None
    within: tuple[str, ...] = ()
    country: str | None = None
    parties: tuple[str, ...] = ()
    side: str | None = None
    running: bool = False
    part: bool = False
    moved: bool = False
    recalled: bool = False
    was: bool = False
    ahead: bool = False
    deed: bool = False
    low: float | None = None
    high: float | None = None
    approximate: bool = False
    first: datetime.date | None = None
    last: datetime.date | None = None
    minute: int | None = None
    root: Voice | None = None
    via: tuple[str, ...] = ()
    outlet: str | None = None
    credits: tuple[str, ...] = ()
    cause: str | None = None
    standing: int = 0
    order: int = 0

    @property
    def period(self) -> tuple[datetime.date, datetime.date] | None:
        """The first and the last day, when both are known."""
        return None if self.first is None or self.last is None else (self.first, self.last)

    @property
    def number(self) -> float | None:
        """The number that was said: the lower bound, else the upper; ``None`` for an event."""
        return self.low if self.low is not None else self.high


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """A claim in its place on the time line.

    Attributes:
        claim: its id.
        document: what tells its report from others, whatever is asked: the content hash.
        page: what tells its page from others; versions of one page do not echo each other.
        said: the day from which the world could know it.
        measure: what it measures.
    """

    claim: str
    document: str
    page: str
    said: datetime.date
    measure: Measure

    @property
    def voice(self) -> Voice:
        """Who vouches for it: the root source, else the outlet."""
        return self.measure.root or Voice(self.measure.outlet or "unnamed outlet", outlet=True)


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """How a later claim stands to an earlier one.

    Attributes:
        relation: revises, disagrees, denies, echoes, corroborates, realises (what was planned has come about), or
            not comparable.
        earlier, later: ids of the two claims.
        earlier_document, later_document: content hashes of their reports.
        score: 0..1, how sure the link is; it orders links and is not calibrated.
        reason: why, in words.
        drift: for an echo, what the retelling changed ("type: casualties → killed").
    """

    relation: Relation
    earlier: str
    later: str
    earlier_document: str
    later_document: str
    score: float
    reason: str
    drift: tuple[str, ...] = ()


class SeriesKey(msgspec.Struct, frozen=True, kw_only=True):
    """What a series measures; attributes as of ``Measure``."""

    type: Type
    mode: Mode
    counted: str
    where: str | None
    country: str | None
    parties: tuple[str, ...]
    cause: str | None


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """The claims that measure one thing, in the order in which they were said.

    Attributes:
        id: a content hash; it changes when an earlier first point becomes known, so hold on to a claim's id instead.
        key: what it measures.
        points: the earliest first.
    """

    id: str
    key: SeriesKey
    points: tuple[Point, ...]


class Grouping(msgspec.Struct, frozen=True):
    """Series and the links between their claims."""

    series: tuple[Series, ...] = ()
    links: tuple[Link, ...] = ()
