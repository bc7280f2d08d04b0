"""Claims on record, for machines: JSON Lines, a JSON array, and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from onrecord.ledger import Entry
from onrecord.ledger.changes import Step
from onrecord.ledger.flat import COLUMNS, flat
from onrecord.values import Box
from onrecord.views.record import claim_record, json_array

_LIST = " | "


def entry_record(entry: Entry) -> dict[str, Any]:
    """The public record of the claim, and beside it ``document``, ``read_at``, ``in_force`` and ``repeated``."""
    heading = msgspec.to_builtins(entry.document)
    more = {"document": heading, "read_at": entry.read_at, "in_force": entry.in_force, "repeated": entry.repeated}
    return {**claim_record(entry.claim), **msgspec.to_builtins(more)}


def as_lines(entries: Iterable[Entry]) -> Iterator[bytes]:
    """One JSON object a line."""
    for entry in entries:
        yield msgspec.json.encode(entry_record(entry)) + b"\n"


def as_array(entries: Iterable[Entry]) -> Iterator[bytes]:
    """One JSON array, indented, piece by piece."""
    return json_array(entry_record(entry) for entry in entries)


def with_boxes(entries: Iterable[Entry], boxes: Sequence[Box]) -> Iterator[bytes]:
    """One claim as each reading found it, as one JSON array; ``boxes`` are where its words stand on a PDF's pages."""
    places = msgspec.to_builtins(boxes)
    return json_array({**entry_record(entry), "boxes": places} for entry in entries)


def steps_array(steps: Iterable[Step]) -> Iterator[bytes]:
    """How the claims of a page changed, as one JSON array of the steps from version to version."""
    return json_array(_step_record(step) for step in steps)


def _step_record(step: Step) -> dict[str, Any]:
    fields: dict[str, Any] = msgspec.to_builtins(step)
    fields["changes"] = [
        {
            "kind": change.kind,
            "what": change.what,
            "before": claim_record(change.before) if change.before is not None else None,
            "after": claim_record(change.after) if change.after is not None else None,
        }
        for change in step.changes
    ]
    return fields


def as_csv(entries: Iterable[Entry]) -> Iterator[bytes]:
    """CSV after RFC 4180, in UTF-8, with a line of names; lists are joined with " | ", days are ISO 8601."""
    held = io.StringIO(newline="")
    writer = csv.DictWriter(held, list(COLUMNS))
    writer.writeheader()
    for entry in entries:
        yield _taken(held)
        writer.writerow(
            {name: _LIST.join(value) if isinstance(value, list) else value for name, value in flat(entry).items()}
        )
    yield _taken(held)


def _taken(held: io.StringIO) -> bytes:
    data = held.getvalue().encode("utf-8")
    held.seek(0)
    held.truncate()
    return data
