from __future__ import annotations

import base64
import hashlib
import itertools
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.values import Document, Fault, Reading
from onrecord.views.page import page
from views.gold_readings import gold_readings
from views.samples import cases, claim_at, hostile_reading

LOADING = {"img", "iframe", "object", "embed", "video", "audio", "source", "base"}


class Parsed(HTMLParser):
    """A page taken apart: its elements, and the text inside each ``div.words``."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "div" and (self.open or dict(attrs).get("class") == "words"):
            self.open += 1
            self.texts += [""] if self.open == 1 else []

    def handle_endtag(self, tag: str) -> None:
        self.open -= tag == "div" and self.open > 0

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts[-1] += data

    def all(self, name: str) -> list[str]:
        return [attrs[name] or "" for _, attrs in self.elements if name in attrs]


def parsed(*readings: Reading) -> Parsed:
    return Parsed("".join(page(readings)))


def test_the_text_of_every_report_stands_in_the_page_unchanged():
    readings = gold_readings()
    assert parsed(*readings).texts == [reading.document.text for reading in readings]


@pytest.mark.parametrize("case", cases("views_hostile.toml"), ids=lambda case: case["name"])
def test_hostile_text_stands_in_the_page_unchanged_and_does_nothing(case):
    page_ = parsed(hostile_reading(case["text"]))
    assert page_.texts == [case["text"]]
    tags = [tag for tag, _ in page_.elements]
    assert (tags.count("script"), tags.count("style"), LOADING.intersection(tags)) == (1, 1, set())
    assert not [name for _, attrs in page_.elements for name in attrs if name.startswith("on") or name == "style"]


@given(st.text(min_size=5, max_size=80).filter(lambda text: "\0" not in text))
@settings(max_examples=40)
def test_any_text_stands_in_the_page_unchanged(text):
    assert parsed(hostile_reading(text)).texts == [text]


def test_what_html_cannot_hold_is_shown_by_its_picture():
    assert parsed(hostile_reading("zero \0 byte")).texts == ["zero \u2400 byte"]


def test_ids_are_unique_and_every_link_inside_the_page_has_its_goal():
    readings = gold_readings(count=3)
    page_ = parsed(*readings, readings[0], hostile_reading("The same words twice, with an id that is none."))
    ids = page_.all("id")
    assert len(ids) == len(set(ids))
    inside = {href[1:] for href in page_.all("href") if href.startswith("#")}
    assert inside <= set(ids)
    claim = readings[0].claims[0]
    assert {f"c-{claim.id}", f"c-{claim.id}-evidence"} <= inside


def test_the_policy_names_the_style_and_the_script_by_their_hashes_and_allows_no_request():
    html = "".join(page(gold_readings(count=1)))
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy
    for tag in ("style", "script"):
        content = re.search(f"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        assert content
        digest = base64.b64encode(hashlib.sha256(content[1].encode()).digest()).decode()
        assert f"{tag}-src &#39;sha256-{digest}&#39;" in policy[1]
    assert policy[1].startswith("default-src &#39;none&#39;")


def test_only_web_addresses_become_links():
    for url, linked in [
        ("https://example.org/a?b=1&c", 1),
        ("javascript:alert(1)", 0),
        ("data:text/html,x", 0),
        (None, 0),
    ]:
        page_ = parsed(Reading(Document("x", url=url)))
        assert sum("noopener" in rel for rel in page_.all("rel")) == linked


def test_the_summary_counts_documents_claims_and_faults_and_shows_each_fault():
    readings = [
        *gold_readings(count=2),
        Reading(Document("x", title="Broken"), faults=(Fault("times", "odd <value>"),)),
    ]
    html = "".join(page(iter(readings)))
    claims = sum(len(reading.claims) for reading in readings)
    assert f"<span>3 documents</span><span>{claims} claims</span><span>1 fault</span>" in html
    assert html.count("odd &lt;value&gt;") == 2


def test_a_page_without_documents_or_claims_is_still_a_page():
    assert "<span>0 documents</span>" in "".join(page([]))
    assert parsed(Reading(Document(""))).texts == [""]


def test_the_page_grows_with_text_and_claims_not_with_their_product():
    text = "A line of words that goes on. " * 34_000
    sizes = []
    for count in (500, 1000, 2000):
        claims = tuple(claim_at(text, n, len(text) - n, id_=f"n{n}") for n in range(count))
        sizes.append(sum(map(len, page([Reading(Document(text), claims=claims)]))))
    first, second = (after - before for before, after in itertools.pairwise(sizes))
    assert second < 2.3 * first
    assert sizes[-1] < 8 * len(text)


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    full = colour if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:])
    parts = [int(full[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def schemes() -> list[dict[str, str]]:
    """The colours of the light and of the dark scheme."""
    html = "".join(page([]))
    blocks: list[Any] = re.findall(r":root \{(.*?)\}", html, re.DOTALL)
    return [dict(re.findall(r"--(\w+): (#\w+)", block)) for block in blocks[:2]]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("front", "back", "least"),
    [
        *itertools.product(("ink", "muted", "accent"), ("paper", "card"), (4.5,)),
        *itertools.product(("ink",), ("tint", "strong"), (4.5,)),
        *itertools.product(("muted",), ("tint",), (4.5,)),
        ("paper", "accent", 4.5),
        ("paper", "ink", 4.5),
        ("edge", "paper", 3.0),
        ("edge", "card", 3.0),
    ],
)
def test_contrast_is_enough_in_both_schemes(scheme, front, back, least):
    colours = schemes()[scheme]
    light, dark = sorted((luminance(colours[front]), luminance(colours[back])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= least
