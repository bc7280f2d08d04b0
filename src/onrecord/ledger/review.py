"""Review: what reviewers decide of claims, one decision after the other, each kept with its author and its moment.

Nothing is ever changed: to correct a claim is to put the right one on record beside it, to take a decision back is to
put that on record. Decisions are of a claim's id, so they hold through every later reading.

References:
    Cohen (1960), A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20(1).
"""

from __future__ import annotations

import datetime
import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Literal

import msgspec
from sqlalchemy import ColumnElement, Engine, insert, select

from onrecord.ledger import schema
from onrecord.ledger.claims import Claims
from onrecord.ledger.connect import told, writing
from onrecord.ledger.entries import Entry
from onrecord.ledger.known import ids_of
from onrecord.values import Annotation, RequestError, content_id

Verdict = Literal["right", "wrong", "unsure"]
VERDICTS: tuple[Verdict, ...] = ("right", "wrong", "unsure")
BACK = 10  # decisions that can be taken back, the last ones
_KINDS = ("verdict", "correction", "added", "undo")
_PAGE = 50
_STEP = 500
_JSON = msgspec.json.Encoder()


class Added(msgspec.Struct, frozen=True):
    """A claim that the reader missed: the id of its report, and the claim."""

    document: str
    claim: Annotation


class Decision(msgspec.Struct, frozen=True):
    """One decision.

    Attributes:
        key: counts the judgements of a ledger.
        claim: the id of the claim; of one that the reader missed, an id made of its words.
        kind: "verdict", "correction" (value: the claim as it should be), "added" (value: the claim that was missed).
        value: the verdict, or JSON. who: whose it is. made_at: in UTC.
    """

    key: int
    claim: str
    kind: str
    value: str
    who: str
    made_at: datetime.datetime


class Agreement(msgspec.Struct, frozen=True):
    """How far two reviewers agree on the claims that both decided.

    ``kappa`` is Cohen's, 1 for full agreement, 0 for no more than by chance; ``None`` where chance alone agrees fully.
    """

    one: str
    other: str
    claims: int
    same: int
    kappa: float | None


