"""Doing once what is asked twice: answers by the idempotency keys under which they were given.

References:
    Dalal and Jena, The Idempotency-Key HTTP Header Field (IETF draft).
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException

_KEPT = 1_000  # answers, the last ones; they are forgotten when the desk ends


class Once:
    """The answers that were given, by who asked and with which key."""

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[str, str], tuple[str, Response[bytes]]] = OrderedDict()
        self._lock = threading.Lock()

    def answer(
        self, request: Request[Any, Any, Any], body: bytes, do: Callable[[], Response[bytes]]
    ) -> Response[bytes]:
        """What ``do`` gives; for a key that was used before what it gave then.

        Raises:
            HTTPException: (422) if the key was used for something else.
        """
        key = request.headers.get("idempotency-key")
        if not key:
            return do()
        asked = hashlib.sha256(f"{request.method} {request.url.path}\n".encode() + body).hexdigest()
        name = (request.user.name, key)
        # Held while it is done, so that two at the same moment are one.
        with self._lock:
            if name in self._held:
                before, given = self._held[name]
                if before != asked:
                    raise HTTPException(
                        "this Idempotency-Key was used for another request; give a new one", status_code=422
                    )
                return given
            given = do()
            self._held[name] = (asked, given)
            while len(self._held) > _KEPT:
                self._held.popitem(last=False)
            return given
