"""Fetching from a real server on this machine: what is fetched, and everything that is refused."""

import datetime
import gzip
import http.server
import io
import socket
import threading
from collections.abc import Callable
from typing import Any

import pytest

from documents.site_on_loopback import PAGES, Site, only_failure
from onrecord.documents import Options, read
from onrecord.documents.fetch import Limits, fetch, user_agent
from onrecord.documents.network import anywhere, is_public
from onrecord.values import Document, DocumentError, FetchError

PRIVATE = Options(allow_private=True)


def refused(site: Site, path: str, **limits: Any) -> str:
    """The message with which a fetch is refused."""
    with pytest.raises(DocumentError) as raised:
        fetch(site.url + path, may_connect=anywhere, limits=Limits(**limits))
    assert str(raised.value).isprintable()
    return str(raised.value)


def test_a_page(site: Site) -> None:
    url = site.serve("/story", (PAGES / "soup.html").read_bytes())
    [document] = read(url, PRIVATE)
    assert isinstance(document, Document)
    assert document.url == document.source == url
    assert document.published == datetime.date(2023, 9, 12)
    assert "Rescue teams spoke" in document.text
    assert [path for path, _ in site.seen] == ["/robots.txt", "/story"]
    for _, headers in site.seen:
        assert headers["User-Agent"] == user_agent()
        assert headers["Host"] == f"127.0.0.1:{site.port}"


def test_text_and_json_lines(site: Site) -> None:
    url = site.serve("/a", b"Five were killed.", Content_Type="text/plain")
    [document] = read(url, Options(allow_private=True, publisher="P"))
    assert document == Document("Five were killed.", publisher="P", url=url, source=url)
    url = site.serve("/b", b'{"text": "a"}\n{"text": "b"}', Content_Type="application/x-ndjson")
    assert [getattr(one, "text", None) for one in read(url, PRIVATE)] == ["a", "b"]


def test_the_charset_of_the_server_is_heard(site: Site) -> None:
    body = "<html><body><p>Poległo pięciu żołnierzy pod Chersoniem.</p></body></html>".encode("iso8859-2")
    url = site.serve("/a", body, Content_Type="text/html; charset=iso-8859-2")
    [document] = read(url, PRIVATE)
    assert isinstance(document, Document)
    assert document.text == "Poległo pięciu żołnierzy pod Chersoniem."


def test_loopback_is_refused_before_anything_is_sent(site: Site) -> None:
    url = site.serve("/a", b"Five.")
    assert "127.0.0.1, which is not on the public internet" in only_failure(list(read(url, Options())))
    for host in ("localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"):
        assert "not on the public internet" in only_failure(list(read(f"http://{host}:{site.port}/a", Options())))
    assert site.seen == []


def test_a_redirect_to_a_private_address_is_refused(site: Site) -> None:
    asked: list[str] = []

    def only_this_server(address: str) -> bool:
        asked.append(address)
        return address == "127.0.0.1"

    url = site.serve("/a", status=302, Location=f"http://127.0.0.2:{site.port}/secret")
    with pytest.raises(FetchError, match=r"127\.0\.0\.2, which is not on the public internet"):
        fetch(url, may_connect=only_this_server)
    assert set(asked) == {"127.0.0.1", "127.0.0.2"}
    assert "/secret" not in [path for path, _ in site.seen]


@pytest.mark.parametrize(
    ("location", "says"),
    [
        ("ftp://127.0.0.1/x", "leads to a ftp address"),
        ("file:///etc/passwd", "leads to a file address"),
        ("http://user:secret@127.0.0.1/", "holds a user name or password"),
        ("/loop", "redirects more than 5 times"),
        ("http://[bad", "there is no host"),
    ],
)
def test_redirects_that_are_refused(site: Site, location: str, says: str) -> None:
    site.serve("/loop", status=301, Location=location)
    message = refused(site, "/loop")
    assert says in message
    assert "secret" not in message


