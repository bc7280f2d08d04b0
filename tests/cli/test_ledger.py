"""The commands on a ledger, run as a user runs them, in a folder of their own."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from documents.make_pdf import Print, pdf
from ledger.reports import BLAST, LATER, harvest, write
from onrecord.cli import claims, ledgers
from onrecord.ledger import Ledger, connect
from onrecord.views.citation import FORMATS

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command in a folder that holds nothing else."""

    def call(*arguments: str, folder: Path = tmp_path, **environment: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-W", "error", "-m", "onrecord.cli", *arguments]
        given = {**os.environ, "COLUMNS": "140", **environment}
        return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=given, check=False)

    return call


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A folder with a ledger that holds two versions of a file."""
    (tmp_path / "goma.txt").write_text(BLAST)
    path = tmp_path / "goma.txt"
    with Ledger.create(tmp_path / ledgers.FILE) as ledger:
        write(ledger, harvest(BLAST, source=str(path)))
        write(ledger, harvest(LATER, source=str(path), title="Blast in Goma", publisher="Radio Okapi"))
    return tmp_path


def test_the_way_of_a_newcomer(run: Run, tmp_path: Path) -> None:
    made = run("init", "--reader", "rules", "--demo")
    assert made.returncode == 0, made.stderr
    assert "45 new, 0 unchanged, 0 updated, 0 failed" in made.stdout
    assert (tmp_path / ledgers.FILE).is_file()
    listed = run("claims", "list", "--limit", "3")
    assert listed.returncode == 0, listed.stderr
    assert "3 claims shown; there are more: --limit shows more" in listed.stderr
    found = run("search", "north korea", "type:deployment,killed", "low:>=1000", "--jsonl")
    records = [json.loads(line) for line in found.stdout.splitlines()]
    assert records
    assert all(record["type"] in ("deployment", "killed") for record in records)
    assert all(record["document"]["id"] for record in records)
    shown = run("claims", "show", records[0]["id"][:10])
    assert shown.returncode == 0, shown.stderr
    assert records[0]["document"]["address"][:20] in shown.stdout
    assert run("doctor").stdout.startswith("sound: 46 documents")
    again = run("add", str(tmp_path.parent / "nothing"))
    assert again.returncode == 3


def test_add_tells_what_became_of_everything(run: Run, tmp_path: Path) -> None:
    assert run("init", "project").returncode == 0
    project = tmp_path / "project"
    (project / "a.txt").write_text(BLAST)
    (project / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    done = run("add", ".", "--reader", "rules", folder=project)
    assert (done.returncode, done.stdout) == (3, "1 new, 0 unchanged, 0 updated, 1 failed\n")
    assert done.stderr.count("\n") == 1
    assert "b.png: looks like PNG image data" in done.stderr
    (project / "b.png").unlink()
    (project / "a.txt").write_text(LATER)
    (project / "inner").mkdir()
    done = run("add", str(project / "a.txt"), "--reader", "rules", folder=project / "inner")
    assert (done.returncode, done.stdout) == (0, "0 new, 0 unchanged, 1 updated, 0 failed\n")


@pytest.mark.parametrize("command", [("claims", "list"), ("search", "x"), ("doctor",), ("add", "x"), ("db", "check"),
                                     ("documents", "list"), ("diff", "x"), ("reread",)])  # fmt: skip
def test_without_a_ledger_every_command_says_so(run: Run, command: tuple[str, ...]) -> None:
    done = run(*command)
    assert (done.returncode, done.stdout) == (5, "")
    assert done.stderr == "onrecord: there is no ledger onrecord.db; make one with: onrecord init\n"


def test_a_ledger_is_not_made_over_another(run: Run, filled: Path) -> None:
    done = run("init")
    assert done.returncode == 5
    assert "is a ledger already" in done.stderr


def test_the_formats_hold_the_same_claims(run: Run, filled: Path) -> None:
    lines = [json.loads(line) for line in run("claims", "list", "--jsonl").stdout.splitlines()]
    array = json.loads(run("claims", "list", "--json").stdout)
    rows = list(csv.DictReader(io.StringIO(run("claims", "list", "--csv").stdout)))
    assert array == lines
    assert [row["id"] for row in rows] == [line["id"] for line in lines]
    assert [row["evidence"] for row in rows] == [line["evidence"]["text"] for line in lines]
    assert json.loads(run("search", "zzyzx", "--json").stdout) == []
    assert len(run("claims", "list", "--jsonl", "--limit", "1").stdout.splitlines()) == 1


def test_a_change_is_shown_and_told_to_machines(run: Run, filled: Path) -> None:
    done = run("diff", "goma.txt")
    assert done.returncode == 0, done.stderr
    assert "figure 8 people → 12 people" in done.stdout
    (step,) = json.loads(run("diff", "goma.txt", "--json").stdout)
    assert step["changes"][0]["before"]["quantity"]["low"] == 8
    assert step["changes"][0]["after"]["quantity"]["low"] == 12
    assert "nothing has changed" in run("diff", "goma.txt", "--as-of", "2020-01-01").stderr


def test_citations(run: Run, filled: Path) -> None:
    claim = json.loads(run("search", "12", "--jsonl").stdout.splitlines()[0])
    words = claim["evidence"]["text"]
    digest = re.search(r"sha256 ([0-9a-f]{64})", " ".join(run("claims", "show", claim["id"]).stdout.split()))
    assert digest
    for name in claims.CITATIONS:
        cited = run("claims", "cite", claim["id"], "--format", name).stdout
        assert words in cited
        assert "Radio Okapi" in cited
        assert digest[1] in cited
    assert run("documents", "original", digest[1]).stdout == LATER


def test_judging(run: Run, filled: Path) -> None:
    claim = json.loads(run("search", "12", "--jsonl").stdout.splitlines()[0])["id"]
    assert run("claims", "judge", claim[:8]).returncode == 2
    done = run(
        "claims", "judge", claim[:8], "--verdict", "right", "--grade", "B2", "--note", "seen", "--who", "an analyst"
    )
    assert done.stdout == f"{claim}: verdict right\n{claim}: grade B2\n{claim}: note seen\n"
    assert "grade B2, an analyst" in run("claims", "show", claim).stdout
    assert run("claims", "judge", claim, "--grade", "Z9").returncode == 2


def test_documents(run: Run, filled: Path) -> None:
    lines = [json.loads(line) for line in run("documents", "list", "--jsonl").stdout.splitlines()]
    assert [line["title"] for line in lines] == ["Blast in Goma", None]
    assert "Blast in Goma" in run("documents", "list").stdout
    assert run("documents", "show", lines[0]["id"]).stdout == LATER + "\n"
    assert run("documents", "list", "--recorded", "2020-01-01").stdout == ""
    assert run("documents", "show", "nothing").returncode == 2


def test_looking_after_a_ledger(run: Run, filled: Path) -> None:
    assert run("db", "check").stdout.startswith("2 runs, ")
    assert run("db", "migrate").stdout == f"version {connect.VERSION}\n"
    assert run("db", "backup", "copy.db").stdout == "wrote copy.db\n"
    assert run("db", "backup", "copy.db").returncode == 5
    assert run("db", "reindex").returncode == 0
    assert run("doctor", "--ledger", "copy.db").returncode == 0
    assert run("doctor", ONRECORD_LEDGER=str(filled / "copy.db")).returncode == 0


def test_a_ledger_that_is_wrong_makes_the_doctor_fail(run: Run, filled: Path) -> None:
    import sqlite3

    connection = sqlite3.connect(filled / ledgers.FILE)
    connection.execute("UPDATE documents SET text = replace(text, 'Goma', 'Bukavu')")
    connection.commit()
    connection.close()
    done = run("doctor")
    assert done.returncode == 5
    assert "documents: document" in done.stdout
    assert "findings, as told above" in done.stderr


WRONG = [("search", "weapon:tank"), ("search", "low:many"), ("claims", "show", "0" * 12), ("search",),
         ("claims", "list", "--as-of", "soon")]  # fmt: skip


@pytest.mark.parametrize("arguments", WRONG)
def test_what_cannot_be_asked_is_told_in_one_line(run: Run, filled: Path, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.strip().splitlines()[-1].isprintable()
    assert "Traceback" not in done.stderr


def test_hostile_words_steer_no_terminal(run: Run, tmp_path: Path) -> None:
    text = "Police\x1b[2J said 8 people\u202e were killed in Goma."
    with Ledger.create(tmp_path / ledgers.FILE) as ledger:
        write(ledger, harvest(text, title="\x1b]0;x\x07", publisher="\x1b[31m"))
        claim = next(iter(ledger.claims())).claim.id
    for arguments in (("claims", "list"), ("claims", "show", claim), ("documents", "list"), ("search", "killed")):
        done = run(*arguments)
        assert done.returncode == 0, done.stderr
        assert not set(done.stdout) & set("\x1b\x07\u202e")


def test_the_command_line_names_what_there_is() -> None:
    assert tuple(FORMATS) == claims.CITATIONS
    assert ledgers.FILE == connect.FILE


def test_help_loads_no_database() -> None:
    code = (
        "import sys; from onrecord.cli.main import onrecord\n"
        "try: onrecord(['claims', 'list', '--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'sqlalchemy', 'alembic', 'psycopg', 'pyarrow', 'spacy', 'numpy'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_a_claim_that_was_not_known_yet(run: Run, filled: Path) -> None:
    claim = json.loads(run("search", "12", "--jsonl").stdout.splitlines()[0])
    for command in ("show", "cite"):
        assert run("claims", command, claim["id"], "--as-of", claim["document"]["known_on"]).returncode == 0
        done = run("claims", command, claim["id"], "--as-of", "2020-01-01")
        assert done.returncode == 2
        assert "was not known on 2020-01-01" in done.stderr


def test_the_page_and_place_of_a_claim_in_a_pdf(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.pdf").write_bytes(pdf([Print("Police said 12 people were killed in the flood.", 72, 700)]))
    assert run("init").returncode == 0
    assert run("add", "r.pdf", "--reader", "rules").returncode == 0
    claim = json.loads(run("claims", "list", "--jsonl").stdout.splitlines()[0])["id"]
    (shown,) = json.loads(run("claims", "show", claim, "--json").stdout)
    (box,) = shown["boxes"]
    assert box["page"] == 1
    assert 690 < box["bottom"] < box["top"] < 720
    assert "page        1, box" in run("claims", "show", claim).stdout