class Review:
    """What one reviewer decides.

    All methods raise ``LedgerError`` when the database refuses.

    Args:
        engine: of the ledger.
        who: the reviewer's name.

    Raises:
        RequestError: if that is no name.
    """

    def __init__(self, engine: Engine, who: str) -> None:
        if not who.strip() or len(who) > 100 or not who.isprintable():
            raise RequestError(f"{who[:40]!r} is no name for a reviewer; give up to 100 printable characters")
        self._engine = engine
        self.who = who.strip()

    def queue(self, question: str = "", *, after: int | None = None) -> Iterator[Entry]:
        """The claims that meet a question and are not decided by this reviewer, those behind ``after``."""
        chosen = Claims(self._engine, known=ids_of)
        if question:
            chosen = chosen.where(question)
        while True:
            page = chosen.page(_PAGE, after=after)
            done = {one.claim for one in self.decisions([entry.claim.id for entry in page.entries])}
            yield from (entry for entry in page.entries if entry.claim.id not in done)
            if page.after is None:
                return
            after = page.after

    def decisions(self, claims: Collection[str] | None = None, *, everyone: bool = False) -> list[Decision]:
        """The decisions that stand, the earliest first: of some claims, by their ids, or of all.

        Args:
            claims: their ids.
            everyone: also those of other reviewers.
        """
        table = schema.judgements.c
        mine: list[ColumnElement[bool]] = [table.kind.in_(_KINDS)]
        if not everyone:
            mine.append(table.who == self.who)
        found: list[Decision] = []
        columns = [table[name] for name in Decision.__struct_fields__]
        portions = _portions(sorted(claims)) if claims is not None else [None]
        with told(self._engine), self._engine.connect() as connection:
            for portion in portions:
                narrowed = mine if portion is None else [*mine, table.claim.in_(portion)]
                found += [Decision(*row) for row in connection.execute(select(*columns).where(*narrowed))]
        return _standing(sorted(found, key=lambda one: one.key))

    def decide(self, claim: str, verdict: Verdict) -> None:
        """Put on record whether a claim, by its whole id, was read rightly."""
        self._write(claim, "verdict", verdict)

    def correct(self, claim: str, right: Annotation) -> None:
        """Put on record what a claim, by its whole id, should have been."""
        self._write(claim, "correction", _JSON.encode(right).decode())

    def add(self, document: str, missed: Annotation) -> str:
        """Put a claim on record that the reader missed, and give its id.

        Args:
            document: id of its report.
            missed: the claim.
        """
        figure = missed.quantity.text if missed.quantity is not None else None
        id_ = content_id("added", document, missed.evidence, figure, missed.type, missed.source)
        self._write(id_, "added", _JSON.encode(Added(document, missed)).decode())
        return id_

    def undo(self) -> Decision | None:
        """Take back the last decision that stands; ``None`` if there is none, or ten were taken back in a row."""
        table = schema.judgements.c
        columns = [table[name] for name in Decision.__struct_fields__]
        chosen = select(*columns).where(table.kind.in_(_KINDS), table.who == self.who).order_by(table.key.desc())
        with told(self._engine), self._engine.connect() as connection:
            last = [Decision(*row) for row in connection.execute(chosen.limit(2 * BACK))]
        in_a_row = len(list(itertools.takewhile(lambda one: one.kind == "undo", last)))
        standing = _standing(last[::-1])
        if in_a_row >= BACK or not standing:
            return None
        self._write(standing[-1].claim, "undo", str(standing[-1].key))
        return standing[-1]

    def reports(self) -> list[str]:
        """The ids of the reports of which any claim was decided, by anybody."""
        decided = self.decisions(everyone=True)
        found = {msgspec.json.decode(one.value, type=Added).document for one in decided if one.kind == "added"}
        c, d = schema.claims.c, schema.documents.c
        joined = schema.claims.join(schema.documents, d.key == c.document)
        with told(self._engine), self._engine.connect() as connection:
            for portion in _portions(sorted({one.claim for one in decided if one.kind != "added"})):
                asked = select(d.id).select_from(joined).where(c.id.in_(portion)).distinct()
                found |= {str(row[0]) for row in connection.execute(asked)}
        return sorted(found)

    def agreement(self) -> list[Agreement]:
        """How far each two reviewers agree on what both decided; those with the most claims in common first."""
        held: dict[str, dict[str, str]] = {}
        for one in self.decisions(everyone=True):
            if one.kind != "added":
                held.setdefault(one.who, {})[one.claim] = one.value if one.kind == "verdict" else "corrected"
        pairs = itertools.combinations(sorted(held), 2)
        found = [_agreement(one, held[one], other, held[other]) for one, other in pairs]
        return sorted((one for one in found if one.claims), key=lambda one: -one.claims)

    def _write(self, claim: str, kind: str, value: str) -> None:
        now = datetime.datetime.now(datetime.UTC)
        row = {"claim": claim, "kind": kind, "value": value, "who": self.who, "made_at": now}
        with told(self._engine), writing(self._engine) as connection:
            connection.execute(insert(schema.judgements).values(row))


def _portions(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), _STEP):
        yield ids[start : start + _STEP]


def _standing(found: Iterable[Decision]) -> list[Decision]:
    """The decisions that were not taken back, in order; of each reviewer on each claim only the last."""
    given = list(found)
    undone = {int(one.value) for one in given if one.kind == "undo"}
    last = {(one.who, one.claim): one for one in given if one.kind != "undo" and one.key not in undone}
    return sorted(last.values(), key=lambda one: one.key)


def _agreement(one: str, ours: dict[str, str], other: str, theirs: dict[str, str]) -> Agreement:
    both = sorted(ours.keys() & theirs.keys())
    same = sum(ours[claim] == theirs[claim] for claim in both)
    if not both:
        return Agreement(one, other, 0, 0, None)
    first, second = (Counter(held[claim] for claim in both) for held in (ours, theirs))
    chance = sum(first[word] * second[word] for word in first) / len(both) ** 2
    kappa = None if chance == 1 else (same / len(both) - chance) / (1 - chance)
    return Agreement(one, other, len(both), same, kappa)
