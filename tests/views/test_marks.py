from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.values import Claim, Figure, Party, Quote
from onrecord.views.marks import Cut, cut
from views.gold_readings import gold_readings
from views.samples import at, claim_at


@st.composite
def texts_and_claims(draw: st.DrawFn) -> tuple[str, list[Claim]]:
    text = draw(st.text(st.sampled_from("ab \n\né军🙂"), max_size=60))
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    claims = []
    for _ in range(draw(st.integers(0, 6))):
        spans = [at(text, *draw(places)) for _ in range(4)]
        figure = Figure(*spans[1], 1, None, False, None, "unknown")
        source = Party(*spans[2], "who")
        claims.append(claim_at(text, *spans[0][:2], quantity=figure, source=source, cue=Quote(*spans[3])))
    return text, claims


def check(text: str, claims: list[Claim], pieces: Cut) -> None:
    """The laws of a cut: nothing lost, every evidence begun once, every place made of its own words."""
    segments = [segment for paragraph in pieces.paragraphs for segment in paragraph.segments]
    whole = "".join("".join(s.text for s in p.segments) + p.after for p in pieces.paragraphs)
    assert whole == text
    assert sorted(index for segment in segments for index in segment.begins) == list(range(len(claims)))
    marked = [segment for segment in segments if segment.number is not None]
    assert [segment.number for segment in marked] == list(range(len(marked)))
    for claim, places in zip(claims, pieces.places, strict=True):
        for kind, first, last in places:
            words = "".join(segment.text for segment in marked[first : last + 1])
            span = {"evidence": claim.evidence, "figure": claim.quantity, "cue": claim.cue}.get(kind, claim.source)
            assert span is not None
            assert words.replace("\n", "") == span.text.replace("\n", "")
            assert all(kind in segment.kinds for segment in marked[first : last + 1])


@given(texts_and_claims())
@settings(deadline=None)
def test_the_laws_hold_however_claims_overlap(given_):
    check(*given_, cut(*given_))


def test_the_laws_hold_for_real_reports():
    for reading in gold_readings():
        pieces = cut(reading.document.text, reading.claims)
        shown = [kinds for kinds in pieces.places if any(kind == "evidence" for kind, *_ in kinds)]
        assert len(shown) == len(reading.claims)


def test_a_figure_belongs_to_its_own_claim_and_other_words_to_the_shortest_evidence():
    text = "Six died and nine were hurt."
    figures = [
        Figure(*at(text, 0, 3), 6, 6, False, None, "unknown"),
        Figure(*at(text, 13, 17), 9, 9, False, None, "unknown"),
    ]
    claims = [
        claim_at(text, 0, 27, quantity=figures[0]),
        claim_at(text, 0, 27, quantity=figures[1]),
        claim_at(text, 4, 8),
    ]
    (paragraph,) = cut(text, claims).paragraphs
    owners = {segment.text: segment.owner for segment in paragraph.segments}
    assert owners == {"Six": 0, " ": 0, "died": 2, " and ": 0, "nine": 1, " were hurt": 0, ".": None}


def test_nested_claims_cost_no_more_segments_than_they_have_ends():
    text = "word " * 2000
    claims = [claim_at(text, n, len(text) - n) for n in range(2000)]
    pieces = cut(text, claims)
    assert sum(len(paragraph.segments) for paragraph in pieces.paragraphs) <= 4001
    assert all(len(places) == 1 for places in pieces.places)
