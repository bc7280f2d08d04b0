"""``onrecord serve``: the desk in the browser."""

from __future__ import annotations

import getpass

import click

from onrecord.cli.ledgers import ledger_option, opened

PORT = 8745


@click.command(short_help="Open the desk: read and compare in the browser.")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0 takes any free one.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="A loopback address of this machine."
)
@click.option("--read-only", is_flag=True, help="Nothing may be judged.")
@ledger_option
def serve(where: str | None, port: int, host: str, read_only: bool) -> None:
    """Open the desk over a ledger, for this machine alone, until Ctrl-C.

    Nothing is loaded from elsewhere, and no other machine can reach it.
    """
    from onrecord.web.guard import is_loopback
    from onrecord.web.run import run

    if not is_loopback(host):
        raise click.UsageError(f"--host {host} can be reached by others, and the desk has no log-in; use 127.0.0.1")
    with opened(where) as ledger:
        run(ledger, host, port, click.echo, who=getpass.getuser(), read_only=read_only)
