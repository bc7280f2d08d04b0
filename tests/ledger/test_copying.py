"""Copies: of a ledger to a file, and from one kind of database to the other."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.reports import BLAST, LATER, harvest, write
from onrecord.ledger import Counts, Ledger
from onrecord.ledger.copying import copy
from onrecord.ledger.doctor import examine
from onrecord.values import LedgerError


@pytest.fixture
def full(ledger: Ledger) -> Ledger:
    """A ledger with something in every table."""
    write(ledger, harvest(BLAST, url="https://okapi.example/1", version="rules/1"))
    write(ledger, harvest(BLAST, url="https://okapi.example/1", version="rules/2"))
    ledger.judge(next(iter(ledger.claims())).claim.id, "grade", "B2", "me")
    return ledger


def same(one: Ledger, other: Ledger) -> bool:
    return one.size() == other.size() and list(one.claims(superseded=True)) == list(other.claims(superseded=True))


def test_a_copy_to_a_file_is_the_same_ledger(full: Ledger, tmp_path: Path) -> None:
    place = tmp_path / "copies" / "copy.db"
    if "://" in str(full.where):
        place.parent.mkdir()
    copy(full.engine, place)
    with Ledger.open(place) as again:
        assert same(full, again)
        assert list(examine(again.engine)) == []
        assert write(again, harvest(LATER, url="https://okapi.example/1")) == Counts(updated=1)
        assert again.claims("12").count() == 1
        assert list(examine(again.engine)) == []
    assert full.claims("12").count() == 0


def test_a_copy_to_a_database_is_the_same_ledger_and_goes_on(full: Ledger, new_place: Callable[[], str]) -> None:
    place = new_place()
    copy(full.engine, place)
    with Ledger.open(place) as again:
        assert same(full, again)
        assert write(again, harvest(LATER, url="https://okapi.example/1")) == Counts(updated=1)
        again.judge(next(iter(again.claims())).claim.id, "note", "seen", "me")
        assert list(examine(again.engine)) == []


def test_from_a_file_to_postgresql_and_back(full: Ledger, postgres_url: str, tmp_path: Path) -> None:
    import postgres

    place = postgres.database(postgres_url, f"copy_{tmp_path.name}"[:60])
    copy(full.engine, place)
    with Ledger.open(place) as there:
        assert same(full, there)
        copy(there.engine, tmp_path / "back.db")
        with Ledger.open(tmp_path / "back.db") as back:
            assert same(full, back)
    postgres.drop(postgres_url, f"copy_{tmp_path.name}"[:60])


def test_a_copy_overwrites_nothing(full: Ledger, tmp_path: Path) -> None:
    place = tmp_path / "there.db"
    place.write_text("precious")
    with pytest.raises(LedgerError):
        copy(full.engine, place)
    assert place.read_text() == "precious"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
