"""A Word document (DOCX) becomes a document: its paragraphs, headings, lists and tables, in order.

Text as it would stand with every tracked change accepted. A table's rows are a line each, with " | " between the
cells, since tables hold figures. Paragraphs are set apart by an empty line.

A DOCX is a ZIP archive of XML parts. What python-docx opens is a copy that holds the XML only, without the parts'
links: so nothing large is unpacked, nothing outside is fetched, and no picture that is missing makes it fail.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

import docx
from docx.document import Document as WordFile
from docx.oxml.ns import qn
from lxml import etree

from onrecord.documents.binary import check_magic
from onrecord.documents.clean import clean
from onrecord.documents.options import REMEDY, Options, check_text
from onrecord.documents.titles import plain, stated_title
from onrecord.values import Capture, Document, DocumentError

MAX_PARTS = 10_000
MAX_UNPACKED = 200_000_000
MAX_XML = 50_000_000
_MAX_LINKS = 100_000
_RATIO, _ALLOWANCE = 200, 50_000_000
_CHUNK = 65_536
_ROOT = "_rels/.rels"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCODING = re.compile(
    rb"""^[^<]*<\?xml[^>]*?\sencoding\s*=\s*["'](?!(?:utf-?8|utf-?16|us-ascii)["'])""", re.IGNORECASE
)
# What reading a damaged ZIP archive has been seen to raise, in zipfile and zlib.
_ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OverflowError, RuntimeError, ValueError,
)  # fmt: skip
# The same for python-docx over damaged parts.
_WORD_ERRORS = (etree.LxmlError, AttributeError, LookupError, TypeError, ValueError)
_PARAGRAPH, _TABLE, _ROW, _CELL, _RUN = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc"), qn("w:r")
_VALUE, _MERGED, _HIDDEN = qn("w:val"), qn("w:tcPr") + "/" + qn("w:vMerge"), qn("w:rPr") + "/" + qn("w:vanish")
_GONE_ROW, _GONE_MARK = qn("w:trPr") + "/" + qn("w:del"), f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}"
# Deleted text, text moved elsewhere, and the second of two ways to draw one thing.
_SKIPPED = frozenset((
    qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:tblPr"), qn("w:tcPr"), qn("w:trPr"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
))  # fmt: skip
_SIGNS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_TEXT, _BOX = qn("w:t"), qn("w:txbxContent")
_SPACE = re.compile(r"[^\S\n]+")


def read_word(capture: Capture, options: Options) -> Document:
    """The report in a Word document. What ``options`` state wins over what the file states.

    Raises:
        DocumentError: if the file is broken, no Word document, empty, or unpacks to out of all proportion.
    """
    check_magic(capture.body[:_CHUNK])
    word = _opened(_plain_copy(capture.body))
    try:
        title = stated_title(word.core_properties.title)
        body = word.element.body
        found = [] if body is None else list(_blocks(body))
    except _WORD_ERRORS as error:
        raise _broken() from error
    if len(found) > 1 and title and plain(found[0]) == plain(title):
        del found[0]
    return Document(
        text=check_text("\n\n".join(found)),
        title=options.title or title,
        publisher=options.publisher,
        published=options.published,
        url=capture.url,
        source=capture.source,
    )


def _broken() -> DocumentError:
    return DocumentError("is a broken Word document; save it anew or give its text")


def _plain_copy(data: bytes) -> io.BytesIO:
    """The archive with its XML parts alone: every other part is there, but empty.

    Raises:
        DocumentError: if it is broken, no Word document, or too large, or a part is not plain XML.
    """
    copy = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(copy, "w") as plain_:
            members = _checked(archive.infolist(), len(data))
            for name, member in members.items():
                read = name == _ROOT or name.endswith(".xml")
                if read or not name.endswith((".rels", "/")):
                    plain_.writestr(zipfile.ZipInfo(name), _part(archive, member) if read else b"")
    except _ZIP_ERRORS as error:
        raise _broken() from error
    copy.seek(0)
    return copy


def _checked(members: list[zipfile.ZipInfo], packed: int) -> dict[str, zipfile.ZipInfo]:
    """The members by name, when their directory states nothing out of proportion to the ``packed`` bytes.

    Raises:
        DocumentError: if it does.
    """
    if len(members) > MAX_PARTS:
        raise DocumentError(f"is a Word document of {len(members):,} parts; one may have {MAX_PARTS:,}; give its text")
    unpacked = sum(member.file_size for member in members)
    most = min(MAX_UNPACKED, _RATIO * packed + _ALLOWANCE)
    if unpacked > most:
        raise DocumentError(f"unpacks to {unpacked // 1_000_000:,} MB; it may to {most // 1_000_000}; give its text")
    if not any(member.filename.startswith("word/") for member in members):
        raise DocumentError(f"is a ZIP archive without a Word document; {REMEDY}")
    return {member.filename: member for member in members}


