"""A desk over a ledger of a few reports, one of them hostile: asked directly, over a socket, and in a browser."""

from __future__ import annotations

import contextlib
import datetime
import itertools
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient
from playwright.sync_api import Browser, ConsoleMessage, Page

from ledger.reports import harvest, write
from onrecord.ledger import Harvest, Ledger
from onrecord.values import Capture
from onrecord.web.app import desk
from onrecord.web.run import running
from views.samples import hostile_reading

DAY = datetime.date(2025, 3, 27)
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\u202e \"'`{{7*7}} javascript:alert(3)"
ARABIC = "قالت الشرطة إن الانفجار في غوما أدى إلى مقتل 8 أشخاص يوم الاثنين."
PAGE = f"<!doctype html><title>Blast</title>{HOSTILE}<script>parent.document.title='taken'</script><p>8 dead</p>"


def reports() -> list[Harvest]:
    """A figure that is revised, disputed, denied and told again; a page that changed; hostile and Arabic text."""

    def told(text: str, publisher: str, days: int, **more: Any) -> Harvest:
        day = DAY + datetime.timedelta(days=days)
        number = more.pop("number", abs(hash((publisher, days))) % 10**6)
        return harvest(
            text, publisher=publisher, published=day, url=f"https://example.org/{publisher}/{number}", **more
        )

    blast = "A blast in Goma has killed {n} people so far, {who} said. The market was full when it happened."
    return [
        told(blast.format(n=8, who="the police"), "Paper One", 0, number=1, title="Blast in Goma"),
        told(blast.format(n=8, who="the police"), "Paper Two", 0, number=2, title="Goma blast"),
        told(blast.format(n=12, who="the police"), "Paper One", 1, number=3, title="Toll rises in Goma"),
        told(blast.format(n=20, who="the United Nations"), "Paper Three", 1, number=4, title="UN on Goma"),
        told("North Korea has sent 3,000 soldiers to Russia, South Korea said.", "Paper One", 2, number=5),
        told("North Korea denied that it has sent 3,000 soldiers to Russia.", "Paper Two", 3, number=6),
        told(ARABIC, "صحيفة", 2, number=7, title=ARABIC),
    ]


def told_again(text: str, seen: datetime.datetime) -> Harvest:
    """A later version of the first page."""
    url = "https://example.org/Paper One/1"
    return harvest(text, publisher="Paper One", published=DAY, url=url, title="Blast in Goma", fetched=seen)


def hostile() -> Harvest:
    """A report in which hostile words stand in every field, captured as a hostile page."""
    reading = hostile_reading(HOSTILE)
    claims = tuple(
        msgspec.structs.replace(claim, id=f"{number:024x}") for number, claim in enumerate(reading.claims, start=1)
    )
    reading = msgspec.structs.replace(reading, claims=claims)
    capture = Capture(source="https://example.org/hostile", body=PAGE.encode(), url="https://example.org/hostile",
                      fetched=datetime.datetime(2025, 3, 27, tzinfo=datetime.UTC))  # fmt: skip
    return Harvest(capture, "{}", (reading,))


@pytest.fixture(scope="session")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger with these reports."""
    with Ledger.create(tmp_path_factory.mktemp("desk") / "desk.db") as ledger:
        write(ledger, *reports(), hostile())
        seen = datetime.datetime(2025, 4, 2, tzinfo=datetime.UTC)
        write(ledger, told_again("A blast in Goma has killed 9 people so far, the police said.", seen))
        yield ledger


@pytest.fixture(scope="session")
def client(held: Ledger) -> Iterator[TestClient[Any]]:
    """Asks the desk without a socket."""
    with TestClient(desk(held), base_url="http://127.0.0.1", raise_server_exceptions=True) as made:
        yield made


@pytest.fixture(scope="session")
def served(held: Ledger) -> Iterator[str]:
    """The address of the desk, running."""
    with running(held) as address:
        yield address


Opener = Callable[..., Page]


@pytest.fixture
def look(browser: Browser, served: str) -> Iterator[Opener]:
    """Opens a page of the desk; the test fails if it logs or raises anything, or asks anybody else for anything."""
    told: list[str] = []
    with contextlib.ExitStack() as opened:

        def open_(path: str, at: str = served, **options: Any) -> Page:
            def hear(message: ConsoleMessage) -> None:
                """What browsers say of an original that is shut in is that something in it was not let happen."""
                if not message.location["url"].endswith("/shown"):
                    told.append(f"{message.text} ({message.location['url']})")

            context = browser.new_context(**{"reduced_motion": "reduce", **options})
            opened.callback(context.close)
            page = context.new_page()
            page.on("console", hear)
            page.on("pageerror", lambda error: told.append(str(error)))
            page.on("dialog", lambda dialog: told.append(f"dialog {dialog.message}"))
            page.on("request", lambda asked: _heed(asked.url, at, told))
            page.goto(at + path)
            return page

        yield open_
    assert told == []


def _heed(url: str, served: str, told: list[str]) -> None:
    if not url.startswith((served, "data:")):
        told.append(f"request {url}")


@pytest.fixture(scope="session")
def paths(held: Ledger) -> dict[str, str]:
    """Every kind of page, by name, with its address."""
    claim = next(iter(held.claims("goma low:12")))
    series = next(one for one in held.compared.all() if one.key.type == "killed")
    odd = next(iter(held.claims("alert"))).document.id
    first = next(itertools.islice(held.claims("goma low:9"), 1)).document.id
    return {
        "home": "/", "search": "/claims?q=goma+type:killed", "nothing": "/claims?q=nowhere",
        "reports": "/documents", "report": f"/documents/{claim.document.id}", "versions": f"/documents/{first}",
        "hostile": f"/documents/{odd}", "claim": f"/claims/{claim.claim.id}", "hostile claim": f"/claims/{1:024x}",
        "series list": "/series", "series": f"/series/{series.id}",
        "series then": f"/series/{series.id}?as_of=2025-03-27&rule=acled",
        "source": "/source?name=United+Nations", "disagreements": "/links", "echoes": "/links?relation=echoes",
        "changes": "/changes?since=2020-01-01", "about": "/about",
        "review": "/review", "agreement": "/review/agreement", "add": "/add",
    }  # fmt: skip
