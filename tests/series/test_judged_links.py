"""Links that were judged by hand (tests/cases/links.json): nine in ten are right, and the right ones stay.

``claims`` tells by whom the claims were found that are linked: "gold" by the annotators of the development documents,
"read" in these by the trained reader, "examples" by it in the example reports.
"""

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.documents import Options, read
from onrecord.engine.read import Reader
from onrecord.series.collate import together
from onrecord.series.measures import measures
from onrecord.values import Claim, Document, Point
from series.gold import claims, documents

ROOT = Path(__file__).parents[2]
JUDGED: list[dict[str, Any]] = json.loads((ROOT / "tests" / "cases" / "links.json").read_text("utf-8"))
RIGHT, KEPT, JUDGED_SHARE = 0.9, 0.95, 0.9
SEED_DAY = datetime.date(2025, 3, 27)
Identity = tuple[str, str, str | None, str, str | None]


def _examples() -> Iterator[Document]:
    for file in sorted((ROOT / "examples").iterdir()):
        day = SEED_DAY if file.suffix == ".txt" else None
        for found in read(str(file), Options(offline=True, published=day)):
            assert isinstance(found, Document)
            yield found


def _found(kind: str) -> set[Identity]:
    """The links between the claims of one kind, by what cannot change by chance: relation, words and figures."""
    if kind == "gold":
        read_: list[tuple[Document, tuple[Claim, ...]]] = [(one, claims(one, gold)) for one, gold in documents()]
    else:
        texts = _examples() if kind == "examples" else (one for one, _ in documents())
        read_ = [(reading.document, reading.claims) for reading in Reader().read(texts)]
    points: list[Point] = []
    known: dict[str, Claim] = {}
    for document, given in read_:
        assert document.published
        for measure in measures(document, given):
            claim = given[measure.order]
            known[claim.id] = claim
            points.append(
                Point(claim=claim.id, document=document.content_hash, page=document.url or document.id,
                      said=document.published, measure=measure)
            )  # fmt: skip
    return {
        _identity(link.relation, _words(known[link.earlier]), _words(known[link.later]))
        for link in together(points).links
        if link.relation != "not comparable"
    }


def _words(claim: Claim) -> dict[str, str | None]:
    return {"evidence": claim.evidence.text, "figure": claim.quantity.text if claim.quantity else None}


def _identity(relation: str, earlier: dict[str, Any], later: dict[str, Any]) -> Identity:
    return relation, earlier["evidence"], earlier["figure"], later["evidence"], later["figure"]


def test_a_hundred_links_were_judged_and_nine_in_ten_are_right() -> None:
    assert len(JUDGED) >= 100
    assert sum(one["right"] for one in JUDGED) / len(JUDGED) >= RIGHT
    assert all(one["right"] or one["why"] for one in JUDGED)


@pytest.mark.parametrize("kind", ["gold", "read", "examples"])
def test_links_are_those_that_were_judged(kind: str) -> None:
    """What is found now was judged, and is right, nine times in ten; what was right is still found."""
    judged = {_identity(one["relation"], one["earlier"], one["later"]): one["right"]
              for one in JUDGED if one["claims"] == kind}  # fmt: skip
    found = _found(kind)
    known = [judged[link] for link in found if link in judged]
    if kind != "examples":  # of these a sample was judged
        assert len(known) / len(found) >= JUDGED_SHARE
        assert sum(known) / len(known) >= RIGHT
    right = [link for link, verdict in judged.items() if verdict]
    assert sum(link in found for link in right) / len(right) >= KEPT
