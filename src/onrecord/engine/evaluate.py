"""Read a folder of gold documents and score what was read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from onrecord.documents import document_from
from onrecord.engine.read import DEFAULT_READER, Reader
from onrecord.engine.scoring import Report, score
from onrecord.values import Claim, Document, DocumentError, RequestError

_CLAIM = frozenset({"evidence", "sort", "source", "type", "status", "quantity", "time"})


def gold_documents(folder: Path) -> list[dict[str, Any]]:
    """The gold documents of a folder, by file name.

    Raises:
        RequestError: if there is no such folder, it holds no gold document, or one is broken.
    """
    found = []
    for file in sorted(folder.glob("*.json")):
        try:
            document = msgspec.json.decode(file.read_bytes())
        except msgspec.DecodeError as error:
            raise RequestError(f"{file} is not JSON ({error}); mend or remove it") from error
        if not isinstance(document, dict) or not {"id", "text", "claims"} <= document.keys():
            raise RequestError(f"{file} is no gold document; it needs id, text and claims")
        for claim in document["claims"]:
            if not isinstance(claim, dict) or not claim.keys() >= _CLAIM:
                raise RequestError(f"{file} has a claim without {', '.join(sorted(_CLAIM))}; complete it")
        found.append(document)
    if not found:
        raise RequestError(f"{folder} holds no gold documents; give a folder of *.json files")
    return found


def evaluate(folder: Path, *, reader: str = DEFAULT_READER) -> Report:
    """Read every gold document of ``folder`` and score the claims.

    Raises:
        RequestError: if the folder holds no gold, or there is no such reader.
    """
    gold = gold_documents(folder)
    readings = Reader(reader).read(document(item) for item in gold)
    return score(gold, {reading.document.id: records(reading.claims) for reading in readings})


def records(claims: tuple[Claim, ...]) -> list[dict[str, Any]]:
    """Claims as plain public records."""
    return [msgspec.to_builtins(claim) for claim in claims]


def document(gold: dict[str, Any]) -> Document:
    """The report of a gold document.

    Raises:
        RequestError: if it is none.
    """
    try:
        return document_from(gold)
    except DocumentError as error:
        raise RequestError(f"gold document {gold['id']}: {error}") from error
