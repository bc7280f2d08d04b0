"""Searching: what questions find, on both databases alike, and that no question does harm."""

import datetime
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import postgres
from ledger.reports import figures, harvest, write
from onrecord.ledger import Ledger
from onrecord.ledger.search import query
from onrecord.ledger.search.match import fts5, plan, tsquery
from onrecord.ledger.search.query import ALL, Between, Condition, During, OneOf, Words, parse
from onrecord.ledger.search.words import words
from onrecord.values import RequestError

DATA = tomllib.loads((Path(__file__).parents[1] / "cases" / "search.toml").read_text("utf-8"))
REPORTS = [
    harvest(report.pop("text"), source=f"/reports/{report['id']}.txt", **report)
    for report in ({**report} for report in DATA["report"])
]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger with the reports of the cases."""
    place = str(tmp_path_factory.mktemp("search") / "onrecord.db")
    if request.param == "postgresql":
        place = postgres.database(request.getfixturevalue("postgres_url"), f"search_{id(request)}")
    with Ledger.create(place) as ledger:
        write(ledger, *REPORTS)
        yield ledger


@pytest.mark.parametrize("case", DATA["case"], ids=lambda case: case["ask"] or "everything")
def test_a_question_finds(case: dict[str, Any], filled: Ledger) -> None:
    assert sorted(figures(filled.claims(case["ask"]))) == sorted(case["finds"])
    assert filled.claims(case["ask"]).count() == len(case["finds"])


def test_the_newest_report_comes_first_and_one_without_a_day_last(filled: Ledger) -> None:
    days = [entry.document.published for entry in filled.claims()]
    assert days == sorted(days, key=lambda day: day or datetime.date.min, reverse=True)
    assert days[-1] is None


VALUES = (
    "killed", "8", "people", '"north korea"', "troop*", "2025-03", ">=40", "8..40", "Yonhap", "russia", "drone", "r4",
    "asserted", "police", "1", "deployment", "2024", ">2025-01-01", "country", "total", "8,40",
)  # fmt: skip
NAMES = ["", *(f"{name}:" for name in ALL)]
PARTS = st.tuples(st.sampled_from(["", "-"]), st.sampled_from(NAMES), st.sampled_from(VALUES))
ASKED = st.lists(PARTS.map("".join), min_size=1, max_size=4).map(" ".join)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, postgres_url: str) -> Iterator[tuple[Ledger, Ledger]]:
    """The same ledger twice."""
    places = (str(tmp_path_factory.mktemp("both") / "x.db"), postgres.database(postgres_url, "search_both"))
    with Ledger.create(places[0]) as one, Ledger.create(places[1]) as other:
        for ledger in (one, other):
            write(ledger, *REPORTS)
        yield one, other


@given(asked=ASKED)
def test_both_databases_give_the_same(both: tuple[Ledger, Ledger], asked: str) -> None:
    try:
        conditions = parse(asked)
    except RequestError:
        return
    found = [[(entry.claim.id, entry.document.id) for entry in ledger.claims(asked)] for ledger in both]
    assert found[0] == found[1]
    if len(conditions) == 1 and not conditions[0].negated:
        rest = {entry.claim.id for entry in both[0].claims(f"-{asked}")}
        everything = {entry.claim.id for entry in both[0].claims()}
        assert rest == everything - {identity for identity, _ in found[0]}


@given(asked=st.text(max_size=80) | st.text("\"*-:()'\\&|!<>.,·$ aA1\x00\n", max_size=40))
def test_any_text_may_be_asked(both: tuple[Ledger, Ledger], asked: str) -> None:
    try:
        found = [[entry.claim.id for entry in ledger.claims(asked)] for ledger in both]
    except RequestError:
        return
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("weapon:tank", "there is no field 'weapon'"),
        ("type:murder", "'murder' is no type"),
        ("low:many", "low:many is no number"),
        ("said:yesterday", "said:yesterday is no date"),
        ("said:2025-13", "is no date"),
        ("said:2025-02-30", "is no date"),
        ("x" * 3_000, "3,000 characters"),
        ("low:5..2", "turn it round"),
        ("said:2025-05..2025-01", "turn it round"),
        ("*", "no word to search by"),
        ('source:""', "no word to search by"),
        ("a " * 100, "100 parts"),
    ],
)
def test_a_question_that_is_none_says_so(asked: str, says: str) -> None:
    with pytest.raises(RequestError, match=says.replace("(", r"\(")):
        parse(asked)


@pytest.mark.parametrize(
    ("asked", "means"),
    [
        ("killed", Words(None, ("killed",), written="killed")),
        ('"3,000 more"', Words(None, ("3000", "more"), written="3,000 more")),
        ("how*", Words(None, ("how",), True, "how")),
        ("source:NIS", Words("source", ("nis",), written="NIS")),
        ("TYPE:Killed", OneOf("type", ("killed",))),
        ("low:>=40", Between("low", 40, float("inf"))),
        ("low:<3k", Between("low", float("-inf"), 3_000, below=True)),
        ("high:12..15", Between("high", 12, 15)),
        ("low:3,000", Between("low", 3_000, 3_000)),
        ("3,000", Words(None, ("3000",), written="3,000")),
        ("said:>9999", During("said", datetime.date.max, datetime.date.max)),
        ("low:2.5m", Between("low", 2_500_000, 2_500_000)),
        ("said:2025-02", During("said", datetime.date(2025, 2, 1), datetime.date(2025, 2, 28))),
        ("said:..2024", During("said", datetime.date.min, datetime.date(2024, 12, 31))),
        ("said:<2025-03-01", During("said", datetime.date.min, datetime.date(2025, 2, 28))),
        ("http://a.example/x", Words(None, ("http", "a", "example", "x"), written="http://a.example/x")),
    ],
)
def test_a_question_means(asked: str, means: query.Test) -> None:
    assert parse(asked) == (Condition((means,)),)
    assert parse(f"-{asked}") == (Condition((means,), negated=True),)


def test_nothing_of_a_question_becomes_a_part_of_the_index_language() -> None:
    conditions = parse("""x' OR 1=1 --a "a" NEAR(b) source:"'; DROP TABLE claims" c*d""")
    for sqlite in (True, False):
        indexed = plan(conditions, sqlite=sqlite).indexed
        for one in (fts5(indexed), tsquery(indexed)):
            assert not set(one) & set(";=\\")
            assert "--" not in one


