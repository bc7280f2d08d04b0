"""From conditions to SQL: what the index answers, and what is compared row by row.

The index takes words and signs. Numbers and days are narrowed by the index and compared exactly in SQL. Everything is
a bound parameter or made of words that hold letters and digits alone; no text of the question becomes SQL.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Boolean, ColumnElement, and_, cast, false, literal, literal_column, not_, or_, select, text, true
from sqlalchemy.dialects.postgresql import TSQUERY

from onrecord.ledger import schema
from onrecord.ledger.rows import SHIFT, first_key
from onrecord.ledger.search import tokens
from onrecord.ledger.search.query import Between, Condition, During, OneOf, Test, Words

Known = Callable[[str, str], Sequence[str]]
_YEARS = 30


class Phrase(msgspec.Struct, frozen=True):
    """Tokens that follow one another in the index; the last may be a beginning."""

    tokens: tuple[str, ...]
    starts: bool = False


class Indexed(msgspec.Struct, frozen=True):
    """Any of ``phrases`` is in the index line of a claim; none of them, when ``negated``."""

    phrases: tuple[Phrase, ...]
    negated: bool = False


class Plan(msgspec.Struct, frozen=True):
    """What the index is asked, what SQL compares beside it, and between which keys (half-open) the claims lie."""

    indexed: tuple[Indexed, ...]
    compared: tuple[ColumnElement[bool], ...]
    keys: tuple[int | None, int | None] = (None, None)


def plan(conditions: Sequence[Condition], *, known: Known | None = None, sqlite: bool) -> Plan:
    """How ``conditions`` are met.

    Args:
        conditions: which all must hold.
        known: the knowledge ids of a name within a field, so that an acronym finds the body.
        sqlite: whether the index is FTS5 and not a tsvector.
    """
    indexed: list[Indexed] = []
    compared: list[ColumnElement[bool]] = []
    low: int | None = None
    high: int | None = None
    for condition in conditions:
        match condition:
            case Condition((During("said", first, last),), False):
                start, end = _keys(first, last)
                low, high = max(low or 0, start), end if high is None else min(high, end)
                continue
        phrases = [_phrases(test, known) for test in condition.tests]
        whole = all(exact for _, exact in phrases)
        if all(found is not None for found, _ in phrases) and (whole or not condition.negated):
            together = tuple(phrase for found, _ in phrases for phrase in found or ())
            indexed.append(Indexed(together, condition.negated))
        if not whole:
            tests = or_(false(), *(_compared(test, sqlite) for test in condition.tests))
            compared.append(not_(tests) if condition.negated else tests)
    return Plan(tuple(indexed), tuple(compared), (low, high))


def _phrases(test: Test, known: Known | None) -> tuple[list[Phrase] | None, bool]:
    """The phrases of which one is there when ``test`` holds, ``None`` if no index helps; whether they decide it."""
    match test:
        case Words(field="text"):
            return None, False
        case Words(field, found, starts, written):
            prefix = f"{field}{tokens.MARK}" if field else ""
            phrases = [Phrase(tuple(prefix + word for word in found), starts)]
            if field and known is not None and not starts:
                phrases += [Phrase((tokens.identity(field, id_),)) for id_ in known(field, written)]
            return phrases, True
        case OneOf(field, values) if field in (*tokens.SIGNS,):
            return [Phrase((tokens.sign(field, value),)) for value in values], True
        case Between("low" | "high" as field, low, high):
            return [Phrase((token,)) for token in tokens.magnitudes(field, low, high)], False
        case During("happened", first, last) if last.year - first.year <= _YEARS:
            return [Phrase((token,)) for token in tokens.years(first, last)], False
    return None, False


def _compared(test: Test, sqlite: bool) -> ColumnElement[bool]:
    """The test in SQL, over claims joined with their documents and readings."""
    match test:
        case Words(field="text"):
            return _in_text(test, sqlite)
        case OneOf("document", values):
            return _of_documents(values)
        case OneOf(field, values):
            return _exact(field).in_(values)
        case Between(field, low, high, above, below):
            column = schema.claims.c[field]
            lower = (column > low if above else column >= low) if low > -math.inf else true()
            upper = (column < high if below else column <= high) if high < math.inf else true()
            return and_(column.is_not(None), lower, upper)
        case During(field, first, last):
            return _during(field, first, last)
    raise TypeError(f"{test!r} is met by the index alone")


def _of_documents(values: Sequence[str]) -> ColumnElement[bool]:
    """Whether a claim is of one of some reports, by the index of its reading."""
    d, r = schema.documents, schema.readings
    named = or_(d.c.id.in_(values), d.c.given.in_(values))
    read = select(r.c.key).select_from(r.join(d, d.c.key == r.c.document)).where(named)
    return schema.claims.c.reading.in_(read)


def _exact(field: str) -> ColumnElement[Any]:
    return {"id": schema.claims.c.id, "address": schema.documents.c.address, "reader": schema.readings.c.reader}[field]


def _during(field: str, first: datetime.date, last: datetime.date) -> ColumnElement[bool]:
    claims, documents = schema.claims.c, schema.documents.c
    if field == "said":
        start, end = _keys(first, last)
        return and_(claims.key >= start, claims.key < end)
    if field == "happened":
        begun, ended = claims.happened_from, claims.happened_to
        dated = or_(begun.is_not(None), ended.is_not(None))
        return and_(dated, or_(begun.is_(None), begun <= last), or_(ended.is_(None), ended >= first))
    if field == "known":
        return and_(documents.known_on >= first, documents.known_on <= last)
    zone = datetime.UTC
    since = datetime.datetime.combine(first, datetime.time(), zone)
    until = datetime.datetime.combine(last, datetime.time.max, zone)
    return and_(schema.readings.c.read_at >= since, schema.readings.c.read_at <= until)


def _keys(first: datetime.date, last: datetime.date) -> tuple[int, int]:
    """The keys of claims said between two days: a key begins with the day, and what has none is never between two."""
    return first_key(first), first_key(last) + (1 << SHIFT)


def _in_text(test: Words, sqlite: bool) -> ColumnElement[bool]:
    """Whether the words stand in the report's title or text."""
    asked = (Indexed((Phrase(test.words, test.starts),)),)
    key: ColumnElement[int] = literal_column("document_words.rowid" if sqlite else "document_words.key")
    found = select(key).select_from(text("document_words")).where(condition("document_words", asked, sqlite=sqlite))
    return schema.claims.c.document.in_(found)


