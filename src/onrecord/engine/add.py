"""Adding reports to a ledger: capture, pass over what is known, read side by side, write in whole batches."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from onrecord.documents import Failure, Options, Upload, captures, uploaded
from onrecord.documents.options import failure
from onrecord.engine.pool import Pool
from onrecord.engine.read import DEFAULT_READER, version_of
from onrecord.engine.worker import Setup, Task
from onrecord.knowledge import builtin
from onrecord.ledger import Counts, Harvest, Ledger
from onrecord.ledger.rows import capture_id, stated_of
from onrecord.values import Capture

# A task and a batch hold at most so many captures and bytes, or one larger capture alone.
_TASK, _TASK_BYTES = 8, 1_000_000
# A batch is written when it has so many captures, or when so many seconds have passed: less is lost by a crash.
_BATCH, _SECONDS = 32, 1.0
Advance = Callable[[Counts], None]
Tell = Callable[[Failure], None]


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def add(
    ledger: Ledger,
    inputs: Iterable[str | Upload],
    options: Options,
    *,
    reader: str = DEFAULT_READER,
    own: Path | None = None,
    jobs: int | None = None,
    tell: Tell = lambda _: None,
    advance: Advance = lambda _: None,
) -> Counts:
    """Put the reports of ``inputs`` into ``ledger``.

    What is there already is passed over, so the same call after an interruption completes what was begun. What is
    written is whole at any moment: a capture with all its documents and claims, or nothing of it.

    Args:
        ledger: where to.
        inputs: files, folders, archives, URLs, or ``-``, as ``documents.captures`` takes them; or files handed over.
        options: what the caller states about them.
        reader: which reader reads.
        own: a folder with knowledge of the user's own.
        jobs: how many processes read; by default one for each processor.
        tell: is told every failure as it comes.
        advance: is told what became of documents as they are written.

    Returns:
        What became of all documents.

    Raises:
        LedgerError: if the database refuses.
        RequestError: if there is no such reader.
    """
    run = _Run(ledger, "add", options, reader, own, tell, advance)
    found = (
        one for given in inputs
        for one in (uploaded(given, options) if isinstance(given, Upload) else captures(given, options))
    )  # fmt: skip
    return run.read(run.tasks(found), jobs)


def reread(
    ledger: Ledger,
    *,
    reader: str = DEFAULT_READER,
    own: Path | None = None,
    jobs: int | None = None,
    tell: Tell = lambda _: None,
    advance: Advance = lambda _: None,
) -> Counts:
    """Read every document of ``ledger`` that ``reader``, as it is now, has not read yet.

    A reading is added to those there are; their claims stay on record and may be cited. The arguments are those of
    ``add``; so is what is raised.
    """
    run = _Run(ledger, "reread", Options(), reader, own, tell, advance)
    return run.read((Task(documents=tuple(found)) for found in ledger.unread(run.version, size=_TASK)), jobs)


class _Run:
    """What one run holds between capturing and writing."""

    def __init__(
        self,
        ledger: Ledger,
        command: str,
        options: Options,
        reader: str,
        own: Path | None,
        tell: Tell,
        advance: Advance,
    ) -> None:
        self.version = version_of(reader, builtin(own))
        self._setup = Setup(reader, str(own) if own else None)
        self._stated = stated_of(options)
        self._writer = ledger.writer(command, self.version)
        self._options = options
        self._tell = tell
        self._advance = advance
        self._held: list[Harvest] = []
        self._written = time.monotonic()

    def read(self, tasks: Iterable[Task], jobs: int | None) -> Counts:
        """Read ``tasks`` side by side and write what they give; what became of all documents."""
        with Pool(self._setup, jobs or cores()) as pool:
            for task, reads in pool.read(tasks):
                # Documents that are read again were captured before.
                of = task.captures or (None,) * len(task.documents)
                found = zip(of, reads, strict=True)
                self.keep([Harvest(capture, self._stated, one.readings, one.failures) for capture, one in found])
            self.flush()
        self._writer.finish()
        return self._writer.counts

    def tasks(self, found: Iterable[Capture | Failure]) -> Iterator[Task]:
        """The captures that are not in the ledger as this reader reads them, in tasks; failures are kept at once."""
        for group in _grouped(found):
            failures = [one for one in group if isinstance(one, Failure)]
            if failures:
                self.keep([Harvest(None, failures=(one,)) for one in failures])
            unread = self._unread([one for one in group if isinstance(one, Capture)])
            if unread:
                yield Task(tuple(unread), self._options)

    def _unread(self, given: Sequence[Capture]) -> list[Capture]:
        ids = [capture_id(capture, self._stated) for capture in given]
        done = self._writer.finished(ids, self.version)
        known = sum(done.get(identity, 0) for identity in ids)
        if known:
            self._writer.passed_over(known)
            self._advance(Counts(unchanged=known))
        return [capture for capture, identity in zip(given, ids, strict=True) if identity not in done]

    def keep(self, harvests: Sequence[Harvest]) -> None:
        """Hold what was read, and write when it is enough for a batch."""
        for harvest in harvests:
            for one in harvest.failures:
                self._tell(one)
            for reading in harvest.readings:
                for fault in reading.faults:
                    self._tell(failure(reading.document.source or reading.document.id, fault.message))
            self._held.append(harvest)
        if len(self._held) >= _BATCH or time.monotonic() - self._written > _SECONDS:
            self.flush()

    def flush(self) -> None:
        """Write what is held."""
        if self._held:
            self._advance(self._writer.write(self._held))
            self._held = []
        self._written = time.monotonic()


def _grouped(found: Iterable[Capture | Failure]) -> Iterator[list[Capture | Failure]]:
    """Captures and failures in groups of bounded size."""
    group: list[Capture | Failure] = []
    size = 0
    for one in found:
        more = len(one.body) if isinstance(one, Capture) else 0
        if group and (len(group) == _TASK or size + more > _TASK_BYTES):
            yield group
            group, size = [], 0
        group.append(one)
        size += more
    if group:
        yield group
