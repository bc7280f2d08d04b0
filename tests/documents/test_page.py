"""HTML pages: the report and what the page states about itself; and pages made to do harm."""

import datetime
import logging
from typing import Any

import pytest

from documents.site_on_loopback import PAGES, cases, only_failure, read_bytes
from onrecord.documents import Options, read
from onrecord.documents.page import read_page
from onrecord.values import Document, DocumentError

LINE = "<p>The ministry said five soldiers were killed near the river on Monday, and two more were missing.</p>"


@pytest.mark.parametrize("case", cases("documents_pages.toml"), ids=lambda case: case["file"])
def test_pages(case: dict[str, Any]) -> None:
    [document] = read(str(PAGES / case["file"]), Options())
    assert isinstance(document, Document)
    for field in ("title", "publisher", "published", "url"):
        assert getattr(document, field) == case.get(field)
    assert document.text.startswith(case["first"])
    assert document.text.endswith(case["last"])
    for words in case["holds"]:
        assert words in document.text
    for words in case["lacks"]:
        assert words not in document.text
    assert "\n\n\n" not in document.text


def test_options_win_over_the_page() -> None:
    day = datetime.date(2020, 2, 2)
    [document] = read(str(PAGES / "semantic.html"), Options(published=day, publisher="P", title="T"))
    assert isinstance(document, Document)
    assert (document.published, document.publisher, document.title) == (day, "P", "T")


def page(head: str = "", body: str = LINE * 3, url: str | None = None) -> Document:
    return read_page(f"<html><head>{head}</head><body>{body}</body></html>", Options(), url=url)


@pytest.mark.parametrize(
    ("head", "publisher"),
    [
        ('<meta property="og:site_name" content="The &amp;amp; Post">', "The & Post"),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "publisher": [{"name": "A"}]}</script>', "A"),
        ('<script type="application/ld+json">{"@type": ["X", "Article"], "publisher": "B"}</script>', "B"),
        ('<meta name="publisher" content="https://www.social.example/post">', "news.example"),
        ('<script type="application/ld+json">{broken</script>', "news.example"),
        ("", "news.example"),
    ],
)
def test_publishers(head: str, publisher: str) -> None:
    assert page(head, url="https://www.news.example/a/b").publisher == publisher


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<meta property="article:published_time" content="2024-05-06T23:59:00-08:00">', "2024-05-06"),
        ('<meta itemprop="datePublished" content="2024-05-06">', "2024-05-06"),
        ('<meta name="date" content="6 May 2024">', "2024-05-06"),
        ('<link rel="canonical" href="https://news.example/2024/05/06/flood">', "2024-05-06"),
        ('<meta property="article:published_time" content="1970-01-01T00:00:00Z">', None),
        ('<meta property="article:published_time" content="2999-01-01T00:00:00Z">', None),
        ('<meta property="og:image" content="https://news.example/2019/05/06/a.jpg">', None),
        ('<meta name="date" content="2024-06">', None),
        ('<meta name="date" content="2024 June">', None),
        ('<meta name="date" content="10:30">', None),
        ('<meta name="date" content="June 4th, 2024 10:30 EST">', "2024-06-04"),
        ('<meta name="date" content="Tue, 04 Jun 2024 10:30:00 GMT">', "2024-06-04"),
        ('<meta name="date" content="20240604">', "2024-06-04"),
        ("<title>What happened on 2014-05-06</title>", None),
        ("", None),
    ],
)
def test_days_of_publication(head: str, day: str | None) -> None:
    assert page(head).published == (day and datetime.date.fromisoformat(day))


@pytest.mark.parametrize(
    ("head", "url", "expected"),
    [
        ('<link rel="canonical" href="/a/b">', "https://n.example/a/b?utm=1", "https://n.example/a/b"),
        ('<link rel="canonical" href="https://n.example/">', "https://n.example/a/b", "https://n.example/a/b"),
        ('<link rel="canonical" href="javascript:x">', "https://n.example/a", "https://n.example/a"),
        ('<link rel="canonical" href="https://[bad">', None, None),
        ('<meta property="og:url" content="https://n.example/c">', None, "https://n.example/c"),
        ('<link rel="canonical" href="/a/b">', None, None),
    ],
)
def test_addresses(head: str, url: str | None, expected: str | None) -> None:
    assert page(head, url=url).url == expected


