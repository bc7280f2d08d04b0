"""HTML into a tree, with fences around what takes quadratic time or is dropped in silence."""

from __future__ import annotations

import re

from lxml import etree, html

from onrecord.values import DocumentError

# Fences around parts of lxml and trafilatura that take quadratic time: far beyond any report, a second or so.
MAX_ELEMENTS = 100_000
MAX_DEPTH = 250  # libxml2 cuts a page off at 256
MAX_ATTRIBUTES = 500
MAX_CHILDREN = 20_000
MAX_CELLS = 1_000
# HTML's own tokens (https://html.spec.whatwg.org/#tokenization); possessive, so that no page takes long.
_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>"'][^\s>]*+)?+)?+"""
_MANY = rf"((?:{_ATTRIBUTE}){{{MAX_ATTRIBUTES}}})?"
_FLOOD = re.compile(
    rf"<!--.*?(?:-->|\Z)|<(?:script|style)\b{_MANY}[^>]*+>?.*?(?:</(?:script|style)|\Z)|<[a-z][^\s/>]*+{_MANY}",
    re.DOTALL | re.IGNORECASE,
)


# References to characters that no XML tree may hold; one of them in a page has the whole page refused.
_CONTROLS = re.compile(
    r"&#(?:x0*+(?:[1-8bcef]|1[0-9a-f]|fff[ef])|0*+(?:[1-8]|1[124-9]|2[0-9]|3[01]|6553[45]))(?:;|(?![0-9a-f]))",
    re.IGNORECASE,
)


def parse(text: str) -> html.HtmlElement:
    """The tree of a page that is not out of all proportion.

    Raises:
        DocumentError: if it is.
    """
    if any(match[1] or match[2] for match in _FLOOD.finditer(text)):
        raise DocumentError(f"has an HTML tag of more than {MAX_ATTRIBUTES} attributes; give the text itself")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        tree = html.document_fromstring(_CONTROLS.sub(" ", text).encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise DocumentError("is an HTML page without any content; give the text itself") from error
    count = depth = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > MAX_DEPTH:
            raise DocumentError(f"is HTML nested more than {MAX_DEPTH} tags deep; give the text itself")
        if count > MAX_ELEMENTS:
            raise DocumentError(f"is an HTML page of more than {MAX_ELEMENTS:,} tags; give the text itself")
        widest = MAX_CELLS if element.tag == "tr" else MAX_CHILDREN
        if event == "start" and len(element) > widest:
            raise DocumentError(f"has more than {widest:,} tags side by side; give the text itself")
    return tree
