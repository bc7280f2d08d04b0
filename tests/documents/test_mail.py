"""Messages: their text, what is attached to them, and messages made to do harm."""

import datetime
import email.policy
import io
import random
from email.message import EmailMessage

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.make_pdf import column, pdf
from onrecord.documents import Options
from onrecord.documents.mail import read_mail
from onrecord.documents.options import Failure
from onrecord.documents.wrapped import flowed, unwrapped
from onrecord.values import Capture, Document, DocumentError

SENTENCE = "The ministry said on Monday that five soldiers were killed near the river."
DATE = "Mon, 17 Jun 2024 23:30:00 -0500"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


def message(text: str | None = SENTENCE, *, subject: str = "Five killed near the river") -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = subject
    mail["From"] = "Press Desk <press@ministry.example>"
    mail["Date"] = DATE
    mail["Message-ID"] = "<1@ministry.example>"
    if text is not None:
        mail.set_content(text, cte="8bit")
    return mail


def read(mail: EmailMessage | bytes, options: Options | None = None) -> list[Document | Failure]:
    body = mail if isinstance(mail, bytes) else mail.as_bytes(policy=email.policy.SMTP)
    return list(read_mail(Capture(source="desk.eml", body=body, kind="mail"), options or Options()))


def only(mail: EmailMessage | bytes, options: Options | None = None) -> Document:
    [document] = read(mail, options)
    assert isinstance(document, Document)
    return document


def told(data: bytes) -> list[str]:
    """What the error and the failures say, if there are any."""
    try:
        return [found.message for found in read(data) if isinstance(found, Failure)]
    except DocumentError as error:
        return [str(error)]


def test_a_message_is_a_document() -> None:
    document = only(message(f"{SENTENCE}\n\n> Were there more?\n\nNo.\n-- \nThe press desk"))
    assert document.text == f"{SENTENCE}\n\n> Were there more?\n\nNo.\n-- \nThe press desk\n"
    assert document.title == "Five killed near the river"
    assert document.publisher == "Press Desk"
    assert document.published == datetime.date(2024, 6, 17)
    assert (document.url, document.source) == (None, "desk.eml")


def test_options_win() -> None:
    day = datetime.date(2024, 6, 18)
    document = only(message(), Options(title="T", publisher="P", published=day))
    assert (document.title, document.publisher, document.published) == ("T", "P", day)


@pytest.mark.parametrize(
    ("header", "field", "value"),
    [
        (b"Subject: =?utf-8?q?F=C3=BCnf_?=\r\n =?utf-8?q?Soldaten?=", "title", "Fünf Soldaten"),
        (b"Subject: =?utf-9?q?F=C3?= =?utf-8?b?!!!?=", "title", "=?utf-9?q?F=C3?= =?utf-8?b?!!!?="),
        (b"Subject:", "title", None),
        (b"From: press@ministry.example", "publisher", None),
        (b"From: \"press@ministry.example\" <press@ministry.example>", "publisher", None),
        (b"From: =?iso-8859-1?q?Fran=E7ois?= <f@x.example>", "publisher", "François"),
        (b"From: (((", "publisher", None),
        (b"Date: someday", "published", None),
        (b"Date: 31 Feb 2024 12:00:00 +0000", "published", None),
        (b"Date: 1 Jan 2024 00:30:00 +0900", "published", datetime.date(2024, 1, 1)),
    ],
)  # fmt: skip
def test_headers(header: bytes, field: str, value: object) -> None:
    assert getattr(only(header + b"\r\nMIME-Version: 1.0\r\n\r\n" + SENTENCE.encode()), field) == value


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-8", "windows-1252", "us-ascii", "unheard-of"])
def test_character_sets(charset: str) -> None:
    codec = charset if charset in ("iso-8859-1", "windows-1252") else "utf-8"
    head = f"Subject: x\r\nContent-Type: text/plain; charset={charset}\r\n\r\n"
    assert only(head.encode() + "Fünf Männer".encode(codec)).text == "Fünf Männer"


def test_the_plain_form_comes_before_the_page() -> None:
    mail = message()
    mail.add_alternative(f"<html><body><p>Other form: {SENTENCE}</p></body></html>", subtype="html")
    assert only(mail).text == SENTENCE + "\n"


def test_a_page_alone_is_read_as_a_page() -> None:
    mail = message(None)
    mail.set_content(f"<html><body><p>{SENTENCE}</p><p>{SENTENCE} So it said.</p></body></html>", subtype="html")
    assert only(mail).text == f"{SENTENCE}\n\n{SENTENCE} So it said."


def test_attached_reports_are_documents() -> None:
    word = io.BytesIO()
    report = docx.Document()
    report.add_paragraph("From the Word file.")
    report.save(word)
    mail = message()
    mail.add_attachment(pdf(column(["From the PDF."])), "application", "pdf", filename="../../tmp/re\u202eport.pdf")
    mail.add_attachment(word.getvalue(), "application", "octet-stream", filename="report.docx")
    mail.add_attachment("From a text.", filename="notes.txt")
    mail.add_attachment(b'{"text": "From a record."}', "application", "json", filename="notes.json")
    found = read(mail)
    assert [each.text.strip() for each in found if isinstance(each, Document)] == [
        SENTENCE, "From the PDF.", "From the Word file.", "From a text.", "From a record.",
    ]  # fmt: skip
    assert [each.source for each in found][2:4] == ["desk.eml!report.docx", "desk.eml!notes.txt"]
    assert "/" not in str(found[1].source)
    assert str(found[1].source).isprintable()


