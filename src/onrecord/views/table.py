"""Tables for a terminal: one per document, wide where there is room, stacked where there is not.

Everything that came from outside passes ``one_line`` and becomes a ``Text``: no escape sequence reaches the terminal,
and no markup in it is ever interpreted.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from onrecord.values import Claim, Document, Reading
from onrecord.views.safe import middle, one_line
from onrecord.views.summary import counted
from onrecord.views.words import carriers, day, measured, parties, period, speaker, thing

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

ROOMY = 120
_NAME, _CHAIN = 90, 4
_STYLES = {"denied": "bold", "planned": "italic", "possible": "italic", "hypothetical": "italic"}


def print_reading(reading: Reading, *, file: TextIO | None = None, width: int | None = None) -> None:
    """Print the claims of one document to ``file`` (standard output by default).

    Args:
        reading: what was read.
        file: where to; coloured only when it is a terminal and ``NO_COLOR`` is unset.
        width: columns; by default those of the terminal, or of ``COLUMNS``, else 80.
    """
    from rich.console import Console

    out = file or sys.stdout
    console = Console(file=out, width=width, highlight=False, markup=False, emoji=False)
    with console.capture() as held:
        for part in rendered(reading, console.width):
            console.print(part)
        console.print()
    # A terminal that is not UTF-8 gets "?" for what it cannot show, not a traceback.
    encoding = getattr(out, "encoding", None) or "utf-8"
    out.write(held.get().encode(encoding, "replace").decode(encoding))


def rendered(reading: Reading, width: int) -> Iterator[RenderableType]:
    """Title, date line, table and faults of one document, for ``width`` columns."""
    from rich.text import Text

    yield _text(reading.document.label, "bold")
    yield _text(_dateline(reading.document, len(reading.claims)), "dim")
    if reading.claims:
        yield _wide(reading.claims, width) if width >= ROOMY else _narrow(reading.claims, width)
    for fault in reading.faults:
        yield Text.assemble(("fault ", "bold"), _text(f"{fault.stage}: {fault.message}", limit=4 * width))


def _dateline(document: Document, claims: int) -> str:
    published = day(document.published) if document.published else None
    return " · ".join(part for part in (document.publisher, published, counted(claims, "claim")) if part)


def _wide(claims: tuple[Claim, ...], width: int) -> Table:
    """One column each."""
    table = _table()
    rest = width - 12 - 13 - 18 - 16  # status, type, time, borders and padding
    shares = {"source": 5, "figure": 3, "what, who": 5, "evidence": 9}
    share = {name: max(10, rest * part // sum(shares.values())) for name, part in shares.items()}
    for name in ("source", "status", "type", "figure", "what, who", "time", "evidence"):
        fixed = {"status": 12, "type": 13, "time": 18}.get(name)
        table.add_column(name, width=fixed, max_width=share.get(name), overflow="fold")
    for claim in claims:
        facts = (_status(claim), _text(claim.type), _figure(claim), _what(claim), _time(claim))
        table.add_row(_source(claim), *facts, _evidence(claim, share["evidence"] * 3))
    return table


def _narrow(claims: tuple[Claim, ...], width: int) -> Table:
    """The same in three columns, one thing under the other."""
    table = _table()
    rest = max(30, width - 8)
    share = {"source": rest * 3 // 11, "claim": rest * 4 // 11}
    share["evidence"] = rest - share["source"] - share["claim"]
    for name, cells in share.items():
        table.add_column(name, width=cells, overflow="fold")
    for claim in claims:
        heading = _joined(" ", _text(claim.type), _status(claim))
        table.add_row(
            _source(claim),
            _joined("\n", heading, _figure(claim), _what(claim), _time(claim)),
            _evidence(claim, share["evidence"] * 4),
        )
    return table


def _table() -> Table:
    from rich import box
    from rich.table import Table

    return Table(box=box.SIMPLE_HEAD, header_style="dim", show_lines=False, pad_edge=False, leading=1)


def _text(words: str, style: str = "", *, limit: int = _NAME) -> Text:
    from rich.text import Text

    return Text(one_line(middle(words, limit)), style=style, overflow="fold")


def _joined(between: str, *parts: Text) -> Text:
    from rich.text import Text

    return Text(between, overflow="fold").join(part for part in parts if part.plain)


def _source(claim: Claim) -> Text:
    name = _text(speaker(claim), "" if claim.source is not None else "dim")
    chain = [_text(f"via {carrier}", "dim") for carrier in carriers(claim)]
    more = [_text(f"and {len(chain) - _CHAIN} more", "dim")] if len(chain) > _CHAIN else []
    return _joined("\n", name, *chain[:_CHAIN], *more)


def _status(claim: Claim) -> Text:
    return _text(claim.status, _STYLES.get(claim.status, ""))


def _figure(claim: Claim) -> Text:
    if claim.quantity is None:
        return _text("")
    basis = "" if claim.quantity.basis == "unknown" else f"({claim.quantity.basis})"
    return _joined(" ", _text(measured(claim.quantity)[0], "bold"), _text(basis, "dim"))


def _what(claim: Claim) -> Text:
    place = _text(f"in {claim.place.name}") if claim.place is not None else _text("")
    return _joined("\n", _text(thing(claim)), _text(parties(claim)), place)


def _time(claim: Claim) -> Text:
    return _text(period(claim.time)) if claim.time is not None else _text("")


def _evidence(claim: Claim, cells: int) -> Text:
    """The words, cut in the middle to fit about ``cells`` columns; wide characters take two."""
    from rich.cells import cell_len

    words = one_line(middle(claim.evidence.text, 2 * cells))
    while cell_len(words) > cells:
        words = middle(words, max(8, len(words) * cells // (cell_len(words) + 1)))
        if len(words) <= 8:
            break
    return _text(words, limit=2 * cells)
