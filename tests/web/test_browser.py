"""The desk as people use it: in a browser, by keyboard, without scripts, on paper, from right to left."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from web.conftest import ARABIC, Opener
from web.test_pages import NAMES


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing(look: Opener, paths: dict[str, str], name: str, scheme: str) -> None:
    page = look(paths[name], color_scheme=scheme)
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wider_than_a_telephone(look: Opener, paths: dict[str, str], name: str) -> None:
    page = look(paths[name], viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_from_a_question_to_the_words(look: Opener) -> None:
    page = look("/")
    page.keyboard.press("/")
    page.keyboard.type("goma low:12")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=goma+low%3A12*")
    page.locator(".results .go").first.click()
    page.wait_for_url("**/documents/*#c-*")
    chosen = page.locator(".claim.on")
    assert "12" in chosen.locator("h4").inner_text()
    assert page.locator(".words .m.on").count() > 0
    chosen.locator("summary").click()
    chosen.locator("dl a").click()
    page.wait_for_url("**/claims/*")
    assert "killed 12 people" in page.locator("mark").inner_text()


def drawn(page: Page) -> None:
    """Wait until the chart is there; the policy forbids functions made from text, by which Playwright waits."""
    for _ in range(100):
        if page.evaluate("document.querySelector('.chart img').naturalWidth") > 100:
            return
        page.wait_for_timeout(50)
    pytest.fail("the chart was not drawn")


def test_the_chart_of_a_series_is_there_and_moves_with_the_day(look: Opener, paths: dict[str, str]) -> None:
    page = look(paths["series"])
    drawn(page)
    assert page.locator("#slider").is_visible()
    page.locator("#slider").focus()
    page.keyboard.press("Home")
    page.wait_for_url("**as_of=2025-03-27**")
    drawn(page)
    assert page.locator("#table ~ .scroll tbody tr").count() < 4
    page.locator("select[name=rule]").select_option("ucdp")
    page.wait_for_url("**rule=ucdp**")
    assert "rule ucdp" in page.locator(".verdict").inner_text()


def test_the_original_cannot_act(look: Opener, paths: dict[str, str]) -> None:
    page = look(paths["hostile"])
    title = page.title()
    page.locator(".frame summary").click()
    frame = page.frame_locator("iframe")
    assert "8 dead" in frame.locator("p").inner_text()
    assert page.title() == title


def test_everything_can_be_read_without_scripts(look: Opener, paths: dict[str, str]) -> None:
    page = look("/", java_script_enabled=False)
    page.locator("#q").fill("goma")
    page.locator(".ask button").click()
    assert page.locator(".rows .row").count() >= 4
    page.goto(page.url.partition("/?")[0] + paths["series then"])
    assert page.locator("#table ~ .scroll tbody tr").count() > 0
    page.locator("select[name=rule]").select_option("airwars")
    page.locator(".ask button").click()
    assert "rule airwars" in page.locator(".verdict").inner_text()


def test_text_from_right_to_left(look: Opener) -> None:
    page = look("/documents")
    page.get_by_text(ARABIC).click()
    paragraph = page.locator(".words p").first
    assert paragraph.inner_text() == ARABIC
    assert paragraph.evaluate("p => getComputedStyle(p).direction") == "rtl"
    assert page.evaluate("getComputedStyle(document.body).direction") == "ltr"


def test_on_paper_only_what_is_told_remains(look: Opener, paths: dict[str, str]) -> None:
    page = look(paths["series"])
    page.emulate_media(media="print")
    assert not page.locator(".bar").is_visible()
    assert not page.locator(".ask").is_visible()
    assert page.locator(".chart img").is_visible()


def test_keys_can_be_turned_off(look: Opener) -> None:
    """WCAG 2.1.4: shortcuts of one character."""
    page = look("/about")
    page.locator("#keys-switch").click()
    page.goto(page.url.replace("/about", "/"))
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") != "q"
