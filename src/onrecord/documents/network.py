"""Connections that go only where they may: each name is resolved here, checked, and the checked address connected.

Checking a name and then connecting to it by name would leave a gap in which its address may change (DNS rebinding).
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from ssl import SSLContext

import httpcore
import httpx

from onrecord.values import FetchError

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Deadline:
    """A point in time by which everything must be done."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def within(self, timeout: float | None) -> float:
        """The shorter of ``timeout`` and the time that remains, in seconds.

        Raises:
            httpcore.ReadTimeout: if none remains.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the deadline has passed")
        return left if timeout is None else min(left, timeout)


# Special-purpose blocks of the IANA registries that older Pythons count as public.
_SPECIAL = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20")))


def is_public(address: str) -> bool:
    """Whether an IP address, or the IPv4 address within it, is one of the public internet.

    Raises:
        ValueError: if ``address`` is no IP address.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return ip.teredo is None and is_public(str(inner))
        if ip.is_site_local:
            return False
    if any(ip in network for network in _SPECIAL if network.version == ip.version):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def anywhere(_address: str) -> bool:
    """Let every address pass, for callers who ask for it."""
    return True


def resolve(host: str, port: int, timeout: float) -> list[str]:
    """The IP addresses of ``host``, in the system's order. The system's resolver knows no time-out, so a thread waits.

    Raises:
        FetchError: if there are none, or the answer does not come in time.
    """
    answers: queue.SimpleQueue[list[str] | OSError | UnicodeError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put(list(dict.fromkeys(str(entry[4][0]) for entry in found)))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=timeout)
    except queue.Empty as error:
        raise FetchError(f"the name {host} was not resolved in time; try again later") from error
    if isinstance(answer, OSError | UnicodeError):
        raise FetchError(f"there is no host {host}; check the address") from answer
    return answer


class _Stream(httpcore.NetworkStream):
    """A connection whose every operation keeps to the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.within(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secure = self._stream.start_tls(ssl_context, server_hostname, self._deadline.within(timeout))
        return _Stream(secure, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


class Backend(httpcore.NetworkBackend):
    """Connects to the addresses that it has itself resolved and found fit.

    Args:
        deadline: for everything together.
        may_connect: whether an IP address may be connected to.
    """

    def __init__(self, deadline: Deadline, *, may_connect: Callable[[str], bool] = is_public) -> None:
        self._sockets = httpcore.SyncBackend()
        self._deadline = deadline
        self._may_connect = may_connect

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to ``host``, which keeps its name for TLS and the Host header.

        Raises:
            FetchError: if any of its addresses may not be connected to.
        """
        addresses = resolve(host, port, self._deadline.within(timeout))
        for address in addresses:
            if not self._may_connect(address):
                raise FetchError(f"{host} is at {address}, which is not on the public internet; refused for safety")
        failed: Exception = httpcore.ConnectError(f"no address for {host}")
        for address in addresses:
            try:
                within = self._deadline.within(timeout)
                stream = self._sockets.connect_tcp(address, port, within, local_address, socket_options)
                return _Stream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Iterable[bytes]) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        close = getattr(self._stream, "close", None)
        if close is not None:
            close()


class Transport(httpx.BaseTransport):
    """httpx over httpcore with our ``Backend``; no proxies, since a proxy would resolve names by itself.

    Errors of httpcore pass through as they are.
    """

    def __init__(self, backend: Backend) -> None:
        context = httpx.create_ssl_context()
        self._pool = httpcore.ConnectionPool(ssl_context=context, network_backend=backend)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send ``request`` and return the response, its body still to be read."""
        url = request.url
        response = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        body = response.stream
        if not isinstance(body, Iterable):
            raise TypeError("httpcore's pool gave an asynchronous body")
        return httpx.Response(response.status, headers=response.headers, stream=_Body(body))

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()
