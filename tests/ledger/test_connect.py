"""Opening a ledger: what is refused and how, migrations, and that writers wait for one another."""

import os
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from ledger.reports import BLAST, harvest, write
from onrecord.ledger import Ledger, connect, schema
from onrecord.ledger.connect import is_sqlite, writing
from onrecord.values import LedgerError


def test_the_migrations_make_the_tables_of_the_schema(ledger: Ledger) -> None:
    with ledger.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _ours})
        assert compare_metadata(context, schema.METADATA) == []


def _ours(_object: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    return not (name or "").startswith(("claim_words", "document_words", "ix_claim_words", "ix_document_words"))


def test_the_version_is_that_of_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(connect.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == connect.VERSION


def test_a_ledger_is_not_made_twice(place: str) -> None:
    Ledger.create(place).close()
    with pytest.raises(LedgerError, match="is a ledger already"):
        Ledger.create(place)
    Ledger.open(place).close()


def test_there_is_no_ledger(place: str) -> None:
    with pytest.raises(LedgerError, match="onrecord init"):
        Ledger.open(place)


@pytest.mark.parametrize(("version", "says"), [("9999", "newer onrecord"), ("0000", "onrecord db migrate")])
def test_a_ledger_of_another_version(place: str, version: str, says: str) -> None:
    with Ledger.create(place) as made, writing(made.engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})
    with pytest.raises(LedgerError, match=says):
        Ledger.open(place)


def test_a_ledger_may_be_migrated_when_it_is_up_to_date(place: str) -> None:
    Ledger.create(place).close()
    engine = connect.unmigrated(place)
    assert connect.migrate(engine) == connect.VERSION
    engine.dispose()


def test_the_database_of_something_else_is_left_alone(place: str) -> None:
    engine = create_engine(place if "://" in place else f"sqlite:///{place}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE other (x integer)"))
    engine.dispose()
    for attempt in (Ledger.create, Ledger.open):
        with pytest.raises(LedgerError, match="other tables"):
            attempt(place)


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"no database at all, but a text " * 100, "is no SQLite database"), (b"", "holds no ledger")],
)
def test_a_file_that_is_no_ledger(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(data)
    with pytest.raises(LedgerError, match=says):
        Ledger.open(path)


def test_a_file_that_is_damaged_says_so(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with Ledger.create(path) as ledger:
        write(ledger, harvest(BLAST))
    with path.open("r+b") as file:
        file.seek(16_384)
        file.write(os.urandom(200_000))
    with pytest.raises(LedgerError, match="damaged"), Ledger.open(path) as ledger:
        list(ledger.claims())


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ("mysql://root@localhost/x", "cannot be kept at mysql"),
        ("oracle+thing://x", "cannot be kept at oracle"),
        ("http://a.example/x", "cannot be kept at http"),
        ("postgresql://nobody@127.0.0.1:1/x", "PostgreSQL says"),
        ("/proc/nowhere/x.db", "there is no ledger"),
    ],
)
def test_places_where_none_can_be(where: str, says: str) -> None:
    with pytest.raises(LedgerError, match=says) as raised:
        Ledger.open(where)
    assert str(raised.value).isprintable()


def test_a_password_is_not_told() -> None:
    with pytest.raises(LedgerError) as raised:
        Ledger.open("postgresql://someone:s3cret@127.0.0.1:1/x")
    assert "s3cret" not in str(raised.value)


def test_reading_goes_on_while_another_writes(place: str) -> None:
    with Ledger.create(place) as one, Ledger.open(place) as other:
        write(one, harvest(BLAST))
        with writing(one.engine) as connection:
            connection.execute(text("DELETE FROM judgements"))
            assert other.claims().count() == 2


def test_who_cannot_write_for_long_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with Ledger.create(path) as ledger:
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with ledger.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 10")
        with pytest.raises(LedgerError, match="being written by another process"):
            write(ledger, harvest(BLAST))
        holder.close()
        assert is_sqlite(ledger.engine)
