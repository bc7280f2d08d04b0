"""Processes that read, side by side, and what becomes of a task whose process dies or takes too long.

Results come in the order of the tasks, and only so many tasks are under way, so memory is bounded and a ledger is
written in the order of the input.
"""

from __future__ import annotations

import collections
import contextlib
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from typing import BinaryIO, cast

import msgspec

from onrecord.documents.options import failure
from onrecord.engine.worker import MEMORY, OUT_OF_MEMORY, Read, Result, Setup, Task, receive, send

# A task may take so many seconds, and more for every capture and byte of text: far beyond what reading takes.
_PATIENCE, _EACH, _PER_BYTE = 60.0, 20.0, 1 / 10_000
_MOST_TEXT = 3_000_000  # bytes; what is larger holds pictures
_AHEAD = 2


class Lost(msgspec.Struct, frozen=True):
    """Why a process gave no result: "was stopped by signal 11", "took more than 140 s"."""

    reason: str


class _Worker:
    """One process, the task it has, and until when it may take."""

    def __init__(self, setup: Setup) -> None:
        command = [sys.executable, "-m", "onrecord.engine.worker"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_environment())
        self.input = cast(BinaryIO, self.process.stdin)
        self.output = cast(BinaryIO, self.process.stdout)
        self.task: int | None = None
        self.allowed = self.until = 0.0
        with contextlib.suppress(OSError):  # it died at once, which shows when a result is awaited
            send(self.input, setup)

    def give(self, number: int, task: Task) -> None:
        """Hand it a task."""
        self.task = number
        sizes = [*(len(c.body) for c in task.captures), *(len(d.text) for d in task.documents)]
        size = sum(min(size, _MOST_TEXT) for size in sizes)
        self.allowed = _PATIENCE + _EACH * (len(task.captures) + len(task.documents)) + size * _PER_BYTE
        self.until = time.monotonic() + self.allowed
        with contextlib.suppress(OSError):
            send(self.input, task)

    def result(self) -> Result | Lost:
        """What came of its task; waits for it."""
        self.task = None
        found = receive(self.output, Result)
        return found if found is not None else Lost(self._end())

    def stop(self) -> Lost:
        """End it, because it takes too long."""
        self.process.kill()
        self.close()
        return Lost(f"took more than {self.allowed:.0f} s")

    def close(self) -> None:
        """Let it leave, and wait until it has."""
        with contextlib.suppress(OSError):
            self.input.close()
        self.output.close()
        self.process.wait()

    def _end(self) -> str:
        code = self.process.wait()
        self.close()
        if code == OUT_OF_MEMORY:
            return f"needed more than {MEMORY // 1_000_000_000} GB of memory"
        return f"was stopped by signal {-code}" if code < 0 else f"ended with code {code}"


def _environment() -> dict[str, str]:
    """One thread for each process: they share the cores by themselves."""
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {**threads, **os.environ}


class Pool:
    """``jobs`` processes that read with ``setup``; a context manager that ends them."""

    def __init__(self, setup: Setup, jobs: int) -> None:
        self._setup = setup
        self._jobs = max(1, jobs)
        self._workers: list[_Worker] = []
        self._selector = selectors.DefaultSelector()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            if worker.task is not None:
                worker.process.kill()
            worker.close()
        self._selector.close()

    def read(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, tuple[Read, ...]]]:
        """Every task with what was read for each of its captures or documents, in order.

        A capture that costs its process the life twice, the second time alone, is a failure that says so.
        """
        coming = iter(tasks)
        given: collections.deque[tuple[int, Task]] = collections.deque()
        done: dict[int, Result | Lost] = {}
        count = 0
        while True:
            while len(given) < self._jobs + _AHEAD and (task := next(coming, None)) is not None:
                given.append((count, task))
                self._start(count, task, done)
                count += 1
            if not given:
                return
            number, task = given.popleft()
            while number not in done:
                self._wait(done)
            found = done.pop(number)
            yield task, found.reads if isinstance(found, Result) else self._singly(task, found)

    def _start(self, number: int, task: Task, done: dict[int, Result | Lost]) -> None:
        """Hand a task to a process that is free, started when there is none; wait while all are busy."""
        while True:
            free = next((worker for worker in self._workers if worker.task is None), None)
            if free is None and len(self._workers) < self._jobs:
                free = _Worker(self._setup)
                self._workers.append(free)
                self._selector.register(free.output, selectors.EVENT_READ, free)
            if free is not None:
                free.give(number, task)
                return
            self._wait(done)

    def _wait(self, done: dict[int, Result | Lost]) -> None:
        """Take what comes from any process, or end those that take too long."""
        busy = [worker for worker in self._workers if worker.task is not None]
        patience = min(worker.until for worker in busy) - time.monotonic()
        ready = [key.data for key, _ in self._selector.select(max(0.0, patience))]
        now = time.monotonic()
        for worker in ready or [worker for worker in busy if worker.until <= now]:
            number = worker.task
            if worker not in ready:
                self._forget(worker)
                found: Result | Lost = worker.stop()
            else:
                found = worker.result()
                if isinstance(found, Lost):
                    self._forget(worker)
            if number is not None:
                done[number] = found

    def _forget(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        self._selector.unregister(worker.output)

    def _singly(self, task: Task, lost: Lost) -> tuple[Read, ...]:
        """Read each capture of a lost task alone, to find the one that it was lost by."""
        alone = [Task((capture,), task.options) for capture in task.captures]
        alone += [Task(documents=(document,)) for document in task.documents]
        if len(alone) == 1:
            name = task.captures[0].source if task.captures else task.documents[0].id
            told = f"the process that read it {lost.reason}; give its text, or split it, and report this with the file"
            return (Read(failures=(failure(name, told),)),)
        with Pool(self._setup, 1) as pool:
            return tuple(read for _, reads in pool.read(alone) for read in reads)
