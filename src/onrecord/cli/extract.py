"""``onrecord extract``: the claims of reports."""

from __future__ import annotations

import datetime
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from onrecord.cli.inputs import Inputs, knowledge_option, reader_option, reading_options, until_closed, write_lines

if TYPE_CHECKING:
    from onrecord.values import Reading

FORMATS = ("table", "json", "jsonl")


@click.command()
@reading_options
@click.option("--json", "format_", flag_value="json", help="One JSON array of documents, indented.")
@click.option("--jsonl", "format_", flag_value="jsonl", help="One JSON line per document.")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="table", help="How to print the claims.")
@click.option(
    "--html", type=click.Path(dir_okay=False, path_type=Path), metavar="OUT", help="Also write a page to read."
)
@reader_option
@knowledge_option
def extract(
    inputs: tuple[str, ...],
    published: datetime.date | None,
    publisher: str | None,
    offline: bool,
    allow_private: bool,
    format_: str,
    html: Path | None,
    reader: str,
    own: Path | None,
) -> None:
    """Put the claims of reports on record: who asserted what, how many, when, how sure, in which words.

    An input of JSON (an object a line, one object, or an array of objects, each with a "text") is read as documents,
    anything else as one report in plain text or HTML. The record of a claim is described in docs/reference/claim.md.
    """
    from onrecord.engine.read import Reader
    from onrecord.knowledge import builtin

    given = Inputs(
        inputs,
        published=published,
        publisher=publisher,
        offline=offline,
        allow_private=allow_private,
        skip=(os.path.realpath(html),) if html is not None else (),
    )
    if html is not None:
        _check_writable(html)
    readings = given.readings(Reader(reader, knowledge=builtin(own)))
    with until_closed():
        if html is None:
            _PRINT[format_](readings)
        else:
            with tempfile.TemporaryFile() as spool:
                _PRINT[format_](_spooling(readings, spool))
                _write_page(html, _spooled(spool))
    given.finish()


def _spooling(readings: Iterator[Reading], spool: IO[bytes]) -> Iterator[Reading]:
    """The readings as they come, each also kept on disk: the page wants them again, and memory stays bounded."""
    import msgspec

    for reading in readings:
        data = msgspec.msgpack.encode(reading)
        spool.write(len(data).to_bytes(8, "big") + data)
        yield reading


def _spooled(spool: IO[bytes]) -> Iterator[Reading]:
    import msgspec

    from onrecord.values import Reading

    spool.seek(0)
    while head := spool.read(8):
        yield msgspec.msgpack.decode(spool.read(int.from_bytes(head, "big")), type=Reading)


def _check_writable(path: Path) -> None:
    """Fail before hours of reading rather than after."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path.parent):
            pass
    except OSError as error:
        raise click.UsageError(f"cannot write {path}: {error.strerror}; choose another place for --html") from error


def _write_page(path: Path, readings: Iterator[Reading]) -> None:
    """Write beside the page and put it in its place, so that a page is never half written."""
    from onrecord.views.page import page

    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=".", delete=False) as file:
        file.writelines(page(readings))
    os.chmod(file.name, 0o666 & ~_umask())
    os.replace(file.name, path)
    click.echo(f"wrote {path}", err=True)


def _umask() -> int:
    """The permissions that new files do not get; reading them means setting them."""
    current = os.umask(0)
    os.umask(current)
    return current


def _print_lines(readings: Iterator[Reading]) -> None:
    from onrecord.views.record import encode_line

    write_lines(encode_line(reading) for reading in readings)


def _print_array(readings: Iterator[Reading]) -> None:
    from onrecord.views.record import encode_array

    write_lines(encode_array(readings))


def _print_table(readings: Iterator[Reading]) -> None:
    from onrecord.views.summary import Tally
    from onrecord.views.table import print_reading

    tally = Tally()
    for reading in readings:
        tally.add(reading)
        print_reading(reading)
    click.echo(tally.line(), err=True)


_PRINT = {"table": _print_table, "jsonl": _print_lines, "json": _print_array}
