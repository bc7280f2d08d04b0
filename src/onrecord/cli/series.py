"""``onrecord series``, ``links``, ``disagreements`` and ``echoes``: how the claims of a ledger compare."""

from __future__ import annotations

import datetime
import getpass
import itertools
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.inputs import Day, together, until_closed, write_lines
from onrecord.cli.ledgers import ROWS, ledger_option, opened

if TYPE_CHECKING:
    from onrecord.ledger import Account, Ledger, Told
    from onrecord.series.judged import Act
    from onrecord.series.rules import Rule
    from onrecord.values import Relation
    from onrecord.views.chart import Format

# A test holds that these are the rules, the relations and the formats there are; the first rule is the usual one.
RULES: tuple[Rule, ...] = ("literal", "acled", "ucdp", "two-source", "airwars")
RELATIONS: tuple[Relation, ...] = (
    "revises",
    "disagrees",
    "denies",
    "echoes",
    "corroborates",
    "realises",
    "not comparable",
)
SHOWN: tuple[Relation, ...] = tuple(relation for relation in RELATIONS if relation != "not comparable")
ECHOES: tuple[Relation, ...] = ("echoes",)
CHARTS: tuple[Format, ...] = ("json", "svg", "png", "csv")

_ID = re.compile(r"[0-9a-f]{6,24}")
as_of_option = click.option("--as-of", type=Day(), metavar="DATE", help="Only what the world could know on that day.")
rule_option = click.option(
    "--rule",
    type=click.Choice(RULES),
    default=RULES[0],
    show_default=True,
    help="The house rule by which the series is put into numbers.",
)
links_options = together(
    as_of_option,
    click.option("--document", metavar="ID", help="Only the links of one report."),
    click.option("--json", "format_", flag_value="json", help="One JSON array."),
    click.option("--jsonl", "format_", flag_value="jsonl", help="One JSON object a line."),
    click.option("--limit", type=click.IntRange(min=1), metavar="N", help=f"At most so many; the table shows {ROWS}."),
    ledger_option,
)
who_option = click.option("--who", metavar="NAME", help="Whose judgement it is; by default your name on this machine.")


@click.group()
def series() -> None:
    """How each figure moved: list series, show one, chart it, merge or split them."""


