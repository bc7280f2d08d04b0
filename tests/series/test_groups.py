"""The development groups: who repeats whom, what was revised, what a retelling changed; and nothing between events."""

import datetime
import itertools
import json
from pathlib import Path

import pytest

from onrecord.engine.read import Reader
from onrecord.series.collate import together
from onrecord.series.measures import measures
from onrecord.values import Claim, Document, Link, Point

Found = tuple[list[Link], dict[str, str], dict[str, Claim]]
GOLD = Path(__file__).parents[2] / "corpus" / "gold"
GROUPS = [
    {member["doc"]: member["role"] for member in group["group"]}
    for group in json.loads((GOLD / "dev-groups.json").read_text("utf-8"))
]


@pytest.fixture(scope="module")
def found() -> Found:
    """All links between the development documents, read as a user's are; documents by hash, claims by id."""
    documents = []
    for file in sorted((GOLD / "dev").glob("*.json")):
        gold = json.loads(file.read_text("utf-8"))
        day = datetime.date.fromisoformat(gold["published"])
        documents.append(Document(gold["text"], gold["id"], gold["title"], gold["publisher"], day, gold["url"]))
    points: list[Point] = []
    names: dict[str, str] = {}
    claims: dict[str, Claim] = {}
    for reading in Reader().read(documents):
        document = reading.document
        names[document.content_hash] = document.id
        for measure in measures(document, reading.claims):
            claim = reading.claims[measure.order]
            claims[claim.id] = claim
            said = document.published or datetime.date.min
            points.append(
                Point(claim=claim.id, document=document.content_hash, page=document.id, said=said, measure=measure)
            )  # fmt: skip
    return list(together(points).links), names, claims


def _between(found: Found, relation: str, one: str, other: str) -> list[Link]:
    links, names, _ = found
    pair = (one, other)
    return [x for x in links if x.relation == relation and (names[x.earlier_document], names[x.later_document]) == pair]


def _numbers(found: Found, links: list[Link]) -> set[tuple[float | None, float | None]]:
    claims = found[2]
    quantities = [(claims[link.earlier].quantity, claims[link.later].quantity) for link in links]
    return {(one.low, other.low) for one, other in quantities if one is not None and other is not None}


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: "-".join(group))
def test_every_echo_is_linked_to_its_original_and_not_the_other_way(group: dict[str, str], found: Found) -> None:
    (original,) = (name for name, role in group.items() if role == "original")
    for echo in (name for name, role in group.items() if role == "echo"):
        assert _between(found, "echoes", original, echo)
        assert not _between(found, "echoes", echo, original)


def test_every_revision_is_one_of_the_right_figure(found: Found) -> None:
    assert {(9, 12), (70, 90)} <= _numbers(found, _between(found, "revises", "g107", "g109"))
    assert {(3085, 3354)} <= _numbers(found, _between(found, "revises", "g206", "g208"))


def test_casualties_retold_as_dead_are_reported(found: Found) -> None:
    links = [link for link in _between(found, "echoes", "g101", "g103") if "type: casualties → killed" in link.drift]
    assert _numbers(found, links) == {(4000, 4000)}


def test_nothing_is_linked_between_documents_of_different_events(found: Found) -> None:
    links, names, _ = found
    event = {name: number for number, group in enumerate(GROUPS) for name in group}
    for link in links:
        pair = [event.get(names[link.earlier_document]), event.get(names[link.later_document])]
        assert None in pair or pair[0] == pair[1], (link, names[link.earlier_document], names[link.later_document])


def test_links_within_a_day_follow_the_hours_that_are_told(found: Found) -> None:
    for relation, pair in itertools.product(("revises", "echoes"), (("g109", "g107"), ("g109", "g108"))):
        assert not _between(found, relation, *pair)
