"""Running the desk."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from onrecord.ledger import Ledger
from onrecord.values import RequestError


def run(
    ledger: Ledger, host: str, port: int, tell: Callable[[str], object], *, who: str, read_only: bool = False
) -> None:
    """Serve the desk until it is interrupted.

    Args:
        ledger: what it shows.
        host: address of this machine on which it listens.
        port: 0 for any that is free.
        who: reviews, unless somebody gives another name.
        read_only: whether nothing may be decided.
        tell: is given the address once it can be opened.

    Raises:
        RequestError: if the port is taken.
    """
    import uvicorn

    from onrecord.web.app import desk

    at = listening(host, port)
    name = f"[{host}]" if ":" in host else host
    tell(f"The desk is at http://{name}:{at.getsockname()[1]} – Ctrl-C ends it.")
    app = desk(ledger, who=who, read_only=read_only)
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=2
    )
    uvicorn.Server(config).run(sockets=[at])


@contextlib.contextmanager
def running(ledger: Ledger, **options: Any) -> Iterator[str]:
    """A desk that runs beside everything else until the block ends; gives its address.

    Args:
        ledger: what it shows.
        options: as of ``desk``.
    """
    import uvicorn

    from onrecord.web.app import desk

    at = listening("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(desk(ledger, **options), log_level="warning"))
    thread = threading.Thread(target=lambda: server.run(sockets=[at]), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{at.getsockname()[1]}"
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
