"""What must hold of every page, whatever stands in it."""

from __future__ import annotations

from urllib.parse import urlsplit

from lxml import html

_SCHEMES = {"", "http", "https", "data"}


def check(page: str) -> None:
    """Nothing in a page can act but the desk's own files.

    Raises:
        AssertionError: if something can.
    """
    tree = html.document_fromstring(page)
    assert all((script.get("src") or "").startswith("/static/") for script in tree.iter("script"))
    assert not list(tree.iter("style", "base", "object", "embed", "svg", "math", "template"))
    assert all(frame.get("sandbox") == "" and "srcdoc" not in frame.attrib for frame in tree.iter("iframe"))
    assert len([one for one in tree.iter("meta") if one.get("http-equiv")]) == 0
    assert len([one for one in tree.iter("meta") if one.get("name") == "htmx-config"]) == 1
    named = {name for element in tree.iter() for name in element.attrib}
    assert not [name for name in named if name.startswith(("on", "hx-on")) or name in ("style", "srcdoc", "formaction")]
    links = [(element.tag, value) for element, _, value, _ in tree.iterlinks()]
    assert {urlsplit(value).scheme for _, value in links} <= _SCHEMES
    # Only links that a reader may follow lead elsewhere; nothing is loaded from there or sent there.
    assert all(tag == "a" for tag, value in links if urlsplit(value).netloc)
    assert all((form.get("action") or "/").startswith("/") for form in tree.iter("form"))
