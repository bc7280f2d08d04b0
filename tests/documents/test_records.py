"""JSON Lines, JSON objects and arrays."""

import datetime
import io
import json
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.site_on_loopback import cases, only_failure, read_bytes
from onrecord.documents import MAX_BYTES, MAX_CHARACTERS, Failure, Options, document_from, read
from onrecord.values import Document, DocumentError

TEXTS = st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: text != "" and not text.isspace())


def told(found: list[Document | Failure]) -> list[str]:
    return [one.text if isinstance(one, Document) else one.message for one in found]


@pytest.mark.parametrize("case", cases("documents_records.toml"), ids=lambda case: case["line"][:60])
def test_a_line(case: dict[str, Any]) -> None:
    found = list(read("-", Options(), stdin=io.BytesIO(b'{"text": "first"}\n' + case["line"].encode())))[1:]
    if "fails" in case:
        message = only_failure(found)
        assert message.startswith("-, line 2: ")
        assert case["fails"] in message
        return
    [document] = found
    assert isinstance(document, Document)
    assert document.source == "-:2"
    for field in ("text", "title", "publisher", "published", "url"):
        assert getattr(document, field) == case.get(field)
    assert document.id == case.get("id", document.content_hash)


@given(st.lists(TEXTS, min_size=1, max_size=5), st.booleans())
def test_the_text_of_a_record_comes_back_unchanged(texts: list[str], ascii_only: bool) -> None:
    lines = "\n".join(json.dumps({"text": text}, ensure_ascii=ascii_only) for text in texts)
    assert [getattr(one, "text", None) for one in read_bytes(lines.encode())] == texts


def test_one_broken_line_stops_no_other() -> None:
    data = b'\xef\xbb\xbf\n{"text": "a"}\r\n\n{"text": \n{"text": "b\xff"}\nno JSON\n{"text": "c"}'
    found = told(read_bytes(data))
    assert found[0] == "a"
    assert found[1].startswith("-, line 4: is broken JSON")
    assert found[2].startswith("-, line 5: is not UTF-8 (byte 0xFF at offset 11)")
    assert found[3].startswith("-, line 6: is broken JSON")
    assert found[4] == "c"


def test_a_broken_first_line_hides_no_other() -> None:
    found = told(read_bytes(b'{"text": "a\n{"text": "b"}'))
    assert found[0].startswith("-, line 1: is broken JSON")
    assert found[1] == "b"


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (b'{\n  "id": "x",\n  "text": "a"\n}\n', ["a"]),
        (b'{"id": "x",\n "text": "a"}', ["a"]),
        (b'[{"text": "a"}, {"text": "b"}]', ["a", "b"]),
        (b'\n [\n  {"text": "a"},\n {"text": "b"}\n]', ["a", "b"]),
        ('{"text": "é"}\n{"text": "b"}'.encode("utf-16"), ["é", "b"]),
        (b'{"text": "one"}\r\n', ["one"]),
    ],
)
def test_layouts(data: bytes, texts: list[str]) -> None:
    assert told(read_bytes(data)) == texts


@pytest.mark.parametrize(
    "text", ["[Reuters] Five were killed.", "{Updated} Five were killed.", '"Five," he said.', "[1] a"]
)
def test_text_that_begins_like_json_is_text(text: str) -> None:
    assert told(read_bytes(text.encode())) == [text]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"[]", "the array is empty"),
        (b'{"a": 1}', 'the field "text" is missing'),
        (b'{\n"a": 1\n}', 'the field "text" is missing'),
        (b'[{"text": 1}]', "document 1: the field"),
        (b'{\n"text": "a",\n', "is broken JSON"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (b'{"text": "a", "n": ' + b"9" * 5_000 + b"}", "out of range"),
    ],
)
def test_json_that_holds_no_report(data: bytes, says: str) -> None:
    assert says in only_failure(read_bytes(data))


def test_options_fill_the_gaps_of_records() -> None:
    day = datetime.date(2025, 3, 27)
    data = b'{"text": "a", "published": "2020-01-01", "publisher": "P"}\n{"text": "b"}'
    first, second = read_bytes(data, published=day, publisher="Q", title="T")
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.published, first.publisher, first.title) == (datetime.date(2020, 1, 1), "P", "T")
    assert (second.published, second.publisher, second.title) == (day, "Q", "T")


class Endless(io.RawIOBase):
    """A JSON Lines input without an end."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        line = b'{"text": "a"}\n'
        size = len(buffer) // len(line) * len(line)
        buffer[:size] = line * (size // len(line))
        return size


def test_lines_are_read_as_they_come() -> None:
    stream: BinaryIO = io.BufferedReader(Endless(), buffer_size=14 * 64)
    found = read("-", Options(), stdin=stream)
    assert told([next(found) for _ in range(50_000)]) == ["a"] * 50_000


def test_a_line_that_is_too_long_is_skipped() -> None:
    long = b'{"text": "' + b"a" * (2 * MAX_BYTES) + b'"}'
    found = told(read_bytes(b'{"text": "a"}\n' + long + b'\n{"text": "b"}\n' + long))
    says = "is 20.0 MB; a report may have 10 MB; split it"
    assert found == ["a", f"-, line 2: {says}", "b", f"-, line 4: {says}"]


def test_a_first_line_that_is_too_long_hides_no_other() -> None:
    found = told(read_bytes(b'{"text": "' + b"a" * MAX_BYTES + b'"}\n{"text": "b"}'))
    assert found == ["-, line 1: is 10,000,013 bytes; a report may have 10 MB; split it", "b"]


def test_a_record_of_too_many_characters() -> None:
    message = only_failure(read_bytes(b'{"text": "' + b"a" * (MAX_CHARACTERS + 1) + b'"}'))
    assert "has 1,000,001 characters of text; a report may have 1,000,000" in message


def test_the_suffix_of_json_lines_keeps_lines_apart(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_bytes(b'{"id": 1,\n{"text": "b"}\n')
    found = told(list(read(str(path), Options())))
    assert found[0].startswith(f"{path}, line 1: is broken JSON")
    assert found[1:] == ["b"]


def test_document_from_python_values() -> None:
    day = datetime.datetime(2025, 3, 27, 23, 59, tzinfo=datetime.UTC)
    document = document_from({"text": "a", "published": day, "other": object()}, source="here")
    assert document == Document("a", published=datetime.date(2025, 3, 27), source="here")
    assert document_from({"text": "a", "published": day.date()}).published == day.date()


@pytest.mark.parametrize("mapping", [{}, {"text": b"a"}, {"text": "a", "published": "soon"}, {"text": "\ud800"}])
def test_document_from_bad_values(mapping: dict[str, object]) -> None:
    with pytest.raises(DocumentError):
        document_from(mapping)


def test_an_empty_text_from_python_is_a_document_whose_reading_tells_the_fault() -> None:
    assert document_from({"text": ""}).text == ""
