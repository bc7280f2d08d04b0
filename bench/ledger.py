"""What a ledger costs: inserting claims beside a bare ``executemany`` of the same rows, and searching a full ledger.

python -m bench.ledger [--claims N] [--search N] [--postgres URL]

Inserting is told twice: beside the rows of the table of claims alone, and beside all rows that a report needs, with
those of the search index. Without ``--postgres`` a server is started for the run, where PostgreSQL is installed. Memory
is the peak of a process that only searches.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import multiprocessing
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
from tests.postgres import NoServer, database, server

from bench.extract import documents
from onrecord.engine.read import Reader
from onrecord.ledger import Harvest, Ledger, bulk, index, schema
from onrecord.ledger.connect import is_sqlite, writing
from onrecord.values import Capture, Document, Reading
from onrecord.values.claim import claim_id

QUESTIONS = (
    "",
    "killed",
    "drone*",
    '"air defence"',
    "soldiers type:killed",
    "type:killed low:>=40",
    "type:killed low:>=1000 said:2025-03-01..2025-03-31",
    'source:"ministry of defence" type:destroyed,intercepted',
    "place:Ukraine status:denied",
    "north korea -russia",
    "-type:killed -status:asserted",
    "happened:2024-11 missiles",
    "low:>=1bn",
    "confidence:>=0.6 type:transfer",
    "text:hospital type:wounded",
    "zzyzx",
)
TARGETS = {"sqlite": 20_000, "postgresql": 10_000}
RATIO, ANSWER, MEMORY = 0.35, 0.050, 300
_READ, _BATCH, _DAYS, _JITTER = 120, 128, 900, 5
_OUTLETS = ("Yonhap", "Reuters", "TASS", "Ukrinform", "KCNA", "AFP", "NHK World", "Al Jazeera")


def harvests(claims: int, *, shuffled: bool = False) -> Iterator[list[Harvest]]:
    """Batches of reports like those of the training corpus, each with an ending and a day of its own.

    They come by and large in the order of their days, as from the wires or an archive; ``shuffled``, in none.
    """
    readings = [r for r in Reader("rules").read(documents(_READ)) if r.claims]
    batch: list[Harvest] = []
    number = count = 0
    while count < claims:
        base = readings[number % len(readings)]
        day = number * 379 % _DAYS if shuffled else int(count / claims * _DAYS) + number * 379 % _JITTER
        made = _varied(base, number, day)
        batch.append(Harvest(Capture(source=f"/reports/{number}.txt", body=made.document.text.encode()), "{}", (made,)))
        count += len(made.claims)
        number += 1
        if len(batch) == _BATCH or count >= claims:
            yield batch
            batch = []


def _varied(base: Reading, number: int, days: int) -> Reading:
    day = datetime.date(2024, 1, 1) + datetime.timedelta(days)
    text = f"{base.document.text}\n\nReport {number}."
    document = Document(text, publisher=_OUTLETS[number % len(_OUTLETS)], published=day, title=f"Report {number}")
    digest = document.content_hash
    claims = tuple(
        msgspec.structs.replace(c, id=claim_id(digest, c.evidence, c.quantity, c.type, c.source)) for c in base.claims
    )
    return Reading(document, claims=claims, reader="bench/1")


class Insert(msgspec.Struct, frozen=True):
    """So many claims, and seconds: ours, a bare ``executemany`` of their rows alone, and of all rows with the index."""

    claims: int
    ours: float
    bare: float
    bare_all: float


def inserting(where: str, bare: str, claims: int, shuffled: bool = False) -> Insert:
    """Write ``claims`` claims into a ledger at ``where``; then the same rows, bare, into that at ``bare``."""
    ledger = Ledger.create(where)
    writer = ledger.writer("bench")
    seconds = 0.0
    count = batches = 0
    for batch in harvests(claims, shuffled=shuffled):
        start = time.perf_counter()
        writer.write(batch)
        seconds += time.perf_counter() - start
        count += sum(len(r.claims) for h in batch for r in h.readings)
        batches += 1
    spent = _bare(ledger, Ledger.create(bare), batches)
    ledger.close()
    return Insert(count, seconds, spent["claims"], sum(spent.values()))


def _bare(source: Ledger, target: Ledger, batches: int) -> dict[str, float]:
    """Seconds for each table when its rows are put into the same table elsewhere, in as many transactions."""
    spent = {}
    sqlite = is_sqlite(source.engine)
    for name, statement, rows in _statements(source, sqlite):
        step = max(1, -(-len(rows) // batches))
        spent[name] = 0.0
        for first in range(0, len(rows), step):
            start = time.perf_counter()
            with writing(target.engine) as connection:
                cursor: Any = connection.connection.cursor()
                cursor.executemany(statement, rows[first : first + step])
            spent[name] += time.perf_counter() - start
    target.close()
    return spent


def _statements(ledger: Ledger, sqlite: bool) -> Iterator[tuple[str, str, list[Any]]]:
    """For each table: an INSERT, and all rows in the order in which they came."""
    mark = "?" if sqlite else "%s"
    with ledger.engine.connect() as connection:
        for table in (t for t in schema.METADATA.sorted_tables if t.name not in ("counters", "judgements")):
            names = [column.name for column in table.columns]
            order = "reading, key DESC" if table is schema.claims else "1"
            columns = ", ".join(f'"{name}"' for name in names)
            found = connection.exec_driver_sql(f'SELECT {columns} FROM "{table.name}" ORDER BY {order}')  # noqa: S608
            statement = f'INSERT INTO "{table.name}" ({columns}) VALUES ({", ".join([mark] * len(names))})'  # noqa: S608
            yield table.name, statement, [tuple(row) for row in found]
        for name in schema.WORDS:
            key, cast = ("rowid", "") if sqlite else ("key", "::tsvector")
            lines = [(k, " ".join(t) if sqlite else bulk.vector(t)) for k, t in index.lines(connection, name)]
            yield name, f"INSERT INTO {name} ({key}, words) VALUES ({mark}, {mark}{cast})", lines  # noqa: S608


class Search(msgspec.Struct, frozen=True):
    """Seconds for the first page of an answer to ``question`` (median and worst), and how many claims it showed."""

    question: str
    median: float
    worst: float
    shown: int


def searching(where: str, rounds: int = 7) -> tuple[list[Search], float]:
    """Ask every question for its first page of 50; and the peak of memory, in megabytes, of this process."""
    found = []
    with Ledger.open(where) as ledger:
        for question in QUESTIONS:
            seconds = []
            for _ in range(rounds):
                start = time.perf_counter()
                page = ledger.claims(question).page(50)
                seconds.append(time.perf_counter() - start)
            found.append(Search(question, statistics.median(seconds), max(seconds[1:]), len(page.entries)))
    return found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def filling(where: str, claims: int) -> float:
    """Write ``claims`` claims into a new ledger; the seconds that writing took."""
    seconds = 0.0
    with Ledger.create(where) as ledger:
        writer = ledger.writer("bench")
        for batch in harvests(claims):
            start = time.perf_counter()
            writer.write(batch)
            seconds += time.perf_counter() - start
        if not is_sqlite(ledger.engine):
            with ledger.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM ANALYZE")
    return seconds


def _databases(given: str | None, folder: Path) -> Iterator[tuple[str, Callable[[str], str]]]:
    """SQLite in ``folder``, and PostgreSQL: a name, and what gives the place of a new ledger by its name."""
    yield "sqlite", lambda name: str(folder / f"{name}.db")
    with contextlib.ExitStack() as stack:
        if given is None:
            try:
                given = stack.enter_context(server(fsync="on"))
            except NoServer as error:
                print(f"postgresql: not measured: {error}")
                return
        base = given
        yield "postgresql", lambda name: database(base, name)


def main() -> None:
    """Measure each part in a process of its own, one after the other, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000, help="how many are inserted beside executemany")
    parser.add_argument("--search", type=int, default=1_000_000, help="how many are searched; 0 leaves searching out")
    parser.add_argument("--postgres", metavar="URL", help="a server to use; its database gets others beside it")
    given = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory(prefix="onrecord-bench-") as folder:
        for name, place in _databases(given.postgres, Path(folder)):
            with ProcessPoolExecutor(1, mp_context=context, max_tasks_per_child=1) as pool:
                inserted = pool.submit(inserting, place("ours"), place("bare"), given.claims).result()
                _tell_inserting(name, inserted)
                if given.search:
                    full = place("full")
                    seconds = pool.submit(filling, full, given.search).result()
                    print(f"{name}: {given.search:,} claims written in {seconds:.0f} s")
                    _tell_searching(name, *pool.submit(searching, full).result())


def _tell_inserting(name: str, found: Insert) -> None:
    print(
        f"{name}: {found.claims:,} claims, {found.claims / found.ours:,.0f} claims/s (asked {TARGETS[name]:,}); "
        f"{found.bare / found.ours:.2f} of bare executemany of the rows of claims alone (asked {RATIO}), "
        f"{found.bare_all / found.ours:.2f} of all rows with the index"
    )


def _tell_searching(name: str, found: Sequence[Search], memory: float) -> None:
    for one in found:
        spent = f"{one.median * 1000:7.1f} ms  worst {one.worst * 1000:7.1f}"
        print(f"  {spent}  {one.shown:3} shown  {one.question or '(all)'}")
    slow = sum(one.median > ANSWER for one in found)
    print(f"{name}: {slow} of {len(found)} questions above {ANSWER * 1000:.0f} ms; {memory:.0f} MB (asked {MEMORY})")


if __name__ == "__main__":
    main()
