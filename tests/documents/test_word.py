"""Word documents: paragraphs, tables, tracked changes; and archives made to do harm."""

import datetime
import io
import random
import struct
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document as WordFile
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from onrecord.documents import Options
from onrecord.documents import word as reader
from onrecord.documents.word import read_word
from onrecord.values import Capture, Document, DocumentError

SENTENCE = "The ministry said on Monday that five soldiers were killed near the river."
DOCUMENT = "word/document.xml"


def saved(word: WordFile) -> bytes:
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def made(*paragraphs: str) -> bytes:
    """A Word document of these paragraphs; one that begins with a tag is its XML."""
    word = docx.Document()
    for text in paragraphs:
        if text.startswith("<w:"):
            name, rest = text[1:].split(">", 1)
            word.element.body.insert(-1, parse_xml(f"<{name} {nsdecls('w')}>{rest}"))
        else:
            word.add_paragraph(text)
    return saved(word)


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The archive with one part changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            part = old.read(member)
            new.writestr(member.filename, change(part) if member.filename == name else part)
    return file.getvalue()


def read(data: bytes, options: Options | None = None) -> Document:
    return read_word(Capture(source="report.docx", body=data, kind="word"), options or Options())


def refused(data: bytes) -> str:
    with pytest.raises(DocumentError) as error:
        read(data)
    assert "\n" not in str(error.value)
    return str(error.value)


def told(data: bytes) -> str:
    """What an error says, if there is one."""
    try:
        read(data)
    except DocumentError as error:
        return str(error)
    return ""


def test_paragraphs_headings_lists_and_tables_in_order() -> None:
    word = docx.Document()
    word.add_heading("Losses in the east", 1)
    word.add_paragraph(SENTENCE)
    word.add_paragraph("Five killed", style="List Bullet")
    table = word.add_table(rows=3, cols=3)
    for row, texts in zip(table.rows, [("", "May", "June"), ("Killed", "3", "5"), ("Wounded", "4", "7")], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    word.add_paragraph("The\tfigures are\nnew.")
    assert read(saved(word)).text.split("\n\n") == [
        "Losses in the east", SENTENCE, "Five killed", "May | June", "Killed | 3 | 5", "Wounded | 4 | 7",
        "The figures are", "new.",
    ]  # fmt: skip


def test_merged_cells_count_once() -> None:
    word = docx.Document()
    table = word.add_table(rows=2, cols=3)
    for i in range(6):
        table.cell(i // 3, i % 3).text = f"cell {i}"
    table.cell(0, 0).merge(table.cell(1, 0)).text = "tall"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "wide"
    assert read(saved(word)).text == "tall | wide\n\ncell 4 | cell 5"


def test_a_table_within_a_cell_is_part_of_it() -> None:
    word = docx.Document()
    table = word.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "Losses"
    table.cell(0, 0).add_table(rows=1, cols=2).cell(0, 1).text = "5 killed"
    table.cell(0, 1).text = "June"
    assert read(saved(word)).text == "Losses 5 killed | June"


MARK = 'w:id="1" w:author="A" w:date="2024-06-17T12:00:00Z"'


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (f"<w:p><w:r><w:t>Five </w:t></w:r><w:ins {MARK}><w:r><w:t>fell</w:t></w:r></w:ins></w:p>", "Five fell"),
        (f"<w:p><w:r><w:t>Five</w:t></w:r><w:del {MARK}><w:r><w:delText>x</w:delText></w:r></w:del></w:p>", "Five"),
        (f"<w:p><w:r><w:t>Five</w:t></w:r><w:del {MARK}><w:r><w:t>x</w:t></w:r></w:del></w:p>", "Five"),
        (f"<w:p><w:r><w:t>Five</w:t></w:r><w:moveFrom {MARK}><w:r><w:t>x</w:t></w:r></w:moveFrom></w:p>", "Five"),
        (f"<w:p><w:moveTo {MARK}><w:r><w:t>Five</w:t></w:r></w:moveTo></w:p>", "Five"),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r><w:r><w:t>Five</w:t></w:r></w:p>", "Five"),
        ('<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>Five</w:t></w:r></w:p>', "Five"),
        ("<w:p><w:r><w:t>12</w:t><w:noBreakHyphen/><w:t>year sol</w:t><w:softHyphen/><w:t>dier</w:t></w:r></w:p>",
         "12-year soldier"),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>Five</w:t></w:r></w:p>", "Five"),
        ("<w:sdt><w:sdtContent><w:p><w:r><w:t>Five</w:t></w:r></w:p></w:sdtContent></w:sdt>", "Five"),
        ("<w:p><w:r><w:t>Five </w:t></w:r><w:hyperlink><w:r><w:t>fell</w:t></w:r></w:hyperlink></w:p>", "Five fell"),
        ("<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Beside</w:t></w:r></w:p></w:txbxContent></w:pict>"
         "<w:t>Five fell</w:t></w:r></w:p>", "Five fell\n\nBeside"),
        (f"<w:tbl><w:tr><w:trPr><w:del {MARK}/></w:trPr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr>"
         "<w:tr><w:tc><w:p><w:r><w:t>Five</w:t></w:r></w:p></w:tc></w:tr></w:tbl>", "Five"),
    ],
)  # fmt: skip
def test_text_is_as_if_all_changes_were_accepted(xml: str, text: str) -> None:
    assert read(made(xml)).text == text


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    mark = f"<w:pPr><w:rPr><w:del {MARK}/></w:rPr></w:pPr>"
    assert read(made(f"<w:p>{mark}<w:r><w:t>Five </w:t></w:r></w:p>", "fell.")).text == "Five fell."


