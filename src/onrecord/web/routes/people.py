"""Who asks: logging in and out, one's own account, the accounts of others, the log."""

from __future__ import annotations

from anyio import to_thread
from litestar import Response
from litestar.exceptions import NotFoundException

from onrecord.ledger.access import LONGEST, Actor
from onrecord.web import asked
from onrecord.web.answer import Answer, response
from onrecord.web.gate import session_cookie
from onrecord.web.limits import Limits
from onrecord.web.pages import account, log, log_in, users
from onrecord.web.routes.route import Asked, Route, in_forms
from onrecord.web.state import Ask, ledger_of, texts, went_to


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
    form = await texts(request)
    name, password, to = form.get("name", ""), form.get("password", ""), form.get("to")
    limits: Limits = request.app.state["limits"]
    limits.try_log_in(name, request.user.address)
    by = Actor(name, request.user.address)
    secret = await to_thread.run_sync(log_in.enter, ledger_of(request), name, password, by)
    if secret is None:
        return response(request, log_in.refused(to, name), "html")
    if request.user.secret:
        await to_thread.run_sync(lambda: ledger_of(request).access.sessions.end(request.user.secret, by=by))
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
    form = await texts(request)
    if form.get("act") == "password":
        limits: Limits = request.app.state["limits"]
        limits.try_log_in(request.user.name, request.user.address)
    return _done(request, await to_thread.run_sync(account.change, ledger_of(request).access, request.user, form))


def users_page(request: Ask) -> Response[bytes]:
    """The accounts."""
    return response(request, users.page(ledger_of(request).access, request.user))


async def users_change(request: Ask) -> Response[bytes]:
    """Make or change an account."""
    form = await texts(request)
    return _done(request, await to_thread.run_sync(users.change, ledger_of(request).access, request.user, form))


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


def _done(request: Ask, done: str | Answer) -> Response[bytes]:
    """Go on, or show the page with what was wrong, or with what is told once."""
    return went_to(done) if isinstance(done, str) else response(request, done, "html")
