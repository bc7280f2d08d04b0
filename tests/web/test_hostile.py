"""Pages from the web that try to act in the browser of whoever reads them at the desk: none gets to."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from litestar.testing import TestClient
from playwright.sync_api import Browser, ConsoleMessage

from browsers import CHROMIUM, FLAGS
from onrecord.documents import Failure, Options, Upload
from onrecord.engine.add import add
from onrecord.ledger import Ledger
from onrecord.web.app import desk
from onrecord.web.run import running
from views.samples import cases
from web.safety import check

FIRST = "The blast in Goma killed 8 people, the police said on Monday."
SECOND = "At least {number} people were wounded, the army {words} said on Tuesday."
CASES = cases("web_hostile.toml")
READ = [case for case in CASES if "refused" not in case]
# Where what is asked comes back: in a field, in a message, in a link.
REFLECTING = (
    "/claims?q={}", "/claims?as_of={}", "/claims?after={}", "/claims/{}", "/documents/{}", "/documents/{}/original",
    "/documents/{}/shown",
    "/series/{}", "/series/{}/chart.svg", "/series/abcdefgh/{}", "/series?as_of={}", "/source?name={}",
    "/links?relation={}", "/changes?since={}", "/review?q={}", "/review?claim={}", "/review?who={}", "/about?x={}",
    "/nowhere/{}", "/static/{}", "/log-in?to={}",
)  # fmt: skip


def page_of(case: dict[str, str]) -> bytes:
    """The page of a case, with a number of its own."""
    second = SECOND.format(number=20 + CASES.index(case), words=case.get("words", ""))
    made = case.get("page") or (
        f"<!doctype html><html><head><title>{case.get('title', 'Blast in Goma')}</title>{case.get('head', '')}</head>"
        f"<body><article><h1>Blast in Goma</h1><p>{FIRST}</p>{case.get('html', '')}"
        f"<p>{second}</p></article></body></html>"
    )
    return made.encode(case.get("charset", "utf-8"), "surrogatepass")


def file_of(number: int, case: dict[str, str]) -> str:
    """The name under which it is handed over."""
    return case.get("file", f"page-{number}.html")


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger into which all of them were read."""
    failed: list[Failure] = []
    with Ledger.create(tmp_path_factory.mktemp("hostile") / "hostile.db") as ledger:
        pages = [Upload(file_of(number, case), page_of(case)) for number, case in enumerate(CASES)]
        add(ledger, pages, Options(offline=True), reader="rules", tell=failed.append)
        refused = [case["refused"] for case in CASES if "refused" in case]
        assert len(failed) == len(refused)
        assert all(told in failure.message for told, failure in zip(refused, failed, strict=True))
        yield ledger


