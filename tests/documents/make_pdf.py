"""PDF files, written byte by byte: text at given places of given pages, and nothing that a test does not ask for."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 595, 842


class Print(NamedTuple):
    """A line of print: its words, where its baseline begins in points from the lower left corner, and its size."""

    text: str
    left: float
    bottom: float
    size: float = 12


def column(lines: Iterable[str], *, left: float = 72, top: float = 760, leading: float = 14) -> list[Print]:
    """Lines of print below each other; an empty one leaves a gap."""
    return [Print(text, left, top - i * leading) for i, text in enumerate(lines) if text]


def pdf(
    *pages: Sequence[Print],
    info: str = "",
    page: str = "",
    catalog: str = "",
    extra: Sequence[str] = (),
    trailer: str = "",
) -> bytes:
    """A PDF of these pages.

    Args:
        pages: the lines of print of each.
        info, page, catalog, trailer: more entries of those dictionaries, in PDF's syntax.
        extra: more objects, numbered from 4.
    """
    objects = ["", "", f"<< {info} >>", *extra]
    font = _add(objects, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    kids = []
    for lines in pages:
        stream = _add(objects, _stream(_drawn(lines)))
        kids.append(
            _add(
                objects,
                f"<< /Type /Page /Parent 2 0 R /Contents {stream} 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] "
                f"/Resources << /Font << /F {font} 0 R >> >> {page} >>",
            )
        )
    objects[0] = f"<< /Type /Catalog /Pages 2 0 R {catalog} >>"
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{n} 0 R' for n in kids)}] >>"
    return _file(objects, trailer)


def _add(objects: list[str], body: str) -> int:
    objects.append(body)
    return len(objects)


def _drawn(lines: Sequence[Print]) -> bytes:
    drawn = []
    for line in lines:
        text = line.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        drawn.append(f"BT /F {line.size} Tf {line.left} {line.bottom} Td ({text}) Tj ET")
    return "\n".join(drawn).encode("cp1252")


def _stream(data: bytes) -> str:
    packed = zlib.compress(data)
    return f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n{packed.decode('latin-1')}\nendstream"


def _file(objects: list[str], trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 3 0 R {trailer} >>\n".encode()
    out += f"startxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
