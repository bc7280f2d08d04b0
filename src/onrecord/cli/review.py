"""``onrecord review``: what reviewers decided at the desk, as training data; how far they agree."""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from onrecord.cli.inputs import until_closed, write_lines
from onrecord.cli.ledgers import ledger_option, opened


@click.group()
def review() -> None:
    """What reviewers decided: export it as annotated reports, or see how far they agree."""


@review.command()
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="A file for each report, as the corpus has them; by default one JSON object a line.",
)
@click.option("--partial", is_flag=True, help="Also reports of which some claim is undecided; it is left out.")
@click.option("--who", metavar="NAME", help="Whose decisions come before others'; by default yours.")
@ledger_option
def export(where: str | None, folder: Path | None, partial: bool, who: str | None) -> None:
    """Write reviewed reports in the format of the corpus, to train or to score a reader by."""
    import msgspec

    from onrecord.views.gold import gold

    with opened(where) as ledger, until_closed():
        found = gold(ledger, who or getpass.getuser(), partial=partial)
        if folder is None:
            write_lines(msgspec.json.encode(one) + b"\n" for one in found)
            return
        folder.mkdir(parents=True, exist_ok=True)
        count = 0
        for one in found:
            text = msgspec.json.format(msgspec.json.encode(one), indent=1)
            (folder / f"{one['id']}.json").write_bytes(text + b"\n")
            count += 1
        click.echo(f"{count} reviewed reports written to {folder}")


@review.command()
@ledger_option
def agreement(where: str | None) -> None:
    """How far each two reviewers agree on the claims that both decided, with Cohen's kappa."""
    with opened(where) as ledger:
        for one in ledger.review(getpass.getuser()).agreement():
            kappa = f", kappa {one.kappa:.2f}" if one.kappa is not None else ""
            click.echo(f"{one.one} and {one.other}: {one.same} of {one.claims} alike{kappa}")
