"""What holds for any claims: order of adding, days, echoes, and what analysts judged."""

import datetime
import random

from hypothesis import given
from hypothesis import strategies as st

from onrecord.series.blocks import measure_block, number_block
from onrecord.series.collate import together
from onrecord.series.judged import Ruling
from onrecord.series.sketches import likeness, sketch
from onrecord.series.standing import summary
from onrecord.values import Point
from series.points import DAY, Given, told

days = st.integers(0, 40).map(lambda days: DAY + datetime.timedelta(days=days))


@st.composite
def claims(draw: st.DrawFn) -> list[Point]:
    """Up to 25 claims about few things by few sources, some of them in one report."""
    count = draw(st.integers(1, 25))
    made = []
    for number in range(count):
        low = draw(st.sampled_from([3.0, 9.0, 12.0, 3085.0, 3354.0]))
        open_ = draw(st.booleans())
        report = draw(st.integers(0, 9))
        made.append(
            Given(
                f"c{number:02}", low=low, exact=not open_, said=DAY + datetime.timedelta(days=report * 4),
                document=f"d{report}", order=number,
                type=draw(st.sampled_from(["killed", "wounded", "casualties"])),
                status=draw(st.sampled_from(["asserted", "asserted", "possible", "planned", "denied"])),
                source=draw(st.sampled_from(["Ministry", "Hospital", "Police", None])),
                where=draw(st.sampled_from(["place:1", "country:UA", None])),
                running=draw(st.booleans()), moved=draw(st.booleans()),
                mode=draw(st.sampled_from(["count", "count", "more"])),
                cause=draw(st.sampled_from(["violence", "earthquake", None])),
            ).point()
        )  # fmt: skip
    return made


@given(claims(), st.randoms(use_true_random=False))
def test_the_order_of_adding_changes_nothing(points: list[Point], dice: random.Random) -> None:
    shuffled = list(points)
    dice.shuffle(shuffled)
    assert together(points) == together(shuffled)


@given(claims(), days)
def test_what_was_known_on_a_day_is_what_came_until_then(points: list[Point], day: datetime.date) -> None:
    """The links known on a day are those whose later claim was known, whatever came after."""
    said = {point.claim: point.said for point in points}
    known = together([point for point in points if point.said <= day])
    later = together(points)
    assert {link for link in later.links if said[link.later] <= day} == set(known.links)


@given(claims())
def test_every_claim_with_a_figure_is_in_one_series(points: list[Point]) -> None:
    found = [point.claim for series in together(points).series for point in series.points]
    assert sorted(found) == sorted(point.claim for point in points)


@given(claims())
def test_no_link_runs_backwards_and_no_echo_repeats_an_echo(points: list[Point]) -> None:
    said = {point.claim: point.said for point in points}
    links = together(points).links
    echoes = {link.later for link in links if link.relation == "echoes"}
    for link in links:
        assert said[link.earlier] <= said[link.later]
        assert link.earlier != link.later
        if link.relation == "echoes":
            assert link.earlier not in echoes
            assert link.earlier_document != link.later_document


@given(claims())
def test_links_stay_within_a_block(points: list[Point]) -> None:
    """So a new report touches only the blocks of its own claims."""
    of = {p.claim: {measure_block(p.measure), number_block(p.measure)} for p in points}
    for link in together(points).links:
        sums = {p.measure.mode for p in points if p.claim in (link.earlier, link.later)} == {"more", "count"}
        assert of[link.earlier] & of[link.later] or sums


@given(claims())
def test_numbers_of_a_summary_were_said(points: list[Point]) -> None:
    """No midpoint, no average."""
    for series in together(points).series:
        line = summary(series)
        numbers = {point.measure.number for point in series.points}
        assert {line.low, line.high} - {None} <= numbers


@given(claims(), st.data())
def test_two_claims_that_were_judged_apart_share_nothing(points: list[Point], data: st.DataObject) -> None:
    if len(points) < 2:
        return
    one, other = data.draw(st.permutations([point.claim for point in points]))[:2]
    grouping = together(points, [Ruling("apart", (one, other))])
    assert not {f"{r} {one} {other}" for r in ("echoes", "revises")} & told(grouping.links)
    assert all(not {one, other} <= {p.claim for p in series.points} for series in grouping.series)


@given(claims(), st.data())
def test_merged_series_are_one_and_split_claims_are_another(points: list[Point], data: st.DataObject) -> None:
    if len(points) < 2:
        return
    one, other = data.draw(st.permutations([point.claim for point in points]))[:2]
    merge = Ruling("merge", (one, other))
    assert any({one, other} <= {p.claim for p in series.points} for series in together(points, [merge]).series)
    series = together(points, [merge, Ruling("split", (other,))]).series
    assert [[p.claim for p in found.points] for found in series if other in {p.claim for p in found.points}] == [
        [other]
    ]


words = st.lists(
    st.sampled_from(
        ["the", "army", "said", "twelve", "people", "were", "killed", "near", "a", "town", "on", "monday", "by", "two"]
    ),
    min_size=12,
)


@given(words)
def test_a_text_is_wholly_like_itself(text: list[str]) -> None:
    data = sketch(" ".join(text))
    assert data is not None
    assert likeness(data, data) == 1
    assert sketch(" ".join(text).upper()) == data
