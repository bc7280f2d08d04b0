"""Sessions: who is logged in, told by a secret in a cookie, of which only a hash is kept.

References:
    OWASP (2024), Session Management Cheat Sheet: at least 64 bits of entropy, an idle and an absolute time-out, a new
    session with each log-in.
"""

from __future__ import annotations

import datetime
import hashlib
import secrets

from sqlalchemy import Engine, delete, insert, select, update

from onrecord.ledger import schema
from onrecord.ledger.access.accounts import COLUMNS, Account, account_of, verified
from onrecord.ledger.access.audit import note, now
from onrecord.ledger.access.names import folded
from onrecord.ledger.access.rights import Actor
from onrecord.ledger.connect import told, try_to_write, writing

IDLE = datetime.timedelta(hours=12)
LONGEST = datetime.timedelta(days=7)
_STEP = datetime.timedelta(minutes=5)  # how exactly the last request is remembered
_table = schema.sessions


class Sessions:
    """The sessions of a ledger.

    All methods raise ``LedgerError`` when the database refuses.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def log_in(self, name: str, password: str, *, address: str | None) -> str | None:
        """Begin one, and give its secret; ``None`` if name or password are wrong, which is put into the log.

        The log tells the name of an account, and nothing that was typed: that may be a password.
        """
        found = verified(self._engine, name, password)
        secret = None if found is None else self._begin(found[0], address, found[1])
        if secret is None:
            with told(self._engine), writing(self._engine) as connection:
                tried = select(schema.accounts.c.name).where(schema.accounts.c.folded == folded(name))
                known = connection.execute(tried).scalar()
                note(
                    connection, Actor(known or "nobody", address), "log-in refused", "" if known else "no such account"
                )
        return secret

    def _begin(self, account: Account, address: str | None, kept: str) -> str | None:
        """Begin one, if the account may still be used and its password is still the one of this hash."""
        secret, moment, accounts = secrets.token_urlsafe(32), now(), schema.accounts.c
        same = (accounts.key == account.key) & (accounts.password == kept) & accounts.closed_at.is_(None)
        row = {"digest": digest(secret), "account": account.key, "made_at": moment, "seen_at": moment}
        with told(self._engine), writing(self._engine) as connection:
            if connection.execute(select(accounts.key).where(same).with_for_update()).first() is None:
                return None
            connection.execute(delete(_table).where(_table.c.made_at < moment - 2 * LONGEST))  # long over
            connection.execute(insert(_table).values(row))
            note(connection, Actor(account.name, address), "logged in")
        return secret

    def account(self, secret: str) -> Account | None:
        """Whose session this is, if it goes on and the account may be used."""
        moment = now()
        joined = _table.join(schema.accounts, schema.accounts.c.key == _table.c.account)
        asked = (
            select(_table.c.key.label("session"), _table.c.made_at.label("begun_at"), _table.c.seen_at, *COLUMNS)
            .select_from(joined)
            .where(_table.c.digest == digest(secret), _table.c.ended_at.is_(None))
        )
        with told(self._engine), self._engine.connect() as connection:
            row = connection.execute(asked).first()
        if row is None or row.closed_at is not None or moment - row.seen_at > IDLE or moment - row.begun_at > LONGEST:
            return None
        if moment - row.seen_at > _STEP:
            try_to_write(self._engine, update(_table).where(_table.c.key == row.session).values(seen_at=moment))
        return account_of(row)

    def open(self, account: Account) -> list[datetime.datetime]:
        """When the sessions of an account that were not ended were last used, the latest first."""
        mine = (_table.c.account == account.key) & _table.c.ended_at.is_(None) & (_table.c.seen_at > now() - IDLE)
        with told(self._engine), self._engine.connect() as connection:
            chosen = select(_table.c.seen_at).where(mine, _table.c.made_at > now() - LONGEST)
            return sorted((row.seen_at for row in connection.execute(chosen)), reverse=True)

    def end(self, secret: str, *, by: Actor) -> None:
        """End one."""
        with told(self._engine), writing(self._engine) as connection:
            mine = (_table.c.digest == digest(secret)) & _table.c.ended_at.is_(None)
            if connection.execute(update(_table).where(mine).values(ended_at=now())).rowcount:
                note(connection, by, "logged out")

    def end_others(self, account: Account, secret: str, *, by: Actor) -> None:
        """End every session of an account but this."""
        others = (_table.c.account == account.key) & (_table.c.digest != digest(secret)) & _table.c.ended_at.is_(None)
        with told(self._engine), writing(self._engine) as connection:
            connection.execute(update(_table).where(others).values(ended_at=now()))
            note(connection, by, "logged out elsewhere")


def digest(secret: str) -> str:
    """What is kept of a secret of 256 random bits, which needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
