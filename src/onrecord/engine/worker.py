"""A process that reads captures: ``python -m onrecord.engine.worker``, started and fed by ``pool.py``.

Reading happens in processes of its own because what is read is hostile: whatever crashes or hangs a parser costs one
capture, and neither the ledger nor anything else. A message is eight bytes of length and MessagePack; nothing is ever
unpickled. When the parent ends, however it ends, standard input closes and the worker leaves.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, TypeVar

import msgspec

from onrecord.documents import Failure, Options, documents
from onrecord.documents.options import failure
from onrecord.ledger.rows import check_storable
from onrecord.values import Capture, Document, DocumentError, Reading

Message = TypeVar("Message")
Reads = Callable[[Iterable[Document]], Iterator[Reading]]
_LENGTH = 8
MEMORY = 2_000_000_000
OUT_OF_MEMORY = 77  # an exit code that Python itself does not use


class Setup(msgspec.Struct, frozen=True):
    """What a worker reads with: the reader's name, and the user's own knowledge."""

    reader: str
    own: str | None = None


class Task(msgspec.Struct, frozen=True):
    """What to read: captures, or documents that were captured before."""

    captures: tuple[Capture, ...] = ()
    options: Options = Options()
    documents: tuple[Document, ...] = ()


class Read(msgspec.Struct, frozen=True):
    """What one capture or document gave: readings, less their sentences and mentions, and failures."""

    readings: tuple[Reading, ...] = ()
    failures: tuple[Failure, ...] = ()


class Result(msgspec.Struct, frozen=True):
    """What was read, for every capture or document of a task in its order."""

    reads: tuple[Read, ...]


def send(stream: BinaryIO, message: msgspec.Struct) -> None:
    """Write one message."""
    data = msgspec.msgpack.encode(message)
    stream.write(len(data).to_bytes(_LENGTH, "big") + data)
    stream.flush()


def receive(stream: BinaryIO, kind: type[Message]) -> Message | None:
    """Read one message; ``None`` when the other side has closed, also in the middle of one."""
    head = _exactly(stream, _LENGTH)
    data = _exactly(stream, int.from_bytes(head, "big")) if head is not None else None
    return msgspec.msgpack.decode(data, type=kind) if data is not None else None


def _exactly(stream: BinaryIO, size: int) -> bytes | None:
    pieces = []
    while size:
        piece = stream.read(size)
        if not piece:
            return None
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def main() -> None:
    """Read a setup, then tasks, until standard input closes."""
    # Ctrl-C reaches every process of a terminal; it is the parent's to end this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    given = sys.stdin.buffer
    # Whatever a library prints must not end up among the messages.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    setup = receive(given, Setup)
    if setup is None:
        return
    from onrecord.engine.read import Reader
    from onrecord.knowledge import builtin

    reader = Reader(setup.reader, knowledge=builtin(Path(setup.own) if setup.own else None))
    _bound_memory()
    try:
        while (task := receive(given, Task)) is not None:
            send(out, Result(tuple(_read(task, reader.read))))
    except MemoryError:  # the parent tells; a traceback would tell a user nothing
        sys.exit(OUT_OF_MEMORY)


def _bound_memory() -> None:
    """Let no document take more than ``MEMORY`` bytes beyond the loaded reader: a small PDF may unfold without end."""
    with contextlib.suppress(OSError, ValueError):
        size = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, hard))


def _read(task: Task, read: Reads) -> Iterable[Read]:
    """What every capture of ``task`` holds, read in one go."""
    found = [_documents(capture, task.options) for capture in task.captures]
    found += [([document], ()) for document in task.documents]
    readings = iter(read([document for held, _ in found for document in held]))
    return [Read(tuple(_slim(next(readings)) for _ in held), tuple(failed)) for held, failed in found]


def _documents(capture: Capture, options: Options) -> tuple[list[Document], Sequence[Failure]]:
    held: list[Document] = []
    failed: list[Failure] = []
    for one in documents(capture, options):
        if isinstance(one, Failure):
            failed.append(one)
            continue
        try:
            check_storable(one)
            held.append(one)
        except DocumentError as error:
            failed.append(failure(one.source or capture.source, error))
    return held, failed


def _slim(reading: Reading) -> Reading:
    return Reading(reading.document, claims=reading.claims, faults=reading.faults, reader=reading.reader)


if __name__ == "__main__":
    main()
