"""Documents, figures and claims: what they refuse, and that they survive JSON."""

import datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.values import Claim, Document, Figure, Moment, Party, Place, Quote, Reading, Thing

numbers = st.one_of(st.none(), st.integers(0, 10**15), st.floats(0, 1e15))


def claim(**fields: object) -> Claim:
    text = "Police said on Monday that up to 12 people died in Goma."
    whole = {
        "id": "x", "evidence": Quote(27, 55, text[27:55]), "source": Party(0, 6, "Police", "police", None, "body"),
        "via": (), "cue": Quote(7, 11, "said"), "quoted": "indirect", "status": "asserted", "type": "killed",
        "actor": None, "target": None, "object": Thing(36, 42, "people", "person"),
        "place": Place(51, 55, "Goma", "Goma", None, -1.67, 29.23),
        "quantity": Figure(27, 42, "up to 12 people", None, 12, False, "person", "increment"),
        "time": Moment(15, 21, "Monday", datetime.date(2025, 3, 24), datetime.date(2025, 3, 24)),
        "confidence": 0.5, "reader": "rules/0",
    }  # fmt: skip
    return Claim(**(whole | fields))  # type: ignore[arg-type]  # fields of every type by name


def test_a_claim_survives_json() -> None:
    assert msgspec.json.decode(msgspec.json.encode(claim()), type=Claim) == claim()


def test_the_record_has_the_public_names() -> None:
    record = msgspec.to_builtins(claim())
    assert list(record) == [
        "id", "evidence", "source", "via", "cue", "quoted", "status", "type", "actor", "target", "object", "place",
        "quantity", "time", "confidence", "reader",
    ]  # fmt: skip
    assert record["time"] == {"start": 15, "end": 21, "text": "Monday", "from": "2025-03-24", "to": "2025-03-24"}
    # The reason of a link stays with the reading; views/record.py leaves it out.
    assert set(record["source"]) == {"start", "end", "text", "name", "id", "kind", "reason"}
    assert set(record["place"]) == {"start", "end", "text", "name", "id", "lat", "lon", "reason"}


@given(numbers, numbers)
def test_a_figure_has_a_bound_and_never_low_above_high(low: float | None, high: float | None) -> None:
    possible = not (low is None and high is None) and not (low is not None and high is not None and low > high)
    if possible:
        figure = Figure(0, 2, "12", low, high, False, "person", "total")
        assert msgspec.json.decode(msgspec.json.encode(figure), type=Figure) == figure
    else:
        with pytest.raises(ValueError, match="the figure '12'"):
            Figure(0, 2, "12", low, high, False, "person", "total")


@pytest.mark.parametrize("confidence", [-0.1, 1.1, float("nan")])
def test_confidence_is_a_share(confidence: float) -> None:
    with pytest.raises(ValueError, match="confidence"):
        claim(confidence=confidence)


def test_unknown_words_are_refused_at_the_boundary() -> None:
    record = msgspec.to_builtins(claim()) | {"type": "haunting"}
    with pytest.raises(msgspec.ValidationError, match="haunting"):
        msgspec.convert(record, Claim)


@given(st.text())
def test_any_text_makes_a_document_or_is_refused(text: str) -> None:
    if any("\ud800" <= c <= "\udfff" for c in text):
        with pytest.raises(ValueError, match="surrogate"):
            Document(text)
    else:
        document = Document(text)
        assert msgspec.json.decode(msgspec.json.encode(document), type=Document) == document


def test_a_reading_survives_json() -> None:
    reading = Reading(Document("Police said."), claims=(claim(),), reader="rules/0")
    assert msgspec.json.decode(msgspec.json.encode(reading), type=Reading) == reading


def test_values_are_frozen() -> None:
    with pytest.raises(AttributeError, match="immutable"):
        claim().status = "denied"  # type: ignore[misc]  # the point of the test


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"title": "Toll rises", "source": "a/b.txt"}, "Toll rises"),
        ({"source": "a/b.txt", "id": "x"}, "b.txt"),
        ({"source": "-", "id": "x"}, "x"),
        ({"id": "x"}, "x"),
    ],
)
def test_a_report_is_called_by_the_best_name_it_has(fields: dict[str, str], label: str) -> None:
    assert Document("Police said.", **fields).label == label  # type: ignore[arg-type]  # fields by name
