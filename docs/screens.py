"""Pictures of every page of the desk over the example reports, light and dark: ``python -m docs.screens``.

They are made by Debian's Chromium and kept in docs/screens, for whoever wants to see the desk before opening it.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from onrecord.documents import Options
from onrecord.engine.add import add
from onrecord.ledger import Ledger
from onrecord.web.run import running

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


def main() -> None:
    """Make them all."""
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Ledger.create(Path(folder) / "desk.db") as ledger:
        add(ledger, [str(EXAMPLES)], Options(offline=True))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
            with running(ledger, who="Ada") as address:
                for scheme in ("light", "dark"):
                    page = browser.new_page(color_scheme=scheme, viewport={"width": _WIDTH, "height": _HEIGHT})
                    for name, path in pages(ledger).items():
                        page.goto(address + path)
                        page.wait_for_load_state("networkidle")
                        page.screenshot(path=FOLDER / f"{name}-{scheme}.png")
            browser.close()
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER}")


if __name__ == "__main__":
    main()
