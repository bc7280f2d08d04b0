"""The JSON Schemas hold for what onrecord writes and reads."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator, ValidationError
from tests.docs.pages import ROOT

import onrecord
from onrecord.views.record import encode_line

Check = Callable[[Any], None]
EXAMPLES = ROOT / "examples" / "reports.jsonl"


def check(name: str) -> Check:
    schema = json.loads((ROOT / "schema" / f"{name}.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    validate: Check = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate
    return validate


@pytest.fixture(scope="module")
def readings() -> list[onrecord.Reading]:
    return list(onrecord.extract_many(json.loads(line) for line in EXAMPLES.read_text("utf-8").splitlines()))


def test_the_records_that_are_written_are_valid(readings: list[onrecord.Reading]) -> None:
    record, claim = check("record"), check("claim")
    for reading in readings:
        written = json.loads(encode_line(reading))
        record(written)
        for one in written["claims"]:
            claim(one)


def test_encoded_readings_are_valid(readings: list[onrecord.Reading]) -> None:
    valid = check("reading")
    for reading in readings:
        valid(json.loads(msgspec.json.encode(reading)))


@pytest.mark.parametrize("file", [EXAMPLES], ids=["examples"])
def test_the_documents_that_are_read_are_valid(file: Path) -> None:
    valid = check("document")
    for line in file.read_text("utf-8").splitlines():
        valid(json.loads(line))


@pytest.mark.parametrize(
    ("name", "broken"), [("document", {"id": "a"}), ("record", {"id": "a", "claims": [{}], "faults": []})]
)
def test_what_is_broken_is_refused(name: str, broken: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        check(name)(broken)
