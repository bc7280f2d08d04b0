"""From values to the rows of the tables, and back.

The key of a claim puts claims in the order in which they are read: by the day of publication, and within a day in the
order in which they were recorded. Both search indexes give their hits in the order of keys, so the newest come first
without being sorted. Claims of reports without a day come last.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import zlib
from typing import Any

import msgspec

from onrecord.documents.options import PATH, Options, shown
from onrecord.values import UPLOAD, Box, Capture, Claim, Document, DocumentError, Party, content_id

Row = tuple[Any, ...]
SHIFT = 40
_LAST = (1 << SHIFT) - 1
_JSON = msgspec.json.Encoder()
_PACK = msgspec.msgpack.Encoder()
_CLAIM = msgspec.json.Decoder(Claim)
_LAYOUT = msgspec.msgpack.Decoder(tuple[Box, ...])
CLAIM_COLUMNS = (
    "key", "id", "document", "reading", "source", "type", "status", "quoted", "low", "high", "approximate", "unit",
    "basis", "actor", "target", "object", "place", "happened_from", "happened_to", "confidence", "first", "last",
    "words", "record",
)  # fmt: skip


def first_key(day: datetime.date | None) -> int:
    """The lowest key that a claim of a report published on ``day`` may have."""
    return (day.toordinal() if day else 0) << SHIFT


def claim_key(day: datetime.date | None, number: int) -> int:
    """The key of the ``number``-th claim recorded, from a report published on ``day``; later ones have lower keys."""
    return first_key(day) + _LAST - number


def claim_row(claim: Claim, key: int, document: int, reading: int, source: int | None) -> Row:
    """The values of ``CLAIM_COLUMNS``; days as ISO 8601 text, which both databases take."""
    figure, time, actor, target, thing, place = (
        claim.quantity, claim.time, claim.actor, claim.target, claim.object, claim.place,
    )  # fmt: skip
    return (
        key,
        claim.id,
        document,
        reading,
        source,
        claim.type,
        claim.status,
        claim.quoted,
        *((figure.low, figure.high, figure.approximate, figure.unit, figure.basis) if figure else (None,) * 5),
        actor.name if actor else None,
        target.name if target else None,
        thing.name if thing else None,
        place.name if place else None,
        time.first.isoformat() if time and time.first else None,
        time.last.isoformat() if time and time.last else None,
        claim.confidence,
        claim.evidence.start,
        claim.evidence.end,
        wording(claim),
        _JSON.encode(claim).decode(),
    )


def claim_of(record: str) -> Claim:
    """The claim that a row keeps."""
    return _CLAIM.decode(record)


def wording(claim: Claim) -> str:
    """A hash of what is claimed in which words by whom, wherever in a text it stands; it never leaves the ledger."""
    figure = claim.quantity
    # 8 and 8.0 are the same number, and JSON does not keep them apart.
    bounds = figure and [None if value is None else float(value) for value in (figure.low, figure.high)]
    said = (claim.evidence.text, claim.type, claim.status, claim.source and claim.source.name,
            figure and (figure.text, bounds, figure.unit, figure.basis))  # fmt: skip
    # MessagePack tells the length of every field, so no two claims give the same bytes.
    return hashlib.blake2b(_PACK.encode(said), digest_size=12).hexdigest()


def source_row(party: Party) -> tuple[str, str | None, str | None]:
    """What tells one source from another: its canonical name, its knowledge id, its kind."""
    return party.name, party.id, party.kind


def page_address(capture: Capture, digest: str | None = None) -> str:
    """What names the page through all its versions: its URL, or where its file lies.

    Standard input has no place of its own, so there the bytes name themselves; ``digest`` is their hash, when at hand.
    """
    if capture.url:
        return capture.url
    if capture.source == "-" or capture.source.startswith("-!"):
        return f"sha256:{digest or capture.hash}"
    if capture.source.startswith(UPLOAD):
        return shown(capture.source, limit=PATH)
    return path_address(capture.source)


def path_address(path: str) -> str:
    """The address of a file: its whole path, in printable signs."""
    return shown(os.path.abspath(path), limit=PATH)


def document_address(document: Document, digest: str, capture: Capture, page: str) -> str:
    """The address of a document: its own URL; its id within a file of records; else that of its capture.

    Args:
        document: of which ``digest`` is the content hash.
        digest: its content hash.
        capture: in which it was found.
        page: the capture's own address.
    """
    if document.url:
        return document.url
    if capture.kind in ("record", "records", "feed"):
        own = document.id if document.id != digest else None
        return f"{page}#{own}" if own and not page.startswith("sha256:") else f"text:{digest}"
    within = (document.source or "").removeprefix(capture.source)
    return page + (within if within != document.source else "")


def capture_id(capture: Capture, stated: str) -> str:
    """The id of a capture: the same bytes from the same place, with the same said about them, are one."""
    digest = capture.hash
    return identity_of(digest, page_address(capture, digest), stated)


def identity_of(digest: str, page: str, stated: str) -> str:
    """The id of a capture by the hash of its bytes, its address and what was stated about it."""
    return content_id("capture", digest, page, stated)


def stated_of(options: Options) -> str:
    """What the caller states about an input, as JSON; it is part of what a capture is read as."""
    told = {"published": options.published, "publisher": options.publisher, "title": options.title}
    return _JSON.encode({name: value for name, value in told.items() if value is not None}).decode()


def packed(data: bytes) -> bytes:
    """``data`` compressed, as originals are kept."""
    return zlib.compress(data, 6)


def unpacked(data: bytes, size: int) -> bytes:
    """The bytes of an original of ``size`` bytes.

    Raises:
        ValueError: if they are damaged.
    """
    inflater = zlib.decompressobj()
    try:
        found = inflater.decompress(data, size + 1)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if len(found) != size or not inflater.eof:
        raise ValueError(f"{len(found):,} bytes instead of {size:,}")
    return found


def layout_blob(layout: tuple[Box, ...]) -> bytes | None:
    """The boxes of a PDF's words, packed; ``None`` for other originals."""
    return packed(msgspec.msgpack.encode(layout)) if layout else None


def layout_of(blob: bytes | None) -> tuple[Box, ...]:
    """The boxes that ``layout_blob`` packed."""
    return _LAYOUT.decode(zlib.decompress(blob)) if blob else ()


def document_of(row: Any, layout: tuple[Box, ...] = ()) -> Document:
    """The report of a row of ``documents``; the layout, which only pages need, is unpacked by whoever wants it."""
    given = row.given or row.id
    return Document(row.text, given, row.title, row.publisher, row.published, row.url, row.source, layout)


def check_storable(document: Document) -> None:
    """Pass unless ``document`` holds what no PostgreSQL text can.

    Raises:
        DocumentError: if it holds a NUL character.
    """
    for name in ("text", "id", "title", "publisher", "url"):
        place = (getattr(document, name) or "").find("\x00")
        if place >= 0:
            raise DocumentError(f"the {name} holds a NUL character at {place}, which a ledger cannot keep; remove it")


def json_of(value: object) -> str:
    """``value`` as compact JSON text."""
    return _JSON.encode(value).decode()
