"""Who may ask the desk for what."""

from __future__ import annotations

from typing import Any

import pytest
from litestar.testing import TestClient

from onrecord.ledger import Ledger
from onrecord.web.app import desk
from web.conftest import PAGE


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8745", "localhost:8745", "[::1]:8745"])
def test_it_answers_under_the_names_of_this_machine(client: TestClient[Any], host: str) -> None:
    assert client.get("/about", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org", "10.0.0.1:8745", "", "[::1", "a b", "::1"])
def test_it_answers_under_no_other(client: TestClient[Any], host: str) -> None:
    """A page elsewhere may give its own name the address of this machine."""
    answer = client.get("/about", headers={"host": host})
    assert answer.status_code == 421
    assert "content-security-policy" in answer.headers


def test_it_answers_under_a_name_that_it_was_given(held: Ledger) -> None:
    with TestClient(desk(held, hosts=["desk.example.org"]), base_url="http://desk.example.org") as client:
        assert client.get("/about").status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "https://example.org"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://127.0.0.1:1"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "http://127.0.0.1"}, 405),  # let in, but nothing is changed there
        ({}, 405),
    ],
)
def test_changes_are_asked_for_by_its_own_pages(client: TestClient[Any], headers: dict[str, str], status: int) -> None:
    assert client.post("/about", headers=headers).status_code == status


def test_a_capture_is_given_as_it_came_and_shown_shut_in(client: TestClient[Any], paths: dict[str, str]) -> None:
    given = client.get(f"{paths['hostile']}/original")
    assert given.content == PAGE.encode()
    assert given.headers["content-disposition"].startswith("attachment")
    answer = client.get(f"{paths['hostile']}/shown")
    assert answer.text == PAGE
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"].startswith("sandbox;")
    assert "script" not in answer.headers["content-security-policy"].replace("sandbox", "")
    assert answer.headers["x-content-type-options"] == "nosniff"
