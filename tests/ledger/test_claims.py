"""Taking claims out of a ledger: page by page, as tables, one in full."""

import datetime
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import onrecord
from ledger.reports import BLAST, harvest, write
from onrecord.ledger import Ledger
from onrecord.ledger.flat import COLUMNS, flat
from onrecord.values import RequestError

DAY = datetime.date(2025, 1, 1)


@pytest.fixture
def many(ledger: Ledger) -> Ledger:
    """A ledger of forty claims over twenty days."""
    write(
        ledger,
        *(
            harvest(BLAST, source=f"/r/{n}.txt", published=DAY + datetime.timedelta(n * 7 % 20), title=f"Bulletin {n}")
            for n in range(20)
        ),
    )
    return ledger


def test_pages_cover_everything_once_and_in_order(many: Ledger) -> None:
    chosen = many.claims("people")
    pages, after = [], None
    while True:
        page = chosen.page(7, after=after)
        pages.append([entry.key for entry in page.entries])
        after = page.after
        if after is None:
            break
    assert [len(page) for page in pages] == [7, 7, 6]
    keys = [key for page in pages for key in page]
    assert keys == sorted(keys, reverse=True) == [entry.key for entry in chosen]


def test_a_selection_narrows_and_stays_itself(many: Ledger) -> None:
    everything = many.claims()
    narrowed = everything.where("type:killed").where("said:2025-01-05..")
    assert (everything.count(), narrowed.count()) == (40, 16)
    assert everything.as_of(DAY).count() == 2


@pytest.mark.parametrize("question", ["", "type:killed", "zzyzx"])
def test_tables_hold_what_the_claims_hold(many: Ledger, question: str) -> None:
    chosen = many.claims(question)
    rows = [flat(entry) for entry in chosen]
    table = chosen.to_arrow()
    assert table.column_names == list(COLUMNS)
    assert table.to_pylist() == rows
    assert chosen.to_polars().to_dicts() == rows
    frame = chosen.to_pandas()
    assert list(frame.columns) == list(COLUMNS)
    assert len(frame) == len(rows)
    assert list(frame["evidence"]) == [row["evidence"] for row in rows]


def test_whoever_takes_arrow_streams_takes_claims(many: Ledger) -> None:
    chosen: Any = many.claims("type:killed")
    assert pl.DataFrame(chosen).height == 20
    assert pa.table(chosen).num_rows == 20
    assert pd.DataFrame.from_arrow(chosen).shape[0] == 20


def test_a_claim_is_found_by_the_beginning_of_its_id(many: Ledger) -> None:
    entry = next(iter(many.claims()))
    assert many.claim(entry.claim.id[:10])[0] == entry
    for identity, says in (("0" * 12, "no claim has an id"), ("ab", "at least 6"), ("abcdef%", "no id of a claim")):
        with pytest.raises(RequestError, match=says):
            many.claim(identity)


@pytest.mark.parametrize(
    ("kind", "value", "says"),
    [
        ("mood", "good", "no kind of judgement"),
        ("grade", "G7", "no grade"),
        ("verdict", "guilty", "no verdict"),
        ("note", " ", "no note"),
    ],
)
def test_a_judgement_that_is_none_is_refused(many: Ledger, kind: str, value: str, says: str) -> None:
    claim = next(iter(many.claims())).claim.id
    with pytest.raises(RequestError, match=says):
        many.judge(claim, kind, value, "me")
    assert many.judgements(claim) == []


def test_what_is_not_there_is_told(many: Ledger) -> None:
    with pytest.raises(RequestError, match="there is no document 'x'"):
        many.document("x")
    with pytest.raises(RequestError, match="no bytes with the hash"):
        many.original("0" * 64)


def test_a_ledger_is_opened_by_its_place(place: str) -> None:
    with Ledger.create(place) as made:
        write(made, harvest(BLAST))
    with onrecord.open(place) as ledger:
        assert ledger.claims("type:killed").count() == 1
        assert place.split("/")[-1].split("?")[0] in repr(ledger)
