"""Changes as they come in: server-sent events, one whenever reports were added."""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager

import anyio
from litestar.response import ServerSentEvent, ServerSentEventMessage

from onrecord.ledger import Ledger
from onrecord.web.state import Ask, ledger_of, limits_of

_PAUSE = 1.0  # seconds between two looks
_LOOKS = 600  # then the asker comes again by itself, and is let in anew where one logs in


def events(request: Ask) -> ServerSentEvent:
    """A stream; who listens comes again when it ends. An event's id goes on from where ``Last-Event-ID`` tells."""
    limits, who = limits_of(request), request.user.name
    counted: AbstractContextManager[None] = contextlib.nullcontext()
    if request.user.kind != "local":
        limits.may_listen(who)
        counted = limits.listening(who)
    last = request.headers.get("last-event-id", "")
    seen = int(last) if last.isascii() and last.isdigit() and len(last) < 19 else None
    return ServerSentEvent(_events(ledger_of(request), seen, counted))


async def _events(
    ledger: Ledger, last: int | None, counted: AbstractContextManager[None]
) -> AsyncIterator[ServerSentEventMessage]:
    with counted:
        seen = await anyio.to_thread.run_sync(ledger.latest) if last is None else last
        yield ServerSentEventMessage(data=None, comment="onrecord", id=seen)
        for _ in range(_LOOKS):
            latest = await anyio.to_thread.run_sync(ledger.latest)
            if latest > seen:
                seen = latest
                yield ServerSentEventMessage(event="change", id=seen, data=json.dumps({"changes": "/api/v1/changes"}))
            await anyio.sleep(_PAUSE)
