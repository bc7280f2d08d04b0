"""Adding reports at the desk: one job after the other in the background, each told as it goes."""

from __future__ import annotations

import concurrent.futures
import datetime
import itertools
import threading
import traceback
from collections.abc import Sequence
from typing import Literal

import msgspec

from onrecord.documents import Failure, Options, Upload
from onrecord.engine.add import add
from onrecord.ledger import Counts, Ledger
from onrecord.values import OnrecordError

_KEPT = 20  # jobs that are told
_FAILURES = 100  # of one job
State = Literal["waiting", "running", "done", "failed"]


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What became of what was handed over in one go.

    Attributes:
        number: counts the jobs of this desk. names: what was handed over. who: by whom.
        counts: of documents. failures: the first of them. error: why it ended early, if it did.
    """

    number: int
    names: tuple[str, ...]
    who: str
    asked_at: datetime.datetime
    state: State = "waiting"
    counts: Counts = Counts()
    failures: tuple[str, ...] = ()
    error: str | None = None


class Adding:
    """The jobs of a desk.

    Args:
        ledger: where to.
        reader: which reader reads.
        offline: whether addresses are refused.
    """

    def __init__(self, ledger: Ledger, reader: str, *, offline: bool = False) -> None:
        self._ledger = ledger
        self._reader = reader
        self._offline = offline
        self._jobs: dict[int, Job] = {}
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._worker = concurrent.futures.ThreadPoolExecutor(1, "onrecord-add")

    def submit(self, inputs: Sequence[str | Upload], options: Options, who: str) -> int:
        """Begin a job when those before it are done; its number."""
        names = tuple(one.name if isinstance(one, Upload) else one for one in inputs)
        with self._lock:
            job = Job(number=next(self._numbers), names=names, who=who, asked_at=datetime.datetime.now(datetime.UTC))
            self._jobs[job.number] = job
            while len(self._jobs) > _KEPT:
                del self._jobs[min(self._jobs)]
        given = msgspec.structs.replace(options, offline=options.offline or self._offline)
        running = self._worker.submit(self._run, job.number, tuple(inputs), given)
        running.add_done_callback(lambda ended: self._ended(job.number, ended))
        return job.number

    def jobs(self) -> list[Job]:
        """All jobs that are remembered, the last first."""
        with self._lock:
            return sorted(self._jobs.values(), key=lambda job: -job.number)

    def close(self) -> None:
        """Let the job that runs end, and begin no other."""
        self._worker.shutdown(cancel_futures=True)

    def _run(self, number: int, inputs: tuple[str | Upload, ...], options: Options) -> None:
        self._change(number, state="running")

        def tell(failure: Failure) -> None:
            self._failed(number, failure)

        def advance(counts: Counts) -> None:
            self._advance(number, counts)

        try:
            add(self._ledger, inputs, options, reader=self._reader, tell=tell, advance=advance)
        except OnrecordError as error:
            self._change(number, state="failed", error=str(error))
            return
        self._change(number, state="done")

    def _ended(self, number: int, ended: concurrent.futures.Future[None]) -> None:
        """Show a bug where its job is told, and its traceback in the terminal; nobody else waits for the job."""
        if ended.cancelled():
            return
        bug = ended.exception()
        if bug is not None:
            self._change(number, state="failed", error=f"a bug ended it: {type(bug).__name__}; the terminal tells more")
            traceback.print_exception(bug)

    def _failed(self, number: int, failure: Failure) -> None:
        with self._lock:
            job = self._jobs.get(number)
            if job is not None and len(job.failures) < _FAILURES:
                self._jobs[number] = msgspec.structs.replace(job, failures=(*job.failures, failure.message))

    def _advance(self, number: int, counts: Counts) -> None:
        with self._lock:
            job = self._jobs.get(number)
            if job is not None:
                self._jobs[number] = msgspec.structs.replace(job, counts=job.counts + counts)

    def _change(self, number: int, **fields: str) -> None:
        with self._lock:
            if number in self._jobs:
                self._jobs[number] = msgspec.structs.replace(self._jobs[number], **fields)
