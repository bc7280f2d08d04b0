"""Tables for a terminal: one per document, wide where there is room, stacked where there is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from onrecord.values import Claim, Document, Reading
from onrecord.views.cells import (
    cell,
    columns,
    evidence_cell,
    figure_cell,
    joined,
    show,
    source_cell,
    status_cell,
    table_of_cells,
    time_cell,
    what_cell,
)
from onrecord.views.summary import counted
from onrecord.views.words import day

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

ROOMY = 120


def print_reading(reading: Reading, *, file: TextIO | None = None, width: int | None = None) -> None:
    """Print the claims of one document to ``file`` (standard output by default).

    Args:
        reading: what was read.
        file: where to; coloured only when it is a terminal and ``NO_COLOR`` is unset.
        width: columns; by default those of the terminal, or of ``COLUMNS``, else 80.
    """
    show(rendered(reading, columns(file, width)), file=file, width=width)


def rendered(reading: Reading, width: int) -> Iterator[RenderableType]:
    """Title, date line, table and faults of one document, for ``width`` columns."""
    from rich.text import Text

    yield cell(reading.document.label, "bold")
    yield cell(_dateline(reading.document, len(reading.claims)), "dim")
    if reading.claims:
        yield _wide(reading.claims, width) if width >= ROOMY else _narrow(reading.claims, width)
    for fault in reading.faults:
        yield Text.assemble(("fault ", "bold"), cell(f"{fault.stage}: {fault.message}", limit=4 * width))


def _dateline(document: Document, claims: int) -> str:
    published = day(document.published) if document.published else None
    return " · ".join(part for part in (document.publisher, published, counted(claims, "claim")) if part)


def _wide(claims: tuple[Claim, ...], width: int) -> Table:
    """One column each."""
    table = table_of_cells()
    rest = width - 12 - 13 - 18 - 16  # status, type, time, borders and padding
    shares = {"source": 5, "figure": 3, "what, who": 5, "evidence": 9}
    share = {name: max(10, rest * part // sum(shares.values())) for name, part in shares.items()}
    for name in ("source", "status", "type", "figure", "what, who", "time", "evidence"):
        fixed = {"status": 12, "type": 13, "time": 18}.get(name)
        table.add_column(name, width=fixed, max_width=share.get(name), overflow="fold")
    for claim in claims:
        facts = (status_cell(claim), cell(claim.type), figure_cell(claim), what_cell(claim), time_cell(claim))
        table.add_row(source_cell(claim), *facts, evidence_cell(claim, share["evidence"] * 3))
    return table


def _narrow(claims: tuple[Claim, ...], width: int) -> Table:
    """The same in three columns, one thing under the other."""
    table = table_of_cells()
    rest = max(30, width - 8)
    share = {"source": rest * 3 // 11, "claim": rest * 4 // 11}
    share["evidence"] = rest - share["source"] - share["claim"]
    for name, cells in share.items():
        table.add_column(name, width=cells, overflow="fold")
    for claim in claims:
        heading = joined(" ", cell(claim.type), status_cell(claim))
        table.add_row(
            source_cell(claim),
            joined("\n", heading, figure_cell(claim), what_cell(claim), time_cell(claim)),
            evidence_cell(claim, share["evidence"] * 4),
        )
    return table
