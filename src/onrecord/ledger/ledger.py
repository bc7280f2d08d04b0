"""A ledger: everything that was captured and read, kept and never overwritten."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Collection, Iterator
from pathlib import Path

import msgspec
from sqlalchemy import Engine, func, insert, select

from onrecord.ledger import schema, versions
from onrecord.ledger.access import Access
from onrecord.ledger.changes import Step, compare
from onrecord.ledger.claims import Claims
from onrecord.ledger.compared.compared import Compared
from onrecord.ledger.compared.regroup import regroup
from onrecord.ledger.connect import create, named, opened, told, writing
from onrecord.ledger.entries import CaptureNote, Entry, Heading, Judgement, Report
from onrecord.ledger.known import ids_of
from onrecord.ledger.recent import News, news
from onrecord.ledger.review import Review
from onrecord.ledger.rows import document_of, layout_of, unpacked
from onrecord.ledger.search.query import Condition, OneOf
from onrecord.ledger.write import Writer
from onrecord.values import Document, LedgerError, RequestError

GRADES = tuple(f"{source}{content}" for source in "ABCDEF" for content in "123456")
KINDS = {"verdict": ("right", "wrong", "unsure"), "grade": GRADES, "note": ()}
_SHORTEST = 6


class Ledger:
    """A ledger in an SQLite file or a PostgreSQL database.

    All methods raise ``LedgerError`` when the database refuses.

    Args:
        engine: of the database, as ``Ledger.open`` and ``Ledger.create`` make it.
        where: its path or URL.
    """

    def __init__(self, engine: Engine, where: str | Path) -> None:
        self.engine = engine
        self.where = where

    @classmethod
    def open(cls, where: str | Path) -> Ledger:
        """Open the ledger at a path, or at a URL such as ``postgresql://user@host/database``.

        Raises:
            LedgerError: if there is none, or another version of onrecord made it.
        """
        return cls(opened(where), where)

    @classmethod
    def create(cls, where: str | Path) -> Ledger:
        """Make a ledger there and open it.

        Raises:
            LedgerError: if there is something already.
        """
        return cls(create(where), where)

    def __repr__(self) -> str:
        return f"<Ledger {named(self.where)}>"

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections; a later call opens new ones."""
        self.engine.dispose()

    @property
    def access(self) -> Access:
        """Who may ask a desk on a server for what."""
        return Access(self.engine)

    def claims(
        self,
        question: str = "",
        *,
        as_of: datetime.date | None = None,
        recorded: datetime.datetime | None = None,
        repeats: bool = False,
        superseded: bool = False,
    ) -> Claims:
        """The claims that meet ``question``, newest report first; nothing is read before they are asked for.

        Args:
            question: in the language of ``onrecord search``; all claims when empty.
            as_of: only what the world could know on that day: by the day of publication, else of capture.
            recorded: only what this ledger held at that moment, as it was read then.
            repeats: also what several versions of one page claim alike, each time.
            superseded: also what earlier readings of a report found.

        Raises:
            RequestError: if the question is none.
        """
        chosen = Claims(
            self.engine, as_of=as_of, recorded=recorded, repeats=repeats, superseded=superseded, known=ids_of
        )
        return chosen.where(question) if question else chosen

    def claim(self, identity: str, *, as_of: datetime.date | None = None) -> list[Entry]:
        """A claim by its id, or by a beginning of it that no other has: as every reading found it, the last first.

        Args:
            identity: the id, or at least six signs of it.
            as_of: refuse it if the world could not know it on that day.

        Raises:
            RequestError: if there is none, or there are several.
        """
        whole = self._whole_id(identity)
        asked = (Condition((OneOf("id", (whole,)),)),)
        found = list(Claims(self.engine, conditions=asked, as_of=as_of, repeats=True, superseded=True))
        if not found:
            raise RequestError(f"claim {whole} was not known on {as_of}; ask for a later day")
        return sorted(found, key=lambda entry: (entry.in_force, entry.read_at), reverse=True)

    def _whole_id(self, identity: str) -> str:
        column = schema.claims.c.id
        if len(identity) < _SHORTEST or not identity.isalnum():
            raise RequestError(f"{identity!r} is no id of a claim; give at least {_SHORTEST} of its signs")
        found = select(column).where(column >= identity, column < identity + "~").distinct().limit(2)
        with told(self.engine), self.engine.connect() as connection:
            ids = [str(row[0]) for row in connection.execute(found)]
        if len(ids) != 1:
            raise RequestError(f"{'several claims have' if ids else 'no claim has'} an id that begins with {identity}")
        return ids[0]

    def document(self, identity: str) -> Document:
        """A report by its id or by the id that came with it, the latest where several had that.

        Raises:
            RequestError: if there is none.
        """
        table = schema.documents
        matches = (table.c.id == identity) | (table.c.given == identity)
        found = select(table).where(matches).order_by(table.c.key.desc()).limit(1)
        with told(self.engine), self.engine.connect() as connection:
            row = connection.execute(found).first()
        if row is None:
            raise RequestError(f"there is no document {identity!r} in {named(self.where)}")
        return document_of(row, layout_of(row.layout))

    def documents(
        self, *, as_of: datetime.date | None = None, recorded: datetime.datetime | None = None
    ) -> Iterator[Report]:
        """All reports, the last that came in first; ``as_of`` and ``recorded`` as of ``claims``."""
        table, readings = schema.documents, schema.readings
        joined = table.join(readings, (readings.c.document == table.c.key) & readings.c.superseded_at.is_(None))
        columns = [table.c[name] for name in Heading.__struct_fields__]
        chosen = select(*columns, readings.c.claims).select_from(joined)
        if as_of is not None:
            chosen = chosen.where(table.c.known_on <= as_of)
        if recorded is not None:
            chosen = chosen.where(table.c.recorded_at <= recorded)
        with told(self.engine), self.engine.connect() as connection:
            for row in connection.execute(chosen.order_by(table.c.key.desc())).yield_per(1_000):
                *heading, claims = tuple(row)
                yield Report(Heading(*heading), claims)

    def captures(self, document: str) -> list[CaptureNote]:
        """The captures of a report, the earliest first; ``document`` is its own id."""
        c, o, d = schema.captures.c, schema.originals.c, schema.documents.c
        columns = (c.id, o.hash, o.size, c.source, c.url, c.kind, c.fetched_at, c.headers, c.recorded_at, c.charset)
        joined = (
            schema.captures.join(schema.originals)
            .join(schema.captured, schema.captured.c.capture == c.key)
            .join(schema.documents, d.key == schema.captured.c.document)
        )
        found = select(*columns).select_from(joined).where(d.id == document).order_by(c.fetched_at, c.key)
        with told(self.engine), self.engine.connect() as connection:
            rows = connection.execute(found).all()
        headers = msgspec.json.Decoder(tuple[tuple[str, str], ...])
        return [CaptureNote(*row[:7], headers.decode(row.headers), row.recorded_at, row.charset) for row in rows]

    def original(self, digest: str) -> bytes:
        """The bytes of a capture as they were met, by their SHA-256.

        Raises:
            RequestError: if there are none.
            LedgerError: if they are damaged.
        """
        table = schema.originals
        found = select(table.c.body, table.c.size).where(table.c.hash == digest)
        with told(self.engine), self.engine.connect() as connection:
            row = connection.execute(found).first()
        if row is None:
            raise RequestError(f"there are no bytes with the hash {digest!r} in {named(self.where)}")
        try:
            return unpacked(row.body, row.size)
        except ValueError as error:
            raise LedgerError(
                f"the original {digest} is damaged ({error}); restore the ledger from a backup"
            ) from error

    def changes(self, address: str) -> list[Step]:
        """What changed in the claims of a page, from each version to the next.

        Raises:
            RequestError: if nothing was captured at that address.
        """
        with told(self.engine), self.engine.connect() as connection:
            found = versions.sightings(connection, address)
            if not found:
                raise RequestError(f"nothing was captured at {address}; the addresses are told by: onrecord documents")
            steps = []
            for before, after in itertools.pairwise(found):
                changes, unchanged = compare(*(versions.claims(connection, version) for version in (before, after)))
                steps.append(
                    Step(address, before.id, after.id, before.fetched, after.fetched, changes, unchanged)
                )  # fmt: skip
        return steps

    @property
    def compared(self) -> Compared:
        """The series of its claims and the links between them."""
        return Compared(self.engine)

    def news(self, since: datetime.datetime) -> News:
        """What came in after a moment: figures revised and denied, sources never heard before."""
        regroup(self.engine)
        return news(self.engine, since)

    def latest(self) -> int:
        """A number that grows whenever a report comes in."""
        with told(self.engine), self.engine.connect() as connection:
            return int(connection.execute(select(func.max(schema.documents.c.key))).scalar_one() or 0)

    def judge(self, claim: str, kind: str, value: str, who: str) -> Judgement:
        """Put a judgement of a claim on record; it stays with the claim through every later reading.

        Args:
            claim: its id, or a beginning of it.
            kind: "verdict" (right, wrong, unsure: whether the reader read it right), "grade" (Admiralty, A1 to F6),
                or "note".
            value: the judgement.
            who: whose it is.

        Raises:
            RequestError: if there is no such claim, or it cannot be judged so.
        """
        value = check_judgement(kind, value, who)
        made = Judgement(self._whole_id(claim), kind, value, who, datetime.datetime.now(datetime.UTC))
        with told(self.engine), writing(self.engine) as connection:
            connection.execute(insert(schema.judgements).values(**msgspec.structs.asdict(made)))
        return made

    def review(self, who: str) -> Review:
        """What a reviewer decides of its claims.

        Raises:
            RequestError: if that is no name.
        """
        return Review(self.engine, who)

    def judgements(self, claim: str) -> list[Judgement]:
        """What was judged of a claim, by its whole id, the earliest first."""
        table = schema.judgements
        columns = [table.c[name] for name in Judgement.__struct_fields__]
        found = select(*columns).where(table.c.claim == claim).order_by(table.c.key)
        with told(self.engine), self.engine.connect() as connection:
            return [Judgement(*row) for row in connection.execute(found)]

    def unread(self, reader: str, *, size: int = 100) -> Iterator[list[Document]]:
        """The documents that ``reader`` has not read yet, in lists of up to ``size``."""
        table, readings = schema.documents, schema.readings
        read = select(readings.c.document).where(readings.c.reader == reader)
        last = 0
        while True:
            found = select(table).where(table.c.key > last, table.c.key.not_in(read)).order_by(table.c.key).limit(size)
            with told(self.engine), self.engine.connect() as connection:
                rows = connection.execute(found).all()
            if not rows:
                return
            yield [document_of(row) for row in rows]
            last = rows[-1].key

    def size(self, names: Collection[str] = ()) -> dict[str, int]:
        """How many rows each table has; only some tables, if they are named."""
        with told(self.engine), self.engine.connect() as connection:
            return {
                name: int(connection.execute(select(func.count()).select_from(table)).scalar_one())
                for name, table in schema.METADATA.tables.items()
                if name != "counters" and (not names or name in names)
            }

    def writer(self, command: str, reader: str | None = None) -> Writer:
        """A run that writes."""
        return Writer(self.engine, command, reader)


def check_judgement(kind: str, value: str, who: str) -> str:
    """``value`` as it is kept, when something can be judged so.

    Raises:
        RequestError: if it cannot.
    """
    if kind not in KINDS:
        raise RequestError(f"{kind!r} is no kind of judgement; choose among: {', '.join(KINDS)}")
    value = value.upper() if kind == "grade" else value
    if not value.strip() or (KINDS[kind] and value not in KINDS[kind]):
        raise RequestError(f"{value!r} is no {kind}; choose among: {', '.join(KINDS[kind]) or 'words of your own'}")
    for text in (value, who):
        if "\x00" in text or (not text.isascii() and text.encode("utf-8", "replace").decode() != text):
            raise RequestError("a judgement holds signs that are no text; write it in UTF-8")
    return value
