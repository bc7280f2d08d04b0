"""Accounts: who may log in, in which role."""

from __future__ import annotations

import datetime
import unicodedata
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, insert, select, update

from onrecord.ledger import schema
from onrecord.ledger.access import passwords
from onrecord.ledger.access.audit import note
from onrecord.ledger.access.rights import Actor, Role
from onrecord.ledger.connect import told, writing
from onrecord.values import RequestError

_LONGEST = 100  # characters of a name, as of a reviewer's


class Account(msgspec.Struct, frozen=True):
    """An account.

    Attributes:
        key: in the ledger. name: as it is shown, and put on record with what is decided.
        temporary: whether its password must be changed before anything else.
        made_at: in UTC. closed_at: since when it may not be used; ``None`` while it may.
    """

    key: int
    name: str
    role: Role
    temporary: bool
    made_at: datetime.datetime
    closed_at: datetime.datetime | None


class Accounts:
    """The accounts of a ledger. What changes one is put into the log in the same transaction.

    All methods raise ``LedgerError`` when the database refuses.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self) -> list[Account]:
        """Every account, by name."""
        with told(self._engine), self._engine.connect() as connection:
            return [account_of(row) for row in connection.execute(select(*COLUMNS).order_by(_table.c.folded))]

    def named(self, name: str) -> Account:
        """An account by its name, in whatever case.

        Raises:
            RequestError: if there is none.
        """
        with told(self._engine), self._engine.connect() as connection:
            return _found(connection, name)

    def add(self, name: str, role: Role, password: str, *, by: Actor, temporary: bool = False) -> Account:
        """Make an account.

        Raises:
            RequestError: if the name is none or is taken, or the password may not be used.
        """
        shown = _checked(name)
        kept = passwords.hashed(passwords.accepted(password, shown))
        row = {"name": shown, "folded": _folded(shown), "role": role, "password": kept, "temporary": temporary,
               "made_at": _now()}  # fmt: skip
        with told(self._engine), writing(self._engine) as connection:
            if connection.execute(select(_table.c.key).where(_table.c.folded == row["folded"])).first():
                raise RequestError(f"there is an account {shown!r} already; give another name")
            connection.execute(insert(_table).values(row))
            note(connection, by, "account made", f"{shown} as {role}")
            return _found(connection, shown)

    def checked(self, name: str, password: str) -> Account | None:
        """The account of this name, if that is its password and it may be used. Both take as long when it is not."""
        asked = select(*COLUMNS, _table.c.password).where(_table.c.folded == _folded(name))
        with told(self._engine), self._engine.connect() as connection:
            row = connection.execute(asked).first()
        kept = passwords.nobodys() if row is None else str(row.password)
        if not passwords.matches(kept, password) or row is None or row.closed_at is not None:
            return None
        if passwords.is_outdated(kept):
            self._set(row.key, password=passwords.hashed(password))
        return account_of(row)

    def set_password(self, name: str, password: str, *, by: Actor, temporary: bool = False) -> None:
        """Give an account another password; whoever is logged in under it is logged out.

        Raises:
            RequestError: if there is no such account, or the password may not be used.
        """
        account = self.named(name)
        kept = passwords.hashed(passwords.accepted(password, account.name))
        fields = {"password": kept, "temporary": temporary}
        self._change(account, fields, by, "password changed", account.name, leave=True)

    def set_role(self, name: str, role: Role, *, by: Actor) -> None:
        """Give an account another role.

        Raises:
            RequestError: if there is no such account.
        """
        account = self.named(name)
        self._change(account, {"role": role}, by, "role changed", f"{account.name} to {role}")

    def close(self, name: str, *, by: Actor) -> None:
        """Let an account no longer be used; its tokens neither.

        Raises:
            RequestError: if there is no such account.
        """
        account = self.named(name)
        self._change(account, {"closed_at": _now()}, by, "account closed", account.name, leave=True)

    def reopen(self, name: str, *, by: Actor) -> None:
        """Let an account be used again.

        Raises:
            RequestError: if there is no such account.
        """
        account = self.named(name)
        self._change(account, {"closed_at": None}, by, "account opened", account.name)

    def _change(
        self, account: Account, fields: dict[str, Any], by: Actor, act: str, what: str, *, leave: bool = False
    ) -> None:
        with told(self._engine), writing(self._engine) as connection:
            connection.execute(update(_table).where(_table.c.key == account.key).values(fields))
            if leave:
                open_ = schema.sessions.c.ended_at.is_(None) & (schema.sessions.c.account == account.key)
                connection.execute(update(schema.sessions).where(open_).values(ended_at=_now()))
            note(connection, by, act, what)

    def _set(self, key: int, **fields: Any) -> None:
        with told(self._engine), writing(self._engine) as connection:
            connection.execute(update(_table).where(_table.c.key == key).values(fields))


_table = schema.accounts
COLUMNS = [_table.c[name] for name in Account.__struct_fields__]


def account_of(row: Any) -> Account:
    """The account of a row that holds ``COLUMNS``."""
    return Account(row.key, row.name, row.role, row.temporary, row.made_at, row.closed_at)


def _found(connection: Connection, name: str) -> Account:
    row = connection.execute(select(*COLUMNS).where(_table.c.folded == _folded(name))).first()
    if row is None:
        raise RequestError(f"there is no account {name[:40]!r}; onrecord users list tells which there are")
    return account_of(row)


def _checked(name: str) -> str:
    shown = unicodedata.normalize("NFKC", name).strip()
    if not shown or len(shown) > _LONGEST or not shown.isprintable():
        raise RequestError(f"{name[:40]!r} is no name for an account; give up to {_LONGEST} printable characters")
    return shown


def _folded(name: str) -> str:
    """By which an account is found: names that look alike are one."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
