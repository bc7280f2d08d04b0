"""The stage list: each stage finds what it reads, and readings keep their number and order."""

import pytest

from onrecord.claims.stages import MENTIONS, READERS
from onrecord.knowledge import builtin
from onrecord.values import Document, Reading

TEXTS = ("Police said 12 people died in Goma on Monday.", "No figure here.", "«Двенадцать» 👩‍👩‍👧 قال", "x" * 300)


@pytest.mark.parametrize("reader", READERS)
def test_every_stage_finds_what_it_reads(reader: str) -> None:
    there = {"document"}
    for stage in READERS[reader]:
        for field in stage.reads:
            assert field in there, f"{stage.name} reads {field}, which no stage before adds"
        there |= set(stage.adds)


@pytest.mark.parametrize("reader", READERS)
def test_names_are_unique(reader: str) -> None:
    assert len({stage.name for stage in READERS[reader]}) == len(READERS[reader])


@pytest.mark.parametrize("stage", MENTIONS, ids=lambda stage: stage.name)
def test_a_stage_keeps_number_and_order(stage: object) -> None:
    readings = [Reading(Document(text)) for text in TEXTS]
    for each in MENTIONS:
        done = each.load(builtin())(readings)
        assert [r.document for r in done] == [r.document for r in readings]
        readings = done
        if each is stage:
            break
