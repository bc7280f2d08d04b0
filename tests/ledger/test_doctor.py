"""The doctor: a sound ledger has no findings, and every kind of damage is found."""

import contextlib
import datetime
import sqlite3
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from ledger.reports import BLAST, LATER, MARCH, harvest, write
from onrecord.ledger import Ledger
from onrecord.ledger.connect import is_sqlite, writing
from onrecord.ledger.doctor import CHECKS, examine
from onrecord.ledger.index import reindex

URL = "https://okapi.example/goma"


@pytest.fixture
def sound(ledger: Ledger) -> Ledger:
    """A ledger with two versions of a page, read twice, and another report."""
    later = MARCH + datetime.timedelta(days=1)
    write(ledger, harvest(BLAST, url=URL, version="rules/1"), harvest(LATER, url=URL, fetched=later))
    write(ledger, harvest(BLAST, url=URL, version="rules/2"), harvest("North Korea sent 3,000 soldiers, Seoul said."))
    return ledger


def test_a_sound_ledger_has_no_findings(sound: Ledger) -> None:
    told: list[str] = []
    assert list(examine(sound.engine, advance=told.append)) == []
    assert told == list(CHECKS)


FIRST = " WHERE key = (SELECT min(key) FROM claims)"


def statement(sql: str, **values: object) -> Callable[[Connection], None]:
    def damage(connection: Connection) -> None:
        assert connection.execute(text(sql), values).rowcount != 0

    return damage


def unindexed(connection: Connection) -> None:
    """Take one claim out of the index, and in SQLite add a word to another."""
    if is_sqlite(connection):
        sizes = "claim_words_docsize"
        connection.execute(text(f"DELETE FROM {sizes} WHERE id = (SELECT max(id) FROM {sizes})"))
        connection.execute(text(f"UPDATE {sizes} SET sz = x'7f' WHERE id = (SELECT min(id) FROM {sizes})"))
    else:
        connection.execute(text("DELETE FROM claim_words WHERE key = (SELECT max(key) FROM claims)"))


def gone(connection: Connection) -> None:
    """Take a claim out, and what was noted of it."""
    connection.execute(text("DELETE FROM points WHERE claim = (SELECT min(key) FROM claims)"))
    assert connection.execute(text("DELETE FROM claims" + FIRST)).rowcount == 1


DAMAGES = {
    "an original with other bytes": (
        "originals",
        statement("UPDATE originals SET body = :body, size = 5", body=zlib.compress(b"other")),
    ),
    "an original cut short": ("originals", statement("UPDATE originals SET body = :body", body=b"x\x9c")),
    "a text with another word": ("documents", statement("UPDATE documents SET text = replace(text, 'Goma', 'Bukavu')")),
    "a text with another figure": ("claims", statement("UPDATE documents SET text = replace(text, '8', '9')")),
    "another day of publication": ("documents", statement("UPDATE documents SET published = '2025-01-01'")),
    "a claim that is gone": ("readings", gone),
    "a claim of another type": ("claims", statement("UPDATE claims SET type = 'captured'" + FIRST)),
    "a figure that is larger": ("claims", statement("UPDATE claims SET high = 4000 WHERE high = 3000")),
    "a record with other words": (
        "claims",
        statement("UPDATE claims SET record = replace(record, 'killed', 'harmed') WHERE record LIKE '%killed 8%'"),
    ),
    "a record that is none": ("claims", statement("UPDATE claims SET record = '{}'" + FIRST)),
    "another id": ("claims", statement("UPDATE claims SET id = 'x'" + FIRST)),
    "another source": ("claims", statement("UPDATE claims SET source = NULL WHERE source IS NOT NULL")),
    "a reading that is in force no more": (
        "documents",
        statement("UPDATE readings SET superseded_at = read_at WHERE superseded_at IS NULL"),
    ),
    "a document without its capture": ("documents", statement("DELETE FROM captured")),
    "a repeat that is not marked": (
        "versions",
        statement("UPDATE claims SET repeated_at = NULL WHERE repeated_at IS NOT NULL"),
    ),
    "a day that does not follow": ("versions", statement("UPDATE documents SET known_on = '2020-01-01'")),
    "a search index out of step": ("search", unindexed),
    "a measure that is another": ("series", statement("UPDATE points SET measured = 7")),
    "a day that was another": ("series", statement("UPDATE points SET said = said + 1")),
    "a claim that is not compared": ("series", statement("DELETE FROM points")),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_found(name: str, sound: Ledger) -> None:
    check, damage = DAMAGES[name]
    with writing(sound.engine) as connection:
        damage(connection)
    findings = list(examine(sound.engine))
    assert check in {finding.check for finding in findings}
    assert all(finding.what.isprintable() for finding in findings)


def test_a_search_index_is_made_anew(sound: Ledger) -> None:
    before = [entry.claim.id for entry in sound.claims("goma")]
    with writing(sound.engine) as connection:
        unindexed(connection)
    reindex(sound.engine)
    assert list(examine(sound.engine)) == []
    assert [entry.claim.id for entry in sound.claims("goma")] == before


def test_what_refers_to_nothing_is_found(tmp_path: Path) -> None:
    path = tmp_path / "x.db"  # PostgreSQL lets no reference be broken
    with Ledger.create(path) as ledger:
        write(ledger, harvest(BLAST))
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("DELETE FROM sources")
            connection.commit()
        assert any("refer to a row of sources" in finding.what for finding in examine(ledger.engine))
