"""Archives and feeds made for the tests."""

import gzip
import io
import zipfile
from typing import Any

from onrecord.documents import Failure, Options, read
from onrecord.values import Document

PAGE = b"<html><body><article><p>Five people were killed, the governor said on Monday.</p></article></body></html>"


def zipped(files: dict[str, bytes], **options: Any) -> bytes:
    """A ZIP archive of ``files``."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return held.getvalue()


class Warc:
    """A web archive, record by record; each record packed by itself, when ``packed``."""

    def __init__(self, *, packed: bool = False) -> None:
        self.records: list[bytes] = []
        self.packed = packed
        self._add({"WARC-Type": "warcinfo", "Content-Type": "application/warc-fields"}, b"software: a test\r\n")

    def page(self, url: str, body: bytes, *, status: str = "200 OK", day: str = "2025-03-27", **headers: str) -> "Warc":
        """Add the answer to a request, and the request."""
        fields = {name.replace("_", "-"): value for name, value in {"Content_Type": "text/html", **headers}.items()}
        stated = {"WARC-Target-URI": url, "WARC-Date": f"{day}T10:00:00Z"}
        answer = _lines(f"HTTP/1.1 {status}", fields) + body
        kind = "application/http; msgtype="
        self._add({"WARC-Type": "request", **stated, "Content-Type": f"{kind}request"}, _lines("GET / HTTP/1.1", {}))
        self._add({"WARC-Type": "response", **stated, "Content-Type": f"{kind}response"}, answer)
        return self

    def _add(self, fields: dict[str, str], block: bytes) -> None:
        identity = f"<urn:uuid:00000000-0000-0000-0000-{len(self.records):012}>"
        head = {**fields, "WARC-Record-ID": identity, "Content-Length": str(len(block))}
        record = _lines("WARC/1.0", head) + block + b"\r\n\r\n"
        self.records.append(squeezed(record) if self.packed else record)

    def bytes(self) -> bytes:
        """What has been written."""
        return b"".join(self.records)


def _lines(first: str, fields: dict[str, str]) -> bytes:
    return "".join(f"{line}\r\n" for line in (first, *(f"{k}: {v}" for k, v in fields.items()), "")).encode()


def found(data: bytes, **options: Any) -> tuple[list[str], list[str]]:
    """The texts and the failures in what standard input brings."""
    every = list(read("-", Options(**options), stdin=io.BytesIO(data)))
    return (
        [one.text for one in every if isinstance(one, Document)],
        [one.message for one in every if isinstance(one, Failure)],
    )


def squeezed(data: bytes) -> bytes:
    """``data`` as gzip data, the same whenever it is made."""
    return gzip.compress(data, mtime=0)
