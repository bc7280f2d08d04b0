"""``onrecord annotate``: the mentions of reports, by layer."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from onrecord.cli.inputs import Inputs, knowledge_option, reading_options, until_closed, write_lines
from onrecord.views.record import LAYERS


@click.command()
@reading_options
@click.option("--layers", default=",".join(LAYERS), show_default=True, help="Layers to write, separated by commas.")
@click.option("--jsonl", is_flag=True, default=True, expose_value=False, help="One JSON line a document, always.")
@knowledge_option
def annotate(
    inputs: tuple[str, ...],
    published: datetime.date | None,
    publisher: str | None,
    offline: bool,
    allow_private: bool,
    layers: str,
    own: Path | None,
) -> None:
    """Write what reports mention, before anything is claimed: attributions, quantities, times, entities, items.

    Every span is [start, end) in Unicode code points of the document's text.
    """
    import msgspec

    from onrecord.engine.read import annotator
    from onrecord.knowledge import builtin
    from onrecord.views.record import layers as view

    wanted = [layer.strip() for layer in layers.split(",") if layer.strip()]
    unknown = [layer for layer in wanted if layer not in LAYERS]
    if unknown or not wanted:
        raise click.UsageError(f"no layer {layers!r}; choose among: {', '.join(LAYERS)}")
    given = Inputs(inputs, published=published, publisher=publisher, offline=offline, allow_private=allow_private)
    with until_closed():
        write_lines(msgspec.json.encode(view(r, wanted)) + b"\n" for r in given.readings(annotator(builtin(own))))
    given.finish()
