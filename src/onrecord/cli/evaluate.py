"""``onrecord eval``: how well a reader reads documents whose claims are known."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("eval")
@click.argument("gold", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="GOLD_DIR")
@click.option("--misses", type=click.IntRange(min=0), default=0, metavar="N", help="Also print the first N misses.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object.")
@click.option("--reader", default="rules", show_default=True, help="Which reader reads the documents.")
def evaluate(gold: Path, misses: int, as_json: bool, reader: str) -> None:
    """Read the gold documents of a folder and score the claims (corpus/gold/GUIDELINES.md has the definitions)."""
    import json

    from onrecord.engine.evaluate import evaluate as measure
    from onrecord.engine.scoring.report import SCORES

    report = measure(gold, reader=reader)
    if as_json:
        click.echo(json.dumps(report.metrics(), indent=1))
    else:
        for name in SCORES:
            s = getattr(report, name)
            click.echo(
                f"{name:16} P {s.precision:.3f}  R {s.recall:.3f}  F1 {s.f1:.3f}   "
                f"({s.right} right of {s.predicted} predicted, {s.gold} gold)"
            )
        click.echo(f"{'attribution':16} {report.attribution:.3f} of matched claims have the right source")
        click.echo("fields of found figures: " + ", ".join(f"{k} {v:.2f}" for k, v in report.fields.items()))
    for miss in report.misses[:misses]:
        click.echo(miss)
