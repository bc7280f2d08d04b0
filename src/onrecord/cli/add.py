"""``onrecord init``, ``add`` and ``reread``: making a ledger, and putting reports into it."""

from __future__ import annotations

import contextlib
import datetime
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.inputs import (
    PARTLY_FAILED,
    knowledge_option,
    printable,
    reader_option,
    reading_options,
)
from onrecord.cli.ledgers import FILE, files_of, ledger_option, opened

if TYPE_CHECKING:
    from onrecord.documents import Failure
    from onrecord.ledger import Counts, Ledger

SEED_DAY = datetime.date(2025, 3, 27)  # when examples/seed.txt was published
jobs_option = click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="How many processes read; by default one a processor."
)


@click.command()
@click.argument("where", default=".", metavar="[DIR|URL]")
@click.option("--demo", is_flag=True, help="Put the reports of examples in, to look around with.")
@reader_option
def init(where: str, demo: bool, reader: str) -> None:
    """Make an empty ledger: a file onrecord.db in DIR, or tables in a PostgreSQL database by its URL.

    A ledger is one file, and may be copied and sent. PostgreSQL is for several people who write at once:
    postgresql://user@host/database, a database of its own.
    """
    from onrecord.ledger import Ledger
    from onrecord.ledger.connect import named

    place = where if "://" in where else str(_folder(where) / FILE)
    with Ledger.create(place) as ledger:
        click.echo(f"made {named(place)}", err=True)
        if demo:
            dated, undated = _examples()
            _add(ledger, dated, reader=reader, offline=True)
            _add(ledger, undated, reader=reader, offline=True, published=SEED_DAY)
            click.echo("look around: onrecord series list · onrecord search 'type:killed north korea'", err=True)


@click.command()
@reading_options
@click.option(
    "--follow/--no-follow",
    default=None,
    help="Fetch the pages that a feed, sitemap or OPML file lists; by default when the list came from the web.",
)
@click.option("--most", type=click.IntRange(min=1), default=1_000, show_default=True, metavar="N",
              help="At most so many pages of one list.")  # fmt: skip
@click.option("--pause", type=click.FloatRange(min=0), default=1.0, show_default=True, metavar="SECONDS",
              help="Between two pages of one host, unless its robots.txt asks for more.")  # fmt: skip
@reader_option
@knowledge_option
@jobs_option
@ledger_option
def add(
    inputs: tuple[str, ...],
    published: datetime.date | None,
    publisher: str | None,
    offline: bool,
    allow_private: bool,
    follow: bool | None,
    most: int,
    pause: float,
    reader: str,
    own: Path | None,
    jobs: int | None,
    where: str | None,
) -> None:
    """Put reports into a ledger: capture them, read them, and keep their claims for good.

    Text, HTML, PDF, DOCX, e-mail, JSON Lines, feeds, sitemaps, OPML, web archives (WARC), ZIP archives, folders, web
    addresses, - for standard input; recognised by what they hold, not by their names. What is there already is passed
    over, so after an interruption the same command completes what was begun. A page that changed makes a new version.
    """
    if not inputs:
        raise click.UsageError("no input; give files, folders, URLs, or - for standard input")
    with opened(where) as ledger:
        _add(
            ledger, inputs, published=published, publisher=publisher, offline=offline, allow_private=allow_private,
            follow=follow, most=most, pause=pause, reader=reader, own=own, jobs=jobs,
        )  # fmt: skip


@click.command()
@reader_option
@knowledge_option
@jobs_option
@ledger_option
def reread(reader: str, own: Path | None, jobs: int | None, where: str | None) -> None:
    """Read every report of a ledger again that this reader has not read yet, as after an update of onrecord.

    Readings are added and nothing is overwritten: earlier claims stay on record and may be cited, and judgements stay
    with their claims.
    """
    from onrecord.engine import add as engine

    with opened(where) as ledger, _progress() as advance:
        counts = engine.reread(ledger, reader=reader, own=own, jobs=jobs, tell=_tell, advance=advance)
    _finish(counts)


def examples() -> Path:
    """The example reports: in the installed package, else in the repository that it is installed from."""
    import onrecord

    package = Path(onrecord.__file__).parent
    for folder in (package / "examples", package.parent.parent / "examples"):
        if folder.is_dir():
            return folder
    raise click.UsageError("the example reports are not installed; give reports of your own: onrecord add")


def _examples() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The example files that tell their day, and the plain text that cannot."""
    files = sorted(str(file) for file in examples().iterdir())
    undated = tuple(file for file in files if file.endswith(".txt"))
    return tuple(file for file in files if file not in undated), undated


def _add(
    ledger: Ledger,
    inputs: tuple[str, ...],
    *,
    reader: str,
    own: Path | None = None,
    jobs: int | None = None,
    published: datetime.date | None = None,
    publisher: str | None = None,
    offline: bool = False,
    allow_private: bool = False,
    follow: bool | None = None,
    most: int = 1_000,
    pause: float = 1.0,
) -> None:
    from onrecord.documents import Options
    from onrecord.engine import add as engine

    options = Options(
        published=published, publisher=publisher, offline=offline, allow_private=allow_private, follow=follow,
        most=most, pause=pause, skip=files_of(str(ledger.where)),
    )  # fmt: skip
    with _progress() as advance:
        counts = engine.add(
            ledger, inputs, options, reader=reader, own=own, jobs=jobs, tell=_tell, advance=advance
        )  # fmt: skip
    _finish(counts)


def _folder(where: str) -> Path:
    folder = Path(where)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.UsageError(f"cannot make the folder {where}: {error.strerror}; give another") from error
    return folder


def _tell(failure: Failure) -> None:
    click.echo(f"onrecord: {printable(failure.message)}", err=True)


def _finish(counts: Counts) -> None:
    """Tell what became of the documents, and leave with the exit code that failures ask for."""
    click.echo(_told(counts))
    if counts.failed:
        raise click.exceptions.Exit(PARTLY_FAILED)


def _told(counts: Counts) -> str:
    names = {"new": "new", "updated": "updated", "unchanged": "unchanged", "reread": "read anew", "failed": "failed"}
    always = ("new", "unchanged", "updated", "failed")
    parts = [f"{getattr(counts, n):,} {names[n]}" for n in (*always, "reread") if n in always or getattr(counts, n)]
    return ", ".join(parts)


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[Counts], None]]:
    """A line on standard error that counts what became of documents; silent when that is no terminal."""
    from onrecord.ledger import Counts

    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    total = [Counts()]
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(),
                  console=Console(stderr=True), transient=True) as bar:  # fmt: skip
        task = bar.add_task(_told(total[0]), total=None)

        def advance(counts: Counts) -> None:
            total[0] += counts
            bar.update(task, description=_told(total[0]))

        yield advance
