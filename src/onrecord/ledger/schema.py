"""The tables of a ledger, for SQLite and PostgreSQL alike.

Nothing that was recorded of reports is ever changed or deleted. Three columns are derived from what stands beside them,
and are kept up to date: ``documents.known_on``, ``readings.superseded_at`` and ``claims.repeated_at``; so are the
tables of ``DERIVED``, which hold how claims compare. ``doctor`` checks them.

Surrogate keys join tables; the content hashes beside them (``id``) are what the outside world may hold on to.
"""

from __future__ import annotations

import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
METADATA = MetaData(naming_convention=NAMES)
# SQLite makes only a column of type INTEGER its row id.
KEY = BigInteger().with_variant(Integer, "sqlite")


class Instant(TypeDecorator[datetime.datetime]):
    """A moment in UTC: ``timestamptz`` in PostgreSQL, ISO 8601 text in SQLite, which has no such type."""

    impl = DateTime(timezone=True).with_variant(String(27), "sqlite")
    cache_ok = True

    def process_bind_param(self, value: datetime.datetime | None, dialect: Dialect) -> str | None:
        """The moment as it is sent to either database."""
        return None if value is None else stamp(value)

    def process_result_value(self, value: datetime.datetime | str | None, dialect: Dialect) -> datetime.datetime | None:
        """The moment as it came from either database, in UTC."""
        if value is None:
            return None
        moment = datetime.datetime.fromisoformat(value) if isinstance(value, str) else value
        return moment.astimezone(datetime.UTC)


