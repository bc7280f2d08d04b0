from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from onrecord.values import Reading
from onrecord.views.page import page
from views.gold_readings import gold_readings
from views.samples import cases, hostile_reading

Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens readings as a page; fails the test if it asks for anything, logs anything or raises."""
    contexts, told = [], []

    def open_(readings: list[Reading], anchor: str = "", **options: Any) -> Page:
        file = tmp_path / "page.html"
        with file.open("w", encoding="utf-8", newline="") as out:
            out.writelines(page(readings))
        context = browser.new_context(**{"reduced_motion": "reduce", **options})
        contexts.append(context)
        opened = context.new_page()
        opened.on("console", lambda message: told.append(message.text))
        opened.on("pageerror", lambda error: told.append(str(error)))
        opened.on("request", lambda asked: None if asked.url.startswith(file.as_uri()) else told.append(asked.url))
        opened.goto(file.as_uri() + anchor)
        return opened

    yield open_
    for context in contexts:
        context.close()
    assert [words for words in told if words != "data:,"] == []


def in_view(opened: Page, selector: str) -> bool:
    """Whether the element lies within the window."""
    return bool(
        opened.evaluate(
            "s => { const b = document.querySelector(s).getBoundingClientRect();"
            " return b.top >= 0 && b.bottom <= innerHeight }",
            selector,
        )
    )


def test_a_click_on_a_claim_goes_to_its_words(open_page):
    readings = gold_readings(count=3)
    opened = open_page(readings)
    claim = readings[2].claims[-1]
    card = opened.locator(f"#c-{claim.id}")
    card.locator(".go").click()
    assert card.get_attribute("aria-current") == "true"
    lit = opened.locator("a.m.on.evidence").all_text_contents()
    assert claim.evidence.text in "".join(lit)
    assert in_view(opened, "a.m.on.evidence")
    assert opened.evaluate("document.activeElement.matches('a.m.on')")


def test_a_click_on_words_goes_to_their_claim_and_a_second_one_to_the_next(open_page):
    readings = gold_readings(count=3)
    opened = open_page(readings)
    claims = readings[1].claims
    words = opened.locator("#d-2 a.m.figure").first
    words.click()
    selected = opened.locator(".claim.on")
    assert selected.get_attribute("id") == f"c-{claims[0].id}"
    assert in_view(opened, ".claim.on")
    shared = opened.locator("#d-2 a.m.evidence", has_text="Pyongyang keeps shipping").first
    seen = []
    for _ in range(4):
        shared.click()
        seen.append(selected.get_attribute("id"))
    assert len(set(seen[:3])) == 3
    assert seen[3] == seen[0]


def test_the_keys_move_go_and_clear(open_page):
    readings = gold_readings(count=1)
    ids = [f"c-{claim.id}" for claim in readings[0].claims]
    opened = open_page(readings)
    selected = opened.locator(".claim.on")
    for key, index in [("j", 0), ("j", 1), ("ArrowDown", 2), ("k", 1), ("ArrowUp", 0), ("k", 0), ("j", 1)]:
        opened.keyboard.press(key)
        assert selected.get_attribute("id") == ids[index]
        assert in_view(opened, "a.m.on")
    opened.keyboard.press("Enter")
    assert opened.evaluate("document.activeElement.matches('.words a.m.on')")
    opened.keyboard.press("Escape")
    assert selected.count() == 0
    assert opened.locator("a.m.on").count() == 0


def test_the_filters_leave_the_matching_claims_and_can_be_undone(open_page):
    readings = gold_readings(count=4)
    opened = open_page(readings)
    every = sum(len(reading.claims) for reading in readings)
    wanted = sum(claim.status == "possible" for reading in readings for claim in reading.claims)
    opened.select_option("select[name=status]", "possible")
    assert opened.locator(".claim:visible").count() == wanted
    assert opened.locator(".shown").text_content() == f"{wanted} of {every} claims"
    assert opened.locator("a.m.off").count() > 0
    opened.locator("button[type=reset]").click()
    opened.wait_for_function("n => document.querySelectorAll('.claim:not([hidden])').length === n", arg=every)
    assert opened.locator("a.m.off").count() == 0


def test_without_javascript_the_anchors_work_and_nothing_offers_what_it_cannot_do(open_page):
    readings = gold_readings(count=3)
    opened = open_page(readings, java_script_enabled=False)
    assert opened.locator(".filters").is_hidden()
    assert opened.locator(".keys").is_hidden()
    claim = readings[1].claims[-1]
    opened.locator(f"#c-{claim.id} .go").click()
    assert opened.url.endswith(f"#c-{claim.id}-evidence")
    words = opened.locator(f"#c-{claim.id}-evidence + a.m")
    box = words.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 720
    words.click()
    assert "#c-" in opened.url
    assert not opened.url.endswith("-evidence")


def test_a_link_to_a_claim_opens_at_its_words(open_page):
    readings = gold_readings(count=3)
    claim = readings[2].claims[5]
    opened = open_page(readings, f"#c-{claim.id}-evidence")
    assert opened.locator(".claim.on").get_attribute("id") == f"c-{claim.id}"
    assert in_view(opened, "a.m.on.evidence")


@pytest.mark.parametrize(("scheme", "dark"), [("light", False), ("dark", True)])
def test_the_page_follows_the_colour_scheme(open_page, scheme, dark):
    opened = open_page(gold_readings(count=1), color_scheme=scheme)
    ground = opened.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    assert (sum(ground) < 3 * 60) is dark


@pytest.mark.parametrize("width", [320, 390, 768, 1360])
def test_nothing_scrolls_sideways_at_any_width(open_page, width):
    hostile = [hostile_reading(case["text"] + "long" * 80) for case in cases("views_hostile.toml")]
    opened = open_page([*gold_readings(count=2), *hostile], viewport={"width": width, "height": 800})
    assert opened.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_phone_the_claims_stand_under_the_text(open_page):
    opened = open_page(gold_readings(count=1), viewport={"width": 390, "height": 844})
    text, rail = (opened.locator(f"#d-1 .{name}").bounding_box() for name in ("words", "pane"))
    assert text is not None
    assert rail is not None
    assert rail["y"] >= text["y"] + text["height"]


@pytest.mark.parametrize("case", cases("views_hostile.toml"), ids=lambda case: case["name"])
def test_a_browser_reads_hostile_text_back_unchanged(open_page, case):
    opened = open_page([hostile_reading(case["text"])])
    assert opened.locator(".words").evaluate("words => words.textContent") == case["text"]
    assert opened.title() != "owned"


def test_print_shows_text_and_claims_in_full(open_page):
    opened = open_page(gold_readings(count=1))
    opened.emulate_media(media="print")
    assert opened.locator(".filters").is_hidden()
    pane = opened.locator(".pane")
    assert pane.evaluate("pane => pane.scrollHeight <= pane.clientHeight + 1")
