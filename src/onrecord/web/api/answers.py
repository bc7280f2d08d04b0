"""What the API answers: the values of the ledger as JSON, each with an ETag; problems in one shape (RFC 9457)."""

from __future__ import annotations

import datetime
import hashlib
import itertools
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import msgspec
from litestar import Response
from litestar.exceptions import HTTPException, NotFoundException, PermissionDeniedException

from onrecord.documents import Options, Upload
from onrecord.ledger import Ledger
from onrecord.values import RequestError
from onrecord.views.comparison import account_record, link_record, summary_record
from onrecord.views.entries import entry_record
from onrecord.web import asked
from onrecord.web.api.once import Once
from onrecord.web.pages import search, sources

if TYPE_CHECKING:
    from litestar import Request

    from onrecord.web.adding import Adding

LIMIT, USUAL = 200, 50
_MOST_LINKS = 500
_JSON = "application/json"


class NewJudgement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is judged ("verdict", "grade", "note"), how, and by whom; by default the desk's own reviewer."""

    kind: str
    value: str
    who: str | None = None


class NewDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A report: its text, or its address; the rest is used where the report does not say."""

    text: str | None = None
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: datetime.date | None = None


def claims(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Claims, a page of them."""
    found = _ledger(request).claims(_text(request, "q"), as_of=asked.day(_text(request, "as_of")))
    page = found.page(_limit(request), after=asked.place(_text(request, "cursor")))
    return _page(request, "claims", map(entry_record, page.entries), page.after)


def claim(request: Request[Any, Any, Any]) -> Response[bytes]:
    """One claim."""
    return _given(request, _claim(request))


def _claim(request: Request[Any, Any, Any]) -> dict[str, Any]:
    ledger = _ledger(request)
    entry = _found(lambda: ledger.claim(request.path_params["id"]))[0]
    links = ledger.compared.of_claim(entry.claim.id)[:_MOST_LINKS]
    return {
        **entry_record(entry),
        "judgements": msgspec.to_builtins(ledger.judgements(entry.claim.id)),
        "links": [link_record(told) for told in links],
    }


def judge(request: Request[Any, Any, Any], body: bytes) -> Response[bytes]:
    """Judge a claim."""
    _may_change(request)
    return _once(request).answer(request, body, lambda: _judged(request, body))


def _judged(request: Request[Any, Any, Any], body: bytes) -> Response[bytes]:
    sent = _sent(body, NewJudgement)
    record = _claim(request)
    wanted = request.headers.get("if-match")
    if wanted is not None and wanted not in ("*", _tag(_encoded(record))):
        raise HTTPException("the claim was judged since you saw it; read it again", status_code=412)
    who = sent.who or str(request.app.state["who"])
    made = _ledger(request).judge(record["id"], sent.kind, sent.value, who)
    return Response(_encoded(msgspec.to_builtins(made)), status_code=201, media_type=_JSON)


