"""PDF files: text, paragraphs, the place of each word; and files made to do harm."""

import datetime
import gc
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdfium2.internal import ObjectTracker

from documents.make_pdf import Print, column, pdf
from onrecord.documents import Options
from onrecord.documents import pdf as reader
from onrecord.documents.pdf import read_pdf
from onrecord.values import Capture, Document, DocumentError

REPORT = [
    "The ministry said on Monday that five soldiers were killed near the river and that",
    "seven more were wounded when a shell struck their post, the second such loss of the",
    "week.",
    "Two of the wounded were in a grave state, the head of the hospital told reporters in",
    "the city.",
]
PARAGRAPHS = (
    "The ministry said on Monday that five soldiers were killed near the river and that seven more were wounded when a "
    "shell struck their post, the second such loss of the week.\n\n"
    "Two of the wounded were in a grave state, the head of the hospital told reporters in the city."
)


def read(data: bytes, options: Options | None = None) -> Document:
    document = read_pdf(Capture(source="report.pdf", body=data, kind="pdf"), options or Options())
    check_layout(document)
    return document


def check_layout(document: Document) -> None:
    """Every box holds one whole printed word, or one part of a word broken over two lines; in order."""
    place = 0
    for box in document.layout:
        word = document.text[box.start : box.end]
        assert word.split() == [word]
        assert set(document.text[place : box.start]) <= set(" \n|-")
        place = box.end
    assert place == len(document.text)


def told(data: bytes) -> str:
    """What an error says, if there is one."""
    try:
        read(data)
    except DocumentError as error:
        return str(error)
    return ""


def test_paragraphs_end_with_short_lines() -> None:
    assert read(pdf(column(REPORT))).text == PARAGRAPHS


def test_paragraphs_are_set_apart_by_gaps() -> None:
    lines = [*REPORT[:2], "", *REPORT[:2]]
    assert read(pdf(column(lines))).text == f"{REPORT[0]} {REPORT[1]}\n\n{REPORT[0]} {REPORT[1]}"


def test_paragraphs_are_set_apart_by_indentation() -> None:
    full = [line.replace("week.", "week, which was the bloodiest in this part of the front since the spring.")
            for line in REPORT[:3]]  # fmt: skip
    lines = [*column(full), *column(REPORT[3:], left=90, top=760 - 14 * 3)]
    assert read(pdf(lines)).text.count("\n\n") == 1


def test_a_headline_in_larger_print_is_a_paragraph() -> None:
    text = read(pdf([Print("Five soldiers killed", 72, 780, 20), *column(REPORT)])).text
    assert text == f"Five soldiers killed\n\n{PARAGRAPHS}"


def test_a_paragraph_runs_on_over_a_page() -> None:
    text = read(pdf(column(REPORT[:1]), column(REPORT[1:]))).text
    assert text == PARAGRAPHS


def test_columns_come_one_after_the_other() -> None:
    left = ["The ministry said on Monday that", "five soldiers were killed near", "the river and that seven more"]
    right = ["were wounded. The head of the", "hospital told reporters so."]
    text = read(pdf([*column(left), *column(right, left=320)])).text
    assert text == " ".join(left + right)


def test_rows_of_a_table_stay_rows() -> None:
    rows = [Print(text, left, 700 - 14 * i) for i, row in enumerate([("Killed", "5"), ("Wounded", "7")])
            for text, left in zip(row, (72, 300), strict=True)]  # fmt: skip
    assert read(pdf([*column(REPORT[:3]), *rows])).text.endswith("\n\nKilled | 5\n\nWounded | 7")


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        ("the sol-", "diers were killed", "soldiers"),
        ("a North Korean-", "made gun was seen", "Korean-made"),
        ("a Korean-", "American officer said", "Korean-American"),
        ("some twenty-", "five of them fell", "twenty-five"),
        ("a group of 12-", "year veterans said", "12-year"),
        ("a cease-", "fire, this cease-fire being new", "cease-fire"),
        ("a cease-", "fire, this ceasefire being new", "ceasefire"),
        ("he saw a long truck -", "or two, said the man", "truck - or"),
    ],
)
def test_hyphens_at_the_ends_of_lines(before: str, after: str, word: str) -> None:
    assert word in read(pdf(column([before, after]))).text


def test_a_word_broken_over_lines_has_a_box_for_each_part() -> None:
    document = read(pdf(column(["the sol-", "diers were killed"])))
    parts = [document.text[box.start : box.end] for box in document.layout]
    assert parts == ["the", "sol", "diers", "were", "killed"]
    assert document.layout[1].bottom > document.layout[2].top - 1


def test_running_heads_and_page_numbers_go() -> None:
    pages = [
        [Print("The Daily Report, 17 June 2024", 72, 800, 9), *column([f"Part {name} of the report."]),
         Print(f"Page {i} of 4", 280, 30, 9), Print(str(i), 500, 30 + i, 9)]
        for i, name in enumerate(("one", "two", "three", "four"), 1)
    ]  # fmt: skip
    assert read(pdf(*pages)).text == "\n\n".join(f"Part {n} of the report." for n in ("one", "two", "three", "four"))
    assert "The Daily Report" in read(pdf(*pages[:2])).text


