"""``onrecord``: the commands, and the exit codes.

Exit codes:
    0  all was read
    1  a bug, with its traceback; or, of ``diff --exit-code`` alone, that there are differences
    2  the command line was wrong
    3  some inputs could not be read; the rest were
    4  a knowledge or model file is broken: reinstall, or mend the file of your own that is named
    5  a ledger is absent, locked, damaged, of another version, or doctor found something wrong with it
    130  interrupted
    141  whoever read the output closed it
"""

from __future__ import annotations

import sys

import click

from onrecord.cli.add import add, init, reread
from onrecord.cli.annotate import annotate
from onrecord.cli.claims import claims, diff, documents, search
from onrecord.cli.database import db, doctor
from onrecord.cli.evaluate import evaluate
from onrecord.cli.extract import extract
from onrecord.cli.knowledge import items, knowledge, places, sources
from onrecord.cli.review import review
from onrecord.cli.series import disagreements, echoes, links, series
from onrecord.cli.serve import serve
from onrecord.cli.users import users

BROKEN_INSTALLATION = 4
BROKEN_LEDGER = 5
INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=lambda context, _, wanted: _version(context, wanted),
    help="Show the version and exit.",
)
def onrecord() -> None:
    """Read news reports and put the claims they make on record.

    Exit codes: 0 all read · 1 differences (diff --exit-code) · 2 wrong command line · 3 some inputs failed, the rest
    were read · 4 broken knowledge or model file · 5 no ledger, or a broken one.
    """


def _version(context: click.Context, wanted: bool) -> None:
    """Print the version and leave."""
    if wanted:
        from onrecord.version import VERSION

        click.echo(f"onrecord {VERSION}")
        context.exit()


for command in (
    extract, annotate, init, add, reread, serve, users, review, search, claims, documents, series, links, disagreements,
    echoes, diff, doctor, db, evaluate, knowledge, sources, items, places,
):  # fmt: skip
    onrecord.add_command(command)


def main() -> None:
    """The entry point: one line for every error that onrecord raises on purpose, a traceback for a bug."""
    from onrecord.values import KnowledgeError, LedgerError, ModelError, OnrecordError

    try:
        sys.exit(onrecord.main(standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(INTERRUPTED)
    except OnrecordError as error:
        click.echo(f"onrecord: {error}", err=True)
        if isinstance(error, LedgerError):
            sys.exit(BROKEN_LEDGER)
        sys.exit(BROKEN_INSTALLATION if isinstance(error, (KnowledgeError, ModelError)) else click.UsageError.exit_code)
