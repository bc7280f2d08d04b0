"""What every request and every answer must be: of this host, from this site, and able to load nothing from elsewhere.

References:
    W3C (2024), Content Security Policy Level 3. OWASP (2023), Cross-Site Request Forgery Prevention: verifying origin.
    Jackson et al. (2009), Protecting browsers from DNS rebinding attacks: a server on loopback must check ``Host``.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType

if TYPE_CHECKING:
    from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'"
)
# A capture is looked at in a frame where nothing of it can act.
CAPTURE_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_ENCRYPTED = "max-age=31536000"
SAFE = ("GET", "HEAD", "OPTIONS")


def is_loopback(host: str) -> bool:
    """Whether a host is this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _authority(origin: str) -> str:
    """Host and port in an ``Origin`` header; nothing where there are none."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def _name(host: str) -> str:
    """The name in a ``Host`` header; nothing where it is none."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:  # brackets that do not close
        return ""


async def refuse(send: Send, status: int, told: str) -> None:
    """Answer with one line, where nothing else can answer."""
    body = f"onrecord: {told}\n".encode()
    length = str(len(body)).encode()
    await send(
        {"type": "http.response.start", "status": status,
         "headers": [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", length)]}
    )  # fmt: skip
    await send({"type": "http.response.body", "body": body, "more_body": False})


class Guard:
    """Middleware: refuses requests that were meant for another host or come from another site, and adds headers.

    Args:
        app: what answers.
        hosts: the host names by which the desk is known, besides this machine's own.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str] = ()) -> None:
        self.app = app
        self.hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return
        given = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        refusal = self._refusal(scope, given)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableScopeHeaders.from_message(message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if scope["scheme"] == "https":
                    headers.setdefault("strict-transport-security", _ENCRYPTED)
            await send(message)

        if refusal is None:
            await self.app(scope, receive, guarded)
            return
        await refuse(guarded, *refusal)

    def _refusal(self, scope: HTTPScope, given: dict[str, str]) -> tuple[int, str] | None:
        host = given.get("host", "")
        name = _name(host)
        if not (is_loopback(name) or name in self.hosts):
            return 421, "this desk does not answer under that host name; open it at the address that serve told"
        if scope["method"] in SAFE:
            return None
        origin = given.get("origin")
        if given.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return 403, "a change was asked for by another site; ask for it on a page of the desk"
        if origin is not None and _authority(origin) != host:
            return 403, "a change was asked for by another site; ask for it on a page of the desk"
        return None
