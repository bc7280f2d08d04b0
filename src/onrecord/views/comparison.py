"""Series, links and differences for a terminal and for machines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from onrecord.ledger import Account, Difference, Heading, Told
from onrecord.series.rules import Rule, Verdict, verdict
from onrecord.series.standing import Line, Summary, lines
from onrecord.values import Claim, Link, Point
from onrecord.views.cells import cell, evidence_cell, joined, table_of_cells
from onrecord.views.chart import heading
from onrecord.views.record import claim_record, json_array
from onrecord.views.summary import counted
from onrecord.views.words import amount, day, number, speaker

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

SHORT = 8


def link_record(told: Told) -> dict[str, Any]:
    """A link for machines; documents by the id that came with them, where one did."""
    link = told.link
    return {
        "relation": link.relation,
        "earlier_document": told.earlier_report.name,
        "later_document": told.later_report.name,
        "earlier_claim": link.earlier,
        "later_claim": link.later,
        "score": link.score,
        "reason": link.reason,
        "drift": list(link.drift),
    }


def links_array(found: Iterable[Told]) -> Iterator[bytes]:
    """Links as one JSON array."""
    return json_array(link_record(told) for told in found)


def links_lines(found: Iterable[Told]) -> Iterator[bytes]:
    """Links as JSON Lines."""
    for told in found:
        yield msgspec.json.encode(link_record(told)) + b"\n"


def links_table(found: Sequence[Told], width: int) -> Table:
    """A row for each link: the relation, both claims in their words, and why."""
    made = table_of_cells()
    rest = max(48, width - 14 - 4)
    share = (rest * 36 // 100, rest * 36 // 100, rest - 2 * (rest * 36 // 100))
    made.add_column("relation", width=12, overflow="fold")
    for name, cells in zip(("earlier", "later", "why"), share, strict=True):
        made.add_column(name, width=cells, overflow="fold")
    for told in found:
        made.add_row(
            joined("\n", cell(told.link.relation, "bold"), cell(f"{told.link.score:.2f}", "dim")),
            _side(told.earlier, told.earlier_report, share[0]),
            _side(told.later, told.later_report, share[1]),
            cell(told.link.reason, limit=400),
        )
    return made


def _side(claim: Claim, report: Heading, cells: int) -> Text:
    head = joined(" ", cell(speaker(claim), limit=48), cell(_figure(claim), "bold"))
    words = evidence_cell(claim, cells * 4)
    return joined("\n", head, words, cell(_report(report), "dim"), cell(claim.id[:SHORT], "dim"))


def _figure(claim: Claim) -> str:
    return amount(claim.quantity) if claim.quantity is not None else claim.status


def _report(report: Heading) -> str:
    published = day(report.published) if report.published else f"undated, known on {day(report.known_on)}"
    return f"{report.publisher or report.title or report.name}, {published}"


def echoes_list(found: Iterable[Told]) -> Iterator[RenderableType]:
    """Echoes by their origin: the claim, and every report that merely repeats it, with what it changed."""
    origins: dict[str, list[Told]] = {}
    for told in found:
        origins.setdefault(told.link.earlier, []).append(told)
    for repeated in sorted(origins.values(), key=lambda group: -len(group)):
        first = repeated[0]
        outlets = len({told.later_report.id for told in repeated})
        yield cell(f"{speaker(first.earlier)}: {_figure(first.earlier)}", "bold")
        yield cell(f"“{first.earlier.evidence.text}”", limit=300)
        yield cell(
            f"{_report(first.earlier_report)}; told again in {counted(outlets, 'report')}, one source all the same",
            "dim",
        )
        for told in repeated:
            changed = f": {'; '.join(told.link.drift)}" if told.link.drift else ""
            yield joined(" ", cell("  ·"), cell(_report(told.later_report)), cell(changed, "bold", limit=300))
        yield cell("")


def summary_record(one: Summary) -> dict[str, Any]:
    """A series in a line, for machines."""
    fields: dict[str, Any] = msgspec.to_builtins(one)
    return fields


def series_table(found: Sequence[Summary], width: int) -> Table:
    """A row for each series: what it measures, how often and by how many it was told, from which figure to which."""
    made = table_of_cells()
    made.add_column("id", width=SHORT)
    made.add_column("measures", width=max(20, width - 66), overflow="fold")
    made.add_column("figures", width=22, overflow="fold")
    made.add_column("told", width=24, overflow="fold")
    for one in found:
        told = f"{counted(one.claims, 'claim')}, {counted(one.documents, 'report')}, {counted(one.voices, 'source')}"
        spread = "" if one.low is None or one.low == one.high else f"now {number(one.low)} to {number(one.high or 0)}"
        days = (
            day(one.first_said) if one.first_said == one.last_said else f"{day(one.first_said)} – {day(one.last_said)}"
        )
        moved = one.first if one.first == one.latest else f"{one.first} → {one.latest}"
        made.add_row(
            cell(one.id[:SHORT], "dim"), joined("\n", cell(_measures(one), "bold"), cell(_between(one), "dim")),
            joined("\n", cell(moved), cell(spread, "dim")), joined("\n", cell(told), cell(days, "dim")),
        )  # fmt: skip
    return made


def _measures(one: Summary) -> str:
    more = ", additions" if one.key.mode == "more" else ""
    return f"{one.key.type}{more}: {one.key.counted}"


def _between(one: Summary) -> str:
    where = (one.key.where or "").removeprefix("country:")
    return " · ".join(filter(None, ("/".join(one.key.parties), where, one.key.cause)))


def account_parts(account: Account, rule: Rule, width: int) -> Iterator[RenderableType]:
    """One series in full: per source its first and its latest figure, its changes, hedges and words; then its links."""
    series = account.series
    yield cell(f"{heading(account)}  [{series.id[:SHORT]}]", "bold")
    known = f", as known on {day(account.as_of)}" if account.as_of else ""
    reports = len({point.document for point in series.points})
    yield cell(f"{counted(len(series.points), 'claim')} in {counted(reports, 'report')}{known}", "dim")
    yield cell(rule_line(verdict(series, rule)), limit=400)
    yield _voices(account, width)
    if account.links:
        yield links_table([told_of(account, link) for link in account.links], width)


def rule_line(made: Verdict) -> str:
    """A verdict in a line, its rule first."""
    bounds = [
        f"{name} {number(value)}" for name in ("low", "best", "high") if (value := getattr(made, name)) is not None
    ]
    return f"rule {made.rule}: {' · '.join([*filter(None, (made.grade,)), *bounds, made.note])}"


def told_of(account: Account, link: Link) -> Told:
    """A link of a series with the claims and reports at its ends."""
    claims, reports = account.claims, account.reports
    return Told(
        link, claims[link.earlier], claims[link.later], reports[link.earlier_document], reports[link.later_document]
    )


def _voices(account: Account, width: int) -> Table:
    made = table_of_cells()
    rest = max(60, width - 8)
    made.add_column("source", width=rest * 22 // 100, overflow="fold")
    made.add_column("first", width=rest * 16 // 100, overflow="fold")
    made.add_column("latest", width=rest * 16 // 100, overflow="fold")
    made.add_column("told", width=rest * 14 // 100, overflow="fold")
    made.add_column("in the words of the latest", width=rest * 32 // 100, overflow="fold")
    for line in lines(account.series):
        made.add_row(*_voice(account, line, rest * 32 // 100))
    return made


def _voice(account: Account, line: Line, cells: int) -> tuple[Text, ...]:
    claim = account.claims[line.latest.claim]
    name = joined("\n", cell(line.voice.name), cell("" if line.sourced else "in the report's own voice", "dim"))
    told = f"{counted(line.claims, 'claim')}, {counted(line.documents, 'report')}"
    changes = counted(line.changes, "change") if line.changes else "unchanged"
    report = cell(_report(account.reports[line.latest.document]), "dim")
    words = joined("\n", evidence_cell(claim, cells * 4), report, cell(claim.id[:SHORT], "dim"))
    return (
        name,
        _at(account, line.first),
        _at(account, line.latest),
        joined("\n", cell(told), cell(changes, "dim")),
        words,
    )


def _at(account: Account, point: Point) -> Text:
    claim = account.claims[point.claim]
    status = claim.status if claim.status != "asserted" else ""
    return joined("\n", cell(_figure(claim), "bold"), cell(status, "italic"), cell(day(point.said), "dim"))


def account_record(account: Account, rule: Rule) -> dict[str, Any]:
    """One series in full, for machines."""
    series = account.series
    return {
        "id": series.id,
        "key": msgspec.to_builtins(series.key),
        "as_of": account.as_of.isoformat() if account.as_of else None,
        "rule": msgspec.to_builtins(verdict(series, rule)),
        "sources": [_line_record(account, line) for line in lines(series)],
        "claims": [
            {**claim_record(account.claims[point.claim]), "document": account.reports[point.document].name,
             "said": point.said.isoformat()}
            for point in series.points
        ],
        "links": [link_record(told_of(account, link)) for link in account.links],
    }  # fmt: skip


def _line_record(account: Account, line: Line) -> dict[str, Any]:
    return {
        "source": line.voice.name,
        "id": line.voice.id,
        "sourced": line.sourced,
        "changes": line.changes,
        "claims": line.claims,
        "documents": line.documents,
        "first": _point_record(account, line.first),
        "latest": _point_record(account, line.latest),
    }


def _point_record(account: Account, point: Point) -> dict[str, Any]:
    m, claim = point.measure, account.claims[point.claim]
    return {
        "claim": point.claim, "said": point.said.isoformat(), "low": m.low, "high": m.high,
        "approximate": m.approximate, "status": m.status, "evidence": claim.evidence.text,
    }  # fmt: skip


_SIGNS = {"new": "+", "revised": "~", "denied": "×", "gone": "-"}


def differences_parts(found: Sequence[Difference]) -> Iterator[RenderableType]:
    """What changed, day by day."""
    last = None
    for one in found:
        if one.said != last:
            yield cell(day(one.said), "bold")
            last = one.said
        kind, figure = cell(f"{_SIGNS[one.kind]} {one.kind}", "bold"), cell(_figure(one.claim))
        head = joined(" ", kind, cell(speaker(one.claim)), figure, cell(one.claim.id[:SHORT], "dim"))
        why = cell(one.reason if one.kind != "new" else "", limit=300)
        yield joined(
            "\n    ", head, why, cell(f"“{one.claim.evidence.text}”", limit=300), cell(_report(one.report), "dim")
        )


def difference_record(one: Difference) -> dict[str, Any]:
    """One change, for machines."""
    return {
        "kind": one.kind,
        "said": one.said.isoformat(),
        "reason": one.reason,
        "document": one.report.name,
        "claim": claim_record(one.claim),
        "before": claim_record(one.before) if one.before is not None else None,
    }