def test_the_title_is_not_the_first_paragraph() -> None:
    document = page("<title>Five killed</title>", "<article><h1>Five  KILLED</h1>" + LINE * 3 + "</article>")
    assert document.title == "Five KILLED"
    assert document.text.startswith("The ministry")


@pytest.mark.parametrize(
    "markup",
    ["<p>Five people were killed.</p>", "<div>Five people were killed.</div>", "<b>Five people were killed.</b>"],
)
def test_a_fragment_is_a_page(markup: str) -> None:
    [document] = read_bytes(markup.encode())
    assert isinstance(document, Document)
    assert document.text == "Five people were killed."


def test_a_page_in_its_declared_charset() -> None:
    markup = f'<html><head><meta charset="iso-8859-2"></head><body>{LINE}<p>Poległo pięciu żołnierzy.</p></body></html>'
    [document] = read_bytes(markup.encode("iso8859-2"))
    assert isinstance(document, Document)
    assert "Poległo pięciu żołnierzy." in document.text


@pytest.mark.parametrize(
    "markup", ["<html></html>", "<html><body><script>x</script>", "<!doctype html>", "<html><body>&nbsp;"]
)
def test_a_page_without_a_report_is_a_failure(markup: str) -> None:
    assert "give the text itself" in only_failure(read_bytes(markup.encode()))


HOSTILE = {
    "deep": "<div>" * 100_000 + LINE,
    "deep inline": LINE + "<b>" * 100_000,
    "deep tables": "<table><tr><td>" * 30_000,
    "many tags": "<i>a</i>" * 150_000,
    "wide": "<div>a</div>" * 30_000,
    "wide row": "<table><tr>" + "<td>a</td>" * 50_000,
    "attributes": "<div " + " ".join(f"a{i}=1" for i in range(200_000)) + ">" + LINE,
    "attributes in quotes": '<a "' * 100_000,
    "long": "<p>" + "word " * 300_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_refused(name: str) -> None:
    with pytest.raises(DocumentError, match=r"give the text itself|split it"):
        page(body=HOSTILE[name])


HARMLESS = {
    "a long attribute": f"<div class='{'a ' * 1_000_000}'>{LINE * 3}</div>",
    "an image as a data URL": f"<img src='data:image/png;base64,{'A/b+' * 500_000}'>{LINE * 3}",
    "open comments": LINE * 3 + "<!--" * 500_000,
    "a script of many words": "<script>for (i=0; i<n; i++) {" + " a = b + c;" * 50_000 + "</script>" + LINE * 3,
    "deep JSON-LD": "<script type='application/ld+json'>" + '[{"a":' * 100_000 + "</script>" + LINE * 3,
    "long lists": "<ul>" + "<li>abc</li>" * 10_000 + "</ul>" + LINE * 3,
}


@pytest.mark.parametrize("name", HARMLESS)
def test_odd_pages_are_read(name: str) -> None:
    assert "five soldiers were killed" in page(body=HARMLESS[name]).text


@pytest.mark.parametrize("number", [*range(32), 127, 128, 0xD800, 0xFFFE, 0xFFFF, 0x1FFFE, 0x110000])
@pytest.mark.parametrize("form", ["&#{0};", "&#x{0:x};", "&#X000{0:X};", "&#000{0} "])
def test_a_reference_to_a_character_that_is_none_loses_nothing_else(number: int, form: str) -> None:
    text = page(body=LINE + LINE.replace("Monday", f"Monday {form.format(number)} evening")).text
    assert "near the river on Monday" in text
    assert "evening" in text
    assert not set(map(chr, (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF))) & set(text)


def test_entity_bombs_do_not_go_off() -> None:
    bomb = "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 20))
    text = read_page(f"<!DOCTYPE html [<!ENTITY a0 'aaaa'>{bomb}]><html><body><p>&a19;</p>{LINE}", Options()).text
    assert len(text) < 1_000


def test_the_libraries_say_nothing(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    level = logging.getLogger("trafilatura").level
    read_bytes(b"<html><body><p></p></body></html>")
    assert caplog.records == []
    assert capfd.readouterr().err == ""
    assert logging.getLogger("trafilatura").level == level