def _part(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """One XML part, read in steps so that a false size in the directory gains nothing.

    Raises:
        DocumentError: if it is too large, or states types, entities or an encoding that Word does not write.
    """
    limit = _MAX_LINKS if member.filename in (_ROOT, "[Content_Types].xml") else MAX_XML
    if member.compress_type not in _METHODS:
        raise _broken()
    part = bytearray()
    with archive.open(member) as file:
        while chunk := file.read(_CHUNK):
            part += chunk
            if len(part) > limit:
                raise DocumentError(f"has a part of more than {limit:,} bytes of XML; give its text")
    # Without its NULs, UTF-16 shows its ASCII signs.
    narrow = bytes(part).replace(b"\x00", b"") if b"\x00" in part else bytes(part)
    if b"<!DOCTYPE" in narrow or b"<!ENTITY" in narrow or _ENCODING.match(narrow[:1_000]):
        raise DocumentError("has XML with types, entities or an encoding that Word does not write; give its text")
    return bytes(part)


def _opened(file: io.BytesIO) -> WordFile:
    """The Word document in ``file``.

    Raises:
        DocumentError: if python-docx finds none.
    """
    try:
        return docx.Document(file)
    except _WORD_ERRORS as error:
        raise _broken() from error


def _blocks(body: etree._Element) -> Iterator[str]:
    """The paragraphs and rows of the text, then those of the boxes beside it."""
    waiting = [body]
    for element in waiting:
        blocks = _Blocks(element)
        yield from blocks
        waiting += blocks.boxes


class _Blocks:
    """The paragraphs and the rows of tables below one element, in order; without recursion.

    Args:
        body: the element.

    Attributes:
        boxes: of text, met so far: they stand beside a paragraph, and are read after it all.
    """

    def __init__(self, body: etree._Element) -> None:
        self._body = body
        self._pieces: list[str] = []
        self._cells: list[str] = []
        self.boxes: list[etree._Element] = []
        self._rows = 0  # how many rows of tables, one in a cell of another, are open

    def __iter__(self) -> Iterator[str]:
        walk = etree.iterwalk(self._body, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if element.tag == _BOX and element is not self._body:
                    self.boxes.append(element)
                    walk.skip_subtree()
                elif _skipped(element):
                    walk.skip_subtree()
                yield from self._begin(element)
            else:
                yield from self._end(element)
        yield from self._flush()

    def _begin(self, element: etree._Element) -> Iterator[str]:
        if element.tag == _TEXT:
            self._pieces.append(element.text or "")
        elif element.tag in _SIGNS:
            self._pieces.append(_SIGNS[element.tag])
        elif element.tag == _ROW:
            self._rows += 1
            if self._rows == 1:
                yield from self._flush()
        elif element.tag == _PARAGRAPH and self._rows:
            self._pieces.append(" ")

    def _end(self, element: etree._Element) -> Iterator[str]:
        if element.tag == _PARAGRAPH and not self._rows and element.find(_GONE_MARK) is None:
            yield from self._flush()
        elif element.tag == _CELL and self._rows == 1:
            self._cells.append(_line(self._pieces))
            self._pieces.clear()
        elif element.tag == _ROW:
            self._rows -= 1
            if not self._rows:
                yield from self._flush()

    def _flush(self) -> Iterator[str]:
        """The row or the lines gathered so far, as paragraphs."""
        row = " | ".join(cell for cell in self._cells if cell)
        lines = [row, *clean("".join(self._pieces)).split("\n")]
        self._cells.clear()
        self._pieces.clear()
        yield from (line for line in (_SPACE.sub(" ", line).strip() for line in lines) if line)


def _line(pieces: list[str]) -> str:
    return " ".join(clean("".join(pieces)).split())


def _skipped(element: etree._Element) -> bool:
    """Whether nothing below ``element`` is text of the report."""
    if element.tag in _SKIPPED:
        return True
    if element.tag == _RUN:
        hidden = element.find(_HIDDEN)
        return hidden is not None and hidden.get(_VALUE, "true") not in ("0", "false", "off")
    if element.tag == _CELL:
        merged = element.find(_MERGED)
        return merged is not None and merged.get(_VALUE, "continue") == "continue"
    return bool(element.tag == _ROW and element.find(_GONE_ROW) is not None)