def stamp(moment: datetime.datetime) -> str:
    """A moment as text whose order is that of time: "2026-11-26T19:14:19.000000Z"."""
    return moment.astimezone(datetime.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


runs = Table(
    "runs",
    METADATA,
    Column("key", KEY, primary_key=True),
    Column("command", Text, nullable=False),
    Column("reader", Text),
    Column("started_at", Instant, nullable=False),
    Column("finished_at", Instant),  # NULL while it runs, and for ever when it was killed
    *(Column(name, Integer, nullable=False, default=0) for name in ("new", "updated", "unchanged", "failed")),
)
originals = Table(
    "originals",
    METADATA,
    Column("hash", String(64), primary_key=True),  # SHA-256 of the bytes
    Column("size", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),  # the bytes, compressed with zlib
)
captures = Table(
    "captures",
    METADATA,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("id", String(24), nullable=False, unique=True),
    Column("original", String(64), ForeignKey("originals.hash"), nullable=False, index=True),
    Column("address", Text, nullable=False, index=True),  # of the page: its URL, else its path
    Column("source", Text, nullable=False),
    Column("url", Text),
    Column("kind", Text, nullable=False),
    Column("charset", Text),
    Column("fetched_at", Instant, nullable=False),  # from the web; for a file, when it was added
    Column("headers", Text, nullable=False),  # JSON: an array of [name, value]
    Column("stated", Text, nullable=False),  # JSON: what the caller stated about it
    Column("failed", Integer, nullable=False),  # how many parts of it were no report
    Column("recorded_at", Instant, nullable=False),
    Column("run", KEY, ForeignKey("runs.key"), nullable=False),
)
documents = Table(
    "documents",
    METADATA,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("id", String(24), nullable=False, unique=True),  # Document.content_hash
    Column("given", Text, index=True),  # the id that came with the input, if one did
    Column("address", Text, nullable=False, index=True),
    Column("title", Text),
    Column("publisher", Text),
    Column("published", Date),
    Column("url", Text),
    Column("source", Text),
    Column("text", Text, nullable=False),
    Column("words", String(24), nullable=False),  # hash of the text alone
    Column("layout", LargeBinary),  # MessagePack, zlib: places of words on the pages of a PDF
    Column("known_on", Date, nullable=False),  # derived: when the world could know these words
    Column("recorded_at", Instant, nullable=False),
)
captured = Table(
    "captured",
    METADATA,
    Column("capture", KEY, ForeignKey("captures.key"), primary_key=True),
    Column("document", KEY, ForeignKey("documents.key"), primary_key=True, index=True),
    Column("position", Integer, nullable=False),
)
readings = Table(
    "readings",
    METADATA,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("document", KEY, ForeignKey("documents.key"), nullable=False),
    Column("reader", Text, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("read_at", Instant, nullable=False),
    Column("superseded_at", Instant),  # derived: when the next reading of the document was recorded
    Column("run", KEY, ForeignKey("runs.key"), nullable=False),
    UniqueConstraint("document", "reader"),
)
sources = Table(
    "sources",
    METADATA,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("id", Text),  # knowledge id
    Column("kind", Text),
    Index("ix_sources_name", "name"),
)
claims = Table(
    "claims",
    METADATA,
    Column("key", KEY, primary_key=True, autoincrement=False),  # day of publication and order of recording: see rows.py
    Column("id", String(24), nullable=False, index=True),
    Column("document", KEY, ForeignKey("documents.key"), nullable=False),
    Column("reading", KEY, ForeignKey("readings.key"), nullable=False, index=True),
    Column("source", KEY, ForeignKey("sources.key")),  # NULL: the reporter's own voice
    Column("type", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("quoted", Text),
    Column("low", Float(53)),
    Column("high", Float(53)),
    Column("approximate", Boolean),
    Column("unit", Text),
    Column("basis", Text),
    Column("actor", Text),
    Column("target", Text),
    Column("object", Text),
    Column("place", Text),
    Column("happened_from", Date),
    Column("happened_to", Date),
    Column("confidence", Float(53), nullable=False),
    Column("first", Integer, nullable=False),  # of the evidence, in code points of documents.text
    Column("last", Integer, nullable=False),
    Column("words", String(24), nullable=False),  # hash of what is claimed, wherever it stands
    Column("repeated_at", Instant),  # derived: since when another version of the page is known to claim just this
    Column("record", Text, nullable=False),  # JSON: the claim with all its spans
)
judgements = Table(
    "judgements",
    METADATA,
    Column("key", KEY, primary_key=True),
    Column("claim", String(24), nullable=False, index=True),  # claims.id: it holds for every reading
    Column("kind", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
)
faults = Table(
    "faults",
    METADATA,
    Column("key", KEY, primary_key=True),
    Column("run", KEY, ForeignKey("runs.key"), nullable=False, index=True),
    Column("document", KEY, ForeignKey("documents.key")),
    Column("source", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("first", Integer),
    Column("last", Integer),
    Column("at", Instant, nullable=False),
)
counters = Table(
    "counters",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", BigInteger, nullable=False),
)
# What follows from all this when claims are compared. Everything from here on is derived, and can be made anew.
points = Table(
    "points",
    METADATA,
    Column("claim", KEY, ForeignKey("claims.key"), primary_key=True, autoincrement=False),
    # What claims, readings and documents tell of it, so that they need not be asked.
    Column("id", String(24), nullable=False),  # claims.id
    Column("document", String(24), nullable=False),  # documents.id
    Column("page", Text, nullable=False),  # documents.address
    Column("said", Integer, nullable=False),  # documents.known_on, in days from 0001-01-01
    Column("stands", Boolean, nullable=False),  # whether its reading is in force, and no other version claims just this
    Column("measured", BigInteger, nullable=False),  # the block by what is measured
    Column("shelf", Integer, nullable=False),  # by the mode of the figure: only claims of one shelf are of one series
    Column("numbered", BigInteger),  # the block by the number; NULL for a claim without one
    Column("origin", Integer, nullable=False),  # 1: the first to tell its number; 0: an echo; 2: not yet known
    Column("head", String(24)),  # claims.id of the first claim of its series; "" for none, NULL for not yet
    Column("place", Integer),  # how many claims of its series come before it
    Column("measure", LargeBinary, nullable=False),  # MessagePack: values.Measure
    Index("ix_points_measured", "measured", "shelf", "said"),
    Index("ix_points_numbered", "numbered", "origin", "said"),
    Index("ix_points_head", "head", "place"),
)
sketches = Table(
    "sketches",
    METADATA,
    Column("document", KEY, ForeignKey("documents.key"), primary_key=True, autoincrement=False),
    Column("made", Text, nullable=False),  # by which algorithm, version and seed
    Column("sketch", LargeBinary, nullable=False),  # MinHash values of the text, 32 bits each, the lowest byte first
)
bands = Table(
    "bands",
    METADATA,
    Column("band", BigInteger, primary_key=True, autoincrement=False),  # hash of a part of a sketch, and which part
    # The day, counted from 0001-01-01, in the bits above the lowest 40; in these, documents.key.
    Column("place", BigInteger, primary_key=True, autoincrement=False),
)
stale = Table(
    "stale",
    METADATA,
    Column("kind", Text, primary_key=True),  # "measured", "numbered": a block; "copied": a document
    Column("block", BigInteger, primary_key=True, autoincrement=False),
    Column("said", Integer, primary_key=True, autoincrement=False),  # a day of which something changed there
)
series = Table(
    "series",
    METADATA,
    Column("id", String(24), primary_key=True),
    Column("block", BigInteger, nullable=False, index=True),
    Column("head", String(24), nullable=False),  # claims.id of its first claim
    Column("points", Integer, nullable=False),
    Column("first_said", Date, nullable=False),
    Column("last_said", Date, nullable=False, index=True),
    Column("summary", Text),  # JSON: what ``series list`` tells; NULL: to be made before the next list
    Index("ix_series_lacking", "id", sqlite_where=text("summary IS NULL"), postgresql_where=text("summary IS NULL")),
)
links = Table(
    "links",
    METADATA,
    Column("key", KEY, primary_key=True),
    Column("kind", Text, nullable=False),  # with the block: what must be made anew together
    Column("block", BigInteger, nullable=False),
    Column("relation", Text, nullable=False),
    Column("earlier", String(24), nullable=False, index=True),  # claims.id
    Column("later", String(24), nullable=False, index=True),
    Column("earlier_document", String(24), nullable=False),  # documents.id
    Column("later_document", String(24), nullable=False),
    Column("said", Date, nullable=False),  # of the later claim
    Column("score", Float(53), nullable=False),
    Column("reason", Text, nullable=False),
    Column("drift", Text, nullable=False),  # JSON: an array of texts
    Index("ix_links_block", "block", "said"),
    Index("ix_links_relation", "relation", "key"),
)
DERIVED = (points, sketches, bands, stale, series, links)
# Who may ask a desk on a server for what. An account may be changed; ``audit`` tells of each change.
accounts = Table(
    "accounts",
    METADATA,
    Column("key", KEY, primary_key=True),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False, unique=True),  # the name without case, by which it is found
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),  # Argon2id, with its parameters
    Column("temporary", Boolean, nullable=False),  # whether the password must be changed before anything else
    Column("made_at", Instant, nullable=False),
    Column("closed_at", Instant),
)
sessions = Table(
    "sessions",
    METADATA,
    Column("key", KEY, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),  # SHA-256 of the secret in the cookie
    Column("account", KEY, ForeignKey("accounts.key"), nullable=False, index=True),
    Column("made_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("ended_at", Instant),
)
tokens = Table(
    "tokens",
    METADATA,
    Column("key", KEY, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),  # SHA-256 of the token
    Column("account", KEY, ForeignKey("accounts.key"), nullable=False, index=True),
    Column("label", Text, nullable=False),
    Column("scopes", Text, nullable=False),  # rights, with spaces between
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("revoked_at", Instant),
)
audit = Table(
    "audit",
    METADATA,
    Column("key", KEY, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("who", Text, nullable=False),
    Column("address", Text),  # of the machine that asked; NULL: the command line
    Column("act", Text, nullable=False),
    Column("what", Text, nullable=False),
)
ACCESS = (accounts, sessions, tokens, audit)
# The search indexes are tables of their own, made by the migrations: FTS5 in SQLite, tsvector in PostgreSQL.
WORDS = {"claim_words": claims, "document_words": documents}