@pytest.mark.parametrize(
    ("stated", "title"),
    [("Five killed near the river", "Five killed near the river"), ("", None), ("Word Document", None),
     ("Document1", None), ("losses june.docx", None)],
)  # fmt: skip
def test_titles(stated: str, title: str | None) -> None:
    word = docx.Document()
    word.core_properties.title = stated
    word.add_paragraph("Five killed near the river")
    word.add_paragraph(SENTENCE)
    document = read(saved(word))
    assert document.title == title
    assert document.text == (SENTENCE if title else f"Five killed near the river\n\n{SENTENCE}")


def test_options_win() -> None:
    day = datetime.date(2024, 6, 17)
    document = read(made(SENTENCE), Options(title="T", publisher="P", published=day))
    assert (document.title, document.publisher, document.published) == ("T", "P", day)


def test_a_missing_picture_and_addresses_elsewhere_do_not_matter() -> None:
    links = (
        b'<Relationship Id="rId90" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        b'Target="media/none.png"/><Relationship Id="rId91" TargetMode="External" Target="http://127.0.0.1:9/x.dotx" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/></Relationships>'
    )
    data = changed(made(SENTENCE), "word/_rels/document.xml.rels", lambda x: x.replace(b"</Relationships>", links))
    assert read(data).text == SENTENCE


BROKEN = "is a broken Word document; save it anew or give its text"


def test_what_is_no_word_document() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("report.txt", SENTENCE)
    assert refused(file.getvalue()).startswith("is a ZIP archive without a Word document;")
    assert refused(b"PK\x03\x04 and no more") == BROKEN
    assert refused(made(SENTENCE)[:-30]) == BROKEN
    assert refused(changed(made(SENTENCE), "_rels/.rels", lambda _: b"<Relationships/>")) == BROKEN
    assert refused(changed(made(SENTENCE), DOCUMENT, lambda x: x[:-20])) == BROKEN
    assert refused(made()).startswith("the text is empty;")


def test_a_locked_archive() -> None:
    data = bytearray(made(SENTENCE))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    assert refused(bytes(data)) == BROKEN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding: str) -> None:
    def add(part: bytes) -> bytes:
        text = part.decode().split("?>", 1)[1]
        head = f"<?xml version='1.0' encoding='{encoding}'?><!DOCTYPE w:document [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
        return (head + text.replace("river.", "&a;")).encode(encoding)

    assert "entities" in refused(changed(made(SENTENCE), DOCUMENT, add))


def test_encodings_that_word_does_not_write_are_refused() -> None:
    data = changed(made(SENTENCE), DOCUMENT, lambda x: x.replace(b"UTF-8", b"UTF-7", 1))
    assert "encoding" in refused(data)


def test_bombs_are_refused_before_they_unfold(monkeypatch: pytest.MonkeyPatch) -> None:
    def swollen(size: int) -> bytes:
        return changed(made(SENTENCE), DOCUMENT, lambda x: x + b" " * size)

    assert refused(swollen(80_000_000)).startswith("unpacks to 80 MB; it may to ")
    monkeypatch.setattr(reader, "MAX_XML", 1_000_000)
    assert refused(swollen(2_000_000)) == "has a part of more than 1,000,000 bytes of XML; give its text"
    monkeypatch.setattr(reader, "MAX_PARTS", 3)
    assert "parts; one may have 3" in refused(made(SENTENCE))


def test_a_size_that_is_understated_gains_nothing() -> None:
    data = bytearray(changed(made(SENTENCE), DOCUMENT, lambda x: x + b" " * 20_000_000))
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(DOCUMENT.encode()))
    struct.pack_into("<I", data, at + 24, 1_000)
    assert refused(bytes(data)) == BROKEN


def test_deep_nesting_is_refused() -> None:
    deep = b"<w:p><w:r><w:t>x</w:t></w:r></w:p>"
    deep = b"<w:txbxContent>" * 5_000 + deep + b"</w:txbxContent>" * 5_000
    assert refused(changed(made(SENTENCE), DOCUMENT, lambda x: x.replace(b"<w:body>", b"<w:body>" + deep))) == BROKEN


WHOLE = made(SENTENCE)
PARTS = ("[Content_Types].xml", "_rels/.rels", DOCUMENT, "docProps/core.xml")


def damaged(data: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(chance.choice((1, 2, 10))):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt)


@given(st.integers(0, 2**32), st.sampled_from((None, *PARTS)))
def test_damaged_files_give_documents_or_errors(seed: int, part: str | None) -> None:
    chance = random.Random(seed)
    data = changed(WHOLE, part, lambda x: damaged(x, chance)) if part else damaged(WHOLE, chance)
    assert "\n" not in told(data)
