"""Who asks: by what name, with which rights."""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

from onrecord.ledger.access import RIGHTS, Account, Actor, Right, Role, granted


class Visitor(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks the desk for something.

    Attributes:
        kind: "local" (whoever sits at this machine), "session" (logged in), "token" (a program), "nobody" (none of it).
        name: under which is put on record what is decided.
        rights: what may be done.
        role: of the account.
        address: of the machine that asks.
        secret: of the session, never shown. temporary: whether the password must be changed first.
    """

    kind: Literal["local", "session", "token", "nobody"]
    name: str = ""
    rights: frozenset[Right] = frozenset()
    role: Role | None = None
    address: str | None = None
    secret: str = ""
    temporary: bool = False

    @property
    def actor(self) -> Actor:
        """The same for the log."""
        return Actor(self.name, self.address)

    @property
    def proof(self) -> str:
        """What a form of a page of this session carries, and no page of another site can know."""
        return hashlib.sha256(f"form\n{self.secret}".encode()).hexdigest()[:32] if self.kind == "session" else ""


def local(name: str, read_only: bool) -> Visitor:
    """Whoever sits at this machine."""
    return Visitor(kind="local", name=name, rights=_allowed(RIGHTS["reviewer"], read_only))


def logged_in(account: Account, secret: str, address: str | None, read_only: bool) -> Visitor:
    """Who is logged in."""
    return Visitor(
        kind="session", name=account.name, rights=_allowed(RIGHTS[account.role], read_only), role=account.role,
        address=address, secret=secret, temporary=account.temporary,
    )  # fmt: skip


def program(account: Account, scopes: tuple[str, ...], address: str | None, read_only: bool) -> Visitor:
    """A program with a token of an account."""
    rights = frozenset() if account.temporary else _allowed(granted(account.role, scopes), read_only)
    return Visitor(kind="token", name=account.name, rights=rights, role=account.role, address=address)


def _allowed(rights: frozenset[Right], read_only: bool) -> frozenset[Right]:
    return rights - {"review", "add"} if read_only else rights
