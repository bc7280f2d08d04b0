"""What a ledger gives back: a claim with the report that makes it and the reading that found it."""

from __future__ import annotations

import datetime

import msgspec

from onrecord.values import Claim


class Heading(msgspec.Struct, frozen=True):
    """A report in the ledger, without its text.

    Attributes:
        id: hash of what was published. given: the id that came with the input, if one did.
        address: what names the page through its versions: its URL, else where its file lay.
        title, publisher, published, url: as in ``Document``.
        known_on: the day from which the world could know these words: when they were published, or, for a page that
            was changed later, when it was first seen so.
        recorded_at: when it came into the ledger, in UTC.
    """

    id: str
    given: str | None
    address: str
    title: str | None
    publisher: str | None
    published: datetime.date | None
    url: str | None
    known_on: datetime.date
    recorded_at: datetime.datetime

    @property
    def name(self) -> str:
        """What to call it: the id that its giver chose, else its own."""
        return self.given or self.id


class Entry(msgspec.Struct, frozen=True):
    """A claim on record.

    Attributes:
        key: its place in the order of the ledger; higher is later.
        claim: the claim, with all its spans.
        document: the report that makes it.
        read_at: when the reader named in ``claim.reader`` found it, in UTC.
        in_force: whether no later reading of the report has taken its place.
        repeated: whether another version of the same page claims just this, and is shown instead.
    """

    key: int
    claim: Claim
    document: Heading
    read_at: datetime.datetime
    in_force: bool
    repeated: bool


class Report(msgspec.Struct, frozen=True):
    """A report in the ledger, and how many claims its reading in force found."""

    heading: Heading
    claims: int


class CaptureNote(msgspec.Struct, frozen=True):
    """One capture of a report: the hash and size of its bytes, where and when they were fetched, and how.

    ``charset`` and ``headers`` are those of the server's answer; ``fetched_at`` and ``recorded_at`` are in UTC.
    """

    id: str
    hash: str
    size: int
    source: str
    url: str | None
    kind: str
    fetched_at: datetime.datetime
    headers: tuple[tuple[str, str], ...]
    recorded_at: datetime.datetime
    charset: str | None = None


class Judgement(msgspec.Struct, frozen=True):
    """What somebody judged of a claim. It is about the claim's id, so it holds through every later reading.

    ``kind`` tells what is judged ("verdict", "grade", "note"), ``value`` the judgement, ``who`` whose it is.
    """

    claim: str
    kind: str
    value: str
    who: str
    made_at: datetime.datetime
