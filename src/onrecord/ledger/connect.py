"""Opening a ledger: an SQLite file, or a PostgreSQL database by its URL.

SQLite runs in WAL mode: one process writes while any number read, and a process that is killed leaves no half-written
transaction. A write transaction takes its lock at its beginning, so that what it looks up stays true until it ends.
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Executable, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError, TimeoutError

from onrecord.values import LedgerError

FILE = "onrecord.db"
VERSION = "0004"  # the newest migration; a test holds that it is
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_MIGRATIONS = Path(__file__).parent / "migrations"
CACHE, LARGE_CACHE = 32_000, 256_000  # kB of pages that a connection to SQLite keeps
_PATIENCE, _BRIEF = 60_000, 50  # milliseconds for which a writer waits for another
# Connections at once: as many as the desk has threads, and a few.
_POOL: dict[str, int] = {"pool_size": 5, "max_overflow": 40}
_PRAGMAS = (
    "PRAGMA page_size = 16384",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA foreign_keys = ON",
    f"PRAGMA busy_timeout = {_PATIENCE}",
    f"PRAGMA cache_size = -{CACHE}",
    "PRAGMA wal_autocheckpoint = 4000",
    "PRAGMA trusted_schema = OFF",
)
_WRITING = "onrecord_writing"


def named(where: str | Path) -> str:
    """What to call a ledger in messages: its path, or its URL without the password."""
    told = str(where)
    return make_url(told).render_as_string(hide_password=True) if _URL.match(told) else told


def create(where: str | Path) -> Engine:
    """Make a new ledger at ``where``, and open it.

    Raises:
        LedgerError: if there is something already, or it cannot be written there.
    """
    with _kept(_engine(where)) as engine, told(engine):
        if _version(engine, where) is not None:
            raise LedgerError(f"{named(where)} is a ledger already; give another place, or use it as it is")
        migrate(engine)
    return engine


def opened(where: str | Path) -> Engine:
    """Open the ledger at ``where``.

    Raises:
        LedgerError: if there is none, or it was made by another version of onrecord.
    """
    with _kept(_engine(where)) as engine:
        version = _present(engine, where)
        if version > VERSION:
            raise LedgerError(f"{named(where)} was made by a newer onrecord ({version}); update onrecord")
        if version < VERSION:
            raise LedgerError(f"{named(where)} was made by an older onrecord ({version}); run: onrecord db migrate")
    return engine


def migrate(engine: Engine) -> str:
    """Bring the tables of ``engine`` to this version of onrecord, all or nothing; the version they have then.

    Raises:
        LedgerError: if the database refuses.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with told(engine), writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return VERSION


def unmigrated(where: str | Path) -> Engine:
    """The ledger at ``where``, whatever its version, for ``migrate``.

    Raises:
        LedgerError: if there is none.
    """
    with _kept(_engine(where)) as engine:
        _present(engine, where)
    return engine


def _present(engine: Engine, where: str | Path) -> str:
    """The version of the ledger at ``where``, which must be there."""
    path = engine.url.database
    if is_sqlite(engine) and not (path and os.path.isfile(path)):
        raise LedgerError(f"there is no ledger {named(where)}; make one with: onrecord init")
    with told(engine):
        version = _version(engine, where)
    if version is None:
        raise LedgerError(f"{named(where)} holds no ledger; make one with: onrecord init")
    return version


@contextlib.contextmanager
def _kept(engine: Engine) -> Iterator[Engine]:
    """Close the connections of ``engine`` if the block raises."""
    try:
        yield engine
    except BaseException:
        engine.dispose()
        raise


def roomy(connection: Connection, large: bool) -> None:
    """Let a connection to SQLite keep more pages, or as few as others; what is compared is written all over it."""
    if is_sqlite(connection):
        connection.exec_driver_sql(f"PRAGMA cache_size = -{LARGE_CACHE if large else CACHE}")


def is_sqlite(engine: Engine | Connection) -> bool:
    """Whether this is SQLite, and not PostgreSQL."""
    return engine.dialect.name == "sqlite"


