"""The commands, run as a user runs them: in a process of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.claims import stages
from onrecord.cli import inputs
from onrecord.engine.evaluate import evaluate
from onrecord.engine.read import DEFAULT_READER

ROOT = Path(__file__).parents[2]
REPORT = (
    "Goma — At least 12 people were killed on Monday, the provincial governor said. "
    "The army denied that its soldiers had shelled the market."
)


def run(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-W", "error", "-m", "onrecord.cli", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, env={**os.environ, **environment}, check=False)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, "utf-8")
    return path


def test_help_names_every_command() -> None:
    done = run("--help")
    assert done.returncode == 0
    for command in (b"extract", b"annotate", b"eval", b"knowledge", b"sources", b"items", b"places", b"init", b"add"):
        assert command in done.stdout


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from onrecord.cli.main import onrecord\n"
        "try: onrecord(['extract', '--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'numpy', 'trafilatura', 'httpx', 'rich', 'jinja2', 'htmldate', 'lxml'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_json_lines_hold_one_record_per_document(report: Path) -> None:
    done = run("extract", str(report), "--jsonl", "--published", "2025-03-27")
    assert done.returncode == 0, done.stderr.decode()
    (line,) = done.stdout.splitlines()
    record = json.loads(line)
    assert set(record) == {"id", "claims", "faults"}
    figure = next(claim for claim in record["claims"] if claim["quantity"])
    assert figure["quantity"]["low"] == 12
    assert figure["time"]["from"] == "2025-03-24"
    for claim in record["claims"]:
        evidence = claim["evidence"]
        assert REPORT[evidence["start"] : evidence["end"]] == evidence["text"]


def test_json_is_the_same_records_as_one_array(report: Path) -> None:
    lines = [json.loads(line) for line in run("extract", str(report), "--jsonl").stdout.splitlines()]
    assert json.loads(run("extract", str(report), "--json").stdout) == lines
    assert json.loads(run("extract", str(report), "--format", "json").stdout) == lines


def test_standard_input_may_be_json_lines() -> None:
    given = "\n".join(json.dumps({"id": f"d{i}", "text": REPORT, "published": "2025-03-27"}) for i in range(3))
    done = run("extract", "-", "--jsonl", stdin=given.encode())
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["d0", "d1", "d2"]


def test_the_table_has_no_colour_and_no_control_characters(report: Path) -> None:
    report.write_text(REPORT + "\x1b[31m red \u202e [bold]x[/bold]", "utf-8")
    done = run("extract", str(report), NO_COLOR="1")
    assert done.returncode == 0, done.stderr.decode()
    assert b"\x1b" not in done.stdout
    assert b"12" in done.stdout


def test_a_failed_input_costs_one_line_and_nothing_else(report: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    (tmp_path / "broken.txt").write_bytes(b"Twelve died in \xff\xfe\x00 \xc3\x28 Goma" + bytes(range(128, 160)))
    (tmp_path / "long.txt").write_bytes(b"x" * 20_000_000)
    names = ["empty.txt", "picture.txt", "broken.txt", "long.txt"]
    done = run("extract", *(str(tmp_path / name) for name in names), str(tmp_path / "absent"), str(report), "--jsonl")
    errors = done.stderr.decode().splitlines()
    assert done.returncode == 3, errors
    assert len(errors) == 5, errors
    assert all("Traceback" not in line for line in errors)
    for name, line in zip([*names, "absent"], errors, strict=True):
        assert name in line
    assert len(done.stdout.splitlines()) == 1


def test_a_url_is_refused_offline() -> None:
    done = run("extract", "https://example.org/a", "--offline", "--jsonl")
    assert done.returncode == 3
    assert b"--offline" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["extract"], b"no input"),
        (["extract", "x", "--published", "yesterday"], b"'yesterday' is no date"),
        (["extract", "x", "--reader", "oracle"], b"'oracle' is not one of 'trained', 'rules'"),
        (["annotate", "x", "--layers", "dreams"], b"no layer 'dreams'"),
        (["eval", "/nowhere"], b"/nowhere"),
        (["extract", "x", "--html", "/dev/null/x.html"], b"cannot write"),
    ],
)
def test_a_wrong_command_line_is_told_in_words(arguments: list[str], message: bytes) -> None:
    done = run(*arguments)
    assert done.returncode == 2, done.stderr.decode()
    assert message in done.stderr
    assert b"Traceback" not in done.stderr


def test_annotate_writes_the_layers_asked_for(report: Path) -> None:
    done = run("annotate", str(report), "--layers", "quantities,times", "--published", "2025-03-27", "--jsonl")
    assert done.returncode == 0, done.stderr.decode()
    record = json.loads(done.stdout)
    assert {"quantities", "times"} <= set(record)
    assert not {"attributions", "entities"} & set(record)
    assert record["times"][0]["timex"] == "2025-03-24"
    for mention in record["quantities"] + record["times"]:
        assert REPORT[mention["start"] : mention["end"]] == mention["text"]


def test_eval_prints_what_the_library_measures(tmp_path: Path) -> None:
    for name in ("g000.json", "g101.json"):
        (tmp_path / name).write_bytes((ROOT / "corpus" / "gold" / "dev" / name).read_bytes())
    done = run("eval", str(tmp_path), "--json")
    report = evaluate(tmp_path)
    assert json.loads(done.stdout) == pytest.approx(report.metrics())
    lines = run("eval", str(tmp_path), "--misses", "3").stdout.decode().splitlines()
    assert lines[0].startswith("figures_strict")
    assert tuple(lines[6:]) == report.misses[:3]
    table = run("eval", str(tmp_path), "--by", "type").stdout.decode().splitlines()[7:]
    assert table[0].split()[:4] == ["type", "figures", "found", "strict"]
    by = json.loads(run("eval", str(tmp_path), "--by", "type", "--json").stdout)["by"]["type"]
    assert [row.split()[0] for row in table[1:]] == [group["value"] for group in by]
    assert sum(group["figures"] for group in by) == report.figures_found.gold


def test_the_page_is_written(report: Path, tmp_path: Path) -> None:
    page = tmp_path / "new" / "page.html"
    done = run("extract", str(report), "--html", str(page), "--jsonl")
    assert done.returncode == 0, done.stderr.decode()
    assert "12 people" in page.read_text("utf-8")
    assert len(done.stdout.splitlines()) == 1


def test_a_reader_that_has_enough_is_no_bug(report: Path) -> None:
    command = [sys.executable, "-m", "onrecord.cli", "extract", *[str(report)] * 400, "--jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        told = process.stderr.read().decode()
        assert process.wait() == 141
    assert "Traceback" not in told


def test_a_page_in_an_input_folder_is_not_read_as_a_report(report: Path) -> None:
    page = report.parent / "page.html"
    for _ in range(2):
        done = run("extract", str(report.parent), "--html", str(page), "--jsonl")
        assert done.returncode == 0, done.stderr.decode()
        assert len(done.stdout.splitlines()) == 1


def test_the_readers_offered_are_those_there_are() -> None:
    assert set(inputs.READERS) == set(stages.READERS)
    assert inputs.READERS[0] == DEFAULT_READER
