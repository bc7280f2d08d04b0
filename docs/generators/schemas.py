"""JSON Schemas of the public values, made by msgspec from the values themselves."""

from __future__ import annotations

import inspect
import json
from typing import Any

import msgspec

from onrecord.values import Claim, Document, Fault, Reading

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Record(msgspec.Struct, frozen=True):
    """What ``onrecord extract --jsonl`` writes for one document."""

    id: str
    claims: tuple[Claim, ...]
    faults: tuple[Fault, ...]


VALUES: dict[str, type] = {"claim": Claim, "document": Document, "reading": Reading, "record": Record}


def files() -> dict[str, str]:
    """The text of each schema by its file name."""
    return {
        f"{name}.json": json.dumps(_public(name, _schema(value)), indent=1) + "\n" for name, value in VALUES.items()
    }


def _public(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """A schema as it is written out: the record leaves out why a name was linked, which the reading keeps."""
    if name in ("claim", "record"):
        for part in ("Party", "Place", "Thing"):
            del schema["$defs"][part]["properties"]["reason"]
    return schema


def _schema(value: type) -> dict[str, Any]:
    schema = msgspec.json.schema(value)
    for definition in schema["$defs"].values():
        if "description" in definition:
            definition["description"] = inspect.cleandoc(definition["description"])
    return {"$schema": DIALECT, "title": value.__name__, **schema}
