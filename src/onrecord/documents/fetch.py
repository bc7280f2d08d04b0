"""One web page, fetched politely and safely.

The user agent says who asks; robots.txt is heeded; every hop of a redirect is checked anew; addresses that are not
public are refused; time and size are bounded, also after decompression. Proxy settings of the environment are not
used: a proxy would resolve names by itself, behind the check (``SSL_CERT_FILE`` and ``SSL_CERT_DIR`` are).
"""

from __future__ import annotations

import contextlib
import datetime
import importlib.metadata
import time
import zlib
from collections.abc import Callable, Iterator

import httpcore
import httpx
import msgspec
import protego

from onrecord.documents.network import Backend, Deadline, Transport, is_public
from onrecord.documents.options import MAX_FILE, REMEDY, too_large
from onrecord.values import FetchError

AGENT = "onrecord"
_ACCEPT = "text/html, application/xhtml+xml, text/plain;q=0.9, application/json;q=0.8, */*;q=0.1"
_READABLE = ("text/", "application/xhtml", "application/xml", "application/json", "application/jsonl",
             "application/x-ndjson", "application/x-jsonlines", "application/octet-stream", "application/rss",
             "application/atom", "application/rdf", "application/feed", "application/pdf", "application/msword",
             "application/vnd.openxmlformats-officedocument.wordprocessingml", "application/zip", "application/gzip",
             "application/x-gzip", "application/warc", "message/rfc822", "application/opml")  # fmt: skip
_PRIVATE = ("set-cookie", "set-cookie2")
_ROBOTS_SIZE = 512_000  # RFC 9309 asks for at least 500 KiB
_ERRORS = (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, httpx.HTTPError, httpx.InvalidURL)
_TIMEOUTS = (httpcore.TimeoutException, httpx.TimeoutException)


