"""Changes as they come in: server-sent events, one whenever reports were added."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import anyio
from litestar import Request
from litestar.response import ServerSentEvent, ServerSentEventMessage

from onrecord.ledger import Ledger

_PAUSE = 1.0  # seconds between two looks
_LOOKS = 600  # then the asker comes again by itself, and is let in anew where one logs in


def events(request: Request[Any, Any, Any]) -> ServerSentEvent:
    """A stream; who listens comes again when it ends. An event's id goes on from where ``Last-Event-ID`` tells."""
    ledger: Ledger = request.app.state["ledger"]
    last = request.headers.get("last-event-id", "")
    return ServerSentEvent(_events(ledger, int(last) if last.isascii() and last.isdigit() and len(last) < 19 else None))


async def _events(ledger: Ledger, last: int | None) -> AsyncIterator[ServerSentEventMessage]:
    seen = await anyio.to_thread.run_sync(ledger.latest) if last is None else last
    yield ServerSentEventMessage(data=None, comment="onrecord", id=seen)
    for _ in range(_LOOKS):
        latest = await anyio.to_thread.run_sync(ledger.latest)
        if latest > seen:
            seen = latest
            yield ServerSentEventMessage(event="change", id=seen, data=json.dumps({"changes": "/api/v1/changes"}))
        await anyio.sleep(_PAUSE)