def test_what_is_known_by_a_name_is_found_by_its_kind(ledger: Ledger) -> None:
    text = "The ministry said that Russia lost 3 T-72 tanks and 2 BM-21 Grad launchers."
    write(ledger, harvest(text))
    assert figures(ledger.claims("object:tank"))
    assert set(figures(ledger.claims("object:T-72"))) <= set(figures(ledger.claims("object:tank")))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3,000 more", ["3000", "more"]),
        ("1,5 und 12,345,678", ["1", "5", "und", "12345678"]),
        ("Zélénskÿ’s café", ["zelensky", "s", "cafe"]),
        ("e\u0301tat STRASSE Straße", ["etat", "strasse", "strasse"]),
        ("Путин й 한국", ["путин", "и", "한국"]),
        ("a_b·c", ["a", "b", "c"]),
        ("x" * 450, ["x" * 200, "x" * 200, "x" * 50]),
    ],
)
def test_the_words_of_a_text(text: str, found: list[str]) -> None:
    assert words(text) == found


@given(st.text(max_size=60))
def test_words_are_bare_and_stay_as_they_are(text: str) -> None:
    found = words(text)
    assert all(word and not set(word) & set(" ·_'\"\\,") for word in found)
    assert words(" ".join(found)) == found


@given(st.text(max_size=30))
def test_composed_and_decomposed_letters_are_the_same_words(text: str) -> None:
    import unicodedata

    assert words(unicodedata.normalize("NFC", text)) == words(unicodedata.normalize("NFD", text))
