"""Review at the desk: by form, by keyboard alone, by two reviewers, and where it is not allowed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient

from ledger.reports import write
from onrecord.ledger import Ledger
from onrecord.values import Annotation, annotation_of
from onrecord.web.app import desk
from onrecord.web.drafts import fields_of
from onrecord.web.run import running
from web.conftest import Opener, reports


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger of its own, in which nothing was decided."""
    with Ledger.create(tmp_path / "review.db") as ledger:
        write(ledger, *reports())
        yield ledger


@pytest.fixture
def asking(fresh: Ledger) -> Iterator[TestClient[Any]]:
    """Asks a desk over it."""
    with TestClient(desk(fresh, who="Ada"), base_url="http://127.0.0.1") as client:
        client.follow_redirects = False
        yield client


def decided(ledger: Ledger, who: str = "Ada") -> list[tuple[str, str]]:
    """What stands, by kind and verdict."""
    return [(one.kind, one.value if one.kind == "verdict" else "") for one in ledger.review(who).decisions()]


def first(ledger: Ledger) -> Any:
    """The claim that comes first."""
    return next(ledger.review("Ada").queue("goma")).claim


@pytest.mark.parametrize(("act", "verdict"), [("accept", "right"), ("reject", "wrong"), ("unsure", "unsure")])
def test_a_verdict_moves_on(asking: TestClient[Any], fresh: Ledger, act: str, verdict: str) -> None:
    claim = first(fresh)
    answer = asking.post("/review/decide", data={"claim": claim.id, "act": act, "q": "goma"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/review?q=goma"
    assert decided(fresh) == [("verdict", verdict)]
    assert claim.id not in asking.get(answer.headers["location"]).text


def test_skipping_decides_nothing(asking: TestClient[Any], fresh: Ledger) -> None:
    claim = first(fresh)
    answer = asking.post("/review/decide", data={"claim": claim.id, "act": "skip", "q": "goma"})
    assert f'value="{claim.id}"' not in asking.get(answer.headers["location"]).text
    assert decided(fresh) == []


def test_a_correction_is_kept_beside_the_reading(asking: TestClient[Any], fresh: Ledger) -> None:
    claim = first(fresh)
    form = fields_of(annotation_of(claim)) | {"claim": claim.id, "act": "save", "source": "Goma police", "low": "9"}
    form["high"] = "10"
    assert asking.post("/review/decide", data=form).status_code == 303
    (one,) = fresh.review("Ada").decisions()
    right = msgspec.json.decode(one.value, type=Annotation)
    assert right.quantity is not None
    assert (right.source, right.quantity.low, right.quantity.high) == ("Goma police", 9, 10)
    assert fresh.claim(claim.id)[0].claim == claim
    assert "Goma police" in asking.get(f"/review?claim={claim.id}").text


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"evidence": "nobody said this"}, "the evidence 'nobody said this' does not stand in the report"),
        ({"evidence": ""}, "the evidence is empty"),
        ({"cue": "whispered"}, "the cue 'whispered' does not stand"),
        ({"low": "many"}, "low 'many' is no number"),
        ({"low": "9", "high": "8"}, "has low 9 above high 8"),
        ({"low": "", "high": ""}, "states no bound"),
        ({"type": "murder"}, "the claim cannot be kept"),
        ({"time": "people", "start": "yesterday"}, "start 'yesterday' is no day"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_lost(
    asking: TestClient[Any], fresh: Ledger, changed: dict[str, str], told: str
) -> None:
    claim = first(fresh)
    form = fields_of(annotation_of(claim)) | {"claim": claim.id, "act": "save", "place": "typed here"} | changed
    answer = asking.post("/review/decide", data=form)
    assert answer.status_code == 200
    assert told in answer.text.replace("&#39;", "'")
    assert "typed here" in answer.text
    assert decided(fresh) == []


@pytest.mark.parametrize("form", [{"act": "burn"}, {"act": "accept", "claim": "zzzzzzzz"}, {}])
def test_what_is_no_decision_is_refused(asking: TestClient[Any], fresh: Ledger, form: dict[str, str]) -> None:
    given = {"claim": first(fresh).id, **form}
    assert asking.post("/review/decide", data=given).status_code == 400
    assert decided(fresh) == []


def test_nothing_is_decided_where_all_is_read_only(fresh: Ledger) -> None:
    with TestClient(desk(fresh, read_only=True), base_url="http://127.0.0.1") as client:
        assert client.get("/review").status_code == 403
        answer = client.post("/review/decide", data={"claim": first(fresh).id, "act": "accept"})
        assert answer.status_code == 403
        assert client.get("/").status_code == 200
    assert decided(fresh) == []


def test_no_other_site_decides(asking: TestClient[Any], fresh: Ledger) -> None:
    form = {"claim": first(fresh).id, "act": "accept"}
    assert asking.post("/review/decide", data=form, headers={"origin": "https://example.org"}).status_code == 403
    assert decided(fresh) == []


def test_a_second_reviewer_and_how_far_they_agree(asking: TestClient[Any], fresh: Ledger) -> None:
    claim = first(fresh)
    asking.post("/review/decide", data={"claim": claim.id, "act": "accept"})
    page = asking.get("/review?who=Grace+Hopper&q=goma")
    assert 'value="Grace Hopper"' in page.text
    assert claim.id in page.text
    asking.post("/review/decide", data={"claim": claim.id, "act": "reject"})
    assert decided(fresh, "Grace Hopper") == [("verdict", "wrong")]
    assert "0 of 1 claim alike" in asking.get("/review").text
    assert asking.get("/review/agreement.json").json()["agreement"][0]["claims"] == 1


def test_by_keyboard_alone(look: Opener, fresh: Ledger) -> None:
    with running(fresh, who="Ada") as address:
        page = look("/review", at=address)
        shown = page.locator("input[name=claim]")
        seen = [shown.get_attribute("value")]
        for key in "ars":
            with page.expect_navigation():
                page.keyboard.press(key)
            seen.append(shown.get_attribute("value"))
        assert len(set(seen)) == 4
        assert decided(fresh) == [("verdict", "right"), ("verdict", "wrong")]
        with page.expect_navigation():
            page.keyboard.press("u")
        assert shown.get_attribute("value") == seen[1]
        assert decided(fresh) == [("verdict", "right")]
        page.keyboard.press("?")
        assert page.locator("#help p").is_visible()
        # Letters in a field are letters.
        page.locator("input[name=source]").fill("")
        page.locator("input[name=source]").press_sequentially("area")
        assert page.locator("input[name=source]").input_value() == "area"
        page.keyboard.press("Escape")
        with page.expect_navigation():
            page.keyboard.press("e")
        assert decided(fresh) == [("verdict", "right"), ("correction", "")]
        page.close()


def test_words_are_taken_from_the_report(look: Opener, fresh: Ledger) -> None:
    with running(fresh, who="Ada") as address:
        page = look("/review?q=goma", at=address)
        page.evaluate(
            """() => {
                const words = document.querySelector("#passage mark").firstChild;
                getSelection().setBaseAndExtent(words, 0, words, 7);
            }"""
        )
        page.wait_for_timeout(100)
        page.locator("[data-take=evidence]").click()
        assert page.locator("[name=evidence]").input_value() == "A blast"
        with page.expect_navigation():
            page.locator("button[value=add]").click()
        assert decided(fresh) == [("added", "")]
        page.close()


def test_review_works_without_scripts(look: Opener, fresh: Ledger) -> None:
    with running(fresh, who="Ada") as address:
        page = look("/review", at=address, java_script_enabled=False)
        with page.expect_navigation():
            page.locator("button[value=accept]").click()
        assert decided(fresh) == [("verdict", "right")]
        page.close()
