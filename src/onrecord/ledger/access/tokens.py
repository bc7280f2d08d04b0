"""Tokens: by which programs ask the API, each for some rights of its owner and for some time."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Collection
from typing import Any

import msgspec
from sqlalchemy import Engine, insert, select, update

from onrecord.ledger import schema
from onrecord.ledger.access.accounts import COLUMNS, Account, account_of
from onrecord.ledger.access.audit import note, now
from onrecord.ledger.access.rights import Actor, Right
from onrecord.ledger.access.sessions import digest
from onrecord.ledger.connect import told, try_to_write, writing
from onrecord.values import RequestError

PREFIX = "onrecord_"  # so that a token is known for one wherever it turns up
DAYS = 366  # for which a token may hold, at most
_LONGEST = 100  # characters of a label
_STEP = datetime.timedelta(minutes=5)  # how exactly the last use is remembered
_table = schema.tokens


class Token(msgspec.Struct, frozen=True):
    """What is known of a token, which does not tell the token.

    Attributes:
        key: in the ledger. label: what its owner calls it. scopes: the rights that it was made for.
        made_at, expires_at, used_at, revoked_at: in UTC; ``used_at`` to within five minutes.
    """

    key: int
    label: str
    scopes: tuple[str, ...]
    made_at: datetime.datetime
    expires_at: datetime.datetime
    used_at: datetime.datetime | None
    revoked_at: datetime.datetime | None


class Tokens:
    """The tokens of a ledger.

    All methods raise ``LedgerError`` when the database refuses.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def make(self, account: Account, label: str, scopes: Collection[Right], days: int, *, by: Actor) -> str:
        """Make a token, and give it; it cannot be told again.

        Args:
            account: whose it is.
            label: what to call it.
            scopes: what it is for; it may only what its owner may.
            days: how long it holds.
            by: who makes it.

        Raises:
            RequestError: if it has no label, or holds for no day or too many.
        """
        if not label.strip() or len(label) > _LONGEST or not label.isprintable():
            raise RequestError(f"{label[:40]!r} does not name a token; give up to {_LONGEST} printable characters")
        if not 1 <= days <= DAYS:
            raise RequestError(f"a token cannot hold for {days} days; give 1 to {DAYS}")
        secret, moment = PREFIX + secrets.token_urlsafe(32), now()
        named = " ".join(sorted(scopes))
        row = {"digest": digest(secret), "account": account.key, "label": label.strip(), "scopes": named,
               "made_at": moment, "expires_at": moment + datetime.timedelta(days=days)}  # fmt: skip
        with told(self._engine), writing(self._engine) as connection:
            connection.execute(insert(_table).values(row))
            note(connection, by, "token made", f"{label.strip()} of {account.name} for {named}")
        return secret

    def of(self, account: Account) -> list[Token]:
        """The tokens of an account, the last first."""
        chosen = select(_table).where(_table.c.account == account.key).order_by(_table.c.key.desc())
        with told(self._engine), self._engine.connect() as connection:
            return [_token(row) for row in connection.execute(chosen)]

    def account(self, secret: str) -> tuple[Account, tuple[str, ...]] | None:
        """Whose token this is and what it is for, if it holds and the account may be used."""
        moment = now()
        joined = _table.join(schema.accounts, schema.accounts.c.key == _table.c.account)
        asked = (
            select(_table.c.key.label("token"), _table.c.scopes, _table.c.expires_at, _table.c.used_at, *COLUMNS)
            .select_from(joined)
            .where(_table.c.digest == digest(secret), _table.c.revoked_at.is_(None))
        )
        with told(self._engine), self._engine.connect() as connection:
            row = connection.execute(asked).first()
        if row is None or row.closed_at is not None or row.expires_at <= moment:
            return None
        if row.used_at is None or moment - row.used_at > _STEP:
            try_to_write(self._engine, update(_table).where(_table.c.key == row.token).values(used_at=moment))
        return account_of(row), tuple(row.scopes.split())

    def revoke(self, account: Account, key: int, *, by: Actor) -> None:
        """Let a token of an account hold no longer.

        Raises:
            RequestError: if it has none of that number.
        """
        mine = (_table.c.account == account.key) & (_table.c.key == key)
        with told(self._engine), writing(self._engine) as connection:
            row = connection.execute(select(_table.c.label).where(mine)).first()
            if row is None:
                raise RequestError(f"{account.name} has no token {key}")
            connection.execute(update(_table).where(mine, _table.c.revoked_at.is_(None)).values(revoked_at=now()))
            note(connection, by, "token revoked", f"{row.label} of {account.name}")


def _token(row: Any) -> Token:
    return Token(
        row.key, row.label, tuple(row.scopes.split()), row.made_at, row.expires_at, row.used_at, row.revoked_at
    )
