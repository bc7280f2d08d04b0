"""The desk as an ASGI application: its routes and those of the API, guarded, with errors in one shape."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from urllib.parse import quote

from anyio import CapacityLimiter, to_thread
from litestar import Litestar, Response, get, post
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp

from onrecord.engine.read import DEFAULT_READER
from onrecord.ledger import Ledger
from onrecord.values import LedgerError, RequestError
from onrecord.web.adding import Adding
from onrecord.web.answer import Answer, Form, form_of, response
from onrecord.web.api.endpoints import ENDPOINTS, Endpoint
from onrecord.web.api.events import events
from onrecord.web.api.once import Once
from onrecord.web.api.openapi import description
from onrecord.web.gate import UNREADABLE, Gate, admitted
from onrecord.web.guard import SAFE, Guard
from onrecord.web.limits import REQUESTS, Limits
from onrecord.web.routes import MOST_BYTES, ROUTES
from onrecord.web.state import Ask, went_to
from onrecord.web.templates import address

HASHING = 2  # passwords at once; each takes 64 MiB
_LOG = logging.getLogger("onrecord")


def desk(
    ledger: Ledger,
    *,
    hosts: Sequence[str] = (),
    who: str = "reviewer",
    read_only: bool = False,
    log_in: bool = False,
    requests: int = REQUESTS,
    reader: str = DEFAULT_READER,
) -> ASGIApp:
    """The desk over a ledger.

    Args:
        ledger: what it shows.
        hosts: names under which it answers, besides this machine's own.
        who: reviews, unless somebody gives another name.
        read_only: whether nothing may be decided or added.
        log_in: whether everybody must log in, as on a server; its cookies are sent over https alone.
        requests: how many one account may make in a minute, where one logs in.
        reader: reads what is added.
    """
    adding = Adding(ledger, reader)
    answering = Litestar(
        [
            *(handler for route in ROUTES for handler in route.handlers()),
            *map(_api, ENDPOINTS),
            get("/api/v1/openapi.json", sync_to_thread=False)(api_description),
            get("/api/v1/events", sync_to_thread=False)(events),
        ],
        guards=[admitted],
        exception_handlers={RequestError: _refused, LedgerError: _broken, HTTPException: _http},
        state=State(
            {
                "ledger": ledger,
                "adding": adding,
                "once": Once(),
                "limits": Limits(requests),
                "hashing": CapacityLimiter(HASHING),
            }
        ),
        on_shutdown=[adding.close],
        openapi_config=None,
        logging_config=None,
    )
    # Around all of it, so that what has no address is guarded too.
    return Guard(Gate(answering, ledger, who, log_in=log_in, read_only=read_only), hosts)


def _api(endpoint: Endpoint) -> HTTPRouteHandler:
    """The route of an endpoint of the API."""
    opt = {"needs": endpoint.needs}
    path = "/api/v1" + re.sub(r"\{(\w+)\}", r"{\1:str}", endpoint.path)

    async def asks(request: Ask) -> Response[bytes]:
        return await to_thread.run_sync(endpoint.answers, request)

    async def sends(request: Ask) -> Response[bytes]:
        return await to_thread.run_sync(endpoint.answers, request, await request.body())

    if endpoint.method == "post":
        return post(path, opt=opt, request_max_body_size=MOST_BYTES)(sends)
    return get(path, opt=opt)(asks)


def api_description() -> Response[bytes]:
    """The description of the API."""
    return Response(description(), media_type="application/json")


def _refused(request: Ask, error: RequestError) -> Response[bytes]:
    return _told(request, 400, str(error))


def _broken(request: Ask, error: LedgerError) -> Response[bytes]:
    if request.user.kind == "local":
        return _told(request, 503, str(error))
    _LOG.error("%s", error)  # it may name a path or a host
    return _told(request, 503, UNREADABLE)


def _http(request: Ask, error: HTTPException) -> Response[bytes]:
    """What cannot be answered; who must log in first, or choose a password, is led there."""
    if _is_page(request) and request.method in SAFE and error.status_code in (401, 403):
        if request.user.kind == "nobody":
            asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return went_to(address("/log-in", to=asked if asked != "/" else None))
        if request.user.temporary:
            return went_to("/account")
    made = _told(request, error.status_code, error.detail or "it cannot be done")
    made.headers.update(error.headers or {})
    if error.status_code == 401:
        made.headers["www-authenticate"] = 'Bearer realm="onrecord"'
    return made


def _told(request: Ask, status: int, told: str) -> Response[bytes]:
    """An error in one shape (RFC 9457 for machines)."""
    form: Form = "html" if _is_page(request) else "json"
    record = {"type": "about:blank", "title": told, "status": status, "instance": quote(request.url.path)}
    made = response(request, Answer("error.html", {"told": told, "status": status}, record, status=status), form)
    if form == "json":
        made.media_type = "application/problem+json"
    return made


def _is_page(request: Ask) -> bool:
    return form_of(request) == "html" and not request.url.path.startswith("/api/")
