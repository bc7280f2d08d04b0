"""Every address of the desk is documented, and no other."""

import re
from pathlib import Path

from onrecord.web.app import addresses

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "desk.md"


def test_the_addresses_are_documented() -> None:
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `/")]
    told = set()
    for row in rows:
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        for path in re.findall(r"`([^`]+)`", cells[0]):
            told.add(path)
            if "{" not in path and path != "/":
                told |= {f"{path}.{form}" for form in ("json", "csv") if form in cells[3]}
    assert {re.sub(r"\{(\w+):str\}", r"{\1}", path).replace("{name}", "{id}") for path in addresses()} == {
        path.replace("/static/{name}", "/static/{id}") for path in told
    }
