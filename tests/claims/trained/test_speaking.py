"""Who asserts a figure when the speaker is named elsewhere in the report, as the trained reader must tell."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

import onrecord
from onrecord.engine.scoring.sameness import same_name

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "speaking.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_the_one_who_speaks_is_the_source(case: dict[str, Any]) -> None:
    reading = onrecord.extract(case["text"], published=case["published"])
    (claim,) = [c for c in reading.claims if c.quantity and c.quantity.text.startswith(case["figure"])]
    assert same_name(case.get("source"), claim.source.name if claim.source else None)
