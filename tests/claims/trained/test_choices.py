"""What follows from an opinion: the fields of a draft, its attribution, its confidence, whether it stays."""

import datetime

import pytest

from onrecord.claims.trained import choices
from onrecord.claims.trained.speakers import Speakers
from onrecord.knowledge import Stage, builtin
from onrecord.values import (
    Attribution,
    Document,
    Draft,
    Entity,
    Opinion,
    Pick,
    Quantity,
    Reading,
    Span,
    Time,
)

TEXT = "Police said 12 people died in Goma. On 3 May the army denied it. Nobody knows."
POLICE = Entity(0, 6, "Police", "body", "Congolese National Police")
ARMY = Entity(45, 53, "the army", "body", "Armed Forces of the Democratic Republic of the Congo")
GOMA = Entity(30, 34, "Goma", "place", "Goma")
DAY = Time(36, 44, "On 3 May", "2025-05-03", "DATE", datetime.date(2025, 5, 3), datetime.date(2025, 5, 3))
SAID = Attribution((Span(0, 6),), (Span(7, 11),), (Span(12, 34),), POLICE)
DENIED = Attribution((Span(45, 53),), (Span(54, 60),), (Span(61, 63),), ARMY, denies=True)
FIGURE = Quantity(12, 21, "12 people", Span(12, 14), 12, 12, False, "person")


def opinion(**other: object) -> Opinion:
    nobody = Pick(0.9)
    usual = {
        "keep": 0.8,
        "types": {"killed": 0.9, "wounded": 0.1},
        "statuses": {"asserted": 0.8, "denied": 0.2},
        "bases": {"total": 0.7, "increment": 0.3},
        "source": Pick(0.5, POLICE),
        "actor": nobody,
        "target": nobody,
        "place": Pick(0.6, GOMA),
        "time": Pick(0.6, time=DAY),
    }
    return Opinion(**{**usual, **other})  # type: ignore[arg-type]


def done(stage: Stage, *drafts: Draft) -> tuple[Draft, ...]:
    (reading,) = stage.load(builtin())([Reading(Document(TEXT), drafts=drafts)])
    return reading.drafts


def draft(**fields: object) -> Draft:
    usual = {"sentence": 0, "evidence": Span(12, 34), "quantity": FIGURE, "opinion": opinion()}
    return Draft(**{**usual, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("stage", "field", "value"),
    [
        (choices.TYPES, "type", "killed"),
        (choices.STATUS, "status", "asserted"),
        (choices.BASIS, "basis", "total"),
        (choices.MOMENTS, "time", DAY),
    ],
)
def test_the_likeliest_answer_is_taken(stage: Stage, field: str, value: object) -> None:
    (found,) = done(stage, draft())
    assert getattr(found, field) == value


def test_roles_are_names_with_their_words() -> None:
    (found,) = done(choices.PLACES, draft())
    assert found.place is not None
    assert (found.place.name, TEXT[found.place.start : found.place.end]) == ("Goma", "Goma")
    (found,) = done(choices.PARTIES, draft(opinion=opinion(actor=Pick(0.7, ARMY))))
    assert found.actor is not None
    assert found.actor.name == ARMY.name
    assert found.target is None


def test_a_draft_without_an_opinion_keeps_what_the_rules_said() -> None:
    given = draft(opinion=None, type="attack")
    for stage in (choices.TYPES, choices.STATUS, choices.BASIS, choices.PARTIES, choices.PLACES, choices.SOURCES):
        assert done(stage, given) == (given,)


def test_a_figure_that_its_source_denies_stays_denied() -> None:
    (figure, event) = done(
        choices.STATUS,
        draft(attribution=DENIED, status="denied"),
        draft(attribution=DENIED, status="denied", quantity=None),
    )
    assert (figure.status, event.status) == ("denied", "asserted")


def test_an_event_has_no_basis() -> None:
    (found,) = done(choices.BASIS, draft(quantity=None))
    assert found.basis == "unknown"


def test_why_is_kept() -> None:
    (found,) = done(choices.TYPES, draft())
    assert found.reasons == ("type by the model: killed 0.90, wounded 0.10",)


def test_unlikely_events_go_and_figures_stay() -> None:
    unlikely = opinion(keep=0.1)
    given = (draft(opinion=unlikely), draft(quantity=None), draft(quantity=None, opinion=unlikely))
    assert done(choices.selection(lambda: 0.5), *given) == given[:2]


def test_confidence_is_the_product_mapped() -> None:
    (found,) = done(choices.confidence(lambda: ((0.0, 0.0), (0.36, 0.5), (1.0, 0.9))), draft())
    assert found.confidence == 0.5


def test_a_source_speaks_in_its_own_attribution() -> None:
    speakers = Speakers([SAID, DENIED])
    given = draft(attribution=SAID)
    assert speakers.attribution(given, POLICE) is SAID
    assert speakers.attribution(given, None) is None


def test_a_source_that_speaks_elsewhere_brings_its_cue_but_not_its_denial() -> None:
    found = Speakers([SAID, DENIED]).attribution(draft(attribution=SAID), ARMY)
    assert found is not None
    assert found.party == ARMY
    assert found.cue == DENIED.cue
    assert not found.denies


def test_a_source_that_speaks_nowhere_has_no_cue() -> None:
    found = Speakers([SAID]).attribution(draft(), GOMA)
    assert found is not None
    assert (found.party, found.cue, found.source) == (GOMA, (), (Span(30, 34),))