@pytest.mark.parametrize(
    ("turn", "place"),
    [(0, (50, 645, 116, 669)), (90, (645, 479, 669, 545)), (180, (479, 173, 545, 197)), (270, (173, 50, 197, 116))],
)
def test_boxes_lie_where_the_words_are_shown(turn: int, place: tuple[int, ...]) -> None:
    first = column(["Nothing yet."])
    second = [Print("Gunfire", 50, 650, 20), Print("and then", 300, 100, 20)]
    document = read(pdf(first, second, page=f"/Rotate {turn}"))
    box = next(box for box in document.layout if document.text[box.start : box.end] == "Gunfire")
    assert box.page == 2
    assert (box.left, box.bottom, box.right, box.top) == pytest.approx(place, abs=2)


def test_boxes_count_from_the_corner_that_is_shown() -> None:
    [box, _] = read(pdf([Print("Five fell", 100, 700)], page="/CropBox [40 60 500 800]")).layout
    assert abs(box.left - 60) < 1
    assert box.bottom < 640 < box.top


@pytest.mark.parametrize(
    ("info", "title"),
    [
        ("/Title (Five soldiers killed near the river)", "Five soldiers killed near the river"),
        ("/Title (Microsoft Word - report.doc)", None),
        ("/Title (final report 2.indd)", None),
        ("/Title (untitled)", None),
        ("/Title ()", None),
        ("/Title <FEFFD8000020D800>", None),
    ],
)
def test_titles(info: str, title: str | None) -> None:
    assert read(pdf(column(REPORT), info=info)).title == title


def test_a_first_paragraph_that_repeats_the_title_goes() -> None:
    lines = [Print("Five soldiers killed", 72, 790, 20), *column(REPORT)]
    assert read(pdf(lines, info="/Title (Five Soldiers Killed)")).text == PARAGRAPHS


def test_options_win_and_the_day_of_the_file_is_not_the_day_of_the_report() -> None:
    data = pdf(column(REPORT), info="/Title (Five soldiers killed) /CreationDate (D:20240617120000Z)")
    assert read(data).published is None
    day = datetime.date(2024, 6, 18)
    document = read(data, Options(title="T", publisher="P", published=day))
    assert (document.title, document.publisher, document.published) == ("T", "P", day)


def test_scripts_are_left_alone() -> None:
    script = "/OpenAction << /Type /Action /S /JavaScript /JS (app.alert\\(1\\); this.exportDataObject\\(\\);) >>"
    assert read(pdf(column(REPORT), catalog=script)).text == PARAGRAPHS


LOCKED = "<< /Filter /{} /V 1 /R 2 /P -4 /O <{}> /U <{}> >>"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7\nnothing", "is a broken PDF; save or fetch it anew"),
        (pdf([]), "is a PDF without text, perhaps with pictures of text; give the text itself"),
        (pdf(), "is a broken PDF; save or fetch it anew"),
        (
            pdf(column(REPORT), extra=[LOCKED.format("Standard", "00" * 32, "11" * 32)],
                trailer="/Encrypt 4 0 R /ID [<00> <00>]"),
            "is a PDF that needs a password; save it without one",
        ),
        (
            pdf(column(REPORT), extra=[LOCKED.format("Unheard", "00" * 32, "11" * 32)],
                trailer="/Encrypt 4 0 R /ID [<00> <00>]"),
            "is a PDF encrypted in an unknown way; save it without encryption",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_read(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError) as error:
        read(data)
    assert str(error.value) == message


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf(*[column(REPORT)] * 3)
    monkeypatch.setattr(reader, "MAX_PAGES", 2)
    with pytest.raises(DocumentError, match="has 3 pages; a report may have 2; split it"):
        read(data)
    monkeypatch.setattr(reader, "MAX_PAGES", 3)
    monkeypatch.setattr(reader, "MAX_CHARACTERS", 300)
    with pytest.raises(DocumentError, match="characters; split it"):
        read(data)


def test_everything_is_closed() -> None:
    read(pdf(*[column(REPORT)] * 3))
    with pytest.raises(DocumentError):
        read(pdf([]))
    gc.collect()
    assert not any(ObjectTracker.values())


WORDS = st.text(st.sampled_from("abcXYZ019.,;:()-'é€\\"), min_size=1, max_size=12)
PRINT = st.builds(Print, st.lists(WORDS, min_size=1, max_size=8).map(" ".join), st.integers(0, 500),
                  st.integers(0, 800), st.sampled_from((8, 12, 20)))  # fmt: skip


@given(st.lists(st.lists(PRINT, max_size=6), min_size=1, max_size=4))
def test_any_print_keeps_its_words_and_their_places(pages: list[list[Print]]) -> None:
    assert "\n" not in told(pdf(*pages))


@given(st.integers(0, 2**32))
def test_damaged_files_give_documents_or_errors(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(pdf(column(REPORT), column(REPORT)))
    for _ in range(chance.choice((1, 3, 30))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    assert "\n" not in told(bytes(data))
