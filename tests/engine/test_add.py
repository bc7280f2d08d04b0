"""Adding to a ledger: every kind of input, again and again, through crashes of what reads and of the whole process."""

import datetime
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from documents.make_pdf import Print, pdf
from documents.packed import PAGE, Warc, squeezed, zipped
from documents.site_on_loopback import Site
from onrecord.documents import Failure, Options
from onrecord.engine import pool
from onrecord.engine.add import add, reread
from onrecord.engine.worker import Setup, Task
from onrecord.ledger import Counts, Ledger
from onrecord.ledger.doctor import examine
from onrecord.values import Capture

SAID = "Police said {} people were killed in the flood on Monday."


def sentence(number: int) -> str:
    return SAID.format(number)


def record(number: int) -> bytes:
    return json.dumps({"id": f"r{number}", "text": sentence(number)}).encode() + b"\n"


def put(ledger: Ledger, *inputs: str | Path, **options: object) -> tuple[Counts, list[str]]:
    told: list[Failure] = []
    given = Options(**options)  # type: ignore[arg-type]
    counts = add(ledger, map(str, inputs), given, reader="rules", jobs=2, tell=told.append)
    return counts, [failure.message for failure in told]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a report of every kind, and three files that are none."""
    made = tmp_path / "reports"
    made.mkdir()
    for name, data in {
        "a.txt": sentence(11).encode(),
        "b.html": PAGE,
        "c.jsonl": b"".join(record(n) for n in (12, 13)) + b"{bad\n",
        "d.pdf": pdf([Print(sentence(14), 72, 700)]),
        "e.zip": zipped({"x.txt": sentence(15).encode(), "y.txt": sentence(16).encode()}),
        "f.warc.gz": Warc(packed=True).page("https://okapi.example/1", PAGE.replace(b"Five", b"Six")).bytes(),
        "g.eml": b"From: Radio Okapi <desk@okapi.example>\r\nDate: Thu, 27 Mar 2025 10:00:00 +0000\r\n"
        b"Subject: Flood\r\nMessage-ID: <1@okapi.example>\r\n\r\n" + sentence(17).encode(),
        "h.rss": f"<rss><channel><item><description>{sentence(18)}</description></item></channel></rss>".encode(),
        "i.png": b"\x89PNG\r\n\x1a\n",
        "j.txt.gz": squeezed(sentence(19).encode()),
        "k.txt": b"",
    }.items():  # fmt: skip
        (made / name).write_bytes(data)
    return made


def test_every_kind_of_input_is_kept_and_a_failure_costs_itself_alone(place: str, folder: Path) -> None:
    with Ledger.create(place) as ledger:
        counts, told = put(ledger, folder)
        assert counts == Counts(new=11, failed=3)
        assert sorted([message.removeprefix(f"{folder}/").split(":")[0] for message in told]) == [
            "c.jsonl, line 3",
            "i.png",
            "k.txt",
        ]
        figures = [entry.claim.quantity for entry in ledger.claims("type:killed")]
        killed = {int(figure.low or 0) for figure in figures if figure}
        assert killed == {5, 6, *range(11, 20)}
        assert {e.claim.quantity.low for e in ledger.claims("said:2025-03-27") if e.claim.quantity} == {17}
        assert list(examine(ledger.engine)) == []
        assert ledger.size()["faults"] == 3


def test_adding_again_changes_nothing(place: str, folder: Path) -> None:
    with Ledger.create(place) as ledger:
        put(ledger, folder)
        before = ledger.size()
        counts, told = put(ledger, folder)
        assert counts == Counts(unchanged=11, failed=3)
        assert len(told) == 3
        assert {**ledger.size(), "runs": 1, "faults": 3} == before


def test_a_pdf_knows_its_page_and_the_places_of_its_words(tmp_path: Path) -> None:
    (tmp_path / "d.pdf").write_bytes(pdf([Print("Nothing here.", 72, 700)], [Print(sentence(14), 72, 500)]))
    with Ledger.create(tmp_path / "x.db") as ledger:
        put(ledger, tmp_path / "d.pdf")
        (entry,) = ledger.claims("type:killed")
        document = ledger.document(entry.document.id)
        (box,) = document.boxes(entry.claim.evidence)
        assert box.page == 2
        assert 490 < box.bottom < box.top < 530
        assert 60 < box.left < box.right


def test_a_file_that_changed_is_an_update(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(sentence(8))
    with Ledger.create(tmp_path / "x.db") as ledger:
        put(ledger, path)
        path.write_text(sentence(12))
        assert put(ledger, path)[0] == Counts(updated=1)
        (step,) = ledger.changes(str(path))
        assert [change.what for change in step.changes] == [("figure 8 people → 12 people", "wording")]


def test_a_page_that_changed_is_an_update(tmp_path: Path) -> None:
    site = Site()
    try:
        url = site.serve("/1", PAGE, ETag="one", Set_Cookie="secret")
        with Ledger.create(tmp_path / "x.db") as ledger:
            assert put(ledger, url, allow_private=True)[0] == Counts(new=1)
            assert put(ledger, url, allow_private=True)[0] == Counts(unchanged=1)
            site.serve("/1", PAGE.replace(b"Five", b"Nine"))
            assert put(ledger, url, allow_private=True)[0] == Counts(updated=1)
            (step,) = ledger.changes(url)
            assert step.changes[0].what[0] == "figure Five people → Nine people"
            captures = ledger.captures(step.before)
            assert ("etag", "one") in {(name.lower(), value) for name, value in captures[0].headers}
            assert not any("cookie" in name.lower() for name, _ in captures[0].headers)
            assert ledger.original(captures[0].hash) == PAGE
            (refused,) = put(ledger, url)[1]
            assert "which is not on the public internet; refused for safety" in refused
    finally:
        site.close()


def test_what_cannot_be_stored_is_a_failure(place: str, tmp_path: Path) -> None:
    (tmp_path / "n.jsonl").write_text(json.dumps({"text": "Five\x00 died."}) + "\n" + json.dumps({"text": sentence(5)}))
    with Ledger.create(place) as ledger:
        counts, told = put(ledger, tmp_path / "n.jsonl")
        assert counts == Counts(new=1, failed=1)
        assert "holds a NUL character at 4, which a ledger cannot keep; remove it" in told[0]


def test_reading_again_with_another_reader(tmp_path: Path, folder: Path) -> None:
    with Ledger.create(tmp_path / "x.db") as ledger:
        put(ledger, folder)
        assert reread(ledger, reader="rules", jobs=1) == Counts()
        assert reread(ledger, reader="trained", jobs=1) == Counts(reread=11)
        assert all(entry.claim.reader.startswith("trained/") for entry in ledger.claims())
        assert any(entry.claim.reader.startswith("rules/") for entry in ledger.claims(superseded=True))
        assert list(examine(ledger.engine)) == []


def bomb(levels: int = 9) -> bytes:
    """A PDF of some kilobytes whose one page draws a form ten times, which draws another ten times, and so on."""
    forms = []
    for level in range(levels):
        last = level == levels - 1
        inner = "" if last else f"/Resources << /XObject << /F {6 + level} 0 R >> >>"
        draw = "0 0 m 9 9 l S" if last else "/F Do " * 10
        forms.append(stream(draw, f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] {inner}"))
    return raw_pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>",
        stream("/F Do"),
        *forms,
    )


def stream(data: str, entries: str = "") -> str:
    return f"<< {entries} /Length {len(data)} >>\nstream\n{data}\nendstream"


def raw_pdf(*bodies: str) -> bytes:
    data, table = "%PDF-1.7\n", "0000000000 65535 f \n"
    for number, body in enumerate(bodies, start=1):
        table += f"{len(data):010} 00000 n \n"
        data += f"{number} 0 obj\n{body}\nendobj\n"
    size = len(bodies) + 1
    end = f"xref\n0 {size}\n{table}trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF"
    return (data + end).encode()


def test_a_document_that_kills_its_process_costs_itself_alone(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text(sentence(number + 2))
    (tmp_path / "3.pdf").write_bytes(bomb())
    with Ledger.create(tmp_path / "x.db") as ledger:
        own = tuple(str(tmp_path / f"x.db{ending}") for ending in ("", "-wal", "-shm"))
        counts, told = put(ledger, tmp_path, skip=own)
        assert counts == Counts(new=6, failed=1)
        assert told[0].startswith(f"{tmp_path}/3.pdf: the process that read it ")
        assert list(examine(ledger.engine)) == []


def test_a_text_that_needs_too_much_memory_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("[" * 100_000 + "]" * 100_000)
    (tmp_path / "c.txt").write_text(sentence(5))
    place = str(tmp_path / "ledger" / "x.db")
    Path(place).parent.mkdir()
    Ledger.create(place).close()
    _, errors = (process := started(place, tmp_path)).communicate()
    assert process.returncode == 3
    lines = errors.decode().splitlines()
    assert len(lines) == 1
    assert "needed more than 2 GB of memory" in lines[0]


def test_a_document_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_PATIENCE", 0.0)
    monkeypatch.setattr(pool, "_EACH", 0.0)
    monkeypatch.setattr(pool, "_PER_BYTE", 0.0)
    task = Task((Capture(source="a.txt", body=sentence(2).encode()),))
    with pool.Pool(Setup("rules"), 1) as readers:
        ((_, (read,)),) = readers.read([task])
    assert "took more than 0 s" in read.failures[0].message


def test_results_come_in_the_order_of_the_tasks() -> None:
    texts = [sentence(n + 2) * (1 + 40 * (n % 2)) for n in range(9)]
    tasks = [Task((Capture(source=f"{n}.txt", body=text.encode()),)) for n, text in enumerate(texts)]
    with pool.Pool(Setup("rules"), 2) as readers:
        found = list(readers.read(tasks))
    assert [task for task, _ in found] == tasks
    assert all(reads[0].readings for _, reads in found)


def started(ledger: str, folder: Path) -> subprocess.Popen[bytes]:
    options = ["--ledger", ledger, "--reader", "rules", "--jobs", "2"]
    command = [sys.executable, "-m", "onrecord.cli", "add", str(folder), *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_killed_at_any_moment_and_started_again_everything_is_there_once(place: str, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(120):
        (folder / f"{number:03}.txt").write_text(f"{sentence(number + 2)} {sentence(number + 3)}")
    (folder / "z.jsonl").write_bytes(b"".join(record(n + 500) for n in range(80)))
    Ledger.create(place).close()
    chance = random.Random(5)
    for _ in range(5):
        process = started(place, folder)
        time.sleep(chance.uniform(0.4, 3.0))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        with Ledger.open(place) as ledger:
            assert list(examine(ledger.engine)) == []
    done = started(place, folder)
    out, errors = done.communicate()
    assert done.returncode == 0, errors.decode()
    assert out.decode().strip().endswith("0 failed")
    with Ledger.open(place) as ledger:
        size = ledger.size()
        assert (size["documents"], size["captures"], size["readings"]) == (200, 200, 200)
        assert ledger.claims("type:killed").count() == 320
        assert list(examine(ledger.engine)) == []


def test_a_process_whose_parent_is_killed_leaves(tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"{number:03}.txt").write_text(sentence(number + 2) * 50)
    place = str(tmp_path / "ledger" / "x.db")
    Path(place).parent.mkdir()
    Ledger.create(place).close()
    process = started(place, tmp_path)
    time.sleep(2.0)
    children = {int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()}
    process.kill()
    process.communicate()
    assert children
    for _ in range(100):
        left = {pid for pid in children if Path(f"/proc/{pid}").exists() and "Z" not in _state(pid)}
        if not left:
            break
        time.sleep(0.1)
    assert not left


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


def test_moments_of_recording_are_those_of_the_run(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(sentence(2))
    before = datetime.datetime.now(datetime.UTC)
    with Ledger.create(tmp_path / "x.db") as ledger:
        put(ledger, tmp_path / "a.txt")
        (capture,) = ledger.captures(next(ledger.documents()).heading.id)
        assert before <= capture.fetched_at <= datetime.datetime.now(datetime.UTC)
        assert os.path.samefile(capture.source, tmp_path / "a.txt")
