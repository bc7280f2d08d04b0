"""Points in few words, for cases and laws."""

import datetime
from typing import Any

import msgspec

from onrecord.values import Link, Measure, Point, Voice

DAY = datetime.date(2025, 4, 24)
_STATES = {"Kyiv": "UA", "Moscow": "RU"}


class Given(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One claim of a case: everything that is not told is as of a toll of people in one town by a ministry."""

    id: str
    low: float | None = None
    high: float | None = None
    exact: bool = True
    said: datetime.date = DAY
    document: str | None = None
    type: str = "killed"
    status: str = "asserted"
    mode: str = "count"
    counted: str = "person"
    where: str | None = "place:703448"
    country: str | None = "UA"
    parties: tuple[str, ...] = ()
    side: str | None = None
    running: bool = True
    part: bool = False
    moved: bool = False
    recalled: bool = False
    was: bool = False
    ahead: bool = False
    deed: bool = False
    minute: int | None = None
    about: tuple[str, ...] = ()
    first: datetime.date | None = None
    last: datetime.date | None = None
    source: str | None = "Ministry"
    state: str | None = None
    general: bool = False
    outlet: bool = False
    body: str | None = None
    credits: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    publisher: str | None = None
    cause: str | None = "violence"
    standing: int = 1
    order: int = 0

    def point(self) -> Point:
        """The point; an exact figure needs only ``low``."""
        high = self.low if self.exact and self.high is None else self.high
        root = None
        if self.source is not None:
            root = Voice(self.source, f"body:{self.source}", self.state, self.general, self.outlet, self.body)
        low = None if self.mode == "event" else self.low
        fields: dict[str, Any] = {
            name: getattr(self, name) for name in
            ("type", "status", "mode", "counted", "where", "country", "parties", "side", "running", "part", "moved",
             "recalled", "was", "ahead", "deed", "minute", "about", "first", "last", "credits", "via", "cause",
             "standing", "order")
        }  # fmt: skip
        measure = Measure(
            low=low, high=None if self.mode == "event" else high, root=root,
            outlet=self.publisher or f"Outlet {self.document or self.id}", **fields,
        )  # fmt: skip
        document = self.document or f"doc-{self.id}"
        return Point(claim=self.id, document=document, page=document, said=self.said, measure=measure)


def told(links: tuple[Link, ...] | list[Link]) -> set[str]:
    """Links as "relation earlier later"."""
    return {f"{link.relation} {link.earlier} {link.later}" for link in links}
