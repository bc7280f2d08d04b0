"""Decoding and cleaning: what changes, what stays, and what is refused rather than guessed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.site_on_loopback import cases, only_failure, read_bytes
from onrecord.documents.clean import clean, decode
from onrecord.documents.encoding import declared_in
from onrecord.values import Document, DocumentError

ENCODINGS = cases("documents_encoding.toml")


@pytest.mark.parametrize("case", cases("documents_clean.toml"), ids=lambda case: case["name"])
def test_cleaning(case: dict[str, Any]) -> None:
    assert clean(case["before"]) == case.get("after", case["before"])


@given(st.text(st.characters()))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    once.encode("utf-8")
    assert not {"\x00", "\r", "\ufeff"} & set(once)


@pytest.mark.parametrize("case", ENCODINGS, ids=lambda case: f"{case['codec']}-{case['text'][:8]}")
def test_encodings(case: dict[str, Any]) -> None:
    found = read_bytes(case["text"].encode(case["codec"]))
    if "fails" in case:
        assert case["fails"] in only_failure(found)
    else:
        assert [getattr(document, "text", document) for document in found] == [case["text"]]


def test_broken_utf8_is_refused_with_its_offset() -> None:
    message = only_failure(read_bytes("Fünf Tote, sagte é".encode() + b"\xff und mehr"))
    assert "is broken UTF-8 (byte 0xFF at offset 20, one of 1 broken bytes)" in message


def test_a_text_cut_in_the_middle_of_a_character_is_refused() -> None:
    assert "is broken UTF-8" in only_failure(read_bytes("“Five” were killed – café €".encode()[:-1]))


@pytest.mark.parametrize(
    ("declared", "codec"),
    [("iso-8859-2", "iso8859-2"), ("windows-1250", "cp1250"), ("Shift_JIS", "cp932"), ("KOI8-U", "koi8-u")],
)
def test_a_declared_charset_decides_what_could_not_be_told(declared: str, codec: str) -> None:
    text = {"iso8859-2": "żołnierzy", "cp1250": "żołnierzy", "cp932": "国防省", "koi8-u": "війна"}[codec]
    assert decode(text.encode(codec), declared=declared) == text


@pytest.mark.parametrize("declared", ["idna", "unicode_escape", "zip", "rot13", "no such", "\x00", "", "utf-7"])
def test_a_senseless_charset_is_not_heard(declared: str) -> None:
    assert decode("The café said “no”.".encode("cp1252"), declared=declared) == "The café said “no”."


def test_bytes_that_break_their_declared_charset_are_refused() -> None:
    with pytest.raises(DocumentError, match="nor all cp932"):
        decode(b"\x93\xfa\x96\xff\xff\xfe\xfd", declared="shift_jis")


def test_utf8_wins_over_what_a_page_declares() -> None:
    assert decode("café – żołnierzy".encode(), declared="iso-8859-1") == "café – żołnierzy"


@pytest.mark.parametrize(
    "tag",
    [
        b'<meta charset="ISO-8859-2">',
        b"<META CHARSET=iso-8859-2>",
        b'<meta http-equiv="x" content="a; charset=ISO-8859-2">',
    ],
)
def test_the_charset_of_a_page(tag: bytes) -> None:
    assert (declared_in(b"<html><head>" + tag) or "").lower() == "iso-8859-2"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_utf8_text_comes_back_as_cleaned(text: str) -> None:
    assert decode(text.encode("utf-8-sig")) == text


@given(
    st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), min_size=3).filter(lambda t: not t.isspace())
)
def test_text_with_a_byte_order_mark_is_never_mistaken(text: str) -> None:
    for codec in ("utf-16", "utf-32"):
        for found in read_bytes(("Report: " + text).encode(codec)):
            assert not isinstance(found, Document) or found.text == clean("Report: " + text)
