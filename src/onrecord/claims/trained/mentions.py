"""What the rules know of each candidate by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from onrecord.claims.trained.candidates import Candidate
from onrecord.claims.trained.sheet import Sheet
from onrecord.claims.trained.tokens import NONE
from onrecord.values import Entity

COLUMNS = (
    "kind", "origin", "dep", "count", "title", "preposition", "publisher", "known", "rank", "lead", "inner",
)  # fmt: skip
_MOST = 6
_RANKS, _LEADS, _INNER = 5, 6, 3


def candidate_features(sheet: Sheet, candidates: Sequence[Candidate]) -> list[tuple[str, ...]]:
    """One row of ``COLUMNS`` for each candidate.

    count, rank: how often the document names it, and its place among the names of its kind by that. lead: the sentence
    that names it first. known: what its id is of. inner: how many places of the document lie in it, if it is a country.
    """
    document = sheet.reading.document
    title = (document.title or "").lower()
    entities = sheet.reading.mentions.entities
    counts = Counter(entity.name for entity in entities)
    ranks = _ranks(entities, counts)
    leads: dict[str, int] = {}
    for candidate in candidates:
        leads.setdefault(candidate.name, min(_LEADS, sheet.sentence(candidate.tokens[0])))
    places = Counter(country for _, country in {(e.name, e.country) for e in entities if e.kind == "place"})
    return [
        (
            candidate.kind,
            candidate.origin,
            sheet.words.tokens[candidate.head].dep,
            str(min(_MOST, counts[candidate.name])),
            str(bool(candidate.name) and candidate.name.lower() in title),
            _preposition(sheet, candidate.head),
            str(candidate.name == document.publisher),
            _known(candidate),
            str(ranks.get(candidate.name, _RANKS)),
            str(leads[candidate.name]),
            str(min(_INNER, places[candidate.name])) if candidate.kind == "country" else NONE,
        )
        for candidate in candidates
    ]


def _ranks(entities: Iterable[Entity], counts: Counter[str]) -> dict[str, int]:
    """The place of each name among those of its kind, the most frequent first, the first named before others."""
    by_kind: dict[str, dict[str, int]] = {}
    for entity in entities:
        by_kind.setdefault(entity.kind, {}).setdefault(entity.name, counts[entity.name])
    return {
        name: min(_RANKS, rank)
        for named in by_kind.values()
        for rank, name in enumerate(sorted(named, key=lambda name: -named[name]), 1)
    }


def _known(candidate: Candidate) -> str:
    """What sort of thing the candidate's id is of; of a place also whether it is a city, a region, or neither."""
    id_ = candidate.entity.id if candidate.entity is not None else None
    if id_ is None:
        return NONE
    sort, _, rest = id_.partition(":")
    if sort != "place":
        return sort
    return "city" if rest.isdigit() else "region" if rest[2:3] == "-" and rest[:2].isupper() else "area"


def _preposition(sheet: Sheet, head: int) -> str:
    above = sheet.words.heads[head]
    return sheet.words.lower(above) if sheet.words.tokens[head].dep == "pobj" else NONE
