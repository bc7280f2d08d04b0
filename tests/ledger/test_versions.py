"""Versions of a page: what is shown once, what was known when, and that the order of adding does not matter."""

import datetime
import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.reports import BLAST, LATER, MARCH, figures, harvest, write
from onrecord.ledger import Counts, Harvest, Ledger
from onrecord.ledger.changes import compare
from onrecord.ledger.doctor import examine
from onrecord.values import RequestError

URL = "https://okapi.example/goma"
DAY = datetime.timedelta(days=1)
FIRST = harvest(BLAST, url=URL, published=datetime.date(2025, 3, 27))
SECOND = harvest(LATER, url=URL, published=datetime.date(2025, 3, 27), fetched=MARCH + 2 * DAY)
BACK = harvest(
    BLAST.replace("on Monday", "on Tuesday"), url=URL, published=datetime.date(2025, 3, 27), fetched=MARCH + 4 * DAY
)


def test_what_stays_in_a_page_is_shown_once(ledger: Ledger) -> None:
    write(ledger, FIRST, SECOND)
    assert sorted(figures(ledger.claims())) == ["12 people", "8 people", "Five others"]
    assert sorted(figures(ledger.claims(repeats=True))) == ["12 people", "8 people", "Five others", "Five others"]


def test_what_comes_back_is_a_claim_of_its_own(ledger: Ledger) -> None:
    write(ledger, FIRST, SECOND, BACK)
    assert sorted(figures(ledger.claims())) == ["12 people", "8 people", "8 people", "Five others"]


def test_a_changed_page_was_known_when_it_was_seen_changed(ledger: Ledger) -> None:
    write(ledger, FIRST, SECOND)
    shown = {day: sorted(figures(ledger.claims(as_of=datetime.date(2025, 3, day)))) for day in (26, 27, 28, 29)}
    first = ["8 people", "Five others"]
    assert shown == {26: [], 27: first, 28: first, 29: ["12 people", *first]}
    assert [len(list(ledger.documents(as_of=datetime.date(2025, 3, day)))) for day in (26, 27, 29)] == [0, 1, 2]


def test_a_report_without_a_day_is_known_from_its_capture(ledger: Ledger) -> None:
    write(ledger, harvest(BLAST, url=URL))
    assert ledger.claims(as_of=MARCH.date() - DAY).count() == 0
    assert ledger.claims(as_of=MARCH.date()).count() == 2


def test_what_was_stated_later_takes_the_place_of_the_same_text(ledger: Ledger) -> None:
    write(ledger, harvest(BLAST))
    write(ledger, harvest(BLAST, published=datetime.date(2025, 3, 27)))
    assert [entry.document.published for entry in ledger.claims()] == [datetime.date(2025, 3, 27)] * 2


def test_the_ledger_as_it_stood(ledger: Ledger) -> None:
    moments = [datetime.datetime(2026, 1, day, tzinfo=datetime.UTC) for day in range(1, 7)]
    write(ledger, harvest(BLAST, version="rules/1"), now=moments[1])
    write(ledger, harvest(BLAST, version="rules/2"), now=moments[3])
    write(ledger, harvest(BLAST, version="rules/2", published=datetime.date(2025, 3, 27)), now=moments[5])
    stood = [
        {(entry.claim.reader, entry.document.published) for entry in ledger.claims(recorded=moment)}
        for moment in moments
    ]
    one, two, three = ("rules/1", None), ("rules/2", None), ("rules/2", datetime.date(2025, 3, 27))
    assert stood == [set(), {one}, {one}, {two}, {two}, {three}]
    assert [len(list(ledger.documents(recorded=moment))) for moment in moments] == [0, 1, 1, 1, 1, 2]


