"""One transaction's work: look up what is known, and insert what is not, table by table."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Row, select, update

from onrecord.ledger import bulk, rows, schema, versions
from onrecord.ledger.compared import rows as compared
from onrecord.ledger.compared.near import touched
from onrecord.ledger.harvest import Counts, Harvest
from onrecord.ledger.schema import stamp
from onrecord.ledger.search.tokens import document_tokens, text_tokens, tokens
from onrecord.values import Capture, Document, Reading, content_id

_Source = tuple[str, str | None, str | None]
_Met = tuple[datetime.datetime, str, str]
_PORTION = 10_000  # databases take so many values in one question, and not many more
# In this order, so that what is referred to is there before what refers to it.
_COLUMNS: dict[str, tuple[str, ...]] = {
    "originals": ("hash", "size", "body"),
    "captures": ("key", "id", "original", "address", "source", "url", "kind", "charset", "fetched_at", "headers",
                 "stated", "failed", "recorded_at", "run"),
    "documents": ("key", "id", "given", "address", "title", "publisher", "published", "url", "source", "text", "words",
                  "layout", "known_on", "recorded_at"),
    "captured": ("capture", "document", "position"),
    "sources": ("key", "name", "id", "kind"),
    "readings": ("key", "document", "reader", "claims", "read_at", "run"),
    "claims": rows.CLAIM_COLUMNS,
    "points": compared.POINTS,
    "sketches": compared.SKETCHES,
    "bands": compared.BANDS,
    "faults": ("run", "document", "source", "stage", "message", "first", "last", "at"),
}  # fmt: skip


class _Labelled(msgspec.Struct, frozen=True):
    """A harvest with what names its parts, which is computed once.

    Attributes:
        identity, digest, page: of the capture: its id, the hash of its bytes, its address; empty without a capture.
        digests, addresses: of its documents: their content hashes and addresses.
    """

    harvest: Harvest
    identity: str
    digest: str
    page: str
    digests: tuple[str, ...]
    addresses: tuple[str, ...]


def _labelled(harvest: Harvest) -> _Labelled:
    capture = harvest.capture
    digests = tuple(reading.document.content_hash for reading in harvest.readings)
    if capture is None:
        return _Labelled(harvest, "", "", "", digests, ())
    digest = capture.hash
    page = rows.page_address(capture, digest)
    identity = rows.identity_of(digest, page, harvest.stated)
    found = zip(harvest.readings, digests, strict=True)
    addresses = tuple(rows.document_address(reading.document, own, capture, page) for reading, own in found)
    return _Labelled(harvest, identity, digest, page, digests, addresses)


class Batch:
    """What one transaction adds.

    Args:
        connection: a transaction that writes.
        run: the key of the run.
        now: the moment of recording.
    """

    def __init__(self, connection: Connection, run: int, now: datetime.datetime) -> None:
        self.connection = connection
        self.run = run
        self.now = now
        self.at = stamp(now)
        self.new: dict[str, list[rows.Row]] = {name: [] for name in _COLUMNS}
        self.claim_words: list[tuple[int, list[str]]] = []
        self.document_words: list[tuple[int, list[str]]] = []
        self.touched: dict[str, set[int]] = {}
        self.superseded: list[int] = []
        self.returned: set[int] = set()

    def write(self, harvests: Sequence[Harvest]) -> Counts:
        """Write all of it; what became of each document."""
        readings = [reading for harvest in harvests for reading in harvest.readings]
        parties = {
            rows.source_row(claim.source)
            for reading in readings
            for claim in reading.claims
            if claim.source is not None
        }  # fmt: skip
        # The counters are the lock: from here on nobody else writes.
        self.next_claim = self._reserve("claims", sum(len(reading.claims) for reading in readings))
        self.next_key = self._reserve("keys", len(harvests) + 2 * len(readings) + len(parties))
        labelled = [_labelled(harvest) for harvest in harvests]
        self._look_up(labelled, {name for name, _, _ in parties})
        counts = sum((self._harvest(one) for one in labelled), Counts())
        self._flush()
        for address, documents in self.touched.items():
            versions.refresh(self.connection, address, documents)
        self._compare()
        return counts

    def _reserve(self, name: str, count: int) -> int:
        """The first of ``count`` numbers that nobody else has."""
        counter = schema.counters
        more = update(counter).where(counter.c.name == name).values(value=counter.c.value + count)
        return int(self.connection.execute(more.returning(counter.c.value)).scalar_one()) - count

    def _key(self) -> int:
        self.next_key += 1
        return self.next_key

    def _look_up(self, labelled: Sequence[_Labelled], names: Collection[str]) -> None:
        """Everything that is in the ledger already and may come again in this batch."""
        t = schema.METADATA.tables
        captures, documents, captured, read = (t[n].c for n in ("captures", "documents", "captured", "readings"))
        digests = [one.digest for one in labelled if one.digest]
        self.originals = {
            digest for digest, _ in self._pairs(schema.originals.c.hash, schema.originals.c.size, digests)
        }
        taken = [one.identity for one in labelled if one.identity]
        self.captures: dict[str, int] = dict(self._pairs(captures.id, captures.key, taken))
        single = [one for one in labelled if one.harvest.capture and one.harvest.capture.kind not in versions.MANY]
        self.met = self._met({one.page for one in single})
        met = [identity for seen in self.met.values() for _, _, identity in seen]
        self.captures |= self._pairs(captures.id, captures.key, met)
        of_documents = [digest for one in labelled for digest in one.digests]
        self.documents: dict[str, int] = dict(self._pairs(documents.id, documents.key, of_documents))
        keys = self.documents.values()
        self.addresses: dict[int, str] = dict(self._pairs(documents.key, documents.address, keys))
        self.known: dict[int, datetime.date] = dict(self._pairs(documents.key, documents.known_on, keys))
        self.captured = set(self._pairs(captured.capture, captured.document, self.captures.values()))
        self.readings = set(self._pairs(read.document, read.reader, keys))
        given = [address for one in labelled for address in one.addresses]
        self.occupied = {address for address, _ in self._pairs(documents.address, documents.key, given)}
        s = schema.sources.c
        found = self._found((s.name, s.id, s.kind, s.key), s.name, names)
        self.sources: dict[_Source, int] = {(name, id_, kind): key for name, id_, kind, key in map(tuple, found)}

    def _met(self, pages: Collection[str]) -> dict[str, list[_Met]]:
        """What was met at each page so far: when, the id by bytes and place, and the capture's own id."""
        c = schema.captures.c
        met: dict[str, list[_Met]] = {}
        for row in self._found((c.address, c.fetched_at, c.original, c.stated, c.id, c.kind), c.address, pages):
            address, fetched, original, stated, identity, kind = tuple(row)
            if kind not in versions.MANY:
                base = rows.identity_of(original, address, stated)
                met.setdefault(address, []).append((fetched, base, identity))
        return met

    def _pairs(self, by: Column[Any], wanted: Column[Any], values: Collection[Any]) -> Iterator[tuple[Any, Any]]:
        """Two columns of the rows whose ``by`` is among ``values``."""
        return ((first, second) for first, second in map(tuple, self._found((by, wanted), by, values)))

    def _found(self, columns: Sequence[Column[Any]], by: Column[Any], values: Collection[Any]) -> Iterator[Row[Any]]:
        """Columns of the rows whose ``by`` is among ``values``, which are asked for in portions."""
        left = iter(sorted(set(values)))
        while portion := list(itertools.islice(left, _PORTION)):
            yield from self.connection.execute(select(*columns).where(by.in_(portion)))

    def _harvest(self, one: _Labelled) -> Counts:
        harvest = one.harvest
        key = self._capture(one, harvest.capture) if harvest.capture is not None else None
        for failure in harvest.failures:
            self._fault(None, failure.source, "documents", failure.message)
        counts = Counts(failed=len(harvest.failures))
        for position, reading in enumerate(harvest.readings):
            document, became = self._document(reading.document, one, position)
            if key is not None and (key, document) not in self.captured:
                self.captured.add((key, document))
                self.new["captured"].append((key, document, position))
            if (document, reading.reader) not in self.readings:
                self._reading(reading, document)
                if became.unchanged:
                    became = self._superseding(document)
                became += Counts(failed=len(reading.faults))
            elif key in self.returned:
                became = Counts(updated=1)
            counts += became
        return counts

    def _capture(self, one: _Labelled, capture: Capture) -> int:
        """The key of a capture, which is added when it is not known."""
        identity = self._identity(one, capture)
        if identity in self.captures:
            return self.captures[identity]
        if one.digest not in self.originals:
            self.originals.add(one.digest)
            self.new["originals"].append((one.digest, len(capture.body), rows.packed(capture.body)))
        key = self.captures[identity] = self._key()
        if identity != one.identity:
            self.returned.add(key)
        fetched = stamp(capture.fetched or self.now)
        self.new["captures"].append(
            (key, identity, one.digest, one.page, capture.source, capture.url, capture.kind, capture.charset,
             fetched, rows.json_of(capture.headers), one.harvest.stated, len(one.harvest.failures), self.at, self.run)
        )  # fmt: skip
        return key

    def _identity(self, one: _Labelled, capture: Capture) -> str:
        """The id of a capture: that of its bytes and place; with its moment, when something else stood there before it.

        The same bytes as were met there last are nothing new; those of an earlier time are, for the page has come back.
        """
        if capture.kind in versions.MANY:
            return one.identity
        met = self.met.setdefault(one.page, [])
        fetched = capture.fetched or self.now
        before = max((seen for seen in met if seen[0] <= fetched), default=None, key=lambda seen: seen[0])
        if before is not None and before[1] == one.identity:
            return before[2]
        again = any(base == one.identity for _, base, _ in met)
        identity = one.identity
        if again:
            identity = content_id(one.identity, stamp(fetched))
        met.append((fetched, one.identity, identity))
        return identity

    def _document(self, document: Document, one: _Labelled, position: int) -> tuple[int, Counts]:
        """The key of a document, which is added when it is not known, and what became of it."""
        digest, capture = one.digests[position], one.harvest.capture
        if digest in self.documents or capture is None:
            return self.documents[digest], Counts(unchanged=1)
        key = self.documents[digest] = self._key()
        address = self.addresses[key] = one.addresses[position]
        given = document.id if document.id != digest else None
        day = document.published
        known = self.known[key] = day or (capture.fetched or self.now).date()
        self.new["documents"].append(
            (key, digest, given, address, document.title, document.publisher, day and day.isoformat(), document.url,
             document.source, document.text, content_id(document.text), rows.layout_blob(document.layout),
             known.isoformat(), self.at)
        )  # fmt: skip
        self.document_words.append((key, text_tokens(document.title, document.text)))
        sketches, bands = compared.sketch_rows(key, document.text, known)
        self.new["sketches"] += sketches
        self.new["bands"] += bands
        if address in self.occupied:
            self.touched.setdefault(address, set()).add(key)
            return key, Counts(updated=1)
        self.occupied.add(address)
        return key, Counts(new=1)

    def _reading(self, reading: Reading, document: int) -> None:
        """A reading with its claims and faults."""
        self.readings.add((document, reading.reader))
        key = self._key()
        self.new["readings"].append((key, document, reading.reader, len(reading.claims), self.at, self.run))
        of_document = document_tokens(reading.document)
        day = reading.document.published
        places: list[int] = []
        for claim in reading.claims:
            place = rows.claim_key(day, self.next_claim)
            places.append(place)
            self.next_claim += 1
            source = self._source(rows.source_row(claim.source)) if claim.source is not None else None
            self.new["claims"].append(rows.claim_row(claim, place, document, key, source))
            self.claim_words.append((place, tokens(claim, of_document)))
        self.new["points"] += compared.point_rows(
            reading.document, reading.claims, places, self.known[document], self.addresses[document]
        )
        for fault in reading.faults:
            name = reading.document.source or reading.document.id
            self._fault(document, name, fault.stage, fault.message, fault.start, fault.end)

    def _superseding(self, document: int) -> Counts:
        """Note that a known document has a newer reading."""
        self.superseded.append(document)
        self.touched.setdefault(self.addresses[document], set()).add(document)
        return Counts(reread=1)

    def _source(self, source: _Source) -> int:
        key = self.sources.get(source)
        if key is None:
            key = self.sources[source] = self._key()
            self.new["sources"].append((key, *source))
        return key

    def _fault(
        self,
        document: int | None,
        source: str,
        stage: str,
        message: str,
        first: int | None = None,
        last: int | None = None,
    ) -> None:
        self.new["faults"].append((self.run, document, source, stage, message, first, last, self.at))

    def _compare(self) -> None:
        """Note which blocks this batch touched."""
        compared.mark_rows(self.connection, self.new["points"])
        sketched = [row[0] for row in self.new["sketches"]]
        compared.mark_copies(self.connection, {*sketched, *touched(self.connection, sketched)})
        table = schema.documents.c
        compared.mark_documents(
            self.connection, [key for _, key in self._pairs(table.address, table.key, self.touched)]
        )

    def _flush(self) -> None:
        """Insert everything, after closing the readings that have a newer one now."""
        if self.superseded:
            table = schema.readings
            old = update(table).where(table.c.document.in_(self.superseded), table.c.superseded_at.is_(None))
            self.connection.execute(old.values(superseded_at=self.now))
        for table_name, columns in _COLUMNS.items():
            bulk.insert(self.connection, table_name, columns, self.new[table_name])
        bulk.insert_words(self.connection, "document_words", self.document_words)
        bulk.insert_words(self.connection, "claim_words", self.claim_words)
