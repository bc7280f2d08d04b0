"""Every address of the desk is documented, and no other."""

import re
from pathlib import Path

from onrecord.web.api.endpoints import ENDPOINTS
from onrecord.web.routes import addresses

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


def test_the_api_is_documented() -> None:
    told = PAGE.read_text("utf-8").partition("## The API")[2]
    for endpoint in ENDPOINTS:
        last = endpoint.path if endpoint.path.count("/") > 1 else f"/api/v1{endpoint.path}"
        assert f"{last}`" in told, endpoint.path
        for parameter in endpoint.parameters:
            assert f"`{parameter.name}`" in told or parameter.where == "path", parameter.name
