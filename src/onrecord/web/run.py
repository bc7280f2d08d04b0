"""Running the desk."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from onrecord.ledger import Ledger
from onrecord.values import RequestError

if TYPE_CHECKING:
    import uvicorn
    from litestar.types import ASGIApp


class Line(msgspec.Struct, frozen=True):
    """How the desk is reached.

    Attributes:
        host: address of this machine on which it listens. port: 0 for any that is free.
        certificate, key: files (PEM) by which it answers over https.
        proxy: address of a program that answers over https and passes requests on; nobody else is believed about whom
            a request comes from.
    """

    host: str = "127.0.0.1"
    port: int = 0
    certificate: str | None = None
    key: str | None = None
    proxy: str | None = None

    def config(self, app: ASGIApp, patience: int | None = 2) -> uvicorn.Config:
        """The same for uvicorn, which waits ``patience`` seconds at its end for what goes on.

        Raises:
            RequestError: if the certificate and its key cannot be used.
        """
        import uvicorn

        made = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=patience,
            proxy_headers=self.proxy is not None, forwarded_allow_ips=self.proxy or "",
            ssl_certfile=self.certificate, ssl_keyfile=self.key, h11_max_incomplete_event_size=64 * 1024,
        )  # fmt: skip
        try:
            made.load()
        except OSError as error:  # ssl.SSLError is one
            raise RequestError(f"{self.certificate} and {self.key} cannot be used ({error}); give PEM files") from error
        return made

    def address(self, name: str, port: int) -> str:
        """Where the desk is opened."""
        shown = f"[{name}]" if ":" in name else name
        if self.proxy is not None:
            return f"https://{shown}"
        return f"{'http' if self.certificate is None else 'https'}://{shown}:{port}"


def run(
    ledger: Ledger, line: Line, tell: Callable[[str], object], *, hosts: Sequence[str] = (), **options: Any
) -> None:
    """Serve the desk until it is interrupted.

    Args:
        ledger: what it shows.
        line: how it is reached.
        tell: is given the address once it can be opened.
        hosts: names under which it answers; the first is told.
        options: as of ``desk``.

    Raises:
        RequestError: if the port is taken, or the certificate cannot be used.
    """
    import uvicorn

    from onrecord.web.app import desk

    at = listening(line.host, line.port)
    try:
        config = line.config(desk(ledger, hosts=hosts, **options))
        address = line.address(hosts[0] if hosts else line.host, at.getsockname()[1])
        tell(f"The desk is at {address} – Ctrl-C ends it.")
        uvicorn.Server(config).run(sockets=[at])
    finally:
        at.close()


@contextlib.contextmanager
def running(ledger: Ledger, line: Line = Line(), **options: Any) -> Iterator[str]:  # noqa: B008 (frozen)
    """A desk that runs beside everything else until the block ends; gives its address.

    Args:
        ledger: what it shows.
        line: how it is reached.
        options: as of ``desk``.
    """
    import uvicorn

    from onrecord.web.app import desk

    at = listening(line.host, line.port)
    # Whoever closes their own connections is waited for; over https a browser may take its time.
    server = uvicorn.Server(line.config(desk(ledger, **options), None if line.certificate is None else 2))
    thread = threading.Thread(target=lambda: server.run(sockets=[at]), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield line.address(line.host, at.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join()
        at.close()


def listening(host: str, port: int) -> socket.socket:
    """A socket on which a desk can be reached; ``port`` 0 takes any that is free.

    Raises:
        RequestError: if the port is taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio sends small answers at once (TCP_NODELAY).
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
        made.listen()
    except OSError as error:
        made.close()
        raise RequestError(f"port {port} of {host} cannot be used ({error.strerror}); choose another --port") from error
    return made
