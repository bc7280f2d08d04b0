"""Spans: their laws, on arbitrary text."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.values.span import Quote, Span, hull, quote

offsets = st.integers(0, 50)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(offsets)
    return Span(start, start + draw(offsets))


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, Span]:
    text = draw(st.text(min_size=1))
    start = draw(st.integers(0, len(text)))
    return text, Span(start, draw(st.integers(start, len(text))))


@given(texts_with_spans())
def test_a_quote_holds_the_exact_words(case: tuple[str, Span]) -> None:
    text, span = case
    words = quote(span, text)
    assert words.text == text[span.start : span.end]
    assert text[words.start : words.end] == words.text
    assert words.place == span


@given(spans(), spans())
def test_overlap_is_symmetric_and_bounded(a: Span, b: Span) -> None:
    assert a.overlap(b) == b.overlap(a) <= min(len(a), len(b))


@given(spans(), spans())
def test_what_covers_shares_all_of_the_other(a: Span, b: Span) -> None:
    if a.covers(b):
        assert a.overlap(b) == len(b)


@given(st.lists(spans(), min_size=1))
def test_the_hull_covers_every_span_and_no_more(found: list[Span]) -> None:
    whole = hull(found)
    assert all(whole.covers(span) for span in found)
    assert any(span.start == whole.start for span in found)
    assert any(span.end == whole.end for span in found)


@given(texts_with_spans())
def test_a_quote_survives_json(case: tuple[str, Span]) -> None:
    text, span = case
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return
    words = quote(span, text)
    assert msgspec.json.decode(msgspec.json.encode(words), type=Quote) == words


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (4, 3)])
def test_an_impossible_span_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="0 <= start <= end"):
        Span(start, end)


def test_words_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        Quote(0, 3, "four")


def test_no_spans_have_no_hull() -> None:
    with pytest.raises(ValueError, match="no spans"):
        hull([])


def test_a_span_beyond_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        quote(Span(0, 9), "short")
