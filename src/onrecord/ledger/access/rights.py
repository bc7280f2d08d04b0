"""What may be done, by whom: rights, and the roles that hold them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

import msgspec

from onrecord.values import RequestError

Right = Literal["read", "review", "add", "manage"]
Role = Literal["reader", "reviewer", "admin"]
ALL: tuple[Right, ...] = get_args(Right)
ROLES: tuple[Role, ...] = get_args(Role)
RIGHTS: dict[Role, frozenset[Right]] = {
    "reader": frozenset({"read"}),
    "reviewer": frozenset({"read", "review", "add"}),
    "admin": frozenset(ALL),
}


class Actor(msgspec.Struct, frozen=True):
    """Who does something, for the log: a name, and the address of the machine that asks (none: the command line)."""

    name: str
    address: str | None = None


def role_of(text: str) -> Role:
    """A role by its name.

    Raises:
        RequestError: if there is none of that name.
    """
    for role in ROLES:
        if role == text:
            return role
    raise RequestError(f"{text[:40]!r} is no role; choose among: {', '.join(ROLES)}")


def rights_of(names: Iterable[str]) -> frozenset[Right]:
    """Rights by their names.

    Raises:
        RequestError: if one of them is none, or none is named.
    """
    given = set(names)
    unknown = sorted(given - set(ALL))
    if unknown or not given:
        told = f"{unknown[0][:40]!r} is no scope" if unknown else "no scope is named"
        raise RequestError(f"{told}; choose among: {', '.join(ALL)}")
    return frozenset(right for right in ALL if right in given)


def granted(role: Role, scopes: Iterable[str]) -> frozenset[Right]:
    """What a token may: its scopes, as far as the role of its owner goes now."""
    given = set(scopes)
    return frozenset(right for right in RIGHTS[role] if right in given)
