"""A web server on this machine, and ways to read bytes and cases, for the tests of documents."""

from __future__ import annotations

import http.server
import io
import threading
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from onrecord.documents import Failure, Options, read
from onrecord.values import Document

CASES = Path(__file__).parents[1] / "cases"
PAGES = Path(__file__).parent / "pages"


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of a file in tests/cases."""
    return tomllib.loads((CASES / name).read_text(encoding="utf-8"))["case"]


def read_bytes(data: bytes, **options: Any) -> list[Document | Failure]:
    """What standard input makes of ``data``."""
    return list(read("-", Options(**options), stdin=io.BytesIO(data)))


def only_failure(found: list[Document | Failure]) -> str:
    """The message of the one failure found, which must be one printable line."""
    assert len(found) == 1
    assert isinstance(found[0], Failure)
    assert found[0].message.isprintable()
    return found[0].message


class Site:
    """Answers by path; ``seen`` keeps each request's path and headers."""

    def __init__(self) -> None:
        self.answers: dict[str, Callable[[http.server.BaseHTTPRequestHandler], None]] = {}
        self.seen: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.seen.append((self.path, dict(self.headers)))
                answer = site.answers.get(self.path)
                if answer is None:
                    self.send_error(404)
                    return
                try:
                    answer(self)
                except ConnectionError:
                    self.close_connection = True

            def log_message(self, *args: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    def serve(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> str:
        def answer(handler: http.server.BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in {"Content_Type": "text/html; charset=utf-8", **headers}.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)

        self.answers[path] = answer
        return self.url + path

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