def condition(table: str, indexed: Sequence[Indexed], *, sqlite: bool) -> ColumnElement[bool]:
    """What a row of the index ``table`` must meet."""
    if sqlite:
        return literal_column(table).op("MATCH", return_type=Boolean())(fts5(indexed))
    asked = cast(literal(tsquery(indexed)), TSQUERY)
    return literal_column(f"{table}.words").op("@@", return_type=Boolean())(asked)


def fts5(indexed: Sequence[Indexed]) -> str:
    """The question for FTS5. What is excluded needs something to be excluded from: the token of every claim."""
    wanted = [_any(part.phrases, _fts5_phrase, " OR ") for part in indexed if not part.negated]
    excluded = [_any(part.phrases, _fts5_phrase, " OR ") for part in indexed if part.negated]
    question = " AND ".join(wanted) or f'"{tokens.EVERY}"'
    return f"({question})" + "".join(f" NOT {part}" for part in excluded)


def tsquery(indexed: Sequence[Indexed]) -> str:
    """The question for PostgreSQL."""
    found = [("!" if part.negated else "") + _any(part.phrases, _tsquery_phrase, " | ") for part in indexed]
    return " & ".join(found) or f"'{tokens.EVERY}'"


def _any(phrases: Sequence[Phrase], told: Callable[[Phrase], str], between: str) -> str:
    return "(" + between.join(told(phrase) for phrase in phrases) + ")"


def _fts5_phrase(phrase: Phrase) -> str:
    return '"' + " ".join(phrase.tokens) + '"' + ("*" if phrase.starts else "")


def _tsquery_phrase(phrase: Phrase) -> str:
    quoted = [f"'{token}'" for token in phrase.tokens]
    return "(" + " <-> ".join(quoted) + (":*" if phrase.starts else "") + ")"
