"""Who asks: logging in and out, one's own account, the accounts of others, the log."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from litestar import Response
from litestar.exceptions import NotFoundException, PermissionDeniedException, ServiceUnavailableException

from onrecord.ledger.access import LONGEST
from onrecord.web import asked
from onrecord.web.answer import Answer, response
from onrecord.web.gate import session_cookie
from onrecord.web.pages import account, log, log_in, users
from onrecord.web.routes.route import Asked, Route, in_forms
from onrecord.web.state import Ask, ledger_of, limits_of, texts, went_to

Done = TypeVar("Done")
_WAITING = 20  # who wait for a hash; the others are told to come again


def log_in_page(request: Ask, to: Asked = None, told: Asked = None) -> Response[bytes]:
    """Where one logs in.

    Raises:
        NotFoundException: where nobody needs to.
    """
    if request.user.kind == "local":
        raise NotFoundException("nobody logs in at this desk; it is for this machine alone")
    return response(request, log_in.page(to, told), "html")


async def enter(request: Ask) -> Response[bytes]:
    """Log in."""
    fields, user, sessions = await texts(request), request.user, ledger_of(request).access.sessions
    name, password, to = fields.get("name", ""), fields.get("password", ""), fields.get("to")
    limits_of(request).try_log_in(name, user.address)
    secret = await _hashing(request, lambda: sessions.log_in(name, password, address=user.address))
    if secret is None:
        return response(request, log_in.refused(to, name), "html")
    if user.secret:
        await to_thread.run_sync(lambda: sessions.end(user.secret, by=user.actor))
    made = went_to(asked.inside(to))
    made.set_cookie(session_cookie(secret, int(LONGEST.total_seconds())))
    return made


async def leave(request: Ask) -> Response[bytes]:
    """Log out."""
    user = request.user
    await to_thread.run_sync(lambda: ledger_of(request).access.sessions.end(user.secret, by=user.actor))
    made = went_to("/log-in")
    made.set_cookie(session_cookie("", 0))
    return made


def account_page(request: Ask) -> Response[bytes]:
    """One's own account."""
    return response(request, account.page(ledger_of(request).access, request.user))


async def account_change(request: Ask) -> Response[bytes]:
    """Another password, a token, the end of other sessions."""
    fields, access = await texts(request), ledger_of(request).access
    if fields.get("act") == "password":
        limits_of(request).try_log_in(request.user.name, request.user.address)
    return _done(request, await _hashing(request, lambda: account.change(access, request.user, fields)))


def users_page(request: Ask) -> Response[bytes]:
    """The accounts."""
    return response(request, users.page(ledger_of(request).access, request.user))


async def users_change(request: Ask) -> Response[bytes]:
    """Make or change an account."""
    fields, access = await texts(request), ledger_of(request).access
    if request.user.kind != "session":
        raise PermissionDeniedException("accounts are changed by whoever logs in with a browser, not by a program")
    return _done(request, await _hashing(request, lambda: users.change(access, request.user, fields)))


def log_page(request: Ask, who: Asked = None, after: Asked = None) -> Response[bytes]:
    """Who did what."""
    return response(request, log.page(ledger_of(request).access.audit, who or "", asked.place(after)))


PEOPLE: tuple[Route, ...] = (
    Route(("/log-in",), log_in_page, needs="public"),
    Route(("/log-in/enter",), enter, "post", "public"),
    Route(("/log-out",), leave, "post", "session"),
    Route(("/account", "/account.json"), account_page, needs="self"),
    Route(("/account/change",), account_change, "post", "session"),
    Route(("/users", "/users.json", "/users.csv"), users_page, needs="manage"),
    Route(("/users/change",), users_change, "post", "manage"),
    Route(in_forms("/log"), log_page, needs="manage"),
)


async def _hashing(request: Ask, do: Callable[[], Done]) -> Done:
    """Do what takes a hash of a password, a few at a time, and keep no thread waiting that others need."""
    hashing: CapacityLimiter = request.app.state["hashing"]
    if hashing.statistics().tasks_waiting >= _WAITING:
        raise ServiceUnavailableException("too many log in at this moment; try again in a minute")
    return await to_thread.run_sync(do, limiter=hashing)


def _done(request: Ask, done: str | Answer) -> Response[bytes]:
    """Go on, or show the page with what was wrong, or with what is told once."""
    return went_to(done) if isinstance(done, str) else response(request, done, "html")
