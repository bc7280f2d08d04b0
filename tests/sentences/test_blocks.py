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


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("KABUL, Oct 8 (AFP) - At least 120 people died.", "KABUL, Oct 8 (AFP) -"),
        ("VALENCIA (Reuters) – At least 205 people died.", "VALENCIA (Reuters) –"),
        ("Tokyo, Jan. 25 — Jets took off.", "Tokyo, Jan. 25 —"),
        ("RIO DE JANEIRO – What began at dawn ended.", "RIO DE JANEIRO –"),
        ("GENEVA, 3 May 2024 (IPS) -- More than 2,000 died.", "GENEVA, 3 May 2024 (IPS) --"),
        ("The war - now in its third year - goes on.", None),
        ("Moscow-backed forces advanced.", None),
        ("UN-led talks began.", None),
        ("Police: 12 dead.", None),
        ("A-10 jets – four in all – took off.", None),
    ],
)
def test_a_dateline_stands_by_itself(text: str, dateline: str | None) -> None:
    first = next(span for _, span in blocks(text))
    assert text[first.start : first.end] == (dateline or text)
