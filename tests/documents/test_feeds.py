"""Feeds and lists of addresses: read by themselves, and followed to their pages."""

import datetime
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.packed import PAGE, found, squeezed
from documents.site_on_loopback import Site
from onrecord.documents import Failure, Options, captures, read
from onrecord.values import Capture, Document

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Radio Okapi</title>
<item><title>Blast in Goma</title><link>https://okapi.example/1</link><pubDate>Thu, 27 Mar 2025 23:30:00 +0000</pubDate>
<description>Short.</description>
<content:encoded><![CDATA[<p>Five people were killed, the governor&nbsp;said.</p>
<script>x()</script><p>Two fled.</p>]]></content:encoded>
</item>
<item><title>Nothing said</title><link>https://okapi.example/2</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Radio Okapi</title>
<entry><title>Blast</title><link href="https://okapi.example/1"/><updated>2025-03-27T10:00:00Z</updated>
<content type="html">&lt;p&gt;Five people were killed.&lt;/p&gt;</content></entry></feed>"""
JSON = json.dumps({
    "version": "https://jsonfeed.org/version/1.1", "title": "Radio Okapi",
    "items": [{"url": "https://okapi.example/1", "title": "Blast", "date_published": "2025-03-27T10:00:00Z",
               "content_text": "Five people were killed.\n\nTwo < three fled."}],
})  # fmt: skip


def only(data: str, **options: Any) -> Document:
    [document] = [one for one in read_text(data, **options) if isinstance(one, Document)]
    return document


def read_text(data: str, **options: Any) -> list[Document | Failure]:
    return list(read("-", Options(**options), stdin=io.BytesIO(data.encode())))


def test_an_entry_with_words_is_a_document() -> None:
    document = only(RSS)
    assert document.text == "Five people were killed, the governor said.\n\nTwo fled."
    assert (document.title, document.publisher) == ("Blast in Goma", "Radio Okapi")
    assert (document.url, document.published) == ("https://okapi.example/1", datetime.date(2025, 3, 27))


def test_an_entry_without_words_is_a_failure_that_names_it() -> None:
    [failure] = [one for one in read_text(RSS) if isinstance(one, Failure)]
    assert "entry https://okapi.example/2: has no words of its own; give --follow" in failure.message


FIVE = "Five people were killed."


@pytest.mark.parametrize(("feed", "text"), [(ATOM, FIVE), (JSON, f"{FIVE}\n\nTwo < three fled.")])
def test_atom_and_json_feeds(feed: str, text: str) -> None:
    document = only(feed)
    assert (document.text, document.title, document.publisher) == (text, "Blast", "Radio Okapi")
    assert (document.url, document.published) == ("https://okapi.example/1", datetime.date(2025, 3, 27))


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("Thu, 27 Mar 2025 23:30:00 -0500", (2025, 3, 27)),
        ("Fri, 28 Mar 2025 00:30:00 +0900", (2025, 3, 28)),
        ("2025-03-27T23:30:00-05:00", (2025, 3, 27)),
        ("some day", None),
    ],
)
def test_the_day_is_the_one_that_is_written_there(stated: str, day: tuple[int, int, int] | None) -> None:
    item = f"<item><pubDate>{stated}</pubDate><description>Five died.</description></item>"
    assert only(f"<rss version='2.0'><channel>{item}</channel></rss>").published == (
        datetime.date(*day) if day else None
    )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("<b>" * 300 + "Five died." + "</b>" * 300, "nested more than 250 tags deep"),
        ("<p " + " ".join(f"a{n}=''" for n in range(600)) + ">Five died.</p>", "more than 500 attributes"),
    ],
)
def test_words_out_of_all_proportion_are_a_failure(words: str, says: str) -> None:
    item = f"<item><description><![CDATA[{words}]]></description></item>"
    texts, failures = found(f"<rss version='2.0'><channel>{item}</channel></rss>".encode())
    assert texts == []
    assert says in failures[0]


def test_an_encoding_that_hides_what_stands_there_is_not_followed() -> None:
    item = "<item><description>Five +ADwAIQ-ENTITY hurt</description></item>"
    data = f"<?xml version='1.0' encoding='utf-7'?><rss version='2.0'><channel>{item}</channel></rss>"
    assert only(data).text == "Five +ADwAIQ-ENTITY hurt"


def test_options_win() -> None:
    document = only(ATOM, publisher="P", published=datetime.date(2024, 1, 1))
    assert (document.publisher, document.published) == ("P", datetime.date(2024, 1, 1))


LAUGHS = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


ITEM = "<channel><item><title>x</title><description>&i;</description></item></channel>"


@pytest.mark.parametrize(
    "data",
    [
        f"{LAUGHS}]><rss version='2.0'>{ITEM}</rss>",
        f"<!DOCTYPE r [<!ENTITY i SYSTEM 'file:///etc/hostname'>]><rss>{ITEM}</rss>",
        LAUGHS.replace("DOCTYPE rss", "DOCTYPE urlset")
        + "]><urlset><url><loc>https://a.example/&i;</loc></url></urlset>",
        f"<rss version='2.0'><!-- --><!DOCTYPE r [<!ENTITY i 'x'>]>{ITEM}</rss>",
    ],
    ids=["laughs", "a file", "laughs in a sitemap", "within"],
)
def test_entities_are_refused(data: str) -> None:
    for options in ({}, {"follow": True, "offline": True}):
        texts, failures = found(data.encode(), **options)
        assert texts == []
        assert len(failures) == 1


def test_a_feed_of_too_many_entries() -> None:
    item = "<item><description>Five died.</description></item>"
    texts, failures = found(f"<rss version='2.0'><channel>{item * 10_050}</channel></rss>".encode())
    assert len(texts) == 10_000
    assert len(failures) == 1
    assert "more than 10,000 entries" in failures[0]


def test_a_list_alone_is_not_followed() -> None:
    for data in ("<urlset><url><loc>https://a.example/1</loc></url></urlset>",
                 "<opml><body><outline xmlUrl='https://a.example/feed'/></body></opml>"):  # fmt: skip
        assert "give --follow to fetch them" in found(data.encode())[1][0]


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


def followed(url: str, **options: Any) -> tuple[list[str | None], list[str]]:
    every = list(captures(url, Options(allow_private=True, pause=0, **options)))
    return [one.url for one in every if isinstance(one, Capture)], [
        one.message for one in every if isinstance(one, Failure)
    ]


def test_a_feed_from_the_web_is_followed_to_its_pages(site: Site) -> None:
    for path in ("/1", "/2"):
        site.serve(path, PAGE)
    feed = RSS.replace("https://okapi.example", site.url).encode()
    url = site.serve("/feed", feed, Content_Type="application/rss+xml")
    assert followed(url) == ([f"{site.url}/1", f"{site.url}/2"], [])
    assert followed(url, follow=False) == ([url], [])
    assert [path for path, _ in site.seen].count("/robots.txt") == 2  # once for each of the two calls


def test_an_index_of_sitemaps_is_followed_to_the_pages_of_each(site: Site) -> None:
    site.serve("/1", PAGE)
    site.serve("/2", PAGE)
    locs = "".join(f"<url><loc>{site.url}/{n}</loc></url>" for n in (1, 2, 1))
    site.serve("/a.xml", f"<urlset>{locs}</urlset>".encode(), Content_Type="application/xml")
    site.serve("/b.xml.gz", squeezed(f"<urlset>{locs}</urlset>".encode()), Content_Type="application/gzip")
    names = "".join(f"<sitemap><loc>{site.url}/{name}</loc></sitemap>" for name in ("a.xml", "b.xml.gz", "index.xml"))
    url = site.serve("/index.xml", f"<sitemapindex>{names}</sitemapindex>".encode(), Content_Type="text/xml")
    pages, failures = followed(url)
    assert pages == [f"{site.url}/1", f"{site.url}/2"]
    assert len(failures) == 1
    assert "index of sitemaps within another" in failures[0]


def test_an_outline_is_followed_to_the_pages_of_its_feeds(site: Site) -> None:
    site.serve("/1", PAGE)
    site.serve("/2", RSS.encode(), Content_Type="application/rss+xml")
    site.serve("/feed", RSS.replace("https://okapi.example", site.url).encode(), Content_Type="application/rss+xml")
    outline = f"<opml><body><outline><outline xmlUrl='{site.url}/feed'/></outline></body></opml>"
    url = site.serve("/opml", outline.encode(), Content_Type="text/x-opml")
    assert followed(url) == ([f"{site.url}/1", f"{site.url}/2"], [])


def test_what_is_left_out_is_told(site: Site) -> None:
    site.serve("/1", PAGE)
    locs = "".join(f"<url><loc>{site.url}/{n}</loc></url>" for n in (1, 2, 3, 4))
    url = site.serve("/sitemap.xml", f"<urlset>{locs}</urlset>".encode(), Content_Type="text/xml")
    pages, failures = followed(url, most=2)
    assert pages == [f"{site.url}/1"]
    assert "404" in failures[0]
    assert "lists 2 pages beyond the 2 that are fetched; give --most to fetch more" in failures[1]


def test_a_list_leads_to_no_private_address_and_to_no_file(site: Site) -> None:
    locs = f"<url><loc>{site.url}/1</loc></url><url><loc>file:///etc/passwd</loc></url>"
    data = f"<urlset>{locs}</urlset>".encode()
    texts, failures = found(data, follow=True)
    assert texts == []
    assert "not on the public internet" in failures[0]
    assert "no web address" in failures[1]
    assert "--offline is set" in found(data, follow=True, offline=True)[1][0]


BLOWS = st.lists(st.tuples(st.integers(0, 900), st.binary(max_size=6)), max_size=4)


@given(st.sampled_from((RSS, ATOM, JSON)), BLOWS, st.integers(0, 900))
def test_any_damage_gives_documents_or_failures(sample: str, blows: list[tuple[int, bytes]], cut: int) -> None:
    data = bytearray(sample.encode())
    for place, blow in blows:
        place %= len(data)
        data[place : place + len(blow)] = blow
    for message in found(bytes(data[: cut % len(data) or None]))[1]:
        assert message.isprintable()
