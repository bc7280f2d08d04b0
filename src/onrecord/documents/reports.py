"""From one capture to its documents: what reads which kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from onrecord.documents import binary, clean, records
from onrecord.documents.options import REMEDY, Failure, Options, check_text, failure
from onrecord.documents.stream import Stream
from onrecord.values import Capture, Document, DocumentError

_HEAD = 65_536
_LEAD = r"\s*(?:<!--.{0,4000}?-->\s*|<\?xml[^>]{0,400}>\s*)*"
_PAGE = re.compile(
    _LEAD + r"<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|article|main|section|header|nav|div|p|"
    r"h[1-6]|span|table|figure|blockquote|ul|ol|center|font|a|b|i|em|strong)\b[^<]{0,4000}>",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(r"\s*<(?:\?xml|!doctype\s+(?!html)|(?:rss|feed|svg|urlset)\b)", re.IGNORECASE)


def documents(capture: Capture, options: Options) -> Iterator[Document | Failure]:
    """The documents that ``capture`` holds, in order, and a failure for whatever of it is no report."""
    try:
        yield from _documents(capture, options)
    except DocumentError as error:
        yield failure(capture.source, error, line=capture.line)


def as_text(data: bytes, charset: str | None = None) -> tuple[Literal["page", "text"], str]:
    """The bytes of a capture of the kind "text" as they are to be looked at: whether they are a page, and their text.

    Args:
        data: the bytes.
        charset: the one that the server stated, if any.

    Raises:
        DocumentError: if they are no text, or their encoding cannot be told.
    """
    text = _decoded(data, charset)
    return "page" if _PAGE.match(text[:_HEAD]) else "text", text


def _documents(capture: Capture, options: Options) -> Iterator[Document | Failure]:
    if capture.kind == "record":
        yield records.read_line(capture, options)
    elif capture.kind == "records":
        yield from records.read_whole(capture.body, capture.source, options)
    elif capture.kind == "pdf":
        from onrecord.documents.pdf import read_pdf

        yield read_pdf(capture, options)
    elif capture.kind == "word":
        from onrecord.documents.word import read_word

        yield read_word(capture, options)
    elif capture.kind == "mail":
        from onrecord.documents.mail import read_mail

        yield from read_mail(capture, options)
    elif capture.kind == "feed":
        from onrecord.documents.feeds import read_feed

        yield from read_feed(capture, options)
    elif capture.kind in ("sitemap", "outline"):
        raise DocumentError("only lists addresses of pages; give --follow to fetch them")
    else:
        yield from _text_or_page(capture, options)


def _text_or_page(capture: Capture, options: Options) -> Iterator[Document | Failure]:
    """One text or page; or records, when they were hidden in UTF-16."""
    if not capture.body.strip(b"\x00\t\n\v\f\r "):
        raise DocumentError(f"is empty; {REMEDY}")
    text = _decoded(capture.body, capture.charset)
    again = text.encode("utf-8", "surrogatepass")
    layout = records.layout_of(Stream.over(again)) if b"\x00" in capture.body else None
    if layout == "lines":
        yield from records.read_lines(again, capture.source, options)
    elif layout == "whole":
        yield from records.read_whole(again, capture.source, options)
    elif _PAGE.match(text[:_HEAD]):
        from onrecord.documents.page import read_page

        yield read_page(text, options, url=capture.url, source=capture.source)
    elif _XML.match(text):
        raise DocumentError(f"is XML, not a report; {REMEDY}")
    else:
        yield _text(clean.clean(text), capture, options)


def _text(text: str, capture: Capture, options: Options) -> Document:
    return Document(
        text=check_text(text),
        title=options.title,
        publisher=options.publisher,
        published=options.published,
        url=capture.url,
        source=capture.source,
    )


def _decoded(data: bytes, charset: str | None) -> str:
    """The text of ``data``, once it is sure that it is one.

    Raises:
        DocumentError: if it is binary, or its encoding cannot be told.
    """
    from onrecord.documents.encoding import declared_in, is_wide

    if not is_wide(data):
        binary.check_controls(data)
    text = clean.decode(data, declared=charset or declared_in(data))
    binary.check_controls(text[:_HEAD].encode("utf-8", "surrogatepass"))
    return text
