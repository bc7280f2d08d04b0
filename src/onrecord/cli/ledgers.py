"""What the commands on a ledger share: which ledger, as of when, and how claims are printed."""

from __future__ import annotations

import datetime
import itertools
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.inputs import Command, Day, together, until_closed, write_lines

if TYPE_CHECKING:
    from onrecord.ledger import Claims, Entry, Ledger

FILE = "onrecord.db"
ROWS = 50


def ledger_option(command: Command) -> Command:
    """Which ledger."""
    return click.option(
        "--ledger",
        "where",
        envvar="ONRECORD_LEDGER",
        metavar="PATH|URL",
        help=f"The ledger (or set ONRECORD_LEDGER); by default {FILE} in this folder or one above it.",
    )(command)


# As of when, and which of several readings and versions.
standing_options = together(
    click.option("--as-of", type=Day(), metavar="DATE", help="Only what the world could know on that day."),
    click.option(
        "--recorded",
        type=Day(),
        metavar="DATE",
        help="Only what this ledger held at the end of that day (UTC), as it was read then.",
    ),
    click.option("--repeats", is_flag=True, help="Also what several versions of one page claim alike."),
    click.option("--superseded", is_flag=True, help="Also what earlier readings of a report found."),
)
# How claims are printed.
format_options = together(
    click.option("--json", "format_", flag_value="json", help="One JSON array, indented."),
    click.option("--jsonl", "format_", flag_value="jsonl", help="One JSON object a line."),
    click.option("--csv", "format_", flag_value="csv", help="CSV with a line of names."),
    click.option(
        "--limit",
        type=click.IntRange(min=1),
        metavar="N",
        help=f"At most so many; the table shows {ROWS}, the other formats all.",
    ),
)


def opened(where: str | None) -> Ledger:
    """The ledger that is meant.

    Raises:
        LedgerError: if there is none.
    """
    from onrecord.ledger import Ledger

    return Ledger.open(where or found())


def found() -> str:
    """The ledger of this folder, or of the nearest one above that has one; where it would be, if none has."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / FILE).is_file():
            return str(folder / FILE)
    return FILE


def files_of(where: str) -> tuple[str, ...]:
    """The real paths of a ledger's own files, which are no reports."""
    return (
        () if "://" in where else tuple(os.path.realpath(where) + ending for ending in ("", "-wal", "-shm", "-journal"))
    )


def moment(day: datetime.date | None) -> datetime.datetime | None:
    """The end of a day in UTC."""
    return datetime.datetime.combine(day, datetime.time.max, datetime.UTC) if day else None


def print_claims(
    question: str,
    *,
    where: str | None,
    format_: str | None,
    limit: int | None,
    as_of: datetime.date | None,
    recorded: datetime.date | None,
    repeats: bool,
    superseded: bool,
) -> None:
    """Print the claims that a question and the options above choose, as a table or in the format that was asked for."""
    with opened(where) as ledger, until_closed():
        found = ledger.claims(
            question, as_of=as_of, recorded=moment(recorded), repeats=repeats, superseded=superseded
        )  # fmt: skip
        if format_ is None:
            _print_table(found, limit or ROWS)
        else:
            write_lines(_written(format_, itertools.islice(found, limit)))


def _written(format_: str, entries: Iterable[Entry]) -> Iterable[bytes]:
    from onrecord.views.entries import as_array, as_csv, as_lines

    return {"json": as_array, "jsonl": as_lines, "csv": as_csv}[format_](entries)


def _print_table(claims: Claims, limit: int) -> None:
    from onrecord.views.cells import columns, show
    from onrecord.views.listing import table
    from onrecord.views.summary import counted

    page = claims.page(limit)
    if page.entries:
        show([table(page.entries, columns())])
    shown = counted(len(page.entries), "claim")
    click.echo(f"{shown} shown; there are more: --limit shows more" if page.after is not None else shown, err=True)