@contextlib.contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes: kept whole when the block ends, undone whole when it raises."""
    with engine.connect().execution_options(**{_WRITING: True}) as connection, connection.begin():
        yield connection


def try_to_write(engine: Engine, statement: Executable) -> None:
    """Write what may as well stay unwritten, such as when something was last used, unless another is writing now."""
    with engine.connect().execution_options(**{_WRITING: True}) as connection:
        driver: Any = connection.connection.driver_connection
        if is_sqlite(connection):
            driver.execute(f"PRAGMA busy_timeout = {_BRIEF}")
        try:
            with contextlib.suppress(OperationalError), connection.begin():
                connection.execute(statement)
        finally:
            if is_sqlite(connection):
                driver.execute(f"PRAGMA busy_timeout = {_PATIENCE}")


@contextlib.contextmanager
def told(engine: Engine) -> Iterator[None]:
    """Turn what a database refuses for reasons outside onrecord into one line.

    Raises:
        LedgerError: naming the ledger and the reason. What onrecord itself does wrong is raised as it is.
    """
    try:
        yield
    except TimeoutError as error:  # of the pool
        raise LedgerError(f"{named(_where(engine))}: too many ask at once; try again") from error
    except _refusals() as error:
        reason = _reason(error.orig if isinstance(error, DBAPIError) else error)
        if reason is None:
            raise
        raise LedgerError(f"{named(_where(engine))}: {reason}") from error


def _refusals() -> tuple[type[Exception], ...]:
    """What a database raises; psycopg by itself where its own cursor is used, and only where it has been loaded."""
    psycopg = sys.modules.get("psycopg")
    return (DBAPIError,) if psycopg is None else (DBAPIError, psycopg.Error)


def _reason(error: BaseException | None) -> str | None:
    """Why the database refused, when that is the fault of its surroundings."""
    words = " ".join(str(error).split())
    if isinstance(error, sqlite3.Error):
        known = {
            "locked": "is being written by another process; try again when that has finished",
            "not a database": "is no SQLite database; check the name",
            "malformed": "is damaged; restore it from a backup (onrecord db backup)",
            "disk is full": "the disk is full; make room and run the same again",
            "readonly": "may not be written; check the permissions of the file and its folder",
            "unable to open": "cannot be opened; check the path and its permissions",
            "disk I/O": "the disk cannot be read or written; check it",
        }
        return next((said for part, said in known.items() if part in words), None)
    if type(error).__name__ in ("OperationalError", "ConnectionTimeout", "InsufficientPrivilege", "DiskFull"):
        return f"PostgreSQL says: {words}; check the server and the URL"
    return None


def _engine(where: str | Path) -> Engine:
    url = _url(where)
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"isolation_level": None, "timeout": 60}, **_POOL)
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
        return engine
    return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10}, **_POOL)


def _url(where: str | Path) -> URL:
    """The URL of ``where``: of a path, or as given.

    Raises:
        LedgerError: if it is none that onrecord can use.
    """
    given = str(where)
    if not _URL.match(given):
        return URL.create("sqlite", database=os.path.abspath(given))
    scheme, _, rest = given.partition("://")
    try:
        if scheme not in ("postgres", "postgresql", "postgresql+psycopg"):
            raise LedgerError(
                f"a ledger cannot be kept at {scheme}://; give a path, or postgresql://user@host/database"
            )
        url = make_url(f"postgresql+psycopg://{rest}")
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise LedgerError(f"{scheme}:// … is no URL of a ledger; give a path or postgresql://…") from error
    return url


def _where(engine: Engine) -> str:
    return (engine.url.database or "") if is_sqlite(engine) else str(engine.url.render_as_string(hide_password=False))


def _on_connect(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _on_begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get(_WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _version(engine: Engine, where: str | Path) -> str | None:
    """The version of the ledger's tables; ``None`` when there are none.

    Raises:
        LedgerError: if the database belongs to something else.
    """
    with engine.connect() as connection:
        names = set(engine.dialect.get_table_names(connection))
        if "alembic_version" not in names:
            if names - {"spatial_ref_sys"}:
                raise LedgerError(f"{named(where)} holds other tables and no ledger; give a database of its own")
            return None
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if found is not None and "claims" not in names:
            raise LedgerError(f"{named(where)} holds another program's tables; give a database of its own")
        return found
