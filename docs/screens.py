"""Pictures of every page of the desk over the example reports, light and dark: ``python -m docs.screens``.

They are made by Debian's Chromium and kept in docs/screens, for whoever wants to see the desk before opening it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from onrecord.documents import Options
from onrecord.engine.add import add
from onrecord.ledger import Ledger
from onrecord.ledger.access import ROLES, Actor
from onrecord.web.run import Line, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

Scheme = Literal["light", "dark"]

ROOT = Path(__file__).resolve().parent
FOLDER, EXAMPLES = ROOT / "screens", ROOT.parent / "examples"
_WIDTH, _HEIGHT = 1280, 860
_CHROMIUM = "/usr/bin/chromium"


def pages(ledger: Ledger) -> dict[str, str]:
    """Every page by name, with its address."""
    claim = next(iter(ledger.claims("type:deployment low:>=10000")))
    series = max(ledger.compared.all(), key=lambda one: one.claims)
    return {
        "claims": "/", "search": "/claims?q=type:casualties", "report": f"/documents/{claim.document.id}",
        "claim": f"/claims/{claim.claim.id}", "series-list": "/series", "series": f"/series/{series.id}",
        "source": "/source?name=National+Intelligence+Service", "disagreements": "/links",
        "revisions": "/links?relation=revises", "reports": "/documents", "changes": "/changes?since=2020-01-01",
        "review": "/review?who=Ada", "add": "/add", "about": "/about",
    }  # fmt: skip


# What only a desk for a team has.
TEAM = {"account": "/account", "users": "/users", "log": "/log"}
_WORDS = "a sentence for pictures alone"


def main() -> None:
    """Make them all."""
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Ledger.create(Path(folder) / "desk.db") as ledger:
        add(ledger, [str(EXAMPLES)], Options(offline=True))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
            with running(ledger, who="Ada") as address:
                for page, scheme in _opened(browser):
                    _take(page, address, scheme, pages(ledger))
            accounts = ledger.access.accounts
            for who, role in (("Ada", ROLES[2]), ("Grace", ROLES[1]), ("Rita", ROLES[0])):
                accounts.add(who, role, _WORDS, by=Actor("Ada"))
            with running(ledger, _certified(Path(folder)), log_in=True) as address:
                for page, scheme in _opened(browser):
                    _take(page, address, scheme, {"log-in": "/log-in"})
                    page.locator("[name=name]").fill("Ada")
                    page.locator("[name=password]").fill(_WORDS)
                    page.get_by_role("button", name="Log in").click()
                    _take(page, address, scheme, TEAM)
            browser.close()
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER}")


def _opened(browser: Browser) -> Iterator[tuple[Page, Scheme]]:
    """A page in either scheme."""
    size: ViewportSize = {"width": _WIDTH, "height": _HEIGHT}
    schemes: tuple[Scheme, ...] = ("light", "dark")
    for scheme in schemes:
        yield browser.new_page(color_scheme=scheme, viewport=size, ignore_https_errors=True), scheme


def _take(page: Page, address: str, scheme: str, paths: dict[str, str]) -> None:
    for name, path in paths.items():
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=FOLDER / f"{name}-{scheme}.png")


def _certified(folder: Path) -> Line:
    """A line with a certificate of this machine."""
    import trustme

    made = trustme.CA().issue_cert("127.0.0.1")
    made.private_key_pem.write_to_path(str(folder / "key.pem"))
    made.cert_chain_pems[0].write_to_path(str(folder / "cert.pem"))
    return Line(certificate=str(folder / "cert.pem"), key=str(folder / "key.pem"))


if __name__ == "__main__":
    main()
