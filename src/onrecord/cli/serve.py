"""``onrecord serve``: the desk in the browser."""

from __future__ import annotations

import getpass
import ipaddress

import click

from onrecord.cli.ledgers import ledger_option, opened

PORT = 8745


@click.command(short_help="Open the desk: read, compare and review in the browser.")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0 takes any free one.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Of this machine, to listen on."
)
@click.option("--read-only", is_flag=True, help="Nothing may be judged or added.")
@click.option(
    "--name", "names", multiple=True, metavar="HOST",
    help="For a team: the host name under which the desk is opened. Everybody must log in then.",
)  # fmt: skip
@click.option("--certificate", metavar="FILE", help="With --name: PEM file by which it answers over https.")
@click.option("--key", metavar="FILE", help="With --certificate: its private key.")
@click.option(
    "--proxy", metavar="ADDRESS", help="With --name: of the web server that answers over https and passes requests on."
)
@click.option(
    "--requests", type=click.IntRange(1), metavar="N", help="With --name: of one account in a minute; by default 600."
)
@ledger_option
def serve(
    where: str | None, port: int, host: str, read_only: bool, names: tuple[str, ...], certificate: str | None,
    key: str | None, proxy: str | None, requests: int | None,
) -> None:  # fmt: skip
    """Open the desk over a ledger, until Ctrl-C: for this machine alone, or with --name for a team that logs in.

    Nothing is loaded from elsewhere. Without --name no other machine can reach it.
    """
    from onrecord.web.limits import REQUESTS
    from onrecord.web.run import Line, run

    _check(host, names, certificate, key, proxy)
    with opened(where) as ledger:
        if names and not any(account.closed_at is None for account in ledger.access.accounts.all()):
            raise click.UsageError("nobody could log in yet; make an account: onrecord users add NAME --role admin")
        line = Line(host, port, certificate, key, proxy)
        hosts = tuple(name.lower() for name in names)
        run(ledger, line, click.echo, hosts=hosts, who=getpass.getuser(), read_only=read_only, log_in=bool(names),
            requests=requests or REQUESTS)  # fmt: skip


def _check(host: str, names: tuple[str, ...], certificate: str | None, key: str | None, proxy: str | None) -> None:
    """Nothing, where nobody can reach the desk who should not, nor read along.

    Raises:
        UsageError: otherwise.
    """
    from onrecord.web.guard import is_loopback

    if not names:
        if not is_loopback(host):
            raise click.UsageError(f"--host {host} can be reached by others; give --name, and they must log in")
        if certificate or key or proxy:
            raise click.UsageError("--certificate, --key and --proxy are for a desk with --name; leave them out")
        return
    if bool(certificate) != bool(key):
        raise click.UsageError("a certificate needs its key; give --certificate and --key")
    if bool(certificate) == bool(proxy):
        raise click.UsageError("passwords may not go unencrypted; give --certificate and --key, or --proxy")
    if proxy:
        try:
            ipaddress.ip_network(proxy)
        except ValueError as error:
            raise click.UsageError(f"--proxy {proxy!r} is no address; give one such as 127.0.0.1") from error
    for name in names:
        if not name or any(sign in name for sign in "/:@ *"):
            raise click.UsageError(f"--name {name!r} is no host name; give one such as desk.example.org")
