"""Claims on record for a terminal: a table over many reports, one claim in full, and what changed between versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.ledger import CaptureNote, Entry, Judgement
from onrecord.ledger.changes import Change, Step
from onrecord.values import Box, Claim
from onrecord.views.cells import (
    cell,
    evidence_cell,
    figure_cell,
    joined,
    source_cell,
    status_cell,
    table_of_cells,
    time_cell,
    what_cell,
)
from onrecord.views.summary import counted
from onrecord.views.words import day, speaker

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

SHORT = 8
_AROUND = 160


def table(entries: Sequence[Entry], width: int) -> Table:
    """A row for each claim: its id, who says what, in which words, and in which report of which day."""
    made = table_of_cells()
    rest = max(40, width - SHORT - 12)
    share = {"source": rest // 5, "claim": rest * 3 // 10, "evidence": rest * 3 // 10}
    share["report"] = rest - sum(share.values())
    made.add_column("id", width=SHORT)
    for name, cells in share.items():
        made.add_column(name, width=cells, overflow="fold")
    for entry in entries:
        made.add_row(
            cell(entry.claim.id[:SHORT], "dim"), source_cell(entry.claim), _claim(entry.claim),
            evidence_cell(entry.claim, share["evidence"] * 5), _report(entry),
        )  # fmt: skip
    return made


def _claim(claim: Claim) -> Text:
    heading = joined(" ", cell(claim.type), status_cell(claim))
    return joined("\n", heading, figure_cell(claim), what_cell(claim), time_cell(claim))


def _report(entry: Entry) -> Text:
    """The outlet and the day, else what else names the report; and how the claim stands."""
    document = entry.document
    published = day(document.published) if document.published else "undated"
    standing = "" if entry.in_force else "earlier reading"
    repeated = "also in another version" if entry.repeated else ""
    name = document.publisher or document.title or document.name
    return joined("\n", cell(name), cell(published, "dim"), cell(standing, "italic"), cell(repeated, "italic"))


def in_full(
    entry: Entry,
    text: str,
    captures: Iterable[CaptureNote],
    judgements: Iterable[Judgement],
    boxes: Iterable[Box] = (),
    readings: Iterable[Entry] = (),
) -> Iterator[RenderableType]:
    """Everything there is about one claim, a line each; ``text`` is that of its report."""
    from rich.text import Text

    yield cell(f"claim {entry.claim.id}", "bold")
    yield _context(entry.claim, text)
    yield Text("")
    yield _grid([*_facts(entry.claim), *_published(entry, captures, boxes), *_history(readings, judgements)])


def _published(entry: Entry, captures: Iterable[CaptureNote], boxes: Iterable[Box]) -> Iterator[tuple[str, str]]:
    """Where and when it was published, and what proves it."""
    document = entry.document
    yield "report", document.title or document.name
    outlet = document.publisher or "outlet not stated"
    yield "published", f"{outlet}, {day(document.published) if document.published else 'day not stated'}"
    yield "address", document.address
    for capture in captures:
        fetched = capture.fetched_at.strftime("%Y-%m-%d %H:%M UTC")
        yield "capture", f"{fetched}, {capture.size:,} bytes, sha256 {capture.hash}"
    for box in boxes:
        places = (box.left, box.bottom, box.right, box.top)
        yield "page", f"{box.page}, box {' '.join(f'{place:.0f}' for place in places)} points"


def _history(readings: Iterable[Entry], judgements: Iterable[Judgement]) -> Iterator[tuple[str, str]]:
    """Which readings found it, and what was judged of it."""
    for one in readings:
        standing = "in force" if one.in_force else "superseded"
        yield "reading", f"{one.read_at:%Y-%m-%d %H:%M} UTC, {standing}, {one.claim.reader}"
    for judged in judgements:
        yield "judged", f"{judged.kind} {judged.value}, {judged.who}, {judged.made_at:%Y-%m-%d}"


def _context(claim: Claim, text: str) -> Text:
    """The evidence within the words around it, on the same line of the report."""
    first, last = claim.evidence.start, claim.evidence.end
    before = text[max(0, first - _AROUND) : first].rpartition("\n")[2]
    after = text[last : last + _AROUND].partition("\n")[0]
    made = joined(" " if before[-1:].isspace() else "", cell(before, "dim", limit=_AROUND), _whole(claim.evidence.text))
    return joined(" " if after[:1].isspace() else "", made, cell(after, "dim", limit=_AROUND))


def _whole(words: str) -> Text:
    return cell(words, "bold", limit=4_000)


def _grid(rows: Iterable[tuple[str, str]]) -> Table:
    """Names and values in two columns."""
    from rich.table import Table

    made = Table.grid(padding=(0, 2))
    made.add_column(width=10)
    made.add_column(overflow="fold")
    for name, value in rows:
        made.add_row(cell(name, "dim"), cell(value, limit=1_000))
    return made


def _facts(claim: Claim) -> Iterator[tuple[str, str]]:
    yield "source", f"{speaker(claim)}{_known(claim.source)}"
    for party in claim.via:
        yield "via", f"{party.name}{_known(party)}"
    if claim.cue is not None:
        yield "cue", claim.cue.text
    yield "claim", f"{claim.type}, {claim.status}" + (f", {claim.quoted} speech" if claim.quoted else "")
    figure = claim.quantity
    if figure is not None:
        bounds = f"{_bound(figure.low)} to {_bound(figure.high)}" if figure.low != figure.high else _bound(figure.low)
        about = ", approximate" if figure.approximate else ""
        yield "figure", f"“{figure.text}”: {bounds} {figure.unit or ''}{about}, {figure.basis}"
    for name in ("actor", "target", "object", "place"):
        part = getattr(claim, name)
        if part is not None:
            yield name, f"{part.name}{_known(part)}"
    if claim.time is not None:
        first, last = claim.time.first, claim.time.last
        yield "time", f"“{claim.time.text}”: {first or '…'} to {last or '…'}" if first or last else claim.time.text
    yield "confidence", f"{claim.confidence:.2f} (of the reading)"


def _known(part: object) -> str:
    """The knowledge id of a name, and why it was linked."""
    id_, reason = getattr(part, "id", None), getattr(part, "reason", None)
    return f" [{id_}{f', {reason}' if reason else ''}]" if id_ else ""


def _bound(value: float | None) -> str:
    return "open" if value is None else f"{value:,.15g}"


def steps(found: Sequence[Step]) -> Iterator[RenderableType]:
    """What changed in the claims of a page, from version to version."""
    from rich.text import Text

    for step in found:
        seen = f"{step.seen_before:%Y-%m-%d %H:%M:%S} → {step.seen_after:%Y-%m-%d %H:%M:%S} UTC"
        yield cell(
            f"{seen}: {counted(len(step.changes), 'change')}, {counted(step.unchanged, 'claim')} as before", "bold"
        )
        for change in step.changes:
            yield _change(change)
        yield Text("")


_SIGNS = {"changed": "~", "added": "+", "gone": "-"}


def _change(change: Change) -> Text:
    claim = change.after or change.before
    if claim is None:
        raise ValueError("a change of no claim")
    what = "; ".join(change.what)
    head = joined(
        " ", cell(_SIGNS[change.kind], "bold"), cell(claim.id[:SHORT], "dim"), cell(f"{speaker(claim)}: {claim.type}")
    )
    quoted = cell(f"“{claim.evidence.text}”", limit=300)
    return joined("\n    ", head, cell(what, "bold", limit=600), quoted)
