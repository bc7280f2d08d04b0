"""The desk as an ASGI application: its routes and those of the API, guarded, with errors in one shape."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from anyio import to_thread
from litestar import Litestar, Response, get, post
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp

from onrecord.engine.read import DEFAULT_READER
from onrecord.ledger import Ledger
from onrecord.values import LedgerError, RequestError
from onrecord.web.adding import Adding
from onrecord.web.answer import Answer, Form, response
from onrecord.web.api.endpoints import ENDPOINTS, Endpoint
from onrecord.web.api.events import events
from onrecord.web.api.once import Once
from onrecord.web.api.openapi import description
from onrecord.web.guard import Guard
from onrecord.web.routes import DECIDE, HAND_OVER, ROUTES, decide, form_of, hand_over
from onrecord.web.state import Ask

MOST_BYTES = 100_000_000  # handed over in one go


def desk(
    ledger: Ledger,
    *,
    hosts: Sequence[str] = (),
    who: str = "reviewer",
    read_only: bool = False,
    reader: str = DEFAULT_READER,
) -> ASGIApp:
    """The desk over a ledger.

    Args:
        ledger: what it shows.
        hosts: names under which it answers, besides this machine's own.
        who: reviews, unless somebody gives another name.
        read_only: whether nothing may be decided or added.
        reader: reads what is added.
    """
    adding = Adding(ledger, reader)
    answering = Litestar(
        [
            *(get(path, sync_to_thread=True)(answers) for paths, answers in ROUTES for path in paths),
            *map(_api, ENDPOINTS),
            get("/api/v1/openapi.json", sync_to_thread=False)(api_description),
            get("/api/v1/events", sync_to_thread=False)(events),
            post(DECIDE)(decide),
            post(HAND_OVER, request_max_body_size=MOST_BYTES)(hand_over),
        ],
        exception_handlers={RequestError: _refused, LedgerError: _broken, HTTPException: _http},
        state=State({"ledger": ledger, "who": who, "read_only": read_only, "adding": adding, "once": Once()}),
        on_shutdown=[adding.close],
        openapi_config=None,
        logging_config=None,
    )
    # Around all of it, so that what has no address is guarded too.
    return Guard(answering, hosts)


def _api(endpoint: Endpoint) -> HTTPRouteHandler:
    """The route of an endpoint of the API."""
    path = "/api/v1" + re.sub(r"\{(\w+)\}", r"{\1:str}", endpoint.path)

    async def asks(request: Ask) -> Response[bytes]:
        return await to_thread.run_sync(endpoint.answers, request)

    async def sends(request: Ask) -> Response[bytes]:
        return await to_thread.run_sync(endpoint.answers, request, await request.body())

    if endpoint.method == "post":
        return post(path, request_max_body_size=MOST_BYTES)(sends)
    return get(path)(asks)


def api_description() -> Response[bytes]:
    """The description of the API."""
    return Response(description(), media_type="application/json")


def _refused(request: Ask, error: RequestError) -> Response[bytes]:
    return _told(request, 400, str(error))


def _broken(request: Ask, error: LedgerError) -> Response[bytes]:
    return _told(request, 503, str(error))


def _http(request: Ask, error: HTTPException) -> Response[bytes]:
    return _told(request, error.status_code, error.detail or "it cannot be done")


def _told(request: Ask, status: int, told: str) -> Response[bytes]:
    """An error in one shape (RFC 9457 for machines)."""
    is_page = form_of(request) == "html" and not request.url.path.startswith("/api/")
    form: Form = "html" if is_page else "json"
    record = {"type": "about:blank", "title": told, "status": status, "instance": quote(request.url.path)}
    made = response(Answer("error.html", {"told": told, "status": status}, record, status=status), form)
    if form == "json":
        made.media_type = "application/problem+json"
    return made
