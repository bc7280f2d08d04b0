"""Claims: sentences from ``tests/cases/claims.toml`` and what must stand on record of them."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

import onrecord
from onrecord.values import Claim

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "claims.toml").read_text("utf-8"))["case"]


def told(claim: Claim) -> dict[str, Any]:
    """A claim as the cases name its parts."""
    figure, time = claim.quantity, claim.time
    return {
        "text": figure and figure.text,
        "low": figure and figure.low,
        "high": figure and figure.high,
        "unit": figure and figure.unit,
        "basis": figure and figure.basis,
        "type": claim.type,
        "status": claim.status,
        "source": claim.source and claim.source.name,
        "cue": claim.cue and claim.cue.text,
        "quoted": claim.quoted,
        "actor": claim.actor and claim.actor.name,
        "target": claim.target and claim.target.name,
        "object": claim.object and claim.object.name,
        "place": claim.place and claim.place.name,
        "from": str(time.first) if time else "undated",
        "to": str(time.last) if time else "undated",
        "evidence": claim.evidence.text,
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_what_stands_on_record(case: dict[str, Any]) -> None:
    claims = onrecord.extract(case["text"], published="2025-03-27", reader="rules").claims
    for sort, found in (
        ("figures", [told(c) for c in claims if c.quantity]),
        ("events", [told(c) for c in claims if not c.quantity]),
    ):
        if sort not in case:
            continue
        assert len(found) == len(case[sort]), found
        for wanted, got in zip(case[sort], found, strict=True):
            assert {field: got[field] for field in wanted} == wanted
