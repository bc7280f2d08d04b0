"""``onrecord eval``: how well a reader reads documents whose claims are known."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.inputs import reader_option

if TYPE_CHECKING:
    from onrecord.engine.scoring import Group, Report


@click.command("eval")
@click.argument("gold", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="GOLD_DIR")
@click.option("--misses", type=click.IntRange(min=0), default=0, metavar="N", help="Also print the first N misses.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object.")
@click.option(
    "--by",
    type=click.Choice(["type", "status", "source-kind", "length"]),
    help="Also print how well the claims of each type, status, kind of source or length of evidence are read.",
)
@reader_option
def evaluate(gold: Path, misses: int, as_json: bool, by: str | None, reader: str) -> None:
    """Read the gold documents of a folder and score the claims (corpus/gold/GUIDELINES.md has the definitions)."""
    import msgspec

    from onrecord.engine.evaluate import evaluate as measure
    from onrecord.engine.scoring import breakdown

    report = measure(gold, reader=reader)
    groups = breakdown(report.outcomes, by) if by else []
    if as_json:
        whole = report.metrics() | ({"by": {by: groups}} if by else {})
        click.echo(msgspec.json.format(msgspec.json.encode(whole)))
    else:
        _print(report)
        if by:
            _print_groups(by, groups)
    for miss in report.misses[:misses]:
        click.echo(miss)


def _print(report: Report) -> None:
    from onrecord.engine.scoring.report import SCORES

    for name in SCORES:
        s = getattr(report, name)
        click.echo(
            f"{name:16} P {s.precision:.3f}  R {s.recall:.3f}  F1 {s.f1:.3f}   "
            f"({s.right} right of {s.predicted} predicted, {s.gold} gold)"
        )
    click.echo(f"{'attribution':16} {report.attribution:.3f} of matched claims have the right source")
    click.echo("fields of found figures: " + ", ".join(f"{k} {v:.2f}" for k, v in report.fields.items()))


def _print_groups(by: str, groups: list[Group]) -> None:
    from onrecord.engine.scoring.breakdown import FIELDS

    click.echo(f"\n{by:20} figures  found strict  {'  '.join(FIELDS)}   events matched typed")
    for group in groups:
        shares = "  ".join(f"{_share(group.fields[name]):>{len(name)}}" for name in FIELDS)
        figures = f"{group.figures:7}  {group.found:5.2f} {group.strict:6.2f}  {shares}"
        click.echo(f"{group.value:20} {figures}  {group.events:7} {group.matched:7.2f} {group.typed:5.2f}")


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
