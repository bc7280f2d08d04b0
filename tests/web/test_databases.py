"""The pages and the API over either database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from litestar.testing import TestClient

from ledger.reports import write
from onrecord.ledger import Ledger
from onrecord.web.app import desk
from web.conftest import hostile, reports
from web.safety import check


@pytest.fixture
def kept(place: str) -> Iterator[Ledger]:
    """The reports of the other tests, on each kind of database in turn."""
    with Ledger.create(place) as ledger:
        write(ledger, *reports(), hostile())
        yield ledger


def test_every_page_on_either_database(kept: Ledger) -> None:
    claim = next(iter(kept.claims("goma low:12")))
    series = next(one.id for one in kept.compared.all() if one.key.type == "killed")
    with TestClient(desk(kept), base_url="http://127.0.0.1") as client:
        told: dict[str, Any] = {}
        for path in (
            "/", "/claims?q=goma+type:killed", "/claims?q=goma&as_of=2025-03-28", "/claims?q=alert", "/documents",
            "/documents?as_of=2025-03-28", f"/documents/{claim.document.id}", f"/documents/{claim.document.id}/shown",
            f"/claims/{claim.claim.id}", "/series", f"/series/{series}", f"/series/{series}?as_of=2025-03-27&rule=ucdp",
            f"/series/{series}/chart.svg", "/source?name=United+Nations", "/links", "/links?relation=revises",
            "/links?relation=denies", "/changes?since=2020-01-01", "/changes.atom?since=2020-01-01", "/review", "/add",
            "/review/agreement", "/about", "/api/v1/claims?q=goma", "/api/v1/documents", "/api/v1/series",
            f"/api/v1/series/{series}", "/api/v1/links", "/api/v1/changes", "/api/v1/sources?name=United+Nations",
        ):  # fmt: skip
            answer = client.get(path)
            assert answer.status_code == 200, (path, answer.text)
            told[path] = answer
            if answer.headers["content-type"].startswith("text/html"):
                check(answer.text)
        goma = told["/api/v1/claims?q=goma"].json()["claims"]
        assert {entry["id"] for entry in goma} == {entry.claim.id for entry in kept.claims("goma")}
        assert "revises" in told["/links?relation=revises"].text
        form = {"claim": claim.claim.id, "act": "accept"}
        assert client.post("/review/decide", data=form, follow_redirects=False).status_code == 303
        assert [one.value for one in kept.review("reviewer").decisions()] == ["right"]
