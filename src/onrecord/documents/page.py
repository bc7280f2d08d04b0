"""An HTML page becomes a document: the report's paragraphs, without what a site puts around them.

trafilatura finds the body. Reader comments are left out; tables stay, a row to a line and " | " between the cells,
since they hold figures. Paragraphs are set apart by an empty line.
"""

from __future__ import annotations

import contextlib
import logging
import re
import warnings
from collections.abc import Iterator

from lxml import etree, html
from trafilatura import bare_extraction

from onrecord.documents.clean import clean
from onrecord.documents.markup import parse
from onrecord.documents.metadata import Facts, facts_of
from onrecord.documents.options import Options, check_text
from onrecord.values import Document, DocumentError

_FALLBACK_ELEMENTS = 5_000  # jusText, the second opinion, is quadratic in a page's paragraphs
_MAX_VALUE = 2_000
_KEEP_WHOLE = frozenset(("content", "href"))
_SPACE = re.compile(r"[^\S\n\u2028\u2029]+")
_BLOCKS = frozenset(("p", "head", "quote", "item", "row", "list", "table", "div", "code", "dd", "dt", "ab"))
# What heuristics over hostile markup have been seen to raise, in trafilatura, htmldate and lxml.
_LIBRARY_ERRORS = (
    etree.LxmlError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError,
)  # fmt: skip
_LOGGERS = ("trafilatura", "htmldate", "courlan", "readability", "justext")


def read_page(text: str, options: Options, *, url: str | None = None, source: str | None = None) -> Document:
    """The report on a page. What ``options`` state wins over what the page states.

    Args:
        text: the page's markup.
        options: the caller's statements.
        url: where it was fetched, after redirects.
        source: the input, for messages.

    Raises:
        DocumentError: if the page holds no report, or is too deep, too wide or too long to be one.
    """
    with _quiet():
        tree = parse(clean(text))
        try:
            facts = facts_of(tree, url=url)
            _cut_attributes(tree)
            small = sum(1 for _ in tree.iter("*")) <= _FALLBACK_ELEMENTS
            body = bare_extraction(tree, fast=not small, include_comments=False, include_tables=True)
        except _LIBRARY_ERRORS as error:
            raise DocumentError(f"is HTML that cannot be read ({type(error).__name__}); give its text") from error
    found = None if body is None else getattr(body, "body", None)
    paragraphs = [] if found is None else _without_title(list(_paragraphs(found)), facts)
    if not paragraphs:
        raise DocumentError("is an HTML page without a report in it; give the text itself")
    return Document(
        text=check_text("\n\n".join(paragraphs)),
        title=options.title or facts.title,
        publisher=options.publisher or facts.publisher,
        published=options.published or facts.published,
        url=facts.url,
        source=source,
    )


def _cut_attributes(tree: html.HtmlElement) -> None:
    """Drop overlong attributes, such as images as data URLs: every one is searched dozens of times."""
    for element in tree.iter("*"):
        for name, value in element.items():
            if len(value) > _MAX_VALUE and name not in _KEEP_WHOLE:
                del element.attrib[name]


def _paragraphs(body: etree._Element) -> Iterator[str]:
    """The blocks of text in trafilatura's tree, in order; without recursion."""
    pieces: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in _BLOCKS or element is body:
            yield from _flush(pieces)
        elif event == "start" and element.tag == "lb":
            pieces.append("\n")
        elif event == "start" and element.tag == "cell" and element.getprevious() is not None:
            pieces.append(" | ")
        text = element.text if event == "start" else element.tail if element is not body else None
        pieces.append(text or "")
    yield from _flush(pieces)


def _flush(pieces: list[str]) -> Iterator[str]:
    """The lines gathered so far, as paragraphs; ``pieces`` is empty afterwards."""
    for line in clean("".join(pieces)).split("\n"):
        if (paragraph := _SPACE.sub(" ", line).strip(" |")) != "":
            yield paragraph
    pieces.clear()


def _without_title(paragraphs: list[str], facts: Facts) -> list[str]:
    """The paragraphs less a first one that only repeats the title, which is no part of the text."""
    titles = {_plain(title) for title in (facts.title, *facts.headings) if title}
    if len(paragraphs) > 1 and _plain(paragraphs[0]) in titles:
        return paragraphs[1:]
    return paragraphs


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep the libraries' remarks about a page off the caller's terminal; what matters is raised."""
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [(logger.level, logger) for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for level, logger in before:
            logger.setLevel(level)
