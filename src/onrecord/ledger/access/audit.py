"""The log of who did what on a server. It only grows."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, Engine, insert, select

from onrecord.ledger import schema
from onrecord.ledger.access.rights import Actor
from onrecord.ledger.connect import told, writing

_LONGEST = 500  # code points of what is told of one act
_PAGE = 500


class Event(msgspec.Struct, frozen=True):
    """One line of the log.

    Attributes:
        key: counts the lines. at: in UTC. who: the name of the account that acted, or that was tried.
        address: of the machine that asked; ``None`` for the command line.
        act: what was done. what: to what.
    """

    key: int
    at: datetime.datetime
    who: str
    address: str | None
    act: str
    what: str


class Audit:
    """The log of a ledger.

    All methods raise ``LedgerError`` when the database refuses.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def write(self, by: Actor, act: str, what: str = "") -> None:
        """Add a line."""
        with told(self._engine), writing(self._engine) as connection:
            note(connection, by, act, what)

    def all(self, who: str | None = None) -> Iterator[Event]:
        """Every line, the latest first, of one account where it is named."""
        after: int | None = None
        while held := self.page(_PAGE, after=after, who=who):
            yield from held
            after = held[-1].key

    def page(self, size: int, *, after: int | None = None, who: str | None = None) -> list[Event]:
        """The last lines, the latest first: those before the line ``after``, of one account where it is named."""
        table = schema.audit.c
        chosen = select(*(table[name] for name in Event.__struct_fields__)).order_by(table.key.desc()).limit(size)
        if after is not None:
            chosen = chosen.where(table.key < after)
        if who:
            chosen = chosen.where(table.who == who)
        with told(self._engine), self._engine.connect() as connection:
            return [Event(*row) for row in connection.execute(chosen)]


def note(connection: Connection, by: Actor, act: str, what: str = "") -> None:
    """Add a line in the transaction of what it tells."""
    row = {"at": now(), "who": _kept(by.name), "address": by.address, "act": act, "what": _kept(what)}
    connection.execute(insert(schema.audit).values(row))


def now() -> datetime.datetime:
    """This moment in UTC."""
    return datetime.datetime.now(datetime.UTC)


def _kept(text: str) -> str:
    """As much of a text as is kept, as either database can."""
    return text[:_LONGEST].encode("utf-8", "replace").decode().replace("\0", "\ufffd")