def documents(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Reports, a page of them."""
    start, limit = asked.place(_text(request, "cursor")) or 0, _limit(request)
    every = _ledger(request).documents(as_of=asked.day(_text(request, "as_of")))
    found = list(itertools.islice(every, start, start + limit + 1))
    rows = ({**msgspec.to_builtins(report.heading), "claims": report.claims} for report in found[:limit])
    return _page(request, "documents", rows, start + limit if len(found) > limit else None)


def document(request: Request[Any, Any, Any]) -> Response[bytes]:
    """One report."""
    ledger = _ledger(request)
    held = _found(lambda: ledger.document(request.path_params["id"]))
    captures = ledger.captures(held.content_hash)
    record = {
        "id": held.content_hash, "title": held.title, "publisher": held.publisher, "published": held.published,
        "url": held.url, "text": held.text, "captures": msgspec.to_builtins(captures),
    }  # fmt: skip
    return _given(request, record)


def add(request: Request[Any, Any, Any], body: bytes) -> Response[bytes]:
    """Hand a report over."""
    _may_change(request)
    return _once(request).answer(request, body, lambda: _handed_over(request, body))


def _handed_over(request: Request[Any, Any, Any], body: bytes) -> Response[bytes]:
    sent = _sent(body, NewDocument)
    if (sent.text is None) == (sent.url is None) or not (sent.text or sent.url or "").strip():
        raise RequestError("give the text of a report, or its url; one of them")
    if sent.url is not None and not sent.url.lower().startswith(("http://", "https://")):
        raise RequestError(f"{sent.url[:80]!r} is no address; give one that begins with https://")
    options = Options(published=sent.published, publisher=sent.publisher, title=sent.title)
    given = sent.url or Upload("text", (sent.text or "").encode("utf-8", "replace"))
    adding: Adding = request.app.state["adding"]
    number = adding.submit([given], options)
    made = _encoded(next(msgspec.to_builtins(job) for job in adding.jobs() if job.number == number))
    return Response(made, status_code=202, media_type=_JSON, headers={"location": f"/api/v1/jobs/{number}"})


def job(request: Request[Any, Any, Any]) -> Response[bytes]:
    """A job."""
    number = asked.place(request.path_params["number"])
    adding: Adding = request.app.state["adding"]
    for one in adding.jobs():
        if one.number == number:
            return _given(request, msgspec.to_builtins(one))
    raise NotFoundException(f"there is no job {number}; the last twenty are remembered")


def series_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Series, a page of them."""
    start, limit = asked.place(_text(request, "cursor")) or 0, _limit(request)
    every = _ledger(request).compared.all(as_of=asked.day(_text(request, "as_of")))
    found = list(itertools.islice(every, start, start + limit + 1))
    return _page(request, "series", map(summary_record, found[:limit]), start + limit if len(found) > limit else None)


def series(request: Request[Any, Any, Any]) -> Response[bytes]:
    """One series."""
    rule, day = asked.rule(_text(request, "rule")), asked.day(_text(request, "as_of"))
    account = _found(lambda: _ledger(request).compared.one(request.path_params["id"], as_of=day))
    return _given(request, account_record(account, rule))


def links(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Links of one kind, a page of them."""
    relation = asked.relation(_text(request, "relation"))
    after = asked.place(_text(request, "cursor"))
    page = _ledger(request).compared.page((relation,), _limit(request), after=after)
    return _page(request, "links", map(link_record, page.links), page.after)


def source(request: Request[Any, Any, Any]) -> Response[bytes]:
    """A source."""
    name, after = _text(request, "name"), asked.place(_text(request, "cursor"))
    if not name.strip():
        raise RequestError("no source is named; give name=")
    record = dict(_found(lambda: sources.source(_ledger(request), name, after)).record)
    following = record.pop("after")
    return _given(request, {**record, "next": None if following is None else str(following)})


def changes(request: Request[Any, Any, Any]) -> Response[bytes]:
    """What came in."""
    moment = asked.moment(_text(request, "since"))
    since = moment or datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=7)
    return _given(request, search.changes(_ledger(request), since).record)


def _ledger(request: Request[Any, Any, Any]) -> Ledger:
    ledger: Ledger = request.app.state["ledger"]
    return ledger


def _once(request: Request[Any, Any, Any]) -> Once:
    once: Once = request.app.state["once"]
    return once


def _may_change(request: Request[Any, Any, Any]) -> None:
    if request.app.state["read_only"]:
        raise PermissionDeniedException("this desk is read-only; open it without --read-only")


def _text(request: Request[Any, Any, Any], name: str) -> str:
    return str(request.query_params.get(name, ""))


def _limit(request: Request[Any, Any, Any]) -> int:
    text = _text(request, "limit")
    if not text:
        return USUAL
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= LIMIT):
        raise RequestError(f"limit {text[:40]!r} is none; give 1 to {LIMIT}")
    return int(text)


def _found(ask: Any) -> Any:
    try:
        return ask()
    except RequestError as error:
        raise NotFoundException(str(error)) from error


def _sent(body: bytes, kind: type[Any]) -> Any:
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.DecodeError as error:
        raise RequestError(f"the body is not what is asked for: {error}") from error


def _page(request: Request[Any, Any, Any], name: str, rows: Iterable[Any], following: int | None) -> Response[bytes]:
    return _given(request, {name: list(rows), "next": None if following is None else str(following)})


def _given(request: Request[Any, Any, Any], record: Any) -> Response[bytes]:
    """A value with its ETag; 304 where the asker has it already (RFC 9110)."""
    body = _encoded(record)
    tag = _tag(body)
    if tag in {part.strip() for part in request.headers.get("if-none-match", "").split(",")}:
        return Response(b"", status_code=304, headers={"etag": tag})
    return Response(body, media_type=_JSON, headers={"etag": tag})


def _encoded(record: Any) -> bytes:
    return msgspec.json.encode(record)


def _tag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:24]}"'