def test_redirects_that_are_followed(site: Site) -> None:
    site.serve("/a", status=301, Location="b?x=1")
    site.serve("/b?x=1", status=307, Location=f"http://localhost:{site.port}/c#part")
    site.serve("/c", b"Five.", Content_Type="text/plain")
    page = fetch(site.url + "/a", may_connect=anywhere)
    assert page.body == b"Five."
    assert [path for path, _ in site.seen] == ["/robots.txt", "/a", "/b?x=1", "/robots.txt", "/c"]
    assert site.seen[-1][1]["Host"] == f"localhost:{site.port}"


ROBOTS = [
    (b"User-agent: *\nDisallow: /", False),
    (b"User-agent: onrecord\nDisallow: /private", False),
    (b"User-agent: *\nDisallow: /\n\nUser-agent: onrecord\nAllow: /", True),
    (b"User-agent: other\nDisallow: /", True),
    (b"\xff\xfe\x00 nonsense", True),
    (b"", True),
]


@pytest.mark.parametrize(("rules", "allowed"), ROBOTS)
def test_robots(site: Site, rules: bytes, allowed: bool) -> None:
    site.serve("/robots.txt", rules, Content_Type="text/plain")
    site.serve("/private/a", b"Five.")
    if allowed:
        assert fetch(site.url + "/private/a", may_connect=anywhere).body == b"Five."
    else:
        assert "the robots.txt of 127.0.0.1 does not allow it" in refused(site, "/private/a")
        assert [path for path, _ in site.seen] == ["/robots.txt"]


@pytest.mark.parametrize(("status", "allowed"), [(403, True), (404, True), (410, True), (500, False), (503, False)])
def test_robots_that_cannot_be_had(site: Site, status: int, allowed: bool) -> None:
    site.serve("/robots.txt", status=status)
    site.serve("/a", b"Five.")
    if allowed:
        assert fetch(site.url + "/a", may_connect=anywhere).body == b"Five."
    else:
        assert f"the robots.txt of 127.0.0.1 answers {status}" in refused(site, "/a")


def test_robots_of_a_redirect_target_are_heeded(site: Site) -> None:
    site.serve("/robots.txt", b"User-agent: *\nDisallow: /b", Content_Type="text/plain")
    site.serve("/a", status=302, Location="/b")
    assert "does not allow it" in refused(site, "/a")
    assert [path for path, _ in site.seen] == ["/robots.txt", "/a"]


@pytest.mark.parametrize(
    ("status", "says"), [(404, "404 Not Found"), (403, "403 Forbidden"), (500, "500"), (304, "304")]
)
def test_answers_without_a_page(site: Site, status: int, says: str) -> None:
    site.serve("/a", status=status)
    assert f"the server answers {says}" in refused(site, "/a")


@pytest.mark.parametrize("kind", ["image/png", "audio/mpeg", "video/mp4", "font/woff2"])
def test_other_types_are_refused_by_their_name(site: Site, kind: str) -> None:
    site.serve("/a", b"Five.", Content_Type=kind)
    assert f"is {kind}, not a report" in refused(site, "/a")


def test_an_image_that_says_it_is_text_is_refused(site: Site) -> None:
    url = site.serve("/a", b"\x89PNG\r\n\x1a\n", Content_Type="text/html")
    assert "looks like PNG image data" in only_failure(list(read(url, PRIVATE)))


def test_an_empty_answer(site: Site) -> None:
    assert "is empty" in only_failure(list(read(site.serve("/a"), PRIVATE)))


