from __future__ import annotations

import datetime
import json

import pytest

from onrecord.values import (
    Attribution,
    Document,
    Entity,
    Fault,
    Figure,
    Mentions,
    Moment,
    Party,
    Place,
    Quantity,
    Quote,
    Reading,
    RequestError,
    Span,
    Thing,
    Time,
)
from onrecord.views.record import LAYERS, encode_array, encode_line, layers, record
from views.gold_readings import gold_readings
from views.samples import at, claim_at

TEXT = "Officials said 3,000 troops reached Kursk in May; about 4.8 percent fell ill."
FIELDS = {
    "": "id evidence source via cue quoted status type actor target object place quantity time confidence reader",
    "evidence": "start end text",
    "source": "name id kind start end text",
    "cue": "start end text",
    "actor": "name id start end text",
    "target": "name id start end text",
    "object": "name id start end text",
    "place": "name id start end text lat lon",
    "quantity": "start end text low high approximate unit basis",
    "time": "start end text from to",
}


def full_reading() -> Reading:
    party = Party(*at(TEXT, 0, 9), "unnamed officials", kind="anonymous")
    claim = claim_at(
        TEXT, 15, 49, source=party, via=(party,), cue=Quote(*at(TEXT, 10, 14)), quoted="indirect", type="deployment",
        actor=party, target=party, object=Thing(*at(TEXT, 21, 27), "troop"),
        place=Place(*at(TEXT, 36, 41), "Kursk", lat=51.73, lon=36.19),
        quantity=Figure(*at(TEXT, 15, 27), 3000.0, None, False, "troop", "unknown"),
        time=Moment(*at(TEXT, 45, 48), datetime.date(2025, 5, 1), datetime.date(2025, 5, 31)),
    )  # fmt: skip
    mentions = Mentions(
        times=(Time(*at(TEXT, 45, 48), "2025-05", "DATE", datetime.date(2025, 5, 1), datetime.date(2025, 5, 31)),),
        quantities=(
            Quantity(*at(TEXT, 15, 27), Span(15, 20), 3000.0, 3000.0, False, "troop"),
            Quantity(*at(TEXT, 50, 67), Span(56, 59), 4.8, 4.8, True, "percent"),
        ),
        entities=(Entity(*at(TEXT, 36, 41), "place", "Kursk"),),
        attributions=(Attribution((Span(0, 9),), (Span(10, 14),), (Span(15, 48), Span(50, 76))),),
    )
    return Reading(Document(TEXT, id="d1"), mentions=mentions, claims=(claim,), faults=(Fault("times", "odd", 3, 5),))


def test_every_field_of_the_public_record_is_there_under_its_name():
    (claim,) = record(full_reading())["claims"]
    for field, names in FIELDS.items():
        assert list(claim[field] if field else claim) == names.split(), field
    assert list(claim["via"][0]) == FIELDS["source"].split()
    assert (claim["time"]["from"], claim["time"]["to"]) == ("2025-05-01", "2025-05-31")


def test_a_place_without_coordinates_does_not_carry_them():
    claim = claim_at(TEXT, 0, 9, place=Place(*at(TEXT, 36, 41), "Kursk"))
    (shown,) = record(Reading(Document(TEXT), claims=(claim,)))["claims"]
    assert list(shown["place"]) == ["name", "id", "start", "end", "text"]
    assert [shown[name] for name in ("source", "cue", "quoted", "quantity", "time", "object")] == [None] * 6
    assert shown["via"] == []


def test_whole_numbers_are_written_as_such_and_fractions_stay():
    line = encode_line(full_reading())
    assert b'"low":3000,"high":null' in line
    assert b'"low":4.8' in json.dumps(layers(full_reading(), LAYERS), separators=(",", ":")).encode()


def test_the_array_holds_the_same_records_as_the_lines():
    readings = gold_readings(count=3)
    lines = [json.loads(encode_line(reading)) for reading in readings]
    whole = b"".join(encode_array(readings))
    assert json.loads(whole) == lines
    assert b'\n  {\n    "id": ' in whole
    assert b"".join(encode_array([])) == b"[]\n"
    assert json.loads(encode_line(full_reading()))["faults"] == [
        {"stage": "times", "message": "odd", "start": 3, "end": 5}
    ]


def test_every_span_of_a_record_slices_to_its_words():
    for reading in gold_readings():
        text = reading.document.text

        def check(value, text=text):
            if isinstance(value, dict):
                if "start" in value:
                    assert text[value["start"] : value["end"]] == value["text"]
                for part in value.values():
                    check(part)
            elif isinstance(value, list):
                for part in value:
                    check(part)

        check(json.loads(encode_line(reading))["claims"])


def test_layers_are_written_as_described_and_in_the_order_asked_for():
    found = layers(full_reading(), ["times", "attributions", "entities", "quantities"])
    assert list(found) == ["id", "times", "attributions", "entities", "quantities", "faults"]
    assert found["attributions"] == [{"source": [[0, 9]], "cue": [[10, 14]], "content": [[15, 48], [50, 76]]}]
    assert found["times"] == [
        {"start": 45, "end": 48, "text": "May", "from": "2025-05-01", "to": "2025-05-31", "timex": "2025-05"}
    ]
    assert found["entities"] == [
        {"start": 36, "end": 41, "text": "Kursk", "kind": "place", "name": "Kursk", "id": None}
    ]
    assert list(found["quantities"][0]) == ["start", "end", "text", "low", "high", "approximate", "unit"]
    assert found["quantities"][0]["low"] == 3000


def test_an_unknown_layer_is_named_with_the_known_ones():
    with pytest.raises(RequestError, match="'tmies'; choose among: attributions, quantities, times, entities"):
        layers(full_reading(), ["times", "tmies"])
