"""Every page in every form, and what is told when something is wrong."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from litestar.testing import TestClient

from onrecord.ledger import Ledger
from web.conftest import HOSTILE
from web.safety import check

NAMES = (
    "home", "search", "nothing", "reports", "report", "versions", "hostile", "claim", "hostile claim", "series list",
    "series", "series then", "source", "disagreements", "echoes", "changes", "about", "review", "agreement", "add",
)  # fmt: skip


def as_form(path: str, form: str) -> str:
    """The address of the same in another form."""
    before, mark, asked = path.partition("?")
    return f"{'/claims' if before == '/' else before}.{form}{mark}{asked}"


@pytest.mark.parametrize("name", NAMES)
def test_every_page_is_safe_and_whole(client: TestClient[Any], paths: dict[str, str], name: str) -> None:
    answer = client.get(paths[name])
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = answer.text
    check(page)
    assert HOSTILE not in page
    assert "49" not in re.findall(r"\{\{7\*7\}\}|\b49\b", page)


@pytest.mark.parametrize("name", NAMES)
def test_every_page_is_also_json(client: TestClient[Any], paths: dict[str, str], name: str) -> None:
    answer = client.get(as_form(paths[name], "json"))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert isinstance(answer.json(), dict)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("about", "review", "add")])
def test_every_list_is_also_a_table(client: TestClient[Any], paths: dict[str, str], name: str) -> None:
    answer = client.get(as_form(paths[name], "csv"))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert bool(rows) == (name not in ("nothing", "disagreements", "agreement") or "disagrees" in answer.text)


def test_what_is_no_list_is_no_table(client: TestClient[Any]) -> None:
    assert client.get("/about.csv").status_code == 404


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/claims?q=type:killd", 400, "'killd' is no type"),
        ("/claims?as_of=yesterday", 400, "'yesterday' is no day"),
        ("/claims?after=1e9", 400, "no place in a list"),
        ("/claims/zzzzzzzz", 404, "no claim has an id that begins with zzzzzzzz"),
        ("/documents/nowhere", 404, "there is no document 'nowhere'"),
        ("/documents/nowhere/original", 404, "there is no document 'nowhere'"),
        ("/series/zzzzzzzz", 404, "no series and no figure has an id"),
        ("/series/zzzzzzzz?rule=mine", 400, "'mine' is no rule"),
        ("/series/zzzzzzzz/chart.gif", 404, "a chart is chart.json"),
        ("/source?name=Nobody", 404, "no claim rests on 'Nobody'"),
        ("/source", 400, "name"),
        ("/links?relation=likes", 400, "'likes' is no relation"),
        ("/changes?since=soon", 400, "'soon' is no moment"),
        ("/static/../app.py", 404, ""),
        ("/nowhere", 404, ""),
        ("/claims?after=9223372036854775807", 400, "no place in a list"),
        ("/documents?after=99999999999999999999", 400, "no place in a list"),
    ],
)
def test_what_is_wrong_is_told_in_one_shape(client: TestClient[Any], path: str, status: int, told: str) -> None:
    page = client.get(path)
    assert page.status_code == status
    assert told in page.text.replace("&#39;", "'")
    assert "Traceback" not in page.text
    if "." not in path and not path.endswith("original"):
        problem = client.get(as_form(path, "json"))
        assert problem.status_code == status
        record = json.loads(problem.content)
        if path.startswith("/claims?q"):
            assert told in record["error"]
        else:
            assert problem.headers["content-type"] == "application/problem+json"
            assert record["status"] == status
            assert told in record["title"]


@pytest.mark.parametrize("path", ["/claims?q=%00", "/claims/a%00b", "/source?name=%00", "/api/v1/claims?q=a%00"])
def test_a_character_that_no_database_keeps_is_refused(client: TestClient[Any], path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert "NUL" in answer.text


def test_numbers_of_words_as_they_stand(client: TestClient[Any], held: Ledger, paths: dict[str, str]) -> None:
    """The quotation of a page is the slice of the stored text."""
    record = client.get(as_form(paths["report"], "json")).json()
    assert record["claims"]
    for claim in record["claims"]:
        evidence = claim["evidence"]
        assert record["text"][evidence["start"] : evidence["end"]] == evidence["text"]


def test_a_series_as_of_a_day_knows_nothing_later(client: TestClient[Any], paths: dict[str, str]) -> None:
    then = client.get(as_form(paths["series then"], "json")).json()
    now = client.get(as_form(paths["series"], "json")).json()
    assert {claim["said"] for claim in then["claims"]} == {"2025-03-27"}
    assert len(now["claims"]) > len(then["claims"])
    assert then["rule"]["rule"] == "acled"


@pytest.mark.parametrize(("form", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("json", b"{"), ("csv", b"said")])
def test_the_chart_in_every_form(client: TestClient[Any], paths: dict[str, str], form: str, begins: bytes) -> None:
    answer = client.get(f"{paths['series']}/chart.{form}")
    assert answer.status_code == 200
    assert answer.content.startswith(begins)


def test_the_feed_of_changes(client: TestClient[Any]) -> None:
    answer = client.get("/changes.atom?since=2020-01-01")
    assert answer.headers["content-type"] == "application/atom+xml"
    tree = ElementTree.fromstring(answer.content)  # noqa: S314 (our own)
    space = "{http://www.w3.org/2005/Atom}"
    titles = [entry.findtext(f"{space}title") for entry in tree.iter(f"{space}entry")]
    ids = [entry.findtext(f"{space}id") for entry in tree.iter(f"{space}entry")]
    assert any(title and title.startswith("revises: ") for title in titles)
    assert len(set(ids)) == len(ids)


def test_news_since_the_last_visit(client: TestClient[Any]) -> None:
    client.cookies.clear()
    assert "Since your last visit" not in client.get("/").text
    client.cookies.set("onrecord_visit", "2020-01-01T00:00:00~")
    page = client.get("/").text
    assert "Since your last visit" in page
    assert re.search(r"[1-9] figures? revised, \d denied, [1-9] new sources?", page)
    assert "Since your last visit" in client.get("/").text  # within the same visit it is told again
    client.cookies.clear()
    client.cookies.set("onrecord_visit", "nonsense")
    assert client.get("/").status_code == 200
    client.cookies.clear()


def test_facets_narrow_the_question(client: TestClient[Any]) -> None:
    page = client.get("/claims?q=goma").text
    address = next(found for found in re.findall(r'href="(/\?q=[^"]+)"', page) if "outlet" in found)
    narrowed = client.get(address.replace("&amp;", "&"))
    assert narrowed.status_code == 200
    assert 0 < narrowed.text.count('class="row"') < page.count('class="row"')
