"""``onrecord doctor`` and ``onrecord db``: checking a ledger, backing it up, bringing it up to date."""

from __future__ import annotations

import sys

import click

from onrecord.cli.inputs import printable
from onrecord.cli.ledgers import found, ledger_option, opened


@click.command()
@ledger_option
def doctor(where: str | None) -> None:
    """Check a whole ledger: hashes, quotes, references, columns, versions, search; exit code 5 if anything is wrong.

    Every original is hashed anew, every span is cut from its text and compared with its words. Nothing is changed.
    """
    from onrecord.ledger.doctor import examine
    from onrecord.values import LedgerError

    with opened(where) as ledger:
        wrong = 0
        for finding in examine(ledger.engine, advance=_advance):
            wrong += 1
            click.echo(f"{finding.check}: {printable(finding.what)}")
        if wrong:
            raise LedgerError(f"{wrong} findings, as told above; see docs/how-to/keep-a-ledger.md")
        size = ledger.size()
    click.echo(f"sound: {size['documents']:,} documents, {size['captures']:,} captures, {size['claims']:,} claims")


def _advance(check: str) -> None:
    if sys.stderr.isatty():
        click.echo(f"checking {check} …", err=True)


@click.group()
def db() -> None:
    """Look after the database of a ledger."""


@db.command("migrate")
@ledger_option
def migrate(where: str | None) -> None:
    """Bring a ledger that an older onrecord made to this version, whole or not at all; make a backup first."""
    from onrecord.ledger import connect

    engine = connect.unmigrated(where or found())
    click.echo(f"version {connect.migrate(engine)}")
    engine.dispose()


@db.command("backup")
@click.argument("to", metavar="PATH|URL")
@click.option("--without-accounts", is_flag=True, help="Leave out who may log in and what they did, to give it away.")
@ledger_option
def backup(to: str, without_accounts: bool, where: str | None) -> None:
    """Copy a ledger as it is at this moment, while others may write: to a file, or from and to PostgreSQL by URL."""
    from onrecord.ledger.connect import named
    from onrecord.ledger.copying import copy

    with opened(where) as ledger:
        copy(ledger.engine, to, accounts=not without_accounts)
    click.echo(f"wrote {named(to)}")


@db.command("check")
@ledger_option
def check(where: str | None) -> None:
    """Check quickly that a ledger can be opened and its database is undamaged; doctor checks what it holds."""
    from onrecord.ledger.doctor import database
    from onrecord.values import LedgerError

    with opened(where) as ledger:
        problems = database(ledger.engine)
        if problems:
            raise LedgerError(f"{printable('; '.join(problems))}; restore the ledger from a backup")
        click.echo(", ".join(f"{count:,} {name}" for name, count in ledger.size().items()))


@db.command("reindex")
@ledger_option
def reindex(where: str | None) -> None:
    """Make the search indexes anew from what is recorded."""
    from onrecord.ledger.index import reindex as rebuild

    with opened(where) as ledger:
        rebuild(ledger.engine)
    click.echo("search indexes made anew")