@pytest.fixture(scope="module")
def asking(attacked: Ledger) -> Iterator[TestClient[Any]]:
    """Asks the desk over it."""
    with TestClient(desk(attacked), base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture(scope="module")
def address(attacked: Ledger) -> Iterator[str]:
    """The address of the desk over it."""
    with running(attacked) as told:
        yield told


def test_each_is_a_report_with_its_claims(attacked: Ledger) -> None:
    reports = list(attacked.documents())
    assert all(report.claims for report in reports)
    assert (
        sorted(case["name"] for case in READ if not any(_came_as(attacked, one.heading.id, case) for one in reports))
        == []
    )


def shown(ledger: Ledger) -> list[str]:
    """The address of every page on which a report, a claim, a series or a source of the ledger is shown."""
    claims = list(ledger.claims())
    series = list(ledger.compared.all())
    sources = {claim.claim.source.name for claim in claims if claim.claim.source}
    return [
        "/", "/documents", "/series", "/links", "/links?relation=echoes", "/changes?since=2020-01-01", "/review",
        *(f"/documents/{report.heading.id}" for report in ledger.documents()),
        *(f"/claims/{entry.claim.id}" for entry in claims),
        *(f"/review?claim={entry.claim.id}" for entry in claims),
        *(f"/series/{one.id}" for one in series),
        *(f"/source?name={quote(name)}" for name in sources),
    ]  # fmt: skip


def test_no_page_holds_anything_that_acts(asking: TestClient[Any], attacked: Ledger) -> None:
    for path in shown(attacked):
        answer = asking.get(path)
        assert answer.status_code == 200, path
        check(answer.text)


def test_what_machines_get_is_no_page(asking: TestClient[Any], attacked: Ledger) -> None:
    """JSON and CSV are never sent as something that a browser would run."""
    for path in ("/claims", "/documents", "/series", "/links", "/changes"):
        for form, kind in (("json", "application/json"), ("csv", "text/csv; charset=utf-8")):
            answer = asking.get(f"{path}.{form}")
            assert answer.headers["content-type"] == kind
            assert answer.headers["x-content-type-options"] == "nosniff"
    feed = asking.get("/changes.atom?since=2020-01-01")
    assert feed.headers["content-type"] == "application/atom+xml"
    assert not re.search(r"<(script|img|svg|iframe)", feed.text)
    for report in attacked.documents():
        for path in ("original", "shown"):
            answer = asking.get(f"/documents/{report.heading.id}/{path}")
            assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "set-cookie" not in answer.headers
            if path == "original":
                assert answer.headers["content-type"] == "application/octet-stream"
                assert answer.headers["content-disposition"].startswith("attachment; ")


@pytest.mark.parametrize("path", REFLECTING)
def test_what_is_asked_comes_back_as_mere_words(asking: TestClient[Any], path: str) -> None:
    for case in CASES:
        for part in ("words", "html", "head", "title", "file"):
            if part in case:
                answer = asking.get(path.format(quote(case[part][:1_500], safe="")), follow_redirects=False)
                assert answer.status_code < 500
                if answer.headers.get("content-type", "").startswith("text/html"):
                    check(answer.text)
                assert "\n" not in answer.headers.get("location", "")


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[tuple[int, list[str]]]:
    """Everything that is not this machine: a port, and what connected to it."""
    heard: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def listen() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:  # the test has ended
                    return
                heard.append("somebody connected")
                connection.close()

        threading.Thread(target=listen, daemon=True).start()
        yield listening.getsockname()[1], heard
        listening.shutdown(socket.SHUT_RDWR)


@pytest.fixture(scope="module")
def trapped(browser: Browser, elsewhere: tuple[int, list[str]]) -> Iterator[Browser]:
    """A browser to which elsewhere.example is that port."""
    rules = f"--host-resolver-rules=MAP elsewhere.example 127.0.0.1:{elsewhere[0]}"
    made = browser.browser_type.launch(executable_path=str(CHROMIUM), args=[*FLAGS, rules])
    yield made
    made.close()


def test_the_trap_hears_what_leaves(trapped: Browser, elsewhere: tuple[int, list[str]]) -> None:
    page = trapped.new_page()
    page.goto("data:text/html,<img src='https://elsewhere.example/'>")
    page.wait_for_timeout(300)
    page.close()
    assert elsewhere[1]
    elsewhere[1].clear()


@pytest.mark.parametrize("case", READ, ids=lambda case: case["name"])
def test_nothing_acts_in_the_browser(
    trapped: Browser, elsewhere: tuple[int, list[str]], address: str, attacked: Ledger, case: dict[str, str]
) -> None:
    """The report with its original, its review and its claim: no script runs, nothing leaves, nothing is taken."""
    report = next(one for one in attacked.documents() if _came_as(attacked, one.heading.id, case))
    claim = next(iter(attacked.claims(f"document:{report.heading.id}", repeats=True))).claim
    told: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        """Browsers tell of an original what they did not let happen; the pages of the desk tell nothing."""
        where = message.location["url"]
        if not (where.endswith("/shown") or where in (f"{address}/", "about:srcdoc")):
            told.append(f"{message.text} ({where})")

    context = trapped.new_context()
    page = context.new_page()
    page.on("console", hear)
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("dialog", lambda dialog: told.append(f"dialog {dialog.message}"))
    page.on("popup", lambda opened: told.append(f"opened {opened.url}"))
    page.goto(f"{address}/documents/{report.heading.id}")
    assert page.title().endswith(" – onrecord")
    page.locator(".frame summary").click()
    page.frame_locator("iframe").locator("body, svg").first.wait_for(state="attached")
    page.wait_for_timeout(100)
    assert page.url.startswith(f"{address}/documents/")
    for path in (f"/review?claim={claim.id}", f"/claims/{claim.id}"):
        page.goto(address + path)
        assert page.url == address + path
    assert "taken" not in str(context.cookies())
    context.close()
    assert told == []
    assert elsewhere[1] == []


def _came_as(ledger: Ledger, identity: str, case: dict[str, str]) -> bool:
    return any(ledger.original(capture.hash) == page_of(case) for capture in ledger.captures(identity))
