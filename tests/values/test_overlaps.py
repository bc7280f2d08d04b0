"""The index finds just what a look at every span finds."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.values.overlaps import Overlaps
from onrecord.values.span import Span

spans = st.builds(lambda start, size: Span(start, start + size), st.integers(0, 2000), st.integers(0, 900))


@given(st.lists(spans, max_size=30), spans)
def test_what_touches_is_found_in_order(found: list[Span], wanted: Span) -> None:
    index = Overlaps((span, i) for i, span in enumerate(found))
    assert index.touching(wanted) == [i for i, span in enumerate(found) if span.overlap(wanted)]
