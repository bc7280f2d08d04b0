"""Who a request comes from, and whether they may ask for it: log-in, rights, forms of this desk, not too often.

References:
    OWASP (2024), Cross-Site Request Forgery Prevention Cheat Sheet: a token tied to the session.
    RFC 6750 (2012), Bearer tokens. RFC 6265bis: cookies named ``__Host-`` are of this host alone and sent encrypted.
"""

from __future__ import annotations

import hmac
import logging
from typing import TYPE_CHECKING, Any, cast

from anyio import to_thread
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie, MutableScopeHeaders, UploadFile
from litestar.enums import ScopeType
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException

from onrecord.ledger import Ledger
from onrecord.values import LedgerError, RequestError
from onrecord.web.guard import SAFE, refuse
from onrecord.web.limits import network
from onrecord.web.state import Ask, form, limits_of
from onrecord.web.visitor import Visitor, local, logged_in, program

if TYPE_CHECKING:
    from litestar.handlers import BaseRouteHandler
    from litestar.types import ASGIApp, Message, Receive, Scope, Send

_LOG = logging.getLogger("onrecord")
UNREADABLE = "the ledger cannot be read now; whoever looks after this desk finds more in its terminal"
SESSION = "__Host-onrecord"
FIELD = "proof"  # of a form
HEADER = "x-onrecord-proof"


class Gate:
    """Middleware: finds out who asks.

    Args:
        app: what answers.
        ledger: whose accounts there are.
        who: the name of whoever sits at this machine.
        log_in: whether everybody must log in.
        read_only: whether nothing may be decided or added.
    """

    def __init__(self, app: ASGIApp, ledger: Ledger, who: str, *, log_in: bool, read_only: bool) -> None:
        self._app = app
        self._access = ledger.access
        self._local = None if log_in else local(who, read_only)
        self._read_only = read_only

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != ScopeType.HTTP or self._local is not None:
            scope["user"] = self._local
            await self._app(scope, receive, send)
            return

        async def kept(message: Message) -> None:
            """What is told to one who logged in, no cache tells to another."""
            if message["type"] == "http.response.start":
                MutableScopeHeaders.from_message(message).setdefault("cache-control", "private, no-cache")
            await send(message)

        if scope["scheme"] != "https":
            await refuse(kept, 403, "this desk answers over https alone")
            return
        try:
            scope["user"] = await to_thread.run_sync(self._visitor, scope)
        except LedgerError as error:
            _LOG.error("%s", error)
            await refuse(kept, 503, UNREADABLE)
            return
        await self._app(scope, receive, kept)

    def _visitor(self, scope: Scope) -> Visitor:
        client = scope.get("client")
        address = client[0] if client else None
        asked = ASGIConnection[Any, Any, Any, Any](scope)
        scheme, _, token = asked.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            known = self._access.tokens.account(token.strip())
            return program(*known, address, self._read_only) if known else Visitor(kind="nobody", address=address)
        secret = asked.cookies.get(SESSION, "")
        account = self._access.sessions.account(secret) if secret else None
        if account is None:
            return Visitor(kind="nobody", address=address)
        return logged_in(account, secret, address, self._read_only)


def session_cookie(secret: str, age: int) -> Cookie:
    """The cookie of a session; with age 0 its end."""
    return Cookie(key=SESSION, value=secret, max_age=age, path="/", secure=True, httponly=True, samesite="lax")


async def admitted(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Let a request in, if whoever asks may do what the route does. Used as a guard of every route.

    Raises:
        NotAuthorizedException: (401) if they must log in first.
        PermissionDeniedException: (403) if they may not, or the form is none of theirs.
        TooManyRequestsException: (429) if they ask too often.
        RequestError: if the address holds a NUL.
    """
    request = cast("Ask", connection)
    if "\0" in request.url.path or b"%00" in request.scope["query_string"]:
        raise RequestError("the address holds a character that is none (NUL); leave it out")
    right = handler.opt.get("needs", "read")
    visitor = request.user
    limits = limits_of(request)
    if visitor.kind != "local" and handler.opt.get("counted", True):
        limits.ask(f"from {network(visitor.address)}" if visitor.kind == "nobody" else f"of {visitor.name}")
    if right == "public":
        return
    if visitor.kind == "nobody":
        raise NotAuthorizedException("log in first")
    if right not in ("self", visitor.kind):
        if visitor.temporary:
            raise PermissionDeniedException("change your password first, on the page of your account")
        if right not in visitor.rights:
            raise PermissionDeniedException(_why_not(visitor, right))
    if visitor.kind == "session":
        await _prove(request, visitor)


def _why_not(visitor: Visitor, right: str) -> str:
    if right == "session":
        return "this is done by whoever logs in with a browser, not by a program, nor where nobody logs in"
    if visitor.kind == "local":
        return "this desk is read-only; open it without --read-only"
    may = ", ".join(sorted(visitor.rights)) or "nothing"
    return f"this needs the right to {right}, and {visitor.name} may here: {may}"


async def _prove(request: Ask, visitor: Visitor) -> None:
    """Let only forms change anything that a page of this session showed."""
    if request.method in SAFE:
        return
    proof = request.headers.get(HEADER, "")
    if not proof and request.content_type[0].startswith(("multipart/", "application/x-www-form-urlencoded")):
        proof = str(dict(await form(request)).get(FIELD, ""))
    if not hmac.compare_digest(proof.encode(), visitor.proof.encode()):
        for _, sent in await form(request):
            if isinstance(sent, UploadFile):
                await sent.close()
        raise PermissionDeniedException("the form is of another log-in; go back, load the page again, and repeat it")
