"""What the rules know of each candidate by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from onrecord.claims.trained.candidates import Candidate
from onrecord.claims.trained.sheet import Sheet
from onrecord.claims.trained.tokens import NONE

COLUMNS = ("kind", "origin", "dep", "count", "title", "preposition", "publisher")
_MOST = 6


def candidate_features(sheet: Sheet, candidates: Sequence[Candidate]) -> list[tuple[str, ...]]:
    """One row of ``COLUMNS`` for each candidate."""
    document = sheet.reading.document
    title = (document.title or "").lower()
    counts = Counter(entity.name for entity in sheet.reading.mentions.entities)
    return [
        (
            candidate.kind,
            candidate.origin,
            sheet.words.tokens[candidate.head].dep,
            str(min(_MOST, counts[candidate.name])),
            str(bool(candidate.name) and candidate.name.lower() in title),
            _preposition(sheet, candidate.head),
            str(candidate.name == document.publisher),
        )
        for candidate in candidates
    ]


def _preposition(sheet: Sheet, head: int) -> str:
    above = sheet.words.heads[head]
    return sheet.words.lower(above) if sheet.words.tokens[head].dep == "pobj" else NONE