def stream(
    site: Site, path: str, pieces: Callable[[http.server.BaseHTTPRequestHandler], object], **headers: str
) -> None:
    """Serve a body without a stated length."""

    def answer(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        for name, value in {"Content_Type": "text/plain", **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        pieces(handler)
        handler.close_connection = True

    site.answers[path] = answer


def test_an_endless_body(site: Site) -> None:
    def pour(handler: http.server.BaseHTTPRequestHandler) -> None:
        while True:
            handler.wfile.write(b"Five people. " * 5_000)

    stream(site, "/a", pour)
    assert "is more than 50 MB" in refused(site, "/a")


def test_a_body_whose_stated_length_is_too_large(site: Site) -> None:
    stream(site, "/a", lambda handler: None, Content_Length="60000000")
    assert "is 60.0 MB; a report may have 50 MB" in refused(site, "/a")


def test_a_slow_body_ends_at_the_deadline(site: Site) -> None:
    closed = threading.Event()

    def drip(handler: http.server.BaseHTTPRequestHandler) -> None:
        while not closed.wait(0.02):
            handler.wfile.write(b"F")

    stream(site, "/a", drip)
    assert "did not answer in time (at most 0.4 s)" in refused(site, "/a", total=0.4)
    closed.set()


def test_a_server_that_never_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}/a"
        with pytest.raises(FetchError, match="did not come in time"):
            fetch(url, may_connect=anywhere, limits=Limits(total=0.3))


def test_a_gzip_body(site: Site) -> None:
    body = gzip.compress(b"Five people. " * 100_000, mtime=0) + gzip.compress(b"The end.")
    site.serve("/a", body, Content_Encoding="gzip")
    assert fetch(site.url + "/a", may_connect=anywhere).body == b"Five people. " * 100_000 + b"The end."


def test_a_gzip_bomb(site: Site) -> None:
    bomb = io.BytesIO()
    with gzip.GzipFile(fileobj=bomb, mode="wb", compresslevel=9) as packed:
        for _ in range(200):
            packed.write(bytes(1_000_000))
    site.serve("/a", bomb.getvalue(), Content_Encoding="gzip")
    assert "is more than 50 MB" in refused(site, "/a")


@pytest.mark.parametrize(
    ("body", "coding", "says"),
    [
        (b"no gzip", "gzip", "is broken gzip data"),
        (gzip.compress(b"Five people were killed.", mtime=0)[:-12], "gzip", "ended early"),
        (b"x", "br", "compressed in a way that was not asked for (br)"),
    ],
)
def test_broken_compression(site: Site, body: bytes, coding: str, says: str) -> None:
    site.serve("/a", body, Content_Encoding=coding)
    assert says in refused(site, "/a")


def test_a_body_that_ends_early(site: Site) -> None:
    stream(site, "/a", lambda handler: handler.wfile.write(b"Five"), Content_Length="100")
    assert "could not be fetched" in refused(site, "/a")


def test_an_answer_that_is_no_http() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(1_000)
                connection.sendall(b"220 mail.example ESMTP\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(FetchError, match="could not be fetched"):
            fetch(f"http://127.0.0.1:{port}/", may_connect=anywhere)
        thread.join()


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://", "names no host"),
        ("http://user@a.example/", "holds a user name or password"),
        ("http://a.example:99999/", "names port 99999"),
        ("http://exa mple/", "there is no host"),
        ("http://no-such-host.invalid/", "there is no host no-such-host.invalid"),
        ("http://127.0.0.1:1/", "could not be fetched"),
        ("http://" + "a" * 300 + ".example/", "could not be fetched|there is no host"),
    ],
)
def test_addresses_that_lead_nowhere(url: str, says: str) -> None:
    with pytest.raises(FetchError, match=says):
        fetch(url, may_connect=anywhere)


def test_offline_opens_no_socket(site: Site) -> None:
    url = site.serve("/a", b"Five.")
    message = only_failure(list(read(url, Options(offline=True, allow_private=True))))
    assert "--offline is set" in message
    assert site.seen == []


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:8.8.8.8"]
)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


REFUSED = (
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104
    "255.255.255.255", "224.0.0.1", "240.0.0.1", "192.0.2.1", "198.18.0.1", "::", "::1", "fe80::1",
    "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "ff0e::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::", "2001:db8::1", "::7f00:1",
)  # fmt: skip


@pytest.mark.parametrize("address", REFUSED)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)
