"""A user's own knowledge: added, checked, and used by the reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord import extract
from onrecord.knowledge import Knowledge, builtin
from onrecord.knowledge.files import ROWS
from onrecord.knowledge.own import add, as_csv, counts, problems
from onrecord.knowledge.tables import csv_rows
from onrecord.values import RequestError

WATCH = {
    "id": "body:sample-flood-watch", "name": "Sample Flood Watch", "sort": "monitor", "aliases": "SFW | Flood Watch",
    "example": "said Sample Flood Watch",
}  # fmt: skip


def test_nothing_is_wrong_with_ours() -> None:
    assert list(problems(builtin())) == []


def test_an_entry_is_added_and_then_replaced(tmp_path: Path) -> None:
    path = add(tmp_path / "mine", "bodies", WATCH)
    add(tmp_path / "mine", "bodies", WATCH | {"aliases": "SFW"})
    assert path.read_text("utf-8").count("body:sample-flood-watch,") == 1
    known = Knowledge(builtin().folder, own=tmp_path / "mine")
    assert list(problems(known)) == []
    assert counts(known)["bodies.csv"] == counts(builtin())["bodies.csv"] + 1


def test_an_own_body_is_a_source_with_its_id(tmp_path: Path) -> None:
    add(tmp_path, "bodies", WATCH)
    add(tmp_path, "aliases", {"alias": "the river people", "id": WATCH["id"]})
    reading = extract("Flood Watch said 12 people were killed on Monday.", reader="rules", knowledge=tmp_path)
    (claim,) = [c for c in reading.claims if c.quantity]
    assert claim.source is not None
    assert (claim.source.name, claim.source.id) == ("Sample Flood Watch", WATCH["id"])
    assert claim.source.reason == "alias of Sample Flood Watch"


@pytest.mark.parametrize(
    ("file", "fields", "message"),
    [
        ("bodys", WATCH, "no file 'bodys' to add to; choose among: aliases, bodies"),
        ("bodies", {"id": "body:x"}, "missing required field `name`"),
        ("bodies", WATCH | {"sort": "wizards"}, "Invalid enum value 'wizards'"),
        ("bodies", WATCH | {"colour": "red"}, "unknown column 'colour'"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_written(
    tmp_path: Path, file: str, fields: dict[str, str], message: str
) -> None:
    with pytest.raises(RequestError, match=message):
        add(tmp_path / "mine", file, fields)
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize(
    ("file", "row", "message"),
    [
        ("bodies", WATCH | {"country": "Atlantis"}, "no country is called 'Atlantis'"),
        ("bodies", WATCH | {"fills": "wizardry"}, "no kind of body is called 'wizardry'"),
        ("bodies", WATCH | {"example": "said nobody"}, "does not name it"),
        ("aliases", {"alias": "x", "id": "body:nowhere"}, "which is not known"),
        ("homonyms", {"name": "X", "id": "place:nowhere", "signs": "Y", "example": "X"}, "which is not known"),
    ],
)
def test_what_the_schema_does_not_see_is_a_problem(
    tmp_path: Path, file: str, row: dict[str, str], message: str
) -> None:
    add(tmp_path, file, row)
    (problem,) = problems(Knowledge(builtin().folder, own=tmp_path))
    assert message in problem


@pytest.mark.parametrize("name", ROWS)
def test_a_file_printed_is_the_file_read(name: str) -> None:
    assert csv_rows(as_csv(builtin(), name).encode(), ROWS[name], name) == list(builtin().rows(name, ROWS[name]))
