"""A stretch of words that may be a name, before the document has decided what it stands for."""

from __future__ import annotations

import msgspec

from onrecord.knowledge.aliases import Known

# What spaCy's OntoNotes labels mean here; other labels name no party, place or thing.
KINDS = {
    "PERSON": "person",
    "ORG": "body",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "other",
    "EVENT": "other",
    "PRODUCT": "other",
}


class Candidate(msgspec.Struct, frozen=True):
    """Tokens ``[first, last)`` of a document taken to be one name.

    Attributes:
        kind: the kind of entity, as far as this one place tells.
        known: what knowledge says it is.
        country: canonical name of the country the words themselves give.
    """

    first: int
    last: int
    kind: str
    known: Known | None = None
    country: str | None = None