@series.command("list")
@as_of_option
@click.option("--least", type=click.IntRange(min=2), default=2, show_default=True, help="How many claims it must have.")
@click.option("--json", "as_json", is_flag=True, help="One JSON array.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help=f"At most so many; the table shows {ROWS}.")
@ledger_option
def list_(as_of: datetime.date | None, least: int, as_json: bool, limit: int | None, where: str | None) -> None:
    """List series, those that moved last first: what they measure, by how many sources, from which figure to which."""
    with opened(where) as ledger, until_closed():
        found = ledger.compared.all(as_of=as_of, least=least)
        if as_json:
            from onrecord.views.comparison import summary_record
            from onrecord.views.record import json_array

            write_lines(json_array(summary_record(one) for one in itertools.islice(found, limit)))
            return
        from onrecord.views.cells import columns, show
        from onrecord.views.comparison import series_table

        shown = list(itertools.islice(found, (limit or ROWS) + 1))
        more = len(shown) > (limit or ROWS)
        shown = shown[: limit or ROWS]
        if shown:
            show([series_table(shown, columns())])
        click.echo(f"{len(shown)} series shown{'; there are more: --limit shows more' if more else ''}", err=True)


@series.command("show")
@click.argument("series_", metavar="SERIES")
@as_of_option
@rule_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object: sources, claims and links.")
@ledger_option
def show(series_: str, as_of: datetime.date | None, rule: Rule, as_json: bool, where: str | None) -> None:
    """Show a series: per source its first and latest figure, how often it changed, hedges, exact words, and all links.

    SERIES is the id of a series or of any claim of it, or the first signs of either; or a question as of onrecord
    search, for the series that holds most of the claims that meet it.
    """
    with opened(where) as ledger, until_closed():
        account = _meant(ledger, series_, as_of)
        from onrecord.views.comparison import account_parts, account_record

        if as_json:
            import msgspec

            write_lines([msgspec.json.format(msgspec.json.encode(account_record(account, rule)), indent=2), b"\n"])
            return
        from onrecord.views.cells import columns
        from onrecord.views.cells import show as show_parts

        show_parts(account_parts(account, rule, columns()))


@series.command("chart")
@click.argument("series_", metavar="SERIES")
@click.option(
    "--to",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    required=True,
    help=f"Where to; its ending tells the format: {', '.join('.' + ending for ending in CHARTS)}.",
)
@as_of_option
@rule_option
@ledger_option
def chart(series_: str, target: Path, as_of: datetime.date | None, rule: Rule, where: str | None) -> None:
    """Draw a series: Vega-Lite (.json), SVG or PNG, with its table beside it as .csv.

    SERIES as of onrecord series show. Ranges are drawn as ranges, open bounds as arrows, denials as crosses; what one
    source said is joined by steps.
    """
    format_ = next((ending for ending in CHARTS if target.suffix.lower() == f".{ending}"), None)
    if format_ is None:
        raise click.UsageError(f"{target.name}: a chart ends in {', '.join('.' + ending for ending in CHARTS)}")
    with opened(where) as ledger:
        account = _meant(ledger, series_, as_of)
        from onrecord.views.chart import rendered

        files: dict[Path, Format] = {target: format_, target.with_suffix(".csv"): "csv"}
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            for file, ending in files.items():
                file.write_bytes(rendered(account, ending, rule))
        except OSError as error:
            raise click.UsageError(f"{target} cannot be written: {error.strerror}; give another name") from error
    click.echo(" and ".join(map(str, files)), err=True)


@series.command("merge")
@click.argument("series_", nargs=-1, required=True, metavar="SERIES|CLAIM...")
@who_option
@ledger_option
def merge(series_: tuple[str, ...], who: str | None, where: str | None) -> None:
    """Judge that series are one. The judgement is kept, and holds through every later reading."""
    _judge("merge", series_, who, where)


@series.command("split")
@click.argument("claims", nargs=-1, required=True, metavar="CLAIM...")
@who_option
@ledger_option
def split(claims: tuple[str, ...], who: str | None, where: str | None) -> None:
    """Judge that claims are a series of their own: they leave the one they are in."""
    _judge("split", claims, who, where)


@series.command("apart")
@click.argument("claims", nargs=2, required=True, metavar="CLAIM CLAIM")
@who_option
@ledger_option
def apart(claims: tuple[str, ...], who: str | None, where: str | None) -> None:
    """Judge that two claims are not of the same thing: they share no series, and no link joins them."""
    _judge("apart", claims, who, where)


def _meant(ledger: Ledger, words: str, as_of: datetime.date | None) -> Account:
    """The series that is meant by an id, or by a question."""
    if _ID.fullmatch(words):
        return ledger.compared.one(words, as_of=as_of)
    return ledger.compared.about(words, as_of=as_of)


def _judge(act: Act, identities: tuple[str, ...], who: str | None, where: str | None) -> None:
    with opened(where) as ledger:
        kept = ledger.compared.judge(act, identities, who or getpass.getuser())
    click.echo(f"{act}: {' '.join(kept)}")


@click.command()
@click.option(
    "--relation", "relations", multiple=True, type=click.Choice(RELATIONS), help="Only these; may be repeated."
)
@links_options
def links(
    relations: tuple[Relation, ...],
    as_of: datetime.date | None,
    document: str | None,
    format_: str | None,
    limit: int | None,
    where: str | None,
) -> None:
    """List how claims are linked: what revises, disputes, denies, repeats, confirms or realises what, and why."""
    _print_links(relations or SHOWN, as_of, document, format_, limit, where)


@click.command()
@links_options
def disagreements(
    as_of: datetime.date | None, document: str | None, format_: str | None, limit: int | None, where: str | None
) -> None:
    """List who disagrees: figures of independent sources that cannot both be true, and denials."""
    _print_links(("disagrees", "denies"), as_of, document, format_, limit, where)


@click.command()
@click.option("--drift", is_flag=True, help="Only those that changed what they repeat.")
@links_options
def echoes(
    drift: bool,
    as_of: datetime.date | None,
    document: str | None,
    format_: str | None,
    limit: int | None,
    where: str | None,
) -> None:
    """List who merely repeats: by origin, every report that tells its figure again, and what the retelling changed."""
    with opened(where) as ledger, until_closed():
        found = ledger.compared.links(relations=ECHOES, as_of=as_of, document=document, within=False)
        chosen = itertools.islice((told for told in found if told.link.drift or not drift), limit)
        if format_ is not None:
            _write_links(chosen, format_)
            return
        from onrecord.views.cells import show as show_parts
        from onrecord.views.comparison import echoes_list

        shown = list(chosen)
        show_parts(echoes_list(shown))
        click.echo(f"{len(shown)} echoes shown", err=True)


def _print_links(
    relations: tuple[Relation, ...],
    as_of: datetime.date | None,
    document: str | None,
    format_: str | None,
    limit: int | None,
    where: str | None,
) -> None:
    with opened(where) as ledger, until_closed():
        found = ledger.compared.links(relations=relations, as_of=as_of, document=document)
        if format_ is not None:
            _write_links(itertools.islice(found, limit), format_)
            return
        from onrecord.views.cells import columns
        from onrecord.views.cells import show as show_parts
        from onrecord.views.comparison import links_table

        shown = list(itertools.islice(found, limit or ROWS))
        if shown:
            show_parts([links_table(shown, columns())])
        more = "; there may be more: --limit shows more" if len(shown) == (limit or ROWS) else ""
        click.echo(f"{len(shown)} links shown{more}", err=True)


def _write_links(found: itertools.islice[Told], format_: str) -> None:
    from onrecord.views.comparison import links_array, links_lines

    write_lines(links_array(found) if format_ == "json" else links_lines(found))