# The rules of each host, or why they could not be had.
_Robots = dict[tuple[str, str, int | None], protego.Protego | FetchError | None]


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How long and how large a fetch may be: seconds, bytes of the body, redirects.

    ``pause`` is how many seconds lie between two pages of one host, unless its robots.txt asks for more, up to
    ``patience``.
    """

    connect: float = 10.0
    read: float = 10.0
    total: float = 30.0
    size: int = MAX_FILE
    redirects: int = 5
    pause: float = 1.0
    patience: float = 30.0


class Page(msgspec.Struct, frozen=True):
    """What was fetched: the final address, the decompressed body, the charset that the server states, when, and how.

    ``fetched`` is in UTC; ``headers`` are those of the last answer, less cookies, which are nobody's business.
    """

    url: str
    body: bytes
    charset: str | None
    fetched: datetime.datetime
    headers: tuple[tuple[str, str], ...] = ()


def fetch(url: str, *, may_connect: Callable[[str], bool] = is_public, limits: Limits | None = None) -> Page:
    """Fetch ``url`` and whatever it redirects to.

    Args:
        url: an http or https address.
        may_connect: whether an IP address may be connected to; asked for every connection, robots.txt included.
        limits: how long and how large it may be.

    Raises:
        FetchError: if the address, robots.txt, the answer, its type, its size or its time forbid it.
        DocumentError: if the body is larger than a report may be.
    """
    return Fetcher(may_connect=may_connect, limits=limits).fetch(url)


class Fetcher:
    """Fetches pages one after the other, with a pause between two of one host, and its robots.txt asked for once.

    Args:
        may_connect: whether an IP address may be connected to.
        limits: how long and how large a page may be, and how long the pause is.
    """

    def __init__(self, *, may_connect: Callable[[str], bool] = is_public, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._may_connect = may_connect
        self._robots: _Robots = {}
        self._last: dict[str, float] = {}

    def fetch(self, url: str) -> Page:
        """Fetch ``url`` and whatever it redirects to; raises as ``fetch`` does."""
        self._wait(url)
        return _fetch(url, _Visit(self._limits, self._may_connect, self._robots))

    def _wait(self, url: str) -> None:
        """Let the host of ``url`` rest as long as it asks for, within reason."""
        try:
            address = httpx.URL(url)
        except httpx.InvalidURL:
            return
        rules = self._robots.get((address.scheme, address.host, address.port))
        asked = float(rules.crawl_delay(AGENT) or 0) if isinstance(rules, protego.Protego) else 0.0
        pause = min(max(asked, self._limits.pause), self._limits.patience)
        since = time.monotonic() - self._last.get(address.host, -pause)
        if since < pause:
            time.sleep(pause - since)
        self._last[address.host] = time.monotonic()


def _fetch(url: str, visit: _Visit) -> Page:
    limits = visit.limits
    try:
        with visit.client:
            return visit.page(url)
    except _TIMEOUTS as error:
        raise FetchError(f"did not answer in time (at most {limits.total:g} s); try again later") from error
    except _ERRORS as error:
        told = " ".join(str(error).split()) or type(error).__name__
        raise FetchError(f"could not be fetched ({told}); check the address or try again later") from error


def user_agent() -> str:
    """How onrecord names itself to servers."""
    try:
        version = importlib.metadata.version("onrecord")
    except importlib.metadata.PackageNotFoundError:
        version = "0"
    return f"{AGENT}/{version} (reads single news reports at a user's request; heeds robots.txt)"


class _Visit:
    """One call: a client, and the robots.txt of each host met on the way."""

    def __init__(self, limits: Limits, may_connect: Callable[[str], bool], robots: _Robots) -> None:
        self.limits = limits
        backend = Backend(Deadline(limits.total), may_connect=may_connect)
        self.client = httpx.Client(
            transport=Transport(backend),
            trust_env=False,
            timeout=httpx.Timeout(limits.read, connect=limits.connect),
            headers={"User-Agent": user_agent(), "Accept": _ACCEPT, "Accept-Encoding": "gzip"},
        )
        self._robots = robots

    def page(self, url: str) -> Page:
        """The page at the end of the redirects."""
        address = _checked(httpx.URL(url))
        for _ in range(self.limits.redirects + 1):
            self._heed_robots(address)
            with self._get(address) as response:
                if not response.has_redirect_location:
                    _check_answer(response)
                    return _page(address, response, b"".join(_body(response, self.limits.size)))
                address = _next(address, response)
        raise FetchError(f"redirects more than {self.limits.redirects} times; give the final address")

    @contextlib.contextmanager
    def _get(self, address: httpx.URL) -> Iterator[httpx.Response]:
        """One answer, closed afterwards; its body may remain unread."""
        with self.client.stream("GET", address.copy_with(fragment=None)) as response:
            yield response

    def _heed_robots(self, address: httpx.URL) -> None:
        """Raise unless the robots.txt of the address's host lets us in (RFC 9309)."""
        host = (address.scheme, address.host, address.port)
        if host not in self._robots:
            try:
                self._robots[host] = self._rules(address.copy_with(raw_path=b"/robots.txt", fragment=None))
            except FetchError as error:
                self._robots[host] = error
        rules = self._robots[host]
        if isinstance(rules, FetchError):
            raise FetchError(str(rules))
        if rules is not None and not rules.can_fetch(str(address), AGENT):
            raise FetchError(f"the robots.txt of {address.host} does not allow it; save the page and give the file")

    def _rules(self, address: httpx.URL) -> protego.Protego | None:
        """The rules at ``address``; ``None`` when there are none (4xx)."""
        host = address.host
        for _ in range(self.limits.redirects + 1):
            try:
                with self._get(address) as response:
                    if response.has_redirect_location:
                        address = _next(address, response)
                        continue
                    if response.is_success:
                        body = b"".join(_body(response, _ROBOTS_SIZE, cut=True))
                        return protego.Protego.parse(body.decode("utf-8", "replace"))
                    if response.is_server_error:
                        raise FetchError(f"the robots.txt of {host} answers {response.status_code}; try again later")
                    return None
            except _TIMEOUTS as error:
                raise FetchError(f"the robots.txt of {host} did not come in time; try again later") from error
        return None


