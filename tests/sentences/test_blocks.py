"""Blocks: every word is in one, in order, none too long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.sentences.blocks import blocks

texts = st.text(st.sampled_from("ab .!?\n\t\u2028é"), max_size=120)


@given(texts, st.integers(4, 40))
def test_blocks_hold_every_word_once_in_order(text: str, longest: int) -> None:
    found = list(blocks(text, longest=longest))
    assert "".join("".join(text[s.start : s.end].split()) for _, s in found) == "".join(text.split())
    assert all(len(span) <= longest for _, span in found)
    ends = [0, *(span.end for _, span in found)]
    assert all(span.start >= end for (_, span), end in zip(found, ends, strict=False))


@given(texts)
def test_a_block_holds_no_line_break_and_no_white_edge(text: str) -> None:
    for _, span in blocks(text):
        words = text[span.start : span.end]
        assert "\n" not in words
        assert words == words.strip()


def test_paragraphs_are_numbered() -> None:
    assert [number for number, _ in blocks("One.\n\nTwo.\n \nThree.")] == [0, 1, 2]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("One two. Three four five.", ["One two.", "Three four", "five."]),
        ("abcdefghijklmnop", ["abcdefghijkl", "mnop"]),
        ("aa bb cc dd ee ff", ["aa bb cc dd", "ee ff"]),
    ],
)
def test_an_overlong_paragraph_is_cut_where_it_hurts_least(text: str, pieces: list[str]) -> None:
    assert [text[s.start : s.end] for _, s in blocks(text, longest=12)] == pieces
