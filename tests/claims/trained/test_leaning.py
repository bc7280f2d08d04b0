"""What the rules answered, and how far their answers raise the model's scores."""

import datetime

import numpy as np
import pytest

from onrecord.claims.trained.candidates import Candidate
from onrecord.claims.trained.leaning import answers, leaned
from onrecord.models import Labels
from onrecord.values import Attribution, Draft, Entity, Party, Span, Time

LABELS = Labels(("killed", "wounded"), ("asserted", "denied"), ("total", "increment"), ("source", "actor", "time"))
POLICE = Entity(0, 6, "Police", "body", "Police")
ARMY = Entity(10, 14, "army", "body", "Army")
DAY = Time(20, 26, "Monday", "2025-05-05", "DATE", datetime.date(2025, 5, 5), datetime.date(2025, 5, 5))
NEAR = [
    Candidate((0, 1), 0, "Police", "body", "source", POLICE),
    Candidate((2, 3), 2, "Army", "body", "entity", ARMY),
    Candidate((4, 5), 4, "2025-05-05..2025-05-05", "time", "time", time=DAY),
    Candidate((8, 9), 8, "Police", "body", "entity", POLICE),
]
SAID = Attribution((Span(0, 6),), (Span(7, 9),), (Span(10, 30),), POLICE)


def drafts() -> list[Draft]:
    usual = {"sentence": 0, "evidence": Span(10, 30)}
    army = Party(10, 14, "army", "Army", "body")
    return [
        Draft(**usual, type="killed", status="asserted", basis="total", attribution=SAID, time=DAY),  # type: ignore[arg-type]
        Draft(**usual, type="wounded", status="denied", basis="increment", actor=army),  # type: ignore[arg-type]
    ]


NONE, NOBODY = [False] * 5, [False, False, False, False, True]


@pytest.mark.parametrize(
    ("question", "leaning", "chosen"),
    [
        ("types", "types", [[True, False], [False, True]]),
        ("statuses", "statuses", [[True, False], [False, True]]),
        ("bases", "bases", [[True, False], [False, True]]),
        ("source", "source", [[True, False, False, True, False], NONE]),
        ("source", "no source", [NONE, NOBODY]),
        ("actor", "actor", [NONE, [False, True, False, False, False]]),
        ("actor", "no actor", [NOBODY, NONE]),
        ("time", "time", [[False, False, True, False, False], NONE]),
    ],
)
def test_a_name_is_all_its_mentions_and_nobody_is_the_last(
    question: str, leaning: str, chosen: list[list[bool]]
) -> None:
    assert answers(drafts(), NEAR, LABELS)[question][leaning].tolist() == chosen


def test_without_candidates_the_one_that_fits_nothing_is_not_chosen() -> None:
    found = answers(drafts(), [], LABELS)["source"]
    assert found["no source"].tolist() == [[False, True], [False, True]]
    assert not found["source"].any()


@pytest.fixture
def scores() -> dict[str, np.ndarray]:
    shapes = {"types": (2, 2), "statuses": (2, 2), "bases": (2, 2), "keep": (2,), "links": (2, 5, 3)}
    return {name: np.zeros(shape, np.float32) for name, shape in shapes.items()}


def test_the_rules_answers_rise_and_nothing_else_does(scores: dict[str, np.ndarray]) -> None:
    given = answers(drafts(), NEAR, LABELS)
    lean = {"types": 1.0, "source": 0.5, "no source": 0.25}
    found = leaned(scores, given, lean, LABELS.roles)
    assert found["types"].tolist() == [[1, 0], [0, 1]]
    assert found["links"][:, :, 0].tolist() == [[0.5, 0, 0, 0.5, 0], [0, 0, 0, 0, 0.25]]
    assert not found["links"][:, :, 1:].any()
    assert not found["statuses"].any()
    assert found["keep"] is scores["keep"]
    assert not scores["links"].any(), "the model's own scores are not written over"
