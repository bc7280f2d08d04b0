"""The gazetteer: what it finds is what a reading of its whole files finds."""

from __future__ import annotations

import csv
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.knowledge import builtin
from onrecord.knowledge.gazetteer import NAMES, PLACES, fold

FOLDER = builtin().folder
GAZETTEER = builtin().gazetteer
LIMIT = 15 * 2**20


def rows(name: str) -> list[list[str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_the_files_are_sorted_unquoted_and_small() -> None:
    for name in (PLACES, NAMES):
        first = [row[0].encode() for row in rows(name)]
        assert first == sorted(set(first))
        assert not any(b'"' in key or b"," in key for key in first)
    assert sum(len((FOLDER / name).read_bytes()) for name in (PLACES, NAMES)) < LIMIT


def test_every_name_leads_to_places_that_are_there() -> None:
    known = {row[0] for row in rows(PLACES)}
    assert {id_ for row in rows(NAMES) for id_ in row[1].split(" ")} <= known


@pytest.mark.parametrize("row", random.Random(7).sample(rows(NAMES), 200), ids=lambda row: row[0])
def test_a_name_is_found_wherever_it_stands(row: list[str]) -> None:
    assert {spot.id for spot in GAZETTEER.named(row[0])} == set(row[1].split(" "))


@pytest.mark.parametrize("row", rows(NAMES)[:2] + rows(NAMES)[-2:], ids=lambda row: row[0])
def test_the_first_and_last_names_are_found(row: list[str]) -> None:
    assert GAZETTEER.named(row[0])


@given(st.text(max_size=30))
def test_any_text_may_be_asked_for(name: str) -> None:
    for spot in GAZETTEER.named(name):
        assert GAZETTEER.place(spot.id) == spot


@given(st.text())
def test_folding_twice_changes_nothing_more(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@pytest.mark.parametrize(
    ("name", "country", "near"),
    [
        ("Kharkiv", "UA", (49.98, 36.25)),
        ("Kharkov", "UA", (49.98, 36.25)),
        ("Харків", "UA", (49.98, 36.25)),
        ("서울", "KR", (37.57, 126.98)),
        ("port au prince", "HT", (18.54, -72.34)),
        ("El Fasher", "SD", (13.63, 25.35)),
        ("São Paulo", "BR", (-23.55, -46.64)),
        ("Sudzha", "RU", (51.19, 35.27)),
    ],
)
def test_a_place_lies_where_the_atlas_says(name: str, country: str, near: tuple[float, float]) -> None:
    spot = GAZETTEER.named(name)[0]
    assert spot.country == country
    assert spot.lat == pytest.approx(near[0], abs=0.2)
    assert spot.lon == pytest.approx(near[1], abs=0.2)


def test_the_beginning_of_a_name_finds_the_largest_first() -> None:
    found = GAZETTEER.beginning("khark", 3)
    assert found[0].name == "Kharkiv"
    assert len(found) <= 3
