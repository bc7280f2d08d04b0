"""The commands on series and links, run as a user runs them."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.cli import series
from onrecord.ledger import RELATIONS
from onrecord.series.rules import RULES
from onrecord.views.chart import FORMATS

Run = Callable[..., subprocess.CompletedProcess[str]]
REPORTS = [
    {"id": "a", "publisher": "Paper", "published": "2025-03-27", "title": "Blast in Goma",
     "text": "The blast in Goma has killed 8 people so far, the police said. Rain fell all night on its streets."},
    {"id": "b", "publisher": "Radio", "published": "2025-03-28", "title": "Toll rises in Goma",
     "text": "The blast in Goma has killed 12 people so far, the police said. Schools will stay closed until Monday."},
    {"id": "c", "publisher": "Post", "published": "2025-03-28", "title": "Dead of Goma",
     "text": "The blast in Goma has killed 20 people so far, the hospital said. Its corridors were crowded."},
    {"id": "d", "publisher": "Echo", "published": "2025-03-29", "title": "What is known of Goma",
     "text": "The blast in Goma has killed at least 12 people so far, the police said. Flowers lie where it happened."},
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a ledger of four reports."""
    place = tmp_path_factory.mktemp("series")
    (place / "reports.jsonl").write_text("\n".join(map(json.dumps, REPORTS)))
    for arguments in (("init",), ("add", "reports.jsonl", "--reader", "rules")):
        done = _call(place, *arguments)
        assert done.returncode == 0, done.stderr
    return place


@pytest.fixture
def run(folder: Path) -> Run:
    """Runs a command in that folder."""
    return lambda *arguments: _call(folder, *arguments)


def _call(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "onrecord.cli", *arguments]
    given = {**os.environ, "COLUMNS": "150"}
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=given, check=False)


def _json(done: subprocess.CompletedProcess[str]) -> Any:
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_choices_of_the_commands_are_those_there_are() -> None:
    assert series.RULES == RULES
    assert series.RELATIONS == RELATIONS
    assert series.CHARTS == FORMATS


def test_links_name_documents_as_they_were_given(run: Run) -> None:
    found = _json(run("links", "--json"))
    told = {(link["relation"], link["earlier_document"], link["later_document"]) for link in found}
    assert {("revises", "a", "b"), ("disagrees", "b", "c"), ("echoes", "b", "d")} <= told
    for link in found:
        assert set(link) == {
            "relation", "earlier_document", "later_document", "earlier_claim", "later_claim",
            "score", "reason", "drift",
        }  # fmt: skip
        assert link["reason"]
    (echo,) = (link for link in found if link["relation"] == "echoes")
    assert echo["drift"] == ["value: 12 → at least 12"]


def test_links_of_one_relation_or_one_document(run: Run) -> None:
    assert {x["relation"] for x in _json(run("links", "--relation", "revises", "--json"))} == {"revises"}
    found = _json(run("links", "--document", "d", "--json"))
    assert all("d" in (x["earlier_document"], x["later_document"]) for x in found)
    gone = run("links", "--document", "nothing")
    assert gone.returncode == 2
    assert "there is no document 'nothing'" in gone.stderr


def test_tables_are_readable(run: Run) -> None:
    assert "ranges apart" in run("disagreements").stdout
    told = run("echoes", "--drift").stdout
    assert "told again in 1 report, one source all the same" in told
    listed = run("series", "list")
    assert "killed: person" in listed.stdout
    assert "1 series shown" in listed.stderr


def test_a_series_is_shown_by_source_under_a_named_rule(run: Run) -> None:
    (line,) = _json(run("series", "list", "--json"))
    assert line["voices"] == 2
    shown = run("series", "show", line["id"][:8])
    assert shown.returncode == 0, shown.stderr
    assert "rule literal" in shown.stdout
    assert "The blast in Goma has killed 12 people so far" in shown.stdout
    for rule in RULES:
        record = _json(run("series", "show", line["id"], "--rule", rule, "--json"))
        assert record["rule"]["rule"] == rule
        assert record["rule"]["note"]
    assert _json(run("series", "show", line["id"], "--rule", "acled", "--json"))["rule"]["best"] == 12
    found = _json(run("series", "show", line["id"], "--rule", "two-source", "--json"))["rule"]
    assert (found["low"], found["high"]) == (12, 20)
    police = next(one for one in record["sources"] if one["source"] == "police")
    assert (police["first"]["low"], police["latest"]["low"], police["changes"]) == (8, 12, 2)
    then = _json(run("series", "show", line["id"], "--as-of", "2025-03-27", "--json"))
    assert [claim["document"] for claim in then["claims"]] == ["a"]


def test_charts_are_written_with_their_table(run: Run, folder: Path) -> None:
    (line,) = _json(run("series", "list", "--json"))
    for ending in ("json", "svg", "png"):
        made = run("series", "chart", line["id"], "--to", f"charts/goma.{ending}")
        assert made.returncode == 0, made.stderr
        assert (folder / "charts" / f"goma.{ending}").stat().st_size > 1_000
    assert (folder / "charts" / "goma.csv").read_text().startswith("said,source,")
    wrong = run("series", "chart", line["id"], "--to", "goma.doc")
    assert wrong.returncode == 2
    assert "a chart ends in .json, .svg, .png, .csv" in wrong.stderr


def test_diff_tells_what_a_day_changed_by_its_exit_code_too(run: Run) -> None:
    found = _json(run("diff", "--from", "2025-03-27", "--json"))
    assert {one["kind"] for one in found} == {"new", "revised"}
    assert run("diff", "--from", "2025-03-27", "--to", "2025-03-28", "--exit-code").returncode == 1
    quiet = run("diff", "--from", "2025-04-01", "--exit-code")
    assert (quiet.returncode, quiet.stdout) == (0, "")
    assert "0 differences" in quiet.stderr
    both = run("diff", "reports.jsonl", "--from", "2025-03-27")
    assert both.returncode == 2
    turned = run("diff", "--from", "2025-03-27", "--to", "2025-03-01")
    assert turned.returncode == 2
    assert "turn them around" in turned.stderr


def test_judgements_change_the_series(run: Run) -> None:
    (line,) = _json(run("series", "list", "--json"))
    found = _json(run("series", "show", line["id"], "--json"))
    hospital = next(claim["id"] for claim in found["claims"] if claim["document"] == "c")
    done = run("series", "split", hospital, "--who", "ada")
    assert done.returncode == 0, done.stderr
    assert _json(run("series", "list", "--json"))[0]["claims"] == line["claims"] - 1
    assert not _json(run("links", "--relation", "disagrees", "--json"))
    police = found["claims"][0]["id"]
    assert run("series", "merge", police, hospital, "--who", "ada").returncode == 0
    assert _json(run("series", "list", "--json"))[0]["claims"] == line["claims"]
    shown = run("claims", "show", hospital)
    assert "split" in shown.stdout
    assert "ada" in shown.stdout


def test_an_unknown_series_is_told_in_one_line(run: Run) -> None:
    done = run("series", "show", "ffffffffff")
    assert done.returncode == 2
    assert done.stderr.strip() == (
        "onrecord: no series and no figure has an id that begins with ffffffffff; see: onrecord series list"
    )
