"""The gate: what it refuses. Its figures are measured by ``make gate``."""

import json

from eval.gate import FLOORS, below, corpus_hash, raised

from onrecord.claims.stages import READERS


def test_the_floors_belong_to_this_gold() -> None:
    pinned = json.loads(FLOORS.read_text("utf-8"))
    assert pinned["corpus"] == corpus_hash()
    assert set(pinned["floors"]) == set(READERS)
    for floors in pinned["floors"].values():
        assert set(floors) >= {"figures_strict", "figures_found", "figures_located", "events", "attribution"}


def test_a_figure_below_its_floor_is_named() -> None:
    assert below({"events": 0.29}, {"events": 0.3}) == ["events: 0.290 is below the floor of 0.300"]
    assert below({"events": 0.3}, {"events": 0.3}) == []


def test_a_figure_that_is_no_longer_measured_is_below() -> None:
    assert below({}, {"events": 0.3}) != []


def test_floors_are_only_raised() -> None:
    assert raised({"a": 0.5, "b": 0.9}, {"a": 0.6, "b": 0.6}) == {"a": 0.6, "b": 0.89}
