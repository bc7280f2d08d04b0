"""Lists of addresses: the pages of a feed or a sitemap, the sitemaps of an index, the feeds of an outline (OPML).

A list is followed one step: from a feed or a sitemap to its pages, from an index or an outline first to the lists that
it names. What is a list where a page should be is not followed further.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from lxml import etree

from onrecord.documents.options import Failure, Options, failure
from onrecord.documents.origin import Origin
from onrecord.values import Capture, DocumentError

MAX_LISTS = 50


class Target(msgspec.Struct, frozen=True):
    """An address that a list names; ``is_list`` when that should be a list itself."""

    url: str
    is_list: bool = False


class Trip:
    """One list that is followed: how many of its pages may still be fetched, and which were."""

    def __init__(self, options: Options) -> None:
        self._most = options.most
        self._seen: set[str] = set()
        self._left_out = 0
        self.lists = 0

    def takes(self, url: str) -> bool:
        """Whether the page ``url`` is to be fetched: once, and within what is allowed."""
        if url in self._seen:
            return False
        self._seen.add(url)
        if len(self._seen) > self._most:
            self._left_out += 1
            return False
        return True

    def left_out(self, source: str) -> Iterator[Failure]:
        """A failure that tells how many pages were left out, if any were."""
        if self._left_out:
            told = f"lists {self._left_out:,} pages beyond the {self._most:,} that are fetched"
            yield failure(source, f"{told}; give --most to fetch more")


def targets(listing: Capture, origin: Origin) -> Iterator[Target | Failure]:
    """What ``listing`` names, in its order; a ``Failure`` for what is no web address.

    Args:
        listing: a feed, a sitemap or an outline.
        origin: where it comes from; a list that a list named may name pages only.

    Raises:
        DocumentError: if it cannot be read, or names nothing.
    """
    found = list(_named(listing, origin))
    if not found:
        raise DocumentError("lists no addresses; give pages")
    for target in found:
        if target.url.lower().startswith(("http://", "https://")):
            yield target
        else:
            yield failure(listing.source, f"names {target.url!r}, which is no web address; give the page itself")


def _named(listing: Capture, origin: Origin) -> Iterator[Target]:
    if listing.kind == "feed":
        from urllib.parse import urljoin

        from onrecord.documents.feeds import items

        for item in items(listing):
            if item.link.strip():
                yield Target(urljoin(listing.url or "", item.link.strip()))
        return
    tree = _tree(listing.body)
    if listing.kind == "outline":
        found = ((node.get("xmlUrl") or "").strip() for node in tree.iter("{*}outline"))
        yield from (Target(url, True) for url in found if url)
        return
    lists = etree.QName(tree).localname == "sitemapindex"
    if lists and origin.listed:
        raise DocumentError("is an index of sitemaps within another; give it by itself")
    for node in tree.iterfind("{*}sitemap/{*}loc" if lists else "{*}url/{*}loc"):
        if url := (node.text or "").strip():
            yield Target(url, lists)


def _tree(data: bytes) -> etree._Element:
    """The XML of a list; entities and the network are closed to it.

    Raises:
        DocumentError: if it is broken, or has a document type of its own.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        tree = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DocumentError(f"is broken XML ({' '.join(str(error).split())[:200]}); get it anew") from error
    if tree.getroottree().docinfo.internalDTD is not None:
        raise DocumentError("is XML with a document type of its own; such lists are not read")
    return tree
