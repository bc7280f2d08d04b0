"""The example reports: real, dated, and read with something to show for it."""

import datetime
from pathlib import Path

import pytest

from onrecord.documents import Options, read
from onrecord.engine.read import Reader
from onrecord.values import Document, Reading

FOLDER = Path(__file__).parents[1] / "examples"


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    documents = []
    for found in read(str(FOLDER), Options(offline=True)):
        assert isinstance(found, Document), found
        documents.append(found)
    return list(Reader().read(documents))


def test_there_are_many_of_several_formats(readings: list[Reading]) -> None:
    assert len(readings) == 46
    assert {file.suffix for file in FOLDER.iterdir()} == {".html", ".jsonl", ".txt"}


def test_all_but_the_plain_text_say_what_they_are(readings: list[Reading]) -> None:
    for reading in readings:
        document = reading.document
        if not str(document.source).endswith("seed.txt"):
            assert document.title
            assert document.publisher
            assert document.published
            assert datetime.date(2024, 1, 1) <= document.published <= datetime.date(2026, 12, 31)


def test_a_page_is_read_without_what_surrounds_the_report(readings: list[Reading]) -> None:
    for reading in readings:
        assert "onrecord" not in reading.document.text
        assert "Opinion" not in reading.document.text


def test_each_puts_figures_on_record_without_a_fault(readings: list[Reading]) -> None:
    for reading in readings:
        assert not reading.faults
        assert [claim for claim in reading.claims if claim.quantity], reading.document.title


def test_every_part_of_a_claim_is_where_it_says(readings: list[Reading]) -> None:
    for reading in readings:
        for claim in reading.claims:
            parts = (claim.evidence, claim.source, *claim.via, claim.cue, claim.actor, claim.target)
            for part in (*parts, claim.object, claim.place, claim.quantity, claim.time):
                assert part is None or reading.document.text[part.start : part.end] == part.text


def test_the_series_shows_denial_and_admission(readings: list[Reading]) -> None:
    """What the examples are for: several parties, several figures, a denial."""
    claims = [claim for reading in readings for claim in reading.claims]
    assert {"asserted", "denied", "possible", "planned"} <= {claim.status for claim in claims}
    assert {"deployment", "transfer", "killed", "wounded", "casualties"} <= {claim.type for claim in claims}
    assert len({claim.source.name for claim in claims if claim.source}) >= 6
