"""How claims compare: the cases of tests/cases/series.toml."""

import tomllib
from pathlib import Path

import msgspec
import pytest

from onrecord.series.collate import together
from onrecord.values import Point
from series.points import Given, told


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One case: claims, the links that must come out, which of them are together, and what an echo changed."""

    name: str
    points: tuple[Given, ...]
    links: tuple[str, ...]
    series: tuple[str, ...] = ()
    drift: dict[str, tuple[str, ...]] = {}


FILE = Path(__file__).parents[1] / "cases" / "series.toml"
CASES = msgspec.convert(tomllib.loads(FILE.read_text("utf-8"))["case"], list[Case])


def _point(given: Given) -> Point:
    return (msgspec.structs.replace(given, source=None) if given.source == "" else given).point()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_links_and_series(case: Case) -> None:
    grouping = together([_point(given) for given in case.points])
    assert told(grouping.links) == set(case.links)
    for claims in case.series:
        assert claims in {" ".join(sorted(point.claim for point in one.points)) for one in grouping.series}
    drifts = {link.later: link.drift for link in grouping.links if link.drift}
    for claim, drift in case.drift.items():
        assert drifts[claim] == drift


def test_every_link_has_a_reason_and_a_score() -> None:
    for case in CASES:
        for link in together([_point(given) for given in case.points]).links:
            assert link.reason
            assert 0 < link.score <= 1


def test_independence_is_counted_at_the_root() -> None:
    from onrecord.series.standing import summary

    points = [Given(f"c{number}", low=3085, document=f"d{number}").point() for number in range(40)]
    points.append(Given("other", low=3100, source="Hospital").point())
    (series,) = together(points).series
    line = summary(series)
    assert (line.claims, line.documents, line.voices) == (41, 41, 2)
