"""A PDF becomes a document: its text in the order of the file, and the place of each word on its page.

pdfium reads it, without forms and so without any of the JavaScript a PDF may hold. pdfium is not made for threads.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium
from pypdfium2 import raw

from onrecord.documents.clean import clean
from onrecord.documents.options import MAX_CHARACTERS, Options, check_text
from onrecord.documents.paragraphs import (
    Line,
    Word,
    cells,
    hyphen_between,
    known_words,
    paragraphs,
    same_words,
    without_running,
)
from onrecord.documents.titles import stated_title
from onrecord.values import Box, Capture, Document, DocumentError

MAX_PAGES = 2_000
_UNREADABLE = 0.2
_HYPHEN = "\x02"  # what pdfium makes of any hyphen at the end of a line after a letter
_Edges = tuple[float, float, float, float]


def read_pdf(capture: Capture, options: Options) -> Document:
    """The report in a PDF. What ``options`` state wins; the day a file was made is not its day of publication.

    A word that is broken over two lines has two boxes, one for each part.

    Raises:
        DocumentError: if the PDF is broken or encrypted, holds no text, or has too many pages or characters.
    """
    with contextlib.closing(_opened(capture.body)) as pdf:
        if len(pdf) > MAX_PAGES:
            raise DocumentError(f"has {len(pdf):,} pages; a report may have {MAX_PAGES:,}; split it")
        title = _title(pdf)
        pages, heights = _pages(pdf)
    lines = list(without_running(pages, heights))
    found = list(paragraphs(lines))
    if len(found) > 1 and same_words(found[0], title):
        del found[0]
    text, layout = _written(found, known_words(lines))
    return Document(
        text=check_text(text),
        title=options.title or title,
        publisher=options.publisher,
        published=options.published,
        url=capture.url,
        source=capture.source,
        layout=layout,
    )


def _opened(body: bytes) -> pdfium.PdfDocument:
    """The open PDF, to be closed by the caller.

    Raises:
        DocumentError: if pdfium cannot open it.
    """
    try:
        return pdfium.PdfDocument(body)
    except pdfium.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise DocumentError("is a PDF that needs a password; save it without one") from error
        if error.err_code == raw.FPDF_ERR_SECURITY:
            raise DocumentError("is a PDF encrypted in an unknown way; save it without encryption") from error
        raise DocumentError("is a broken PDF; save or fetch it anew") from error


def _title(pdf: pdfium.PdfDocument) -> str | None:
    try:
        return stated_title(pdf.get_metadata_value("Title"))
    except UnicodeDecodeError:
        return None


def _pages(pdf: pdfium.PdfDocument) -> tuple[list[list[Line]], list[float]]:
    """The lines of each page and the pages' heights in points.

    Raises:
        DocumentError: if a page is broken, or there are too many characters, none, or none that can be read.
    """
    pages, heights = [], []
    characters = unreadable = 0
    for number in range(1, len(pdf) + 1):
        try:
            with contextlib.closing(pdf[number - 1]) as page, contextlib.closing(page.get_textpage()) as print_:
                characters += print_.count_chars()
                if characters > 2 * MAX_CHARACTERS:
                    raise DocumentError(f"has more than {characters:,} characters; split it")
                signs = list(_signs(print_, page.get_bbox(), page.get_rotation()))
                heights.append(page.get_height())
        except pdfium.PdfiumError as error:
            raise DocumentError(f"is a PDF whose page {number} is broken; save or fetch it anew") from error
        unreadable += sum(sign in "\x00\ufffd\ufffe\uffff" or "\ue000" <= sign <= "\uf8ff" for sign, _ in signs)
        pages.append(list(_lines(signs, number)))
    if not any(pages) and not unreadable:
        raise DocumentError("is a PDF without text, perhaps with pictures of text; give the text itself")
    if unreadable > _UNREADABLE * characters:
        raise DocumentError("is a PDF whose fonts do not tell which letters they draw; give the text itself")
    return pages, heights


def _signs(print_: pdfium.PdfTextPage, bounds: _Edges, turn: int) -> Iterator[tuple[str, _Edges]]:
    """Each character of a page and its box, as the page is shown.

    Args:
        print_: the text of the page.
        bounds: left, bottom, right and top of what is shown of the page, in points.
        turn: by how many degrees the page is shown turned clockwise: 0, 90, 180 or 270.
    """
    left, bottom, right, top = bounds
    box = raw.FS_RECTF()
    for i in range(print_.count_chars()):
        code = raw.FPDFText_GetUnicode(print_, i)
        raw.FPDFText_GetLooseCharBox(print_, i, box)
        x, y, x2, y2 = box.left, box.bottom, box.right, box.top
        if turn == 90:
            edges = (y - bottom, right - x2, y2 - bottom, right - x)
        elif turn == 180:
            edges = (right - x2, top - y2, right - x, top - y)
        elif turn == 270:
            edges = (top - y2, x - left, top - y, x2 - left)
        else:
            edges = (x - left, y - bottom, x2 - left, y2 - bottom)
        yield chr(code) if code < 0x110000 else "\ufffd", edges


def _lines(signs: Sequence[tuple[str, _Edges]], page: int) -> Iterator[Line]:
    """The lines of print of a page, in the order of the file."""
    words: list[Word] = []
    for word in _words(signs):
        if words and (word is None or word.text == _HYPHEN or not _beside(words, word)):
            yield Line(page, tuple(words), broken=word is not None and word.text == _HYPHEN)
            words = []
        if word is not None and word.text != _HYPHEN:
            words.append(word)
    if words:
        yield Line(page, tuple(words))


def _words(signs: Sequence[tuple[str, _Edges]]) -> Iterator[Word | None]:
    """Runs of what is not white space; ``None`` where a line ends, and a hyphen that broke a word by itself."""
    run: list[tuple[str, _Edges]] = []
    for sign, edges in signs:
        if not sign.isspace() and sign != _HYPHEN:
            run.append((sign, edges))
            continue
        yield from _word(run)
        run = []
        if sign == _HYPHEN:
            yield Word(_HYPHEN, *edges)
        elif sign in "\r\n":
            yield None
    yield from _word(run)


def _word(run: Sequence[tuple[str, _Edges]]) -> Iterator[Word]:
    # pdfium may give a sign beyond U+FFFF as its two surrogates.
    text = "".join(sign for sign, _ in run).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    if text := clean(text):
        lefts, bottoms, rights, tops = zip(*(edges for _, edges in run), strict=True)
        yield Word(text, min(lefts), min(bottoms), max(rights), max(tops))


def _beside(words: Sequence[Word], word: Word) -> bool:
    """Whether ``word`` goes on the line of ``words``."""
    last = words[-1]
    level = (
        last.bottom <= (word.bottom + word.top) / 2 <= last.top
        or word.bottom <= (last.bottom + last.top) / 2 <= word.top
    )
    return level and word.left >= words[0].left


def _written(found: Sequence[Sequence[Line]], known: frozenset[str]) -> tuple[str, tuple[Box, ...]]:
    """The text of the paragraphs, and the box of each word in it."""
    pieces: list[str] = []
    boxes: list[Box] = []
    place = 0
    for lead, page, word in _pieces(found, known):
        start = place + len(lead)
        place = start + len(word.text)
        pieces += (lead, word.text)
        boxes.append(Box(start, place, page, word.left, word.bottom, word.right, word.top))
    return "".join(pieces), tuple(boxes)


def _pieces(found: Sequence[Sequence[Line]], known: frozenset[str]) -> Iterator[tuple[str, int, Word]]:
    """Each word with its page, and what stands between it and the word before."""
    lead = ""
    for paragraph in found:
        before: Line | None = None
        for line in paragraph:
            lead = lead if before is None else _between(before, line, known)
            for cell in cells(line):
                for word in cell:
                    yield lead, line.page, word
                    lead = " "
                lead = " | "
            before = line
        lead = ("-" if before is not None and before.broken else "") + "\n\n"


def _between(before: Line, line: Line, known: frozenset[str]) -> str:
    """What joins two lines of one paragraph."""
    last, first = before.words[-1].text, line.words[0].text
    if before.broken:
        return "-" if hyphen_between(last, first, known) else ""
    return "" if len(last) > 1 and last[-1] in "-‐" and last[-2].isalnum() else " "
