"""``onrecord users``: who may log in at a desk with ``serve --name``."""

from __future__ import annotations

import getpass
import itertools
import sys
from typing import TYPE_CHECKING

import click

from onrecord.cli.inputs import printable, until_closed
from onrecord.cli.ledgers import ledger_option, opened

if TYPE_CHECKING:
    from onrecord.ledger.access import Actor

ROLES = ("reader", "reviewer", "admin")
RIGHTS = ("read", "review", "add", "manage")
_name = click.argument("name")
_role = click.option("--role", type=click.Choice(ROLES), required=True, help="What the account may do.")
_stdin = click.option("--stdin", is_flag=True, help="Read the password from standard input, its first line.")


@click.group()
def users() -> None:
    """Who may log in at a desk that serves a team: accounts, tokens for programs, and the log.

    A reader reads; a reviewer also decides and adds; an admin also looks after accounts.
    """


@users.command()
@_name
@_role
@_stdin
@ledger_option
def add(where: str | None, name: str, role: str, stdin: bool) -> None:
    """Make an account; asks for its password."""
    from onrecord.ledger.access import role_of

    with opened(where) as ledger:
        account = ledger.access.accounts.add(name, role_of(role), _password(stdin), by=_me())
    click.echo(f"{account.name} is {account.role}")


@users.command("list")
@ledger_option
def list_(where: str | None) -> None:
    """List the accounts."""
    with opened(where) as ledger, until_closed():
        for one in ledger.access.accounts.all():
            state = f", closed {one.closed_at:%Y-%m-%d}" if one.closed_at else ""
            click.echo(f"{printable(one.name)}: {one.role}, since {one.made_at:%Y-%m-%d}{state}")


@users.command()
@_name
@_role
@ledger_option
def role(where: str | None, name: str, role: str) -> None:
    """Give an account another role."""
    from onrecord.ledger.access import role_of

    with opened(where) as ledger:
        ledger.access.accounts.set_role(name, role_of(role), by=_me())
    click.echo(f"{name} is {role}")


@users.command()
@_name
@_stdin
@ledger_option
def password(where: str | None, name: str, stdin: bool) -> None:
    """Give an account another password, and log it out everywhere."""
    with opened(where) as ledger:
        ledger.access.accounts.named(name)
        ledger.access.accounts.set_password(name, _password(stdin), by=_me())
    click.echo(f"the password of {name} is changed")


@users.command()
@_name
@ledger_option
def close(where: str | None, name: str) -> None:
    """Let an account no longer be used, nor its tokens; what it decided stays on record."""
    with opened(where) as ledger:
        ledger.access.accounts.close(name, by=_me())
    click.echo(f"{name} is closed")


@users.command()
@_name
@ledger_option
def reopen(where: str | None, name: str) -> None:
    """Let a closed account be used again."""
    with opened(where) as ledger:
        ledger.access.accounts.reopen(name, by=_me())
    click.echo(f"{name} is open")


@users.command()
@_name
@click.option("--scope", "scopes", type=click.Choice(RIGHTS), multiple=True, default=("read",), show_default=True,
              help="What it may, as far as its owner may; can be repeated.")  # fmt: skip
@click.option("--days", type=click.IntRange(1, 366), default=90, show_default=True, help="How long it holds.")
@click.option("--label", default="made on the command line", show_default=True, help="What to call it.")
@ledger_option
def token(where: str | None, name: str, scopes: tuple[str, ...], days: int, label: str) -> None:
    """Make a token by which a program asks the API in the name of an account, and print it, this once."""
    from onrecord.ledger.access import rights_of

    with opened(where) as ledger:
        account = ledger.access.accounts.named(name)
        click.echo(ledger.access.tokens.make(account, label, rights_of(scopes), days, by=_me()))


@users.command()
@_name
@ledger_option
def tokens(where: str | None, name: str) -> None:
    """List the tokens of an account by their numbers."""
    with opened(where) as ledger, until_closed():
        for one in ledger.access.tokens.of(ledger.access.accounts.named(name)):
            state = f"revoked {one.revoked_at:%Y-%m-%d}" if one.revoked_at else f"until {one.expires_at:%Y-%m-%d}"
            click.echo(f"{one.key} {printable(one.label)}: {', '.join(one.scopes)}, {state}")


@users.command()
@_name
@click.argument("number", type=int)
@ledger_option
def revoke(where: str | None, name: str, number: int) -> None:
    """Let a token of an account hold no longer, by its number."""
    with opened(where) as ledger:
        ledger.access.tokens.revoke(ledger.access.accounts.named(name), number, by=_me())
    click.echo(f"token {number} of {name} is revoked")


@users.command()
@click.option("--who", metavar="NAME", help="Only of this account.")
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True, metavar="N", help="At most so many.")
@ledger_option
def log(where: str | None, who: str | None, limit: int) -> None:
    """Who logged in, decided, added, and changed accounts; the latest first."""
    with opened(where) as ledger, until_closed():
        for one in itertools.islice(ledger.access.audit.all(who), limit):
            told = f"{one.at:%Y-%m-%d %H:%M:%S} {one.who} {one.act}{': ' if one.what else ''}{one.what}"
            click.echo(printable(f"{told} ({one.address or 'command line'})"))


def _me() -> Actor:
    from onrecord.ledger.access import Actor

    return Actor(getpass.getuser())


def _password(stdin: bool) -> str:
    """A password, typed twice without being shown, or the first line of standard input."""
    if stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