@pytest.mark.parametrize("order", list(itertools.permutations((FIRST, SECOND, BACK))))
def test_the_order_of_adding_does_not_matter(ledger: Ledger, order: tuple[Harvest, ...]) -> None:
    for one in order:
        write(ledger, one)
    assert sorted(figures(ledger.claims())) == ["12 people", "8 people", "8 people", "Five others"]
    days = {entry.document.known_on.isoformat() for entry in ledger.claims(repeats=True)}
    assert days == {"2025-03-27", "2025-03-29", "2025-03-31"}
    assert list(examine(ledger.engine)) == []


def test_changes_are_told_claim_by_claim(ledger: Ledger) -> None:
    write(ledger, FIRST, SECOND, BACK)
    first, second = ledger.changes(URL)
    (change,) = first.changes
    assert (change.kind, change.what) == ("changed", ("figure 8 people → 12 people", "wording"))
    assert (first.unchanged, second.unchanged) == (1, 1)
    assert (first.seen_before, first.seen_after) == (MARCH, MARCH + 2 * DAY)


def test_nothing_changes_in_one_version(ledger: Ledger) -> None:
    write(ledger, FIRST)
    assert ledger.changes(URL) == []
    with pytest.raises(RequestError, match="nothing was captured"):
        ledger.changes("https://elsewhere.example/")


SAID = "Police said 8 people were killed."


@pytest.mark.parametrize(
    ("before", "after", "kinds", "what"),
    [
        (SAID, "Officials said 8 people were killed.", ["changed"], "source police → unnamed officials"),
        (SAID, "Police said 8 people may have been killed.", ["changed"], "status asserted → possible"),
        (SAID, "The market has reopened.", ["gone"], ""),
        ("The market has reopened.", SAID, ["added"], ""),
        (SAID, f"{SAID} Trade has resumed.", [], ""),
    ],
)
def test_a_change_between_two_texts(before: str, after: str, kinds: list[str], what: str) -> None:
    changes, _ = compare(*(
        [claim for claim in harvest(text).readings[0].claims if claim.quantity] for text in (before, after)
    ))  # fmt: skip
    assert [change.kind for change in changes] == kinds
    assert what in " ".join(part for change in changes for part in change.what)


SENTENCES = (
    SAID,
    "Police said 12 people were killed.",
    "The army said 3 tanks were destroyed.",
    "Five others were wounded, officials said.",
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(SENTENCES), max_size=5), st.lists(st.sampled_from(SENTENCES), max_size=5))
def test_every_claim_of_both_versions_is_accounted_for(before: list[str], after: list[str]) -> None:
    old, new = (harvest(" ".join(part) or "Nothing.").readings[0].claims for part in (before, after))
    changes, unchanged = compare(old, new)
    kinds = [change.kind for change in changes]
    assert kinds.count("changed") + kinds.count("gone") + unchanged == len(old)
    assert kinds.count("changed") + kinds.count("added") + unchanged == len(new)
    if before == after:
        assert not changes


def test_a_page_that_comes_back_to_the_same_bytes_stands_there_again(ledger: Ledger) -> None:
    again = harvest(BLAST, url=URL, published=datetime.date(2025, 3, 27), fetched=MARCH + 4 * DAY)
    write(ledger, FIRST)
    write(ledger, SECOND)
    assert write(ledger, again) == Counts(updated=1)
    told = [step.changes[0].what[0] for step in ledger.changes(URL)]
    assert told == ["figure 8 people → 12 people", "figure 12 people → 8 people"]
    size = ledger.size()
    assert size["captures"] == 3
    assert write(ledger, FIRST, SECOND, again) == Counts(unchanged=3)
    assert ledger.size() == {**size, "runs": size["runs"] + 1}
    assert list(examine(ledger.engine)) == []


def test_the_same_words_at_another_place_have_a_history_there(ledger: Ledger) -> None:
    write(ledger, harvest(BLAST, source="/reports/f.txt"))
    write(ledger, harvest(BLAST, source="/reports/g.txt"))
    assert ledger.changes("/reports/g.txt") == []
    write(ledger, harvest(LATER, source="/reports/g.txt"))
    (step,) = ledger.changes("/reports/g.txt")
    assert step.changes[0].what[0] == "figure 8 people → 12 people"
