"""Feeds: RSS, Atom and JSON Feed, a document for each entry that has words of its own."""

from __future__ import annotations

import email.utils
import io
import json
import re
import warnings
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

import msgspec
from lxml import etree

from onrecord.documents.clean import clean, decode
from onrecord.documents.markup import parse
from onrecord.documents.options import Failure, Options, check_text, failure, shown
from onrecord.documents.records import day_from
from onrecord.values import Capture, Document, DocumentError

MAX_ENTRIES = 10_000
_ENTITY = re.compile(r"<!ENTITY|<!DOCTYPE[^>]*\[", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,400}\?>")
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})""")
_BLOCKS = frozenset((
    "p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "blockquote", "pre",
    "figure", "figcaption", "section", "article", "dd", "dt", "hr",
))  # fmt: skip
_SILENT = frozenset(("script", "style", "noscript", "template", "iframe", "svg", "form", "button"))
_SPACE = re.compile(r"\s+")


class Item(msgspec.Struct, frozen=True):
    """An entry of a feed as it states itself; ``words`` may be HTML, and each of its texts may be empty."""

    title: str
    link: str
    published: str
    publisher: str
    words: str


def read_feed(capture: Capture, options: Options) -> Iterator[Document | Failure]:
    """A document for every entry of a feed; a ``Failure`` for one without words.

    Raises:
        DocumentError: if the feed cannot be read, or has no entries.
    """
    found = items(capture)
    if len(found) > MAX_ENTRIES:
        told = f"is a feed of more than {MAX_ENTRIES:,} entries, of which the first are read; split it"
        yield failure(capture.source, told)
    for number, item in enumerate(found[:MAX_ENTRIES], start=1):
        name = item.link or item.title or f"entry {number}"
        try:
            yield _document(item, capture, options)
        except DocumentError as error:
            yield failure(capture.source, f"entry {shown(name, limit=100)}: {error}")


def items(capture: Capture) -> list[Item]:
    """The entries of a feed, in its order.

    Raises:
        DocumentError: if there are none, or the feed defines entities.
    """
    data = capture.body
    found = list(_json_items(data) if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else _xml_items(capture))
    if not found:
        raise DocumentError("is a feed without entries; give its pages")
    return found


def _document(item: Item, capture: Capture, options: Options) -> Document:
    text = "\n\n".join(paragraphs(item.words))
    if not text:
        raise DocumentError("has no words of its own; give --follow to fetch its page")
    return Document(
        text=check_text(text),
        title=options.title or _line(item.title) or None,
        publisher=options.publisher or _line(item.publisher) or None,
        published=options.published or (day_from(item.published) if item.published else None),
        url=clean(urljoin(capture.url or "", item.link.strip())) or None,
        source=capture.source,
    )


def _xml_items(capture: Capture) -> Iterator[Item]:
    """The entries of RSS and Atom. feedparser reads bytes that are at hand, and asks for nothing."""
    import feedparser

    stated = _DECLARED.match(capture.body)
    text = decode(capture.body, declared=capture.charset or (stated[1].decode("ascii") if stated else None))
    if _ENTITY.search(text):
        raise DocumentError("is a feed that defines entities of its own; such feeds are not read")
    # Without its own statement of an encoding, which may be one that hides what stands there.
    data = _DECLARATION.sub("", text, count=1).encode("utf-8", "replace")
    headers = {"content-type": "application/xml; charset=utf-8"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        feed = feedparser.parse(
            io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    publisher = _text(feed.feed, "title")
    for entry in feed.entries[: MAX_ENTRIES + 1]:
        # Past feedparser's own ``get``, which lets one field stand in for another.
        entry = dict(entry)
        contents = [_text(part, "value") for part in entry.get("content", ()) if isinstance(part, Mapping)]
        words = max([*contents, _text(entry, "summary")], key=len)
        source = entry.get("source")
        outlet = _text(source, "title") if isinstance(source, Mapping) else ""
        day = _day(_text(entry, "published") or _text(entry, "updated"))
        yield Item(_text(entry, "title"), _text(entry, "link"), day, outlet or publisher, words)


def _day(stated: str) -> str:
    """The day of a date as it is written there, whatever its time zone (RFC 822 or ISO 8601); empty if it is none."""
    found = email.utils.parsedate(stated) if stated[:1].isalpha() or "," in stated else None
    if found is not None and 1 <= found[0] <= 9999:
        return f"{found[0]:04d}-{found[1]:02d}-{found[2]:02d}"
    try:
        return day_from(stated).isoformat()
    except DocumentError:
        return ""


def _json_items(data: bytes) -> Iterator[Item]:
    """The entries of JSON Feed 1 and 1.1 (https://jsonfeed.org/version/1.1)."""
    try:
        feed = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"is a broken JSON feed ({error}); get it anew") from error
    entries = feed.get("items") if isinstance(feed, dict) else None
    for entry in entries[: MAX_ENTRIES + 1] if isinstance(entries, list) else ():
        if not isinstance(entry, dict):
            continue
        words = _text(entry, "content_html") or html_of(_text(entry, "content_text")) or _text(entry, "summary")
        yield Item(
            _text(entry, "title"), _text(entry, "url") or _text(entry, "external_url"),
            _text(entry, "date_published"), _text(feed, "title"), words,
        )  # fmt: skip


def html_of(text: str) -> str:
    """Plain text as HTML, so that both pass the same way; an empty line ends a paragraph."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"<p>{part}</p>" for part in re.split(r"\n\s*\n", escaped) if part.strip())


def paragraphs(markup: str) -> Iterator[str]:
    """The paragraphs of a snippet of HTML, without scripts, styles and forms."""
    if not markup.strip():
        return
    tree = parse(f"<div>{clean(markup)}</div>")
    held: list[str] = []
    silent = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        silent += (1 if event == "start" else -1) * (element.tag in _SILENT)
        if element.tag in _BLOCKS:
            yield from _flushed(held)
        text = element.text if event == "start" else element.tail
        if text and not (silent or (event == "start" and element.tag in _SILENT)):
            held.append(text)
    yield from _flushed(held)


def _flushed(held: list[str]) -> Iterator[str]:
    paragraph = _line("".join(held))
    held.clear()
    if paragraph:
        yield paragraph


def _line(text: str) -> str:
    return _SPACE.sub(" ", clean(text)).strip()


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""
