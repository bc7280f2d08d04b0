"""What a request finds at hand: the ledger, whether it may change anything; and what is not there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from litestar import Request
from litestar.datastructures import State
from litestar.exceptions import NotFoundException, PermissionDeniedException

from onrecord.ledger import Ledger
from onrecord.values import RequestError

Found = TypeVar("Found")
Ask = Request[Any, Any, State]


def ledger_of(request: Ask) -> Ledger:
    """The ledger that the desk shows."""
    ledger: Ledger = request.app.state["ledger"]
    return ledger


def may_change(request: Ask) -> None:
    """Nothing, where something may be decided or added.

    Raises:
        PermissionDeniedException: where it may not.
    """
    if request.app.state["read_only"]:
        raise PermissionDeniedException("this desk is read-only; open it without --read-only")


def found(ask: Callable[[], Found]) -> Found:
    """What is asked for.

    Raises:
        NotFoundException: if it is not there.
    """
    try:
        return ask()
    except RequestError as error:
        raise NotFoundException(str(error)) from error
