"""Accounts: who may log in, in which role."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, insert, select, update
from sqlalchemy.exc import IntegrityError

from onrecord.ledger import schema
from onrecord.ledger.access import passwords
from onrecord.ledger.access.audit import note, now
from onrecord.ledger.access.names import folded, shown
from onrecord.ledger.access.rights import Actor, Role
from onrecord.ledger.connect import told, writing
from onrecord.values import RequestError


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
        named = shown(name)
        kept = passwords.hashed(passwords.accepted(password, named))
        row = {"name": named, "folded": folded(named), "role": role, "password": kept, "temporary": temporary,
               "made_at": now()}  # fmt: skip
        with told(self._engine), writing(self._engine) as connection:
            try:
                connection.execute(insert(_table).values(row))
            except IntegrityError as error:
                raise RequestError(f"there is an account {named!r} already; give another name") from error
            note(connection, by, "account made", f"{named} as {role}")
            return _found(connection, named)

    def checked(self, name: str, password: str) -> Account | None:
        """The account of this name, if that is its password and it may be used. Both take as long when it is not."""
        found = verified(self._engine, name, password)
        return None if found is None else found[0]

    def set_password(self, name: str, password: str, *, by: Actor, temporary: bool = False) -> None:
        """Give an account another password; whoever is logged in under it is logged out, and its tokens are revoked.

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
        self._change(account, {"closed_at": now()}, by, "account closed", account.name, leave=True)

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
                for table, column in ((schema.sessions, "ended_at"), (schema.tokens, "revoked_at")):
                    open_ = table.c[column].is_(None) & (table.c.account == account.key)
                    connection.execute(update(table).where(open_).values({column: now()}))
            note(connection, by, act, what)


_table = schema.accounts
COLUMNS = [_table.c[name] for name in Account.__struct_fields__]


def account_of(row: Any) -> Account:
    """The account of a row that holds ``COLUMNS``."""
    return Account(row.key, row.name, row.role, row.temporary, row.made_at, row.closed_at)


def verified(engine: Engine, name: str, password: str) -> tuple[Account, str] | None:
    """The account of this name and the hash of its password, if that is the password and the account may be used."""
    asked = select(*COLUMNS, _table.c.password).where(_table.c.folded == folded(name))
    with told(engine), engine.connect() as connection:
        row = connection.execute(asked).first()
    kept = passwords.nobodys() if row is None else str(row.password)
    if not passwords.matches(kept, password) or row is None or row.closed_at is not None:
        return None
    if passwords.is_outdated(kept):
        anew = passwords.hashed(password)
        with told(engine), writing(engine) as connection:
            same = (_table.c.key == row.key) & (_table.c.password == kept)
            connection.execute(update(_table).where(same).values(password=anew))
        kept = anew
    return account_of(row), kept


def _found(connection: Connection, name: str) -> Account:
    row = connection.execute(select(*COLUMNS).where(_table.c.folded == folded(name))).first()
    if row is None:
        raise RequestError(f"there is no account {name[:40]!r}; onrecord users list tells which there are")
    return account_of(row)
