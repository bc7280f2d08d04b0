"""The API: as it is described, and what holds beyond the description."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from litestar.testing import TestClient
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from ledger.reports import write
from onrecord.ledger import Ledger
from onrecord.web.api.endpoints import ENDPOINTS
from onrecord.web.api.openapi import description
from onrecord.web.app import desk
from onrecord.web.run import running
from web.conftest import hostile, reports

BLAST = "The blast in Goma killed 8 people, the police said on Monday."
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def living(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Ledger]]:
    """A desk that anything may be sent to, and its ledger."""
    with Ledger.create(tmp_path_factory.mktemp("api") / "api.db") as ledger:
        write(ledger, *reports(), hostile())
        with running(ledger, reader="rules") as address:
            yield address, ledger


schema = schemathesis.openapi.from_dict(json.loads(description()))


@schema.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_address_answers_as_described(case: Any, living: tuple[str, Ledger]) -> None:
    case.call_and_validate(base_url=living[0], checks=CHECKS, timeout=60)


def test_what_is_there_is_given_as_described(living: tuple[str, Ledger]) -> None:
    """Made-up ids are answered with 404; these are real."""
    address, ledger = living
    entry = next(iter(ledger.claims("goma low:12")))
    series = next(iter(ledger.compared.all()))
    for path, asked in (
        ("/claims/{id}", {"id": entry.claim.id}), ("/claims/{id}", {"id": f"{1:024x}"}),
        ("/documents/{id}", {"id": entry.document.id}), ("/series/{id}", {"id": series.id}),
        ("/series/{id}", {"id": entry.claim.id}),
    ):  # fmt: skip
        case = schema[f"/api/v1{path}"]["GET"].Case(path_parameters=asked)
        answer = case.call_and_validate(base_url=address, checks=CHECKS)
        assert answer.status_code == 200


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger of its own."""
    with Ledger.create(tmp_path / "fresh.db") as ledger:
        write(ledger, *reports())
        yield ledger


@pytest.fixture
def client(fresh: Ledger) -> Iterator[TestClient[Any]]:
    """Asks a desk over it."""
    with TestClient(desk(fresh, reader="rules", who="Ada"), base_url="http://127.0.0.1") as made:
        yield made


@pytest.mark.parametrize(
    ("path", "name"), [("claims", "claims"), ("documents", "documents"), ("links?relation=revises", "links")]
)
def test_pages_follow_one_another_and_leave_nothing_out(client: TestClient[Any], path: str, name: str) -> None:
    mark = "&" if "?" in path else "?"
    whole = client.get(f"/api/v1/{path}{mark}limit=200").json()[name]
    found: list[Any] = []
    cursor: str | None = ""
    while cursor is not None:
        page = client.get(f"/api/v1/{path}{mark}limit=2" + (f"&cursor={cursor}" if cursor else "")).json()
        assert len(page[name]) <= 2
        found += page[name]
        cursor = page["next"]
    assert found == whole


def test_what_is_known_is_not_sent_again(client: TestClient[Any], fresh: Ledger) -> None:
    claim = next(iter(fresh.claims())).claim
    path = f"/api/v1/claims/{claim.id}"
    first = client.get(path)
    again = client.get(path, headers={"if-none-match": f'"x", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    fresh.judge(claim.id, "verdict", "right", "Ada")
    assert client.get(path, headers={"if-none-match": first.headers["etag"]}).status_code == 200


def test_a_judgement_of_what_has_changed_is_refused(client: TestClient[Any], fresh: Ledger) -> None:
    claim = next(iter(fresh.claims())).claim
    seen = client.get(f"/api/v1/claims/{claim.id}").headers["etag"]
    path = f"/api/v1/claims/{claim.id}/judgements"
    made = client.post(path, json={"kind": "verdict", "value": "right"}, headers={"if-match": seen})
    assert (made.status_code, made.json()["who"]) == (201, "Ada")
    late = client.post(path, json={"kind": "verdict", "value": "wrong", "who": "Grace"}, headers={"if-match": seen})
    assert late.status_code == 412
    assert late.headers["content-type"] == "application/problem+json"
    assert [one.value for one in fresh.judgements(claim.id)] == ["right"]


def test_what_is_asked_twice_is_done_once(client: TestClient[Any], fresh: Ledger) -> None:
    claim = next(iter(fresh.claims())).claim
    path, key = f"/api/v1/claims/{claim.id}/judgements", {"idempotency-key": "one"}
    for _ in range(3):
        assert client.post(path, json={"kind": "note", "value": "seen"}, headers=key).status_code == 201
    assert len(fresh.judgements(claim.id)) == 1
    assert client.post(path, json={"kind": "note", "value": "else"}, headers=key).status_code == 422


def test_a_report_is_handed_over_and_read(client: TestClient[Any], fresh: Ledger) -> None:
    sent = {"text": BLAST, "publisher": "Paper Nine", "published": "2025-05-01", "title": "Blast"}
    asked = client.post("/api/v1/documents", json=sent)
    assert asked.status_code == 202
    for _ in range(1_200):
        job = client.get(asked.headers["location"]).json()
        if job["state"] == "done":
            break
        time.sleep(0.05)
    assert job["counts"]["new"] == 1
    (entry,) = fresh.claims('outlet:"Paper Nine"')
    assert str(entry.document.published) == "2025-05-01"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"{}", "give the text of a report, or its url"),
        (b'{"text": "a", "url": "https://example.org"}', "one of them"),
        (b'{"url": "file:///etc/passwd"}', "is no address"),
        (b'{"text": "a", "published": "soon"}', "the body is not what is asked for"),
        (b'{"text": "a", "colour": "red"}', "the body is not what is asked for"),
        (b"nonsense", "the body is not what is asked for"),
    ],
)
def test_what_is_wrong_is_told(client: TestClient[Any], body: bytes, told: str) -> None:
    answer = client.post("/api/v1/documents", content=body)
    assert answer.status_code == 400
    assert told in answer.json()["title"]


def test_nothing_is_changed_where_all_is_read_only(fresh: Ledger) -> None:
    claim = next(iter(fresh.claims())).claim
    with TestClient(desk(fresh, read_only=True), base_url="http://127.0.0.1") as client:
        judged = client.post(f"/api/v1/claims/{claim.id}/judgements", json={"kind": "note", "value": "x"})
        assert judged.status_code == client.post("/api/v1/documents", json={"text": BLAST}).status_code == 403
        assert client.get("/api/v1/claims").status_code == 200


def test_changes_are_told_as_they_come(fresh: Ledger) -> None:
    with running(fresh) as address:
        told: list[str] = []
        ready = threading.Event()

        def listen() -> None:
            with httpx.stream("GET", f"{address}/api/v1/events", timeout=60) as stream:
                for line in stream.iter_lines():
                    told.append(line)
                    ready.set()
                    if line == "event: change":
                        return

        listener = threading.Thread(target=listen)
        listener.start()
        assert ready.wait(30)
        write(fresh, hostile())
        listener.join(30)
        assert "event: change" in told


def test_the_description_is_given(client: TestClient[Any]) -> None:
    assert client.get("/api/v1/openapi.json").content == description()
    assert len(json.loads(description())["paths"]) == len({endpoint.path for endpoint in ENDPOINTS})
