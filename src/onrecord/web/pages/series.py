"""Series: their list; one with its chart, its table, its links, as of any day and by any house rule; disagreements."""

from __future__ import annotations

import datetime
from typing import Any

from onrecord.ledger import Ledger, Told
from onrecord.series.rules import RULES, Rule, verdict
from onrecord.series.standing import Summary, lines
from onrecord.values import Relation
from onrecord.views import chart
from onrecord.views.comparison import account_record, link_record, rule_line, summary_record, told_of
from onrecord.web.answer import Answer, portion

SIZE = 50
LINKS = 60  # of a series that are shown; all of them in .json
SHOWN = 300  # claims of a series in its table; all of them in .csv


def series_list(ledger: Ledger, as_of: datetime.date | None, after: int | None) -> Answer:
    """The series that moved last, a page of them behind the first ``after``."""
    found, older = portion(ledger.compared.all(as_of=as_of), after or 0, SIZE)
    context = {"series": found, "as_of": as_of, "older": older}
    record = {"series": [summary_record(one) for one in found], "after": older}
    return Answer("series_list.html", context, record, [_row(one) for one in found])


def _row(one: Summary) -> dict[str, Any]:
    return {
        "id": one.id, "type": one.key.type, "counted": one.key.counted, "where": one.key.where,
        "parties": one.key.parties, "claims": one.claims, "documents": one.documents, "voices": one.voices,
        "first_said": one.first_said, "last_said": one.last_said, "first": one.first, "latest": one.latest,
        "low": one.low, "high": one.high,
    }  # fmt: skip


def series(ledger: Ledger, identity: str, as_of: datetime.date | None, rule: Rule) -> Answer:
    """One series.

    Raises:
        RequestError: if there is none, or none of it was known on that day.
    """
    account = ledger.compared.one(identity, as_of=as_of)
    whole = account if as_of is None else ledger.compared.one(identity)
    told = [told_of(account, link) for link in account.links]
    compared = [one for one in told if one.link.relation != "echoes"]
    rows = chart.rows(account)
    context = {
        "account": account,
        "heading": chart.heading(account),
        "id": account.series.id,
        "lines": lines(account.series),
        "claims": account.claims,
        "reports": account.reports,
        "rows": rows[-SHOWN:],
        "left": max(0, len(rows) - SHOWN),
        "links": compared[:LINKS],
        "more_links": max(0, len(compared) - LINKS),
        "echoes": _echoes(told),
        "rule": rule,
        "rules": RULES,
        "verdict": rule_line(verdict(account.series, rule)),
        "as_of": as_of,
        "days": sorted({point.said for point in whole.series.points}),
    }
    table = [{name: row[name] for name in chart.COLUMNS} for row in rows]
    return Answer("series.html", context, account_record(account, rule), table)


def _echoes(told: list[Told]) -> list[tuple[Told, list[Told]]]:
    """The origins that were told again, the most often first, each with its echoes."""
    origins: dict[str, list[Told]] = {}
    for one in told:
        if one.link.relation == "echoes":
            origins.setdefault(one.link.earlier, []).append(one)
    often = sorted(origins.values(), key=lambda group: -len(group))[:LINKS]
    return [(group[0], group[:LINKS]) for group in often]


def drawn(ledger: Ledger, identity: str, as_of: datetime.date | None, rule: Rule, format_: chart.Format) -> bytes:
    """The chart of a series as a file.

    Raises:
        RequestError: if there is no such series.
    """
    return chart.rendered(ledger.compared.one(identity, as_of=as_of), format_, rule)


def links(ledger: Ledger, relation: Relation, after: int | None) -> Answer:
    """Links of one kind between claims of different reports, those that were found last first."""
    page = ledger.compared.page((relation,), SIZE, after=after)
    rows = [
        {
            "relation": told.link.relation, "reason": told.link.reason, "score": told.link.score,
            "earlier": told.link.earlier, "later": told.link.later,
            "earlier_document": told.earlier_report.name, "later_document": told.later_report.name,
        }
        for told in page.links
    ]  # fmt: skip
    record = {"links": [link_record(told) for told in page.links], "after": page.after}
    return Answer("links.html", {"links": page.links, "older": page.after, "relation": relation}, record, rows)
