"""One address of the desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import msgspec
from litestar.handlers import HTTPRouteHandler, get, post
from litestar.params import FromQuery

from onrecord.ledger.access import Right

MOST_BYTES = 100_000_000  # sent in one go to where reports are handed over
_FEW_BYTES = 1_000_000  # anywhere else
Asked = FromQuery[str | None]
# Beside the rights of an account: what anybody may, everybody with an account, everybody who logged in in a browser.
Needs = Right | Literal["public", "self", "session"]


class Route(msgspec.Struct, frozen=True):
    """What answers at some addresses.

    Attributes:
        paths: the addresses. answers: what answers; for "post" it is asynchronous.
        method: "get" or "post". needs: what whoever asks must be allowed to do.
        files: whether reports may be sent there. counted: whether it counts towards how often the desk may be asked.
    """

    paths: tuple[str, ...]
    answers: Callable[..., Any]
    method: Literal["get", "post"] = "get"
    needs: Needs = "read"
    files: bool = False
    counted: bool = True

    def handlers(self) -> list[HTTPRouteHandler]:
        """The same for Litestar, one for each address."""
        opt = {"needs": self.needs, "counted": self.counted}
        if self.method == "get":
            return [get(path, sync_to_thread=True, opt=opt)(self.answers) for path in self.paths]
        most = MOST_BYTES if self.files else _FEW_BYTES
        return [post(path, opt=opt, request_max_body_size=most)(self.answers) for path in self.paths]


def in_forms(path: str) -> tuple[str, ...]:
    """The address of a list as a page, and for machines."""
    return path, f"{path}.json", f"{path}.csv"
