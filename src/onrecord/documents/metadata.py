"""What a page states about itself: title, publisher, day of publication, address.

Statements made for machines come first (JSON-LD after schema.org, Open Graph), then what readers see. A date is
taken only where a page states one: never from the running text, from an image's address, or from today's calendar.
"""

from __future__ import annotations

import copy
import datetime
import html as markup
import json
import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import msgspec
from htmldate import find_date
from lxml.html import HtmlElement, tostring

from onrecord.documents.clean import clean
from onrecord.documents.records import day_from
from onrecord.values import DocumentError

_MAX_SCRIPT = 1_000_000
_MAX_NODES = 2_000
_MAX_FIELD = 500
_EARLIEST = datetime.date(1995, 1, 1)
_PUBLISHED = ("article:published_time", "og:article:published_time", "datepublished", "dc.date.issued",
              "dcterms.created", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate")  # fmt: skip
_TITLES = ("og:title", "twitter:title", "dc.title", "parsely-title")
_PUBLISHERS = ("dc.publisher", "dcterms.publisher", "publisher", "citation_publisher")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LABELS = re.compile(r"^(?:www\d?|amp|m|mobile)\.")
_RUNNING = 200  # a paragraph of more code points is running text, no dateline


class Facts(msgspec.Struct, frozen=True):
    """What a page states about itself; ``None`` where it states nothing. ``headings`` are its ``<h1>``."""

    title: str | None
    publisher: str | None
    published: datetime.date | None
    url: str | None
    headings: tuple[str, ...]


def facts_of(tree: HtmlElement, *, url: str | None = None) -> Facts:
    """What the page of ``tree`` states about itself. ``tree`` is left as it is.

    Args:
        tree: the page.
        url: where it was fetched.
    """
    metas = _metas(tree)
    article = _article(tree)
    address = _address(tree, metas, url)
    publisher = _publisher(metas, article, address)
    headings = tuple(filter(None, (_line(" ".join(h.itertext())) for h in tree.iter("h1"))))
    return Facts(
        title=_title(tree, metas, article, headings, publisher),
        publisher=publisher,
        published=_stated_day(metas, article) or _found_day(tree, address),
        url=address,
        headings=headings,
    )


def _metas(tree: HtmlElement) -> dict[str, str]:
    """The content of the page's ``<meta>`` elements by lower-case name; the first of a name wins."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = _line(meta.get("content"))
        if content:
            found.setdefault(name.strip().lower(), content)
    return found


def _article(tree: HtmlElement) -> dict[str, object]:
    """The first JSON-LD node that describes an article; else the first that states a date of publication."""
    nodes = list(_nodes(tree))
    for node in nodes:
        kinds = node.get("@type")
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            if isinstance(kind, str) and kind.endswith(("Article", "Posting", "Report", "ReportageNewsArticle")):
                return node
    return next((node for node in nodes if "datePublished" in node), {})


def _nodes(tree: HtmlElement) -> Iterator[dict[str, object]]:
    """The objects of the page's JSON-LD, outermost first; without recursion."""
    queue: list[object] = []
    for script in tree.iter("script"):
        text = script.text or ""
        if "ld+json" not in (script.get("type") or "").lower() or len(text) > _MAX_SCRIPT:
            continue
        try:
            queue.append(json.loads(text, strict=False))
        except (ValueError, RecursionError):
            continue  # a page's broken JSON-LD is as good as none
    for seen, value in enumerate(queue):  # grows as it is walked
        if seen >= _MAX_NODES:
            return
        if isinstance(value, dict):
            yield value
            queue.extend(v for v in value.values() if isinstance(v, dict | list))
        elif isinstance(value, list):
            queue.extend(v for v in value if isinstance(v, dict | list))


def _address(tree: HtmlElement, metas: dict[str, str], url: str | None) -> str | None:
    """The canonical address of the page, absolute; a front page's is not that of a report fetched elsewhere."""
    links = [link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    for candidate in (*links, metas.get("og:url")):
        if not candidate or len(candidate) > 2_000:
            continue
        try:
            address = urljoin(url or "", clean(candidate).strip())
            parts = urlsplit(address)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.hostname and (url is None or parts.path.strip("/")):
            return address
    return url


def _publisher(metas: dict[str, str], article: dict[str, object], address: str | None) -> str | None:
    """The outlet: Open Graph's site name, JSON-LD's publisher, other metadata, the host."""
    stated = (metas.get("og:site_name"), _name(article.get("publisher")), *map(metas.get, _PUBLISHERS))
    for name in stated:
        if name and "://" not in name:
            return name
    host = (urlsplit(address).hostname if address else None) or ""
    return _LABELS.sub("", host) or None


def _name(value: object) -> str | None:
    """The name of a JSON-LD thing: a string, an object with a name, or a list of these."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return _line(value)


def _title(
    tree: HtmlElement,
    metas: dict[str, str],
    article: dict[str, object],
    headings: tuple[str, ...],
    publisher: str | None,
) -> str | None:
    """The headline, without the outlet's name behind it."""
    element = next(tree.iter("title"), None)
    visible = None if element is None else _line(" ".join(element.itertext()))
    single = headings[0] if len(headings) == 1 else None
    title = _line(article.get("headline")) or next(filter(None, map(metas.get, _TITLES)), None) or single or visible
    if title and publisher:
        shorter = re.sub(rf"\s+[|–—·:-]\s+{re.escape(publisher)}$", "", title, flags=re.IGNORECASE)
        return shorter or title
    return title or (headings[0] if headings else None)


def _stated_day(metas: dict[str, str], article: dict[str, object]) -> datetime.date | None:
    """The day that the page states for machines."""
    for value in (article.get("datePublished"), *map(metas.get, _PUBLISHED)):
        try:
            if isinstance(value, str) and _credible(day := day_from(value)):
                return day
        except DocumentError:
            continue  # written in another way: htmldate may read it
    return None


def _found_day(tree: HtmlElement, address: str | None) -> datetime.date | None:
    """The day that htmldate finds in the address, the metadata, a ``<time>`` or a line of its own."""
    fenced = copy.deepcopy(tree)
    for element in list(
        fenced.iter("aside", "nav", "footer", "img", "figure", "iframe", "style", "svg", "h1", "title")
    ):
        if element.getparent() is not None:
            element.drop_tree()
    for element in list(fenced.iter("meta")):
        if "image" in (element.get("property") or element.get("name") or ""):
            element.drop_tree()
    for element in fenced.iter("p", "li", "td", "blockquote"):
        if sum(map(len, element.itertext())) > _RUNNING:
            for part in element.iter("*"):
                part.text = None if part.tag != "time" else part.text
                part.tail = None if part is not element else part.tail
    found = find_date(fenced, extensive_search=False, original_date=True, url=address)
    day = datetime.date.fromisoformat(found) if found else None
    written = f"{address or ''} {tostring(fenced, encoding='unicode')}"
    return day if day and _credible(day) and _is_written(day, written) else None


def _is_written(day: datetime.date, text: str) -> bool:
    """Whether ``text`` states the whole day: from "June 2024" alone, parsers make up one, even today's."""
    year, month, number = f"{day.year}", rf"0?{day.month}", rf"(?<!\d)0?{day.day}"
    name = rf"{_MONTHS[day.month - 1]}[a-z]{{0,6}}"
    between = r"[\s,.]{0,3}"
    orders = (
        rf"{year}\D{{0,2}}{month}\D{{0,2}}0?{day.day}(?!\d)",
        rf"{number}\D{{1,2}}{month}\D{{1,2}}{year}",
        rf"(?<!\d){month}\D{{1,2}}0?{day.day}\D{{1,2}}{year}",
        rf"{number}(?:st|nd|rd|th)?[\s.-]{{0,3}}(?:of\s)?{name}[\s,.-]{{0,3}}{year}",
        rf"{name}{between}0?{day.day}(?:st|nd|rd|th)?{between}{year}",
        rf"{year}{between}{name}{between}0?{day.day}(?!\d)",
    )
    return re.search("|".join(orders), text, re.IGNORECASE) is not None


def _credible(day: datetime.date) -> bool:
    """Whether a page of the web can have been published then; content systems put 1970 for "unknown"."""
    return _EARLIEST <= day <= datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1)


def _line(value: object) -> str | None:
    """A field in one line, entities resolved; ``None`` when it is no string, empty, or too long to be one."""
    if not isinstance(value, str):
        return None
    line = " ".join(clean(markup.unescape(value[: _MAX_FIELD * 2])).split())
    return line if 0 < len(line) <= _MAX_FIELD else None
