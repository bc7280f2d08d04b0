"""Files, folders and standard input: what is read, and that one failure stops nothing."""

import datetime
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.site_on_loopback import only_failure, read_bytes
from onrecord.documents import MAX_BYTES, Failure, Options, read
from onrecord.values import Document

PREFIXES = [
    b"",
    b"<html>",
    b"<p>",
    b'{"text": "',
    b'[{"',
    b"\xff\xfe",
    b"\xff\xfe\x00\x00",
    b"Five \xe9",
    b"<!doctype html><",
]


@given(st.sampled_from(PREFIXES), st.binary(max_size=300))
def test_any_bytes_become_documents_or_failures(prefix: bytes, data: bytes) -> None:
    found = read_bytes(prefix + data)
    assert found or not (prefix + data).strip()
    for one in found:
        if isinstance(one, Document):
            one.text.encode("utf-8")
            assert one.text.strip()
        else:
            assert one.message.isprintable()


TAGS = (
    "<p>", "</p>", "<div>", "</div>", "<table>", "<tr>", "<td>", "<ul>", "<li>", "<time>", "<h1>", "<a>", "<b>", "<br>",
    "<script>", "</script>", "<!--", "<article>", "<blockquote>", "<pre>", "<title>", "<q ", "\n\n",
)  # fmt: skip
MARKUP = st.lists(
    st.sampled_from(TAGS) | st.text(max_size=10),
    max_size=40,
)


@given(MARKUP)
def test_any_markup_becomes_a_document_or_a_failure(pieces: list[str]) -> None:
    markup = "<html><body>" + "".join(pieces)
    [found] = read_bytes(markup.encode("utf-8", "replace"))
    if isinstance(found, Document):
        assert not {"\x00", "\r"} & set(found.text)


@pytest.mark.parametrize("data", [b"", b" \n\t \r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n", b"\xff\xfe"])
def test_an_empty_input_is_a_failure(data: bytes) -> None:
    assert "empty" in only_failure(read_bytes(data))


def test_text_is_cleaned_and_takes_the_options() -> None:
    day = datetime.date(2025, 3, 27)
    [document] = read_bytes(b"\xef\xbb\xbfFive.\r\n\r\nTwo.", published=day, publisher="P", title="T")
    assert document == Document("Five.\n\nTwo.", published=day, publisher="P", title="T", source="-")


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.write(b"Five people. " * 10_000)
        file.truncate(20_000_000)
    assert only_failure(list(read(str(path), Options()))) == f"{path}: is 20.0 MB; a report may have 10 MB; split it"


def test_a_stream_that_is_too_large_is_read_no_further() -> None:
    stream = io.BytesIO(b"Five people. " * 2_000_000)
    message = only_failure(list(read("-", Options(), stdin=stream)))
    assert message == "-: is more than 10 MB; a report may have 10 MB; split it"
    assert stream.tell() <= MAX_BYTES + 1


def test_too_many_characters() -> None:
    message = only_failure(read_bytes(b"word " * 200_001))
    assert message == "-: has 1,000,005 characters of text; a report may have 1,000,000; split it"


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("no/such/file.txt", "no such file or folder"),
        ("", "is no path"),
        ("a\x00b", "is no path"),
        ("x" * 5_000, "cannot be read: file name too long"),
        ("ftp://a.example/x", "ftp is no scheme that onrecord reads"),
        ("file:///etc/hosts", "file is no scheme"),
        ("bad\udcffname\n", "no such file or folder"),
    ],
)
def test_sources_that_are_none(source: str, says: str) -> None:
    assert says in only_failure(list(read(source, Options())))


def test_a_folder_is_walked_in_order_and_nothing_is_passed_over_silently(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name, data in {
        "z.txt": b"z", "a.md": b"a", "b/c.jsonl": b'{"text": "c1"}\n{"text": "c2"}', "b/d": b"d",
        "m.txt": b"\x89PNG\r\n\x1a\n",
        ".x.txt": b"no", ".hidden/y.txt": b"no", "n.html": b"<p>Five people were killed.</p>",
    }.items():  # fmt: skip
        (tmp_path / name).write_bytes(data)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "b")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    found = list(read(str(tmp_path), Options()))
    texts = [one.text for one in found if isinstance(one, Document)]
    failed = [one.message.removeprefix(f"{tmp_path}/") for one in found if isinstance(one, Failure)]
    assert texts == ["a", "Five people were killed.", "z", "c1", "c2", "d"]
    assert failed == [
        "link: is a link to a folder; give that folder itself",
        "gone: no such file or folder; check the name",
        "m.txt: looks like PNG image data, not a report; give text, HTML, PDF, DOCX, e-mail, a feed or JSON Lines",
        "pipe: is not a regular file; give it by itself if it should be read",
    ]


def test_an_empty_folder_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / ".hidden").write_bytes(b"no")
    assert "the folder holds no files" in only_failure(list(read(str(tmp_path), Options())))


def test_a_named_pipe_given_by_itself_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen([sys.executable, "-c", f"open({str(pipe)!r}, 'w').write('Five.')"]):
        [document] = read(str(pipe), Options())
    assert isinstance(document, Document)
    assert document.text == "Five."


def test_importing_documents_loads_nothing_heavy() -> None:
    heavy = "trafilatura htmldate httpx httpcore lxml charset_normalizer protego ssl"
    code = f"import sys, onrecord.documents; print([m for m in {heavy.split()} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
