"""CSV and TOML tables, a user's own files among them, and the errors that name what is wrong."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.knowledge import Knowledge, builtin
from onrecord.knowledge.entries import Body, Roles
from onrecord.knowledge.files import ROWS, SEARCHED, TABLES
from onrecord.knowledge.tables import cells, csv_rows, replaced
from onrecord.values import KnowledgeError, RequestError


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    many: tuple[str, ...] = ()
    number: int | None = None
    flag: bool = False


def test_a_row_is_read_by_its_header() -> None:
    data = b'# told\n# of it\nnumber,name,many\n3,"a, b",x | y z\n,c,\n'
    assert csv_rows(data, Row, "f") == [Row("a, b", ("x", "y z"), 3), Row("c")]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"name,colour\na,red\n", "unknown column 'colour'"),
        (b"name,number\na,many\n", r"f\.csv, entry 1: .*number"),
        (b"name,number\na\n", "entry 1: it has not as many cells"),
        (b"name\na,b\n", "entry 1: it has not as many cells"),
        (b"number\n3\n", "entry 1: .*missing required field `name`"),
        (b"name\n\xff\n", "not UTF-8"),
        (b'name\n"a\n', "no CSV"),
    ],
)
def test_a_broken_file_is_named_with_its_entry(data: bytes, message: str) -> None:
    with pytest.raises(KnowledgeError, match=message):
        csv_rows(data, Row, "f.csv")


@given(
    st.builds(
        Row,
        st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="|"), min_size=1),
        st.tuples(st.sampled_from(["a", "b c", "d,e"])),
        st.none() | st.integers(-9, 9),
        st.booleans(),
    )
)
def test_a_row_written_is_read_back(row: Row) -> None:
    import csv
    import io

    out = io.StringIO()
    writer = csv.DictWriter(out, list(cells(row)), lineterminator="\n")
    writer.writeheader()
    writer.writerow(cells(row))
    assert csv_rows(b"# told\n" + out.getvalue().encode(), Row, "f") == [row]


def test_an_own_entry_replaces_ours_of_the_same_key_and_others_follow() -> None:
    assert replaced([Row("a"), Row("b")], [Row("a", number=1), Row("c")]) == [Row("a", number=1), Row("b"), Row("c")]


def test_own_files_add_to_ours_and_change_the_digest(tmp_path: Path) -> None:
    (tmp_path / "bodies.csv").write_text(
        "id,name,sort,example\nbody:sample-watch,Sample Watch,monitor,said Sample Watch\n"
    )
    (tmp_path / "roles.toml").write_text('[[title]]\nword = "archwizard"\nexample = "Archwizard Ada Exampleton"\n')
    known = Knowledge(builtin().folder, own=tmp_path)
    ours = builtin().rows("bodies.csv", Body)
    assert known.rows("bodies.csv", Body)[:-1] == ours
    assert known.rows("bodies.csv", Body)[-1].id == "body:sample-watch"
    titles = [title.word for title in known.table("roles.toml", Roles).title]
    assert "archwizard" in titles
    assert len(titles) == len(builtin().table("roles.toml", Roles).title) + 1
    assert known.digest != builtin().digest


def test_an_own_toml_entry_replaces_ours(tmp_path: Path) -> None:
    first = builtin().table("roles.toml", Roles).office[0]
    (tmp_path / "roles.toml").write_text(
        f'[[office]]\nword = "{first.word}"\nexample = "the boss"\nsynonyms = ["boss"]\n'
    )
    offices = Knowledge(builtin().folder, own=tmp_path).table("roles.toml", Roles).office
    assert [o.synonyms for o in offices if o.word == first.word] == [("boss",)]


def test_a_misnamed_own_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "bodys.csv").write_text("id\n")
    with pytest.raises(KnowledgeError, match=r"bodys\.csv is no knowledge file; the files are: .*bodies\.csv"):
        Knowledge(builtin().folder, own=tmp_path)


def test_an_absent_own_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="there is no folder"):
        Knowledge(builtin().folder, own=tmp_path / "nowhere")


def test_every_file_has_its_schema() -> None:
    assert set(builtin().files) == {*ROWS, *TABLES, *SEARCHED}
