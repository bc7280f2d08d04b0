"""Recognition by content: what is refused, and that names do not matter."""

from pathlib import Path
from typing import Any

import pytest

from documents.site_on_loopback import cases, only_failure, read_bytes
from onrecord.documents import Options, read
from onrecord.values import Document


@pytest.mark.parametrize("case", cases("documents_binary.toml"), ids=lambda case: case["name"])
def test_what_is_no_text_is_refused_by_name(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(bytes.fromhex(case["hex"]))
    message = only_failure(list(read(str(path), Options())))
    assert message.startswith(f"{path}: ")
    assert case["says"] in message


@pytest.mark.parametrize("name", ["report.png", "report.docx", "report", "report.html", "report.json"])
def test_text_is_read_whatever_its_name_says(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("Five people were killed.")
    [document] = read(str(tmp_path / name), Options())
    assert isinstance(document, Document)
    assert document.text == "Five people were killed."


@pytest.mark.parametrize(
    "text", ["PK said five.", "MZ is a town.", "II* Corps", "GIF animations", "ID3 tags", "BM-21s"]
)
def test_text_that_begins_like_a_magic_number_is_text(text: str) -> None:
    [document] = read_bytes(text.encode())
    assert isinstance(document, Document)
    assert document.text == text


def test_a_stray_control_character_does_not_make_text_binary() -> None:
    [document] = read_bytes(b"Five people were killed.\x00 Two more were missing on Monday.")
    assert isinstance(document, Document)
    assert "\x00" not in document.text
