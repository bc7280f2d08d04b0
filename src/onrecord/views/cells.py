"""The cells of tables for a terminal, the same in every table.

Everything that came from outside passes ``one_line`` and becomes a ``Text``: no escape sequence reaches the terminal,
and no markup in it is ever interpreted.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from onrecord.values import Claim
from onrecord.views.safe import middle, one_line
from onrecord.views.words import carriers, measured, parties, period, speaker, thing

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

_NAME, _CHAIN = 90, 4
_STYLES = {"denied": "bold", "planned": "italic", "possible": "italic", "hypothetical": "italic"}


def columns(file: TextIO | None = None, width: int | None = None) -> int:
    """How many columns there are: as given, those of the terminal or of ``COLUMNS``, else 80."""
    from rich.console import Console

    return Console(file=file or sys.stdout, width=width).width


def show(parts: Iterable[RenderableType], *, file: TextIO | None = None, width: int | None = None) -> None:
    """Print ``parts`` to ``file`` (standard output by default), and an empty line.

    It is coloured only when it goes to a terminal and ``NO_COLOR`` is unset.
    """
    from rich.console import Console

    out = file or sys.stdout
    console = Console(file=out, width=width, highlight=False, markup=False, emoji=False)
    with console.capture() as held:
        for part in parts:
            console.print(part)
        console.print()
    # A terminal that is not UTF-8 gets "?" for what it cannot show, not a traceback.
    encoding = getattr(out, "encoding", None) or "utf-8"
    out.write(held.get().encode(encoding, "replace").decode(encoding))


def table_of_cells() -> Table:
    """A table without vertical lines, a blank line between rows."""
    from rich import box
    from rich.table import Table

    return Table(box=box.SIMPLE_HEAD, header_style="dim", show_lines=False, pad_edge=False, leading=1)


def cell(words: str, style: str = "", *, limit: int = _NAME) -> Text:
    """``words`` made harmless, on one line, in at most ``limit`` code points."""
    from rich.text import Text

    return Text(one_line(middle(words, limit)), style=style, overflow="fold")


def joined(between: str, *parts: Text) -> Text:
    """The parts that hold something, with ``between`` between them."""
    from rich.text import Text

    return Text(between, overflow="fold").join(part for part in parts if part.plain)


def source_cell(claim: Claim) -> Text:
    """Who asserts it, and through whom."""
    name = cell(speaker(claim), "" if claim.source is not None else "dim")
    chain = [cell(f"via {carrier}", "dim") for carrier in carriers(claim)]
    more = [cell(f"and {len(chain) - _CHAIN} more", "dim")] if len(chain) > _CHAIN else []
    return joined("\n", name, *chain[:_CHAIN], *more)


def status_cell(claim: Claim) -> Text:
    """How it is asserted; anything but a plain assertion stands out."""
    return cell(claim.status, _STYLES.get(claim.status, ""))


def figure_cell(claim: Claim) -> Text:
    """How many, and whether that is a total or an increment."""
    if claim.quantity is None:
        return cell("")
    basis = "" if claim.quantity.basis == "unknown" else f"({claim.quantity.basis})"
    return joined(" ", cell(measured(claim.quantity)[0], "bold"), cell(basis, "dim"))


def what_cell(claim: Claim) -> Text:
    """What is counted or done, by whom to whom, and where."""
    place = cell(f"in {claim.place.name}") if claim.place is not None else cell("")
    return joined("\n", cell(thing(claim)), cell(parties(claim)), place)


def time_cell(claim: Claim) -> Text:
    """When it happened or holds."""
    return cell(period(claim.time)) if claim.time is not None else cell("")


def evidence_cell(claim: Claim, cells: int) -> Text:
    """The words, cut in the middle to fit about ``cells`` columns; wide characters take two."""
    from rich.cells import cell_len

    words = one_line(middle(claim.evidence.text, 2 * cells))
    while cell_len(words) > cells:
        words = middle(words, max(8, len(words) * cells // (cell_len(words) + 1)))
        if len(words) <= 8:
            break
    return cell(words, limit=2 * cells)