def _page(address: httpx.URL, response: httpx.Response, body: bytes) -> Page:
    headers = tuple((k, v) for k, v in response.headers.multi_items() if k.lower() not in _PRIVATE)
    return Page(str(address), body, response.charset_encoding, datetime.datetime.now(datetime.UTC), headers)


def _checked(address: httpx.URL) -> httpx.URL:
    """``address`` itself, when it is one that onrecord fetches.

    Raises:
        FetchError: if it has another scheme, credentials, no host or no such port.
    """
    if address.scheme not in ("http", "https"):
        raise FetchError(f"leads to a {address.scheme or 'relative'} address; only http and https are fetched")
    if not address.host:
        raise FetchError("names no host; check the address")
    if address.port is not None and not 0 < address.port < 65_536:
        raise FetchError(f"names port {address.port}; a port is a number up to 65535")
    if address.userinfo:
        raise FetchError("holds a user name or password; leave them out, or save the page and give the file")
    return address


def _next(address: httpx.URL, response: httpx.Response) -> httpx.URL:
    """Where ``response`` redirects to, checked like the first address."""
    return _checked(address.join(response.headers["location"]))


def _check_answer(response: httpx.Response) -> None:
    """Raise unless the answer can be a report."""
    if not response.is_success:
        told = f"{response.status_code} {response.reason_phrase}".strip()
        raise FetchError(f"the server answers {told}; check the address")
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind and not kind.startswith(_READABLE):
        raise FetchError(f"is {kind}, not a report; {REMEDY}")


def _body(response: httpx.Response, limit: int, *, cut: bool = False) -> Iterator[bytes]:
    """The body, decompressed in bounded steps.

    Raises:
        FetchError: if its compression is unknown or broken.
        DocumentError: if it is larger than ``limit`` bytes, unless it may be ``cut`` there.
    """
    stated = response.headers.get("content-length", "")
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if stated.isdecimal() and int(stated[:15]) > limit and not cut:
        raise too_large(int(stated[:15]), limit)
    if coding in ("gzip", "x-gzip"):
        pieces = _gunzipped(_bounded(response.iter_raw(), limit))
    elif coding in ("identity", ""):
        pieces = response.iter_raw()
    else:
        raise FetchError(f"is compressed in a way that was not asked for ({coding}); save the page and give the file")
    size = 0
    for piece in pieces:
        yield piece[: limit - size]
        size += len(piece)
        if size > limit:
            if cut:
                return
            raise too_large(None, limit)


def _bounded(pieces: Iterator[bytes], limit: int) -> Iterator[bytes]:
    """The pieces as sent; compressed data larger than what it may hold is refused however little it unpacks to.

    Raises:
        DocumentError: if they are larger than ``limit`` bytes together.
    """
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limit:
            raise too_large(None, limit)
        yield piece


def _gunzipped(pieces: Iterator[bytes], *, step: int = 65_536) -> Iterator[bytes]:
    """What gzip data holds, in pieces of at most ``step`` bytes, so that no bomb goes off.

    Raises:
        FetchError: if the data is broken or ends early.
    """
    inflater = zlib.decompressobj(wbits=31)
    started = False
    try:
        for piece in pieces:
            while piece:
                if inflater.eof:  # another member follows
                    inflater = zlib.decompressobj(wbits=31)
                started = True
                yield inflater.decompress(piece, step)
                piece = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
        while started and not inflater.eof and (rest := inflater.decompress(b"", step)):
            yield rest
    except zlib.error as error:
        raise FetchError(f"is broken gzip data ({error}); try again later") from error
    if started and not inflater.eof:
        raise FetchError("ended early; try again later")
