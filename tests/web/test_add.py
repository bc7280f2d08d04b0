"""Handing reports over at the desk."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from onrecord.documents import Options, Upload
from onrecord.engine.add import add
from onrecord.ledger import Ledger
from onrecord.web.app import desk
from onrecord.web.run import running
from web.conftest import Opener

BLAST = "The blast in Goma killed 8 people, the police said on Monday."


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger."""
    with Ledger.create(tmp_path / "add.db") as ledger:
        yield ledger


@pytest.fixture
def asking(fresh: Ledger) -> Iterator[TestClient[Any]]:
    """Asks a desk over it that reads by the rules."""
    with TestClient(desk(fresh, reader="rules"), base_url="http://127.0.0.1") as client:
        client.follow_redirects = False
        yield client


def finished(client: TestClient[Any]) -> dict[str, Any]:
    """The last job, when it has ended."""
    for _ in range(1_200):
        job: dict[str, Any] = client.get("/add.json").json()["jobs"][0]
        if job["state"] in ("done", "failed"):
            return job
        time.sleep(0.05)
    pytest.fail("the job did not end")


def packed(**members: str) -> bytes:
    """A ZIP archive."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in members.items():
            archive.writestr(f"{name}.txt", text)
    return held.getvalue()


def test_files_text_and_archives_are_read(asking: TestClient[Any], fresh: Ledger) -> None:
    files = [
        ("files", ("one.txt", BLAST.encode(), "text/plain")),
        ("files", ("more.zip", packed(two=BLAST.replace("8", "9"), three=BLAST.replace("8", "10")), "application/zip")),
    ]
    form = {"text": BLAST.replace("8", "11"), "published": "2025-03-27", "publisher": "Paper One"}
    assert asking.post("/add/files", data=form, files=files).status_code == 303
    job = finished(asking)
    assert (job["state"], job["counts"]["new"], job["failures"]) == ("done", 4, [])
    found = list(fresh.claims())
    assert {entry.claim.quantity.low for entry in found if entry.claim.quantity} == {8, 9, 10, 11}
    assert {entry.document.publisher for entry in found} == {"Paper One"}
    assert all(entry.document.address.startswith("upload:") for entry in found)


def test_files_of_one_name_are_two_reports_and_the_same_file_is_known(asking: TestClient[Any], fresh: Ledger) -> None:
    for text in (BLAST, BLAST.replace("8", "9"), BLAST):
        asking.post("/add/files", files=[("files", ("report.txt", text.encode(), "text/plain"))])
        job = finished(asking)
    assert job["counts"]["unchanged"] == 1
    reports = list(fresh.documents())
    assert len({report.heading.address for report in reports}) == len(reports) == 2


def test_every_failure_is_told(asking: TestClient[Any], fresh: Ledger) -> None:
    files = [
        ("files", ("../../odd <name>.pdf", b"%PDF-1.4 broken", "application/pdf")),
        ("files", ("one.txt", BLAST.encode(), "text/plain")),
    ]
    asking.post("/add/files", files=files)
    job = finished(asking)
    assert job["names"] == ["odd <name>.pdf", "one.txt"]
    assert (job["counts"]["new"], job["counts"]["failed"]) == (1, 1)
    (told,) = job["failures"]
    assert "odd <name>.pdf" in told
    page = asking.get("/add").text
    assert "odd &lt;name&gt;.pdf" in page
    assert "<name>" not in page


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({}, "nothing was handed over"),
        ({"urls": "ftp://example.org/x"}, "'ftp://example.org/x' is no address"),
        ({"urls": "javascript:alert(1)"}, "is no address"),
        ({"text": BLAST, "published": "yesterday"}, "'yesterday' is no day"),
        ({"urls": "https://example.org/ " * 201}, "201 addresses"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_lost(asking: TestClient[Any], form: dict[str, str], told: str) -> None:
    answer = asking.post("/add/files", data={"publisher": "typed here", **form}, files={"files": ("", b"")})
    assert answer.status_code == 400
    assert told in answer.text.replace("&#39;", "'")
    assert "typed here" in answer.text
    assert asking.get("/add.json").json()["jobs"] == []


def test_what_lies_on_this_machine_is_not_fetched(asking: TestClient[Any], fresh: Ledger) -> None:
    """A desk must not become the way into a network."""
    asking.post("/add/files", data={"urls": "http://127.0.0.1:1/ http://192.168.0.1/"}, files={"files": ("", b"")})
    job = finished(asking)
    assert job["counts"]["failed"] == 2
    assert not list(fresh.documents())


def test_nothing_is_added_where_all_is_read_only(fresh: Ledger) -> None:
    with TestClient(desk(fresh, read_only=True), base_url="http://127.0.0.1") as client:
        assert client.get("/add").status_code == 403
        assert client.post("/add/files", data={"text": BLAST}, files={"files": ("", b"")}).status_code == 403


def test_progress_is_shown_by_itself(look: Opener, fresh: Ledger) -> None:
    with running(fresh, reader="rules") as address:
        page = look("/add", at=address)
        page.locator("input[type=file]").set_input_files(
            [{"name": "one.txt", "mimeType": "text/plain", "buffer": BLAST.encode()}]
        )
        page.locator(".add button").click()
        page.locator(".job.done").wait_for(timeout=60_000)
        assert "1 new report" in page.locator(".job.done").inner_text()
        page.close()


LETTERS = (
    ("Губернатор сообщил, что пять солдат погибли под Херсоном.", "cp1251", "windows-1251"),
    ("Губернатор сообщил, что семь солдат погибли под Херсоном.", "utf-16-le", "utf-16"),
    ("防衛省は月曜日、兵士5人が死亡したと発表した。", "cp932", "shift_jis"),
    ("The café said “five” were killed.", "cp1252", "windows-1252"),
    ("قالت الشرطة إن خمسة قتلوا", "utf-8", "utf-8"),
)


@pytest.mark.parametrize("element", ["p", "pre"])
def test_an_original_is_shown_in_its_own_letters(look: Opener, fresh: Ledger, element: str) -> None:
    """A page (its text in a paragraph), and a plain text (which browsers put into "pre")."""
    given = []
    for words, codec, charset in LETTERS:
        page = f"<!doctype html><meta charset={charset}><title>Blast</title><p>{BLAST} {words}</p>"
        given.append(Upload("it", (page if element == "p" else f"{BLAST} {words}").encode(codec)))
    add(fresh, given, Options(offline=True), reader="rules")
    with running(fresh) as address:
        seen = set()
        for report in fresh.documents():
            opened = look(f"/documents/{report.heading.id}", at=address)
            opened.locator(".frame summary").click()
            seen.add(opened.frame_locator("iframe").locator(element).inner_text())
            opened.close()
    assert seen == {f"{BLAST} {words}" for words, _, _ in LETTERS}
