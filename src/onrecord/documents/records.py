"""Documents from JSON: one object a line (JSON Lines), one object, or one array of objects.

A record's text is not changed at all, so that spans index the very text that the caller sent.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from typing import Literal

from onrecord.documents.options import (
    MAX_BYTES,
    PATH,
    Failure,
    Options,
    check_text,
    check_unicode,
    failure,
    shown,
    too_large,
)
from onrecord.documents.origin import Origin
from onrecord.documents.stream import Stream
from onrecord.values import Capture, Document, DocumentError

Layout = Literal["lines", "whole"]
_HEAD = 65_536
_BOM = b"\xef\xbb\xbf"
_JSON = re.compile(rb'\{\s*["}]|\[\s*[\[{"\]]')
_LINE_SUFFIXES = (".jsonl", ".ndjson")


def document_from(
    mapping: Mapping[str, object], *, options: Options | None = None, source: str | None = None
) -> Document:
    """A document from the fields of a JSON Lines record.

    Args:
        mapping: ``text``, and optionally ``id`` (a string or an integer), ``title``, ``publisher``, ``url`` and
            ``published``: an ISO 8601 date or date and time, of which the day is kept as it is written there, or a
            Python date. Other keys are ignored, ``None`` and "" count as not given.
        options: fills what the record leaves out.
        source: where the record was found, for messages.

    Raises:
        DocumentError: naming the field, if one has a bad value or ``text`` is missing. An empty or overlong text makes
            a document; whoever reads it finds the fault.
    """
    options = options or Options()
    if "text" not in mapping:
        raise DocumentError('the field "text" is missing; give the report there')
    text = mapping["text"]
    if not isinstance(text, str):
        raise DocumentError(f'the field "text" must be a string, not {_json_name(text)}')
    identity = mapping.get("id")
    if isinstance(identity, int) and not isinstance(identity, bool):
        identity = str(identity)
    published = mapping.get("published")
    return Document(
        text=check_unicode("text", text),
        id=_string("id", identity) or "",
        title=_string("title", mapping.get("title")) or options.title,
        publisher=_string("publisher", mapping.get("publisher")) or options.publisher,
        published=options.published if published in (None, "") else day_from(published),
        url=_string("url", mapping.get("url")),
        source=source,
    )


def day_from(value: object) -> datetime.date:
    """The day of an ISO 8601 date or date and time, as it is written there, whatever its time zone.

    Raises:
        DocumentError: naming the value, if it is none.
    """
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, str):
        try:
            return datetime.datetime.fromisoformat(value.strip()).date()
        except ValueError:
            pass
    told = repr(shown(value, limit=60)) if isinstance(value, str) else _json_name(value)
    raise DocumentError(f"the date {told} is none; write it as 2025-03-27 or 2025-03-27T10:00:00Z")


def layout_of(stream: Stream, *, name: str = "") -> Layout | None:
    """How the coming bytes of ``stream`` hold records; ``None`` when they are no JSON. Nothing is consumed.

    Args:
        stream: the input; at most ``MAX_BYTES`` and one are looked at.
        name: the file's name; one in .jsonl or .ndjson keeps a broken first line from hiding the other lines.
    """
    if not _JSON.match(_stripped(stream.peek(_HEAD))):
        return None
    if name.lower().endswith(_LINE_SUFFIXES):
        return "lines"
    data = _stripped(stream.peek(MAX_BYTES + 1))
    first = data.partition(b"\n")[0].rstrip()
    if isinstance(_value(first), dict):
        return "lines"
    complete = len(data) <= MAX_BYTES and _value(data) is not None
    if complete or (bare := first in (b"{", b"[") or first.endswith(b",")):
        return "whole"
    return "lines" if data.startswith(b"{") or bare else None


def lines_of(stream: Stream, origin: Origin) -> Iterator[Capture | Failure]:
    """A capture, or a failure that names the line, for every line of ``stream`` that is not blank."""
    source = shown(origin.source, limit=PATH)
    number = 0
    while True:
        line, size = stream.line(MAX_BYTES + 2)
        if not size:
            return
        number += 1
        if size > len(line) or len(line.rstrip(b"\r\n")) > MAX_BYTES:
            yield failure(source, too_large(size), line=number)
        elif (line := _stripped(line) if number == 1 else line.strip()) != b"":
            yield Capture(source=source, body=line, kind="record", fetched=origin.fetched, line=number)


def read_line(capture: Capture, options: Options) -> Document:
    """The document of one line of JSON Lines.

    Raises:
        DocumentError: if it holds none.
    """
    return _checked(_record(capture.body), options, f"{capture.source}:{capture.line}")


def read_lines(data: bytes, source: str, options: Options) -> Iterator[Document | Failure]:
    """The documents of JSON Lines that are at hand, and a failure that names its line for any other line."""
    for found in lines_of(Stream.over(data), Origin(source)):
        if isinstance(found, Failure):
            yield found
            continue
        try:
            yield read_line(found, options)
        except DocumentError as error:
            yield failure(source, error, line=found.line)


def read_whole(data: bytes, source: str, options: Options) -> Iterator[Document | Failure]:
    """The documents of one JSON object, or of an array of them."""
    try:
        value = _loads(_stripped(data))
    except DocumentError as error:
        yield failure(source, error)
        return
    items = value if isinstance(value, list) else [value]
    if not items:
        yield failure(source, "the array is empty; give documents")
    for number, item in enumerate(items, start=1):
        try:
            if not isinstance(item, dict):
                raise DocumentError(f'a document must be an object with a "text", not {_json_name(item)}')
            yield _checked(item, options, source if value is item else f"{source}:{number}")
        except DocumentError as error:
            yield failure(source, error if value is item else f"document {number}: {error}")


def _checked(record: Mapping[str, object], options: Options, source: str) -> Document:
    document = document_from(record, options=options, source=source)
    check_text(document.text)
    return document


def _record(line: bytes) -> dict[str, object]:
    value = _loads(line)
    if not isinstance(value, dict):
        raise DocumentError(f'a line must be an object with a "text", not {_json_name(value)}')
    return value


def _loads(data: bytes) -> object:
    """The JSON value that ``data`` holds, as UTF-8.

    Raises:
        DocumentError: telling where it breaks.
    """
    try:
        value: object = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        place = f"byte 0x{data[error.start]:02X} at offset {error.start}"
        raise DocumentError(f"is not UTF-8 ({place}); JSON must be") from error
    except json.JSONDecodeError as error:
        raise DocumentError(f"is broken JSON ({error}); mend it") from error
    except RecursionError as error:
        raise DocumentError("is JSON nested too deeply to be a report; flatten it") from error
    except ValueError as error:  # an integer of thousands of digits
        raise DocumentError(f"is JSON with a value out of range ({error}); mend it") from error
    return value


def _value(data: bytes) -> object:
    """The JSON value that ``data`` holds, ``None`` when it is broken."""
    try:
        return _loads(data)
    except DocumentError:
        return None


def _stripped(data: bytes) -> bytes:
    return data.removeprefix(_BOM).strip()


def _string(name: str, value: object) -> str | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise DocumentError(f'the field "{name}" must be a string, not {_json_name(value)}')
    return check_unicode(name, value)


def _json_name(value: object) -> str:
    """What JSON calls the type of ``value``."""
    names = {type(None): "null", bool: "a boolean", int: "a number", float: "a number", str: "a string",
             list: "an array", dict: "an object"}  # fmt: skip
    return names.get(type(value), f"a {type(value).__name__}")
