"""What the reading commands share: their arguments, the way inputs are opened, failures and progress."""

from __future__ import annotations

import contextlib
import datetime
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from onrecord.engine.read import Reader
    from onrecord.values import Document, Reading

# The first is the usual one; a test holds that these are the readers there are.
READERS = ("trained", "rules")
PARTLY_FAILED = 3
CLOSED = 141
Command = TypeVar("Command", bound=Callable[..., Any])


class Day(click.ParamType[datetime.date]):
    """An ISO 8601 day."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        """The day, or a usage error that names the value."""
        if isinstance(value, datetime.date):
            return value
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no date; give it as YYYY-MM-DD", param, ctx)


def together(*decorators: Callable[[Any], Any]) -> Callable[[Command], Command]:
    """Several arguments and options as one decorator, in the order in which the help tells them."""

    def decorated(command: Command) -> Command:
        for decorate in reversed(decorators):
            command = decorate(command)
        return command

    return decorated


# The inputs and options that every reading command takes.
reading_options = together(
    click.argument("inputs", nargs=-1, metavar="[FILE|URL|DIR|-]..."),
    click.option(
        "--published",
        type=Day(),
        metavar="DATE",
        help="Day of publication, over what a web page states; records in JSON keep their own.",
    ),
    click.option(
        "--publisher",
        metavar="NAME",
        help="The outlet, over what a web page states; records in JSON keep their own.",
    ),
    click.option("--offline", is_flag=True, help="Open no network connection; URLs fail."),
    click.option("--allow-private", is_flag=True, help="Allow URLs at private and loopback addresses."),
)


def reader_option(command: Command) -> Command:
    """Which reader reads: the trained one, or the rules alone."""
    return click.option(
        "--reader",
        type=click.Choice(READERS),
        default=READERS[0],
        show_default=True,
        help="What reads: a small trained network over the rules, or the rules alone.",
    )(command)


def knowledge_option(command: Command) -> Command:
    """A folder with knowledge of the user's own, added to ours."""
    return click.option(
        "--knowledge",
        "own",
        type=click.Path(file_okay=False, path_type=Path),
        envvar="ONRECORD_KNOWLEDGE",
        metavar="FOLDER",
        help="Your own knowledge files, added to onrecord's (or set ONRECORD_KNOWLEDGE).",
    )(command)


class Inputs:
    """The inputs of one command, with the failures counted and told as they come.

    A failed input costs one line on standard error and nothing else.
    """

    def __init__(self, inputs: tuple[str, ...], **options: Any) -> None:
        from onrecord.documents import Options

        if not inputs:
            raise click.UsageError("no input; give files, folders, URLs, or - for standard input")
        self.inputs = inputs
        self.options = Options(**options)
        self.failures = 0

    def documents(self) -> Iterator[Document]:
        """The documents of all inputs, in order."""
        from onrecord.documents import Failure, read

        for given in self.inputs:
            for found in read(given, self.options, stdin=sys.stdin.buffer):
                if isinstance(found, Failure):
                    self.failures += 1
                    click.echo(f"onrecord: {printable(found.message)}", err=True)
                else:
                    yield found

    def readings(self, reader: Reader) -> Iterator[Reading]:
        """The readings of all inputs, with a progress bar on standard error when that is a terminal."""
        with progress() as advance:
            for reading in reader.read(self.documents()):
                advance()
                for fault in reading.faults:
                    self.failures += 1
                    name = reading.document.source or reading.document.id
                    click.echo(f"onrecord: {printable(name)}: {printable(fault.message)}", err=True)
                yield reading

    def finish(self) -> None:
        """Leave with the exit code that the failures ask for."""
        if self.failures:
            raise click.exceptions.Exit(PARTLY_FAILED)


def printable(text: str) -> str:
    """``text`` with whatever could steer a terminal made visible, on one line."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


@contextlib.contextmanager
def progress() -> Iterator[Callable[[], None]]:
    """A bar that counts documents on standard error; silent when that is no terminal."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("reading"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda: bar.advance(task)


@contextlib.contextmanager
def until_closed() -> Iterator[None]:
    """Leave quietly when whoever reads the output has enough (``head``), with an exit code of its own."""
    try:
        yield
    except BrokenPipeError as error:
        # Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.exceptions.Exit(CLOSED) from error


def write_lines(lines: Iterable[bytes]) -> None:
    """Bytes to standard output as they come."""
    out = sys.stdout.buffer
    for line in lines:
        out.write(line)
        out.flush()
