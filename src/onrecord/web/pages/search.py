"""Home: a question, the claims that meet it, what they are of, and what came since the last visit."""

from __future__ import annotations

import datetime
from typing import Any

from onrecord.ledger import FACETS, Ledger, News
from onrecord.ledger.flat import flat
from onrecord.values import RequestError
from onrecord.views.entries import entry_record
from onrecord.web.answer import Answer
from onrecord.web.asked import quoted

SIZE = 50
SHOWN = 8  # values of a facet


def search(
    ledger: Ledger, question: str, as_of: datetime.date | None, after: int | None, since: datetime.datetime | None
) -> Answer:
    """The claims that meet ``question``, a page of them, those behind ``after``.

    Args:
        ledger: to ask.
        question: in the language of ``onrecord search``.
        as_of: only what the world could know on that day.
        after: where the page before ended.
        since: the last visit, of which news is told beside the first page of everything.
    """
    try:
        chosen = ledger.claims(question, as_of=as_of)
        page, facets = chosen.overview(SIZE)
        if after is not None:
            page = chosen.page(SIZE, after=after)
    except RequestError as error:
        return _refused(question, as_of, str(error))
    news = ledger.news(since) if since is not None and not question and after is None else None
    context = {
        "question": question,
        "as_of": as_of,
        "entries": page.entries,
        "older": page.after,
        "facets": _facets(question, facets),
        "first": after is None,
        "news": news,
        "error": None,
    }
    record = {
        "question": question,
        "as_of": as_of,
        "after": page.after,
        "claims": list(map(entry_record, page.entries)),
    }
    return Answer("search.html", context, record, map(flat, page.entries))


def _refused(question: str, as_of: datetime.date | None, told: str) -> Answer:
    context: dict[str, Any] = {
        "question": question, "as_of": as_of, "entries": (), "older": None, "facets": [], "first": True, "news": None,
        "error": told,
    }  # fmt: skip
    return Answer("search.html", context, {"error": told}, (), status=400)


def _facets(question: str, found: dict[str, list[tuple[str, int]]]) -> list[dict[str, Any]]:
    """For each facet its commonest values, each with the question that asks for it too."""
    return [
        {
            "name": name,
            "values": [
                {"value": value, "count": count, "question": f"{question} {name}:{quoted(value)}".strip()}
                for value, count in found[name][:SHOWN]
            ],
        }
        for name in FACETS
        if len(found[name]) > 1
    ]


def changes(ledger: Ledger, since: datetime.datetime) -> Answer:
    """What came in since a moment: figures revised and denied, new sources."""
    news = ledger.news(since)
    rows = [
        {
            "relation": told.link.relation, "reason": told.link.reason, "known_on": told.later_report.known_on,
            "earlier": told.link.earlier, "later": told.link.later, "report": told.later_report.name,
        }
        for told in (*news.revised, *news.denied)
    ]  # fmt: skip
    record = {
        "since": since,
        "reports": news.reports,
        "revisions": news.revisions,
        "denials": news.denials,
        "changes": rows,
        "new_sources": list(news.sources),
    }
    return Answer("changes.html", {"news": news}, record, rows)


def atom(news: News, home: str) -> str:
    """The changes as an Atom feed (RFC 4287)."""
    from onrecord.web.templates import rendered

    return rendered("changes.xml", {"news": news, "home": home})
