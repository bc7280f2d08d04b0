"""What the search index holds for one claim: its words, its names by field, and signs for what it is.

A claim is indexed as one line of tokens. Words stand as they are; a word of a field bears the field's name
("source·korea"), so that a phrase may be asked for within a field; and a sign tells a property ("type·killed"). With
the properties in the index, a question that mixes words and properties is answered by the index alone, newest first,
without sorting anything.

Numbers and days are signed by coarse classes, which narrow the search; SQL compares exactly what remains.
"""

from __future__ import annotations

import datetime
import functools
import math
from collections.abc import Iterable, Sequence

from onrecord.ledger.search.words import words
from onrecord.values import Claim, Document

MARK = "\u00b7"  # stands in no word
EVERY = f"all{MARK}"  # a token that every claim has
FIELDS = ("source", "via", "actor", "target", "object", "place", "outlet")
SIGNS = ("type", "status", "basis", "quoted", "unit", "kind")
_HIGHEST = 60
_MOST_YEARS = 30
_LONG = f"year{MARK}long"
_LOW, _HIGH = ([f"{field}{MARK}{n}" for n in range(_HIGHEST + 1)] for field in ("low", "high"))


def tokens(claim: Claim, document: Sequence[str] = ()) -> list[str]:
    """The tokens of ``claim``, in an order in which phrases hold; ``document`` are those of its report."""
    line = words(claim.evidence.text)
    line.append(MARK)
    if claim.source is not None:
        line += _name("source", claim.source.name, claim.source.text, claim.source.id)
    if claim.actor is not None:
        line += _name("actor", claim.actor.name, claim.actor.text, claim.actor.id)
    if claim.target is not None:
        line += _name("target", claim.target.name, claim.target.text, claim.target.id)
    if claim.object is not None:
        line += _name("object", claim.object.name, claim.object.text, claim.object.id)
    if claim.place is not None:
        line += _name("place", claim.place.name, claim.place.text, claim.place.id)
    for part in claim.via:
        line += _name("via", part.name, part.text, part.id)
    figure, time = claim.quantity, claim.time
    kind = claim.source.kind if claim.source is not None else None
    line += _signs(claim.type, claim.status, claim.quoted, kind, figure and figure.basis, figure and figure.unit)
    if figure is not None:
        if figure.low is not None:
            line.append(_LOW[_class(figure.low)])
        if figure.high is not None:
            line.append(_HIGH[_class(figure.high)])
    if time is not None:
        line += _years(time.first, time.last)
    line += document
    return line


def document_tokens(document: Document) -> tuple[str, ...]:
    """What the line of every claim of ``document`` holds of the report itself."""
    return (MARK, *_both("outlet", document.publisher)) if document.publisher else ()


def text_tokens(title: str | None, text: str) -> list[str]:
    """The line of a report itself, by which its title and text are searched."""
    return words(f"{title or ''}\n{text}")


def sign(field: str, value: str) -> str:
    """The token for a property: one token whatever signs the value holds."""
    return f"{field}{MARK}{MARK.join(words(value))}"


def identity(field: str, value: str) -> str:
    """The token for the knowledge id of a party, thing or place."""
    return f"{field}{MARK}{MARK}{MARK.join(words(value))}"


def magnitudes(field: str, low: float, high: float) -> list[str]:
    """The tokens of every class of numbers that may hold one from ``low`` to ``high``."""
    return [f"{field}{MARK}{n}" for n in range(_class(low), _class(high) + 1)]


def years(first: datetime.date, last: datetime.date) -> list[str]:
    """The tokens of every claim that may have happened between two days."""
    return [*(f"year{MARK}{year}" for year in range(first.year, last.year + 1)), _LONG]


@functools.lru_cache(16_384)
def _name(field: str, name: str, text: str, identifier: str | None) -> tuple[str, ...]:
    """A name, the words in the text where these differ, and its id."""
    line = _both(field, name)
    if words(text) != words(name):
        line += [MARK, *_both(field, text)]
    if identifier:
        line.append(identity(field, identifier))
    return (*line, MARK)


def _both(field: str, text: str) -> list[str]:
    """The words by themselves, and once more within their field."""
    plain = words(text)
    return [*plain, MARK, *(f"{field}{MARK}{word}" for word in plain)]


@functools.lru_cache(16_384)
def _signs(*values: str | None) -> tuple[str, ...]:
    """What a claim is: type, status, manner of quotation, kind of source, basis and unit."""
    given = zip(("type", "status", "quoted", "kind", "basis", "unit"), values, strict=True)
    return (EVERY, *(sign(field, value) for field, value in given if value))


def _years(first: datetime.date | None, last: datetime.date | None) -> Iterable[str]:
    if first is None and last is None:
        return ()
    if first is None or last is None or last.year - first.year > _MOST_YEARS:
        return (_LONG,)
    return [f"year{MARK}{year}" for year in range(first.year, last.year + 1)]


def _class(value: float) -> int:
    """0 below 1, else how many binary digits the whole part has."""
    if not value >= 1:
        return 0
    return _HIGHEST if math.isinf(value) else min(_HIGHEST, math.frexp(value)[1])
