"""``onrecord knowledge``, ``sources``, ``items`` and ``places``, run as a user runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.knowledge import builtin


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "onrecord.cli", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env={**os.environ, **environment}, check=False
    )


def lines(*arguments: str) -> list[str]:
    done = run(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_check_counts_every_file_and_tells_the_digest() -> None:
    told = lines("knowledge", "check")
    assert told[-1] == f"digest {builtin().digest}"
    assert any(line.split() == ["250", "countries.csv"] for line in told)


def test_show_prints_a_file_or_their_names() -> None:
    assert "bodies.csv" in lines("knowledge", "show")
    assert lines("knowledge", "show", "countries")[0].startswith("name,alpha2,alpha3")
    assert any("[[kind]]" in line for line in lines("knowledge", "show", "bodies_kinds.toml"))


def test_an_own_folder_is_added_to_checked_and_used(tmp_path: Path) -> None:
    own = str(tmp_path / "mine")
    fields = ["id=body:sample-watch", "name=Sample Watch", "sort=monitor", "aliases=SWO", "example=said Sample Watch"]
    assert "wrote" in lines("knowledge", "add", "bodies", *fields, "--knowledge", own)[0]
    assert "wrote" in lines("sources", "alias", "the watchers", "body:sample-watch", "--knowledge", own)[0]
    assert run("knowledge", "check", ONRECORD_KNOWLEDGE=own).returncode == 0
    assert "name: Sample Watch" in lines("sources", "show", "the watchers", "--knowledge", own)
    report = tmp_path / "report.txt"
    report.write_text("Sample Watch said on Monday that 12 people were killed.")
    (line,) = lines("extract", str(report), "--jsonl", "--knowledge", own)
    assert {c["source"]["id"] for c in json.loads(line)["claims"] if c["source"]} == {"body:sample-watch"}


def test_an_own_file_that_is_wrong_stops_with_exit_code_4(tmp_path: Path) -> None:
    (tmp_path / "bodies.csv").write_text("id,name,colour\nbody:x,X,red\n")
    done = run("knowledge", "check", "--knowledge", str(tmp_path))
    assert (done.returncode, done.stdout) == (4, "")
    assert "unknown column 'colour'" in done.stderr
    (tmp_path / "bodies.csv").write_text("id,name,sort,example\nbody:x,Xyz,monitor,said nobody\n")
    done = run("knowledge", "check", "--knowledge", str(tmp_path))
    assert done.returncode == 4
    assert "body:x: its example 'said nobody' does not name it" in done.stderr


def test_sources_are_listed_by_country_and_sort() -> None:
    found = [json.loads(line) for line in lines("sources", "list", "--country", "South Korea", "--json")]
    assert {"country:KR", "body:south-korea-joint-chiefs-of-staff"} <= {entry["id"] for entry in found}
    assert all("UN body" in line for line in lines("sources", "list", "--sort", "UN body"))


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("JCS", "id: body:south-korea-joint-chiefs-of-staff"),
        ("country:KR", "name: South Korea"),
        ("body:fj-defence-ministry", "name: Fiji Ministry of Defence"),
    ],
)
def test_a_source_is_shown_by_id_or_name(source: str, line: str) -> None:
    assert line in lines("sources", "show", source)


def test_items_are_a_tree_and_found_by_any_spelling() -> None:
    tree = lines("items", "list")
    assert tree[0][0] != " "
    assert any(line.startswith("    ") for line in tree)
    assert "RQ-4B Global Hawk" in "\n".join(lines("items", "search", "global hawk"))
    shown = lines("items", "show", "240mm multiple rocket launchers")
    assert "name: 240 mm multiple rocket launcher" in shown
    assert any(line.startswith("classes: ") and "rocket" in line for line in shown)


def test_places_are_found_the_largest_first() -> None:
    found = [json.loads(line) for line in lines("places", "search", "Tripoli", "--json")]
    assert [spot["country"] for spot in found][:2] == ["LY", "LB"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["knowledge", "show", "bodys"], "no file 'bodys'; choose among: aliases.csv"),
        (["knowledge", "add", "bodies", "name=X"], "name yours with --knowledge"),
        (["knowledge", "add", "bodies", "name"], "'name' is no field; give it as NAME=VALUE"),
        (["sources", "show", "nobody at all"], "no source 'nobody at all'"),
        (["sources", "alias", "x", "body:nowhere", "--knowledge", "nowhere"], "no id 'body:nowhere'"),
        (["items", "show", "a flower"], "no item 'a flower'"),
        (["items", "list", "item:flower"], "no item 'item:flower'"),
        (["places", "search", "Zzyzzx"], "nothing found"),
        (["knowledge", "check", "--knowledge", "nowhere"], "there is no folder nowhere"),
    ],
)
def test_a_wrong_command_line_is_told_in_words(arguments: list[str], message: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