def test_pictures_in_the_text_are_passed_over_and_other_attachments_told() -> None:
    mail = message()
    mail.add_related(PNG, "image", "png", cid="<logo>")
    mail.make_mixed()
    mail.add_attachment(PNG, "image", "png", filename="map.png")
    mail.add_attachment(b"PK\x03\x04" + b"\x00" * 60, "application", "zip", filename="all.zip")
    document, picture, archive = read(mail)
    assert isinstance(document, Document)
    assert isinstance(picture, Failure)
    assert picture.message.startswith("desk.eml!map.png: looks like PNG image data")
    assert isinstance(archive, Failure)


def test_forwarded_messages_are_documents_of_their_own() -> None:
    mail = message("See below.")
    mail.add_attachment(message("From the field: two fell.", subject="Field report"))
    outer, inner = read(mail)
    assert isinstance(outer, Document)
    assert isinstance(inner, Document)
    assert (inner.title, inner.text, inner.source) == ("Field report", "From the field: two fell.\n", "desk.eml!part 1")


def test_messages_in_messages_end_somewhere() -> None:
    mail = message("Level 0.")
    for level in range(1, 8):
        outer = message(f"Level {level}.")
        outer.add_attachment(mail)
        mail = outer
    *documents, last = read(mail)
    assert [each.text for each in documents if isinstance(each, Document)] == [f"Level {i}.\n" for i in (7, 6, 5, 4)]
    assert isinstance(last, Failure)
    assert "more than 4 messages deep" in last.message


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"Subject: x\r\nMIME-Version: 1.0\r\n\r\n", "is a message without text;"),
        (b"Subject: x\r\nMIME-Version: 1.0\r\n\r\n \r\n", "is a message without text;"),
        (b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\n\r\nx\r\n" * 1_001, "than 1,000 parts"),
        (b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (i, i) for i in range(1_001)),
         "is a message of 1,001 multiparts"),
        (b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (i, i) for i in range(990)),
         "is a message nested too deeply"),
    ],
)  # fmt: skip
def test_what_cannot_be_read(data: bytes, words: str) -> None:
    with pytest.raises(DocumentError) as error:
        read(data)
    assert words in str(error.value)


def test_a_message_of_binary_data_is_a_failure() -> None:
    [found] = read(b"Subject: x\r\nMIME-Version: 1.0\r\n\r\n" + bytes(range(1, 9)) * 50)
    assert isinstance(found, Failure)


WRAPPED = (
    "The ministry said on Monday that five soldiers were killed near the\n"
    "river and two more were missing. The search went on.\n"
)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (WRAPPED, WRAPPED.replace("the\nriver", "the river")),
        (f"{WRAPPED}\n{WRAPPED}", f"{WRAPPED}\n{WRAPPED}".replace("the\nriver", "the river")),
        ("Dear all,\nfive fell.\nYours", "Dear all,\nfive fell.\nYours"),
        ("> " + WRAPPED.replace("\n", "\n> "), "> " + WRAPPED.replace("\n", "\n> ")),
        (f"{SENTENCE * 3}\nShort.\n", f"{SENTENCE * 3}\nShort.\n"),
    ],
)
def test_lines_that_a_program_wrapped_are_whole_again(text: str, whole: str) -> None:
    assert unwrapped(text) == whole


def test_flowed_text_is_whole_again() -> None:
    assert flowed("Five \nsoldiers fell.\n> who \n> said\n-- \nDesk", joined=False) == (
        "Five soldiers fell.\n> who\n> said\n--\nDesk"
    )
    assert flowed("sol \ndiers\n From here", joined=True) == "soldiers\nFrom here"


@given(st.text(st.sampled_from("ab >-\n"), max_size=400))
def test_unwrapping_changes_white_space_only(text: str) -> None:
    assert unwrapped(text).split() == text.split()
    assert flowed(text, joined=False).replace(" ", "").replace("\n", "") == text.replace(" ", "").replace("\n", "")


WHOLE = message()
WHOLE.add_alternative(f"<html><body><p>{SENTENCE}</p></body></html>", subtype="html")
WHOLE.add_attachment("From a tëxt.", filename="nötes.txt")
WHOLE.add_attachment(message("Inner."))
SNIPPETS = (
    b"=?",
    b"?=",
    b"\x00",
    b"\xff",
    b"\r\n",
    b'"',
    b";",
    b"--",
    b"<",
    b"99999999999",
    b"charset=",
    b"*0*=",
    b"%",
)


@given(st.integers(0, 2**32))
def test_damaged_messages_give_documents_or_failures(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(WHOLE.as_bytes())
    for _ in range(chance.choice((1, 3, 30))):
        at = chance.randrange(len(data))
        data[at : at + chance.randrange(3)] = chance.choice(SNIPPETS)
    assert all("\n" not in line for line in told(bytes(data)))


@given(st.binary(max_size=300))
def test_any_bytes_after_a_header(data: bytes) -> None:
    for head in (b"Subject: ", b"From: ", b"Date: ", b"Content-Type: ", b"Content-Disposition: ", b"\r\n"):
        assert all("\n" not in line for line in told(b"MIME-Version: 1.0\r\n" + head + data + b"\r\n\r\n" + data))
