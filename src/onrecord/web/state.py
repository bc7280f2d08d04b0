"""What a request finds at hand: the ledger, the jobs, who asks; and what is not there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from litestar import Request, Response
from litestar.datastructures import Cookie, State, UploadFile
from litestar.exceptions import NotFoundException

from onrecord.ledger import Ledger
from onrecord.values import RequestError
from onrecord.web.adding import Adding
from onrecord.web.limits import Limits
from onrecord.web.visitor import Visitor

Found = TypeVar("Found")
_YEAR = 366 * 24 * 3600
Ask = Request[Visitor, Any, State]


def ledger_of(request: Ask) -> Ledger:
    """The ledger that the desk shows."""
    ledger: Ledger = request.app.state["ledger"]
    return ledger


def adding_of(request: Ask) -> Adding:
    """The jobs of the desk."""
    adding: Adding = request.app.state["adding"]
    return adding


def note(request: Ask, act: str, what: str) -> None:
    """Put into the log what somebody did who is logged in; of one's own machine there is none."""
    if request.user.kind != "local":
        ledger_of(request).access.audit.write(request.user.actor, act, what)


def cookie(request: Ask, name: str, value: str) -> Cookie:
    """A cookie that no script reads and that lasts a year."""
    secure = request.url.scheme == "https"
    return Cookie(key=name, value=value, max_age=_YEAR, httponly=True, samesite="lax", secure=secure)


def limits_of(request: Ask) -> Limits:
    """How often the desk may be asked."""
    limits: Limits = request.app.state["limits"]
    return limits


async def form(request: Ask) -> list[tuple[str, str | UploadFile]]:
    """The fields of a form, in order.

    Raises:
        RequestError: if they are none.
    """
    try:
        fields = (await request.form()).multi_items()
    except (LookupError, ValueError) as error:  # a charset that is none, bytes that are not of it
        raise RequestError("the form cannot be read; send it in UTF-8") from error
    found = [(name, value) for name, value in fields if isinstance(value, (str, UploadFile))]
    if not all(_is_text(value) for _, value in found if isinstance(value, str)):
        raise RequestError("a field of the form holds characters that are none; leave them out")
    return found


async def texts(request: Ask) -> dict[str, str]:
    """The fields of a form that are no files.

    Raises:
        RequestError: if they are none.
    """
    return {name: value for name, value in await form(request) if isinstance(value, str)}


def _is_text(value: str) -> bool:
    """Whether either database can keep it."""
    try:
        return b"\0" not in value.encode("utf-8")
    except UnicodeEncodeError:
        return False


def went_to(path: str) -> Response[bytes]:
    """Go on there, after a form."""
    return Response(b"", status_code=303, headers={"location": path})


def found(ask: Callable[[], Found]) -> Found:
    """What is asked for.

    Raises:
        NotFoundException: if it is not there.
    """
    try:
        return ask()
    except RequestError as error:
        raise NotFoundException(str(error)) from error
