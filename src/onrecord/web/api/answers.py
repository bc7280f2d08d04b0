"""What the API answers: the values of the ledger as JSON, each with an ETag; problems in one shape (RFC 9457)."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec
from litestar import Response
from litestar.exceptions import HTTPException, NotFoundException, PermissionDeniedException

from onrecord.documents import Options, Upload
from onrecord.values import RequestError
from onrecord.views.comparison import account_record, link_record, summary_record
from onrecord.views.entries import entry_record
from onrecord.web import asked
from onrecord.web.answer import portion
from onrecord.web.api.once import Once
from onrecord.web.pages import search, sources
from onrecord.web.state import Ask, adding_of, found, ledger_of, note

LIMIT, USUAL = 200, 50
_MOST_LINKS = 500
_JSON = "application/json"


class NewJudgement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is judged ("verdict", "grade", "note"), how, and by whom: by default, and where one logs in always, you."""

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


def claims(request: Ask) -> Response[bytes]:
    """Claims, a page of them."""
    chosen = ledger_of(request).claims(_text(request, "q"), as_of=asked.day(_text(request, "as_of")))
    page = chosen.page(_limit(request), after=asked.place(_text(request, "cursor")))
    return _page(request, "claims", map(entry_record, page.entries), page.after)


def claim(request: Ask) -> Response[bytes]:
    """One claim."""
    return _given(request, _claim(request))


def _claim(request: Ask) -> dict[str, Any]:
    ledger = ledger_of(request)
    entry = found(lambda: ledger.claim(request.path_params["id"]))[0]
    links = ledger.compared.of_claim(entry.claim.id)[:_MOST_LINKS]
    return {
        **entry_record(entry),
        "judgements": msgspec.to_builtins(ledger.judgements(entry.claim.id)),
        "links": [link_record(told) for told in links],
    }


def judge(request: Ask, body: bytes) -> Response[bytes]:
    """Judge a claim."""
    return _once(request).answer(request, body, lambda: _judged(request, body))


def _judged(request: Ask, body: bytes) -> Response[bytes]:
    sent = _sent(body, NewJudgement)
    record = _claim(request)
    wanted = request.headers.get("if-match")
    if wanted is not None and wanted not in ("*", _tag(_encoded(record))):
        raise HTTPException("the claim was judged since you saw it; read it again", status_code=412)
    user = request.user
    if sent.who and user.kind != "local" and sent.who != user.name:
        raise PermissionDeniedException(f"{user.name} cannot judge in the name of {sent.who[:40]!r}; leave out who")
    made = ledger_of(request).judge(record["id"], sent.kind, sent.value, sent.who or user.name)
    note(request, "judged", f"{sent.kind} {record['id']}")
    return Response(_encoded(msgspec.to_builtins(made)), status_code=201, media_type=_JSON)


def documents(request: Ask) -> Response[bytes]:
    """Reports, a page of them."""
    every = ledger_of(request).documents(as_of=asked.day(_text(request, "as_of")))
    held, following = portion(every, asked.place(_text(request, "cursor")) or 0, _limit(request))
    rows = ({**msgspec.to_builtins(report.heading), "claims": report.claims} for report in held)
    return _page(request, "documents", rows, following)


def document(request: Ask) -> Response[bytes]:
    """One report."""
    ledger = ledger_of(request)
    held = found(lambda: ledger.document(request.path_params["id"]))
    captures = ledger.captures(held.content_hash)
    record = {
        "id": held.content_hash, "title": held.title, "publisher": held.publisher, "published": held.published,
        "url": held.url, "text": held.text, "captures": msgspec.to_builtins(captures),
    }  # fmt: skip
    return _given(request, record)


def add(request: Ask, body: bytes) -> Response[bytes]:
    """Hand a report over."""
    return _once(request).answer(request, body, lambda: _handed_over(request, body))


def _handed_over(request: Ask, body: bytes) -> Response[bytes]:
    sent = _sent(body, NewDocument)
    if (sent.text is None) == (sent.url is None) or not (sent.text or sent.url or "").strip():
        raise RequestError("give the text of a report, or its url; one of them")
    options = Options(published=sent.published, publisher=sent.publisher, title=sent.title)
    given = asked.address(sent.url) if sent.url else Upload("text", (sent.text or "").encode("utf-8", "replace"))
    adding = adding_of(request)
    number = adding.submit([given], options, request.user.name)
    note(request, "handed over", given if isinstance(given, str) else given.name)
    made = _encoded(next(msgspec.to_builtins(job) for job in adding.jobs() if job.number == number))
    return Response(made, status_code=202, media_type=_JSON, headers={"location": f"/api/v1/jobs/{number}"})


def job(request: Ask) -> Response[bytes]:
    """A job."""
    number = asked.place(request.path_params["number"])
    for one in adding_of(request).jobs():
        if one.number == number:
            return _given(request, msgspec.to_builtins(one))
    raise NotFoundException(f"there is no job {number}; the last twenty are remembered")


def series_list(request: Ask) -> Response[bytes]:
    """Series, a page of them."""
    every = ledger_of(request).compared.all(as_of=asked.day(_text(request, "as_of")))
    held, following = portion(every, asked.place(_text(request, "cursor")) or 0, _limit(request))
    return _page(request, "series", map(summary_record, held), following)


def series(request: Ask) -> Response[bytes]:
    """One series."""
    rule, day = asked.rule(_text(request, "rule")), asked.day(_text(request, "as_of"))
    account = found(lambda: ledger_of(request).compared.one(request.path_params["id"], as_of=day))
    return _given(request, account_record(account, rule))


def links(request: Ask) -> Response[bytes]:
    """Links of one kind, a page of them."""
    relation = asked.relation(_text(request, "relation"))
    after = asked.place(_text(request, "cursor"))
    page = ledger_of(request).compared.page((relation,), _limit(request), after=after)
    return _page(request, "links", map(link_record, page.links), page.after)


def source(request: Ask) -> Response[bytes]:
    """A source."""
    name, after = _text(request, "name"), asked.place(_text(request, "cursor"))
    if not name.strip():
        raise RequestError("no source is named; give name=")
    record = dict(found(lambda: sources.source(ledger_of(request), name, after)).record)
    following = record.pop("after")
    return _given(request, {**record, "next": None if following is None else str(following)})


def changes(request: Ask) -> Response[bytes]:
    """What came in."""
    return _given(request, search.changes(ledger_of(request), asked.since(_text(request, "since"))).record)


def _once(request: Ask) -> Once:
    once: Once = request.app.state["once"]
    return once


def _text(request: Ask, name: str) -> str:
    return str(request.query_params.get(name, ""))


def _limit(request: Ask) -> int:
    text = _text(request, "limit")
    if not text:
        return USUAL
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= LIMIT):
        raise RequestError(f"limit {text[:40]!r} is none; give 1 to {LIMIT}")
    return int(text)


def _sent(body: bytes, kind: type[Any]) -> Any:
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.DecodeError as error:
        raise RequestError(f"the body is not what is asked for: {error}") from error


def _page(request: Ask, name: str, rows: Iterable[Any], following: int | None) -> Response[bytes]:
    return _given(request, {name: list(rows), "next": None if following is None else str(following)})


def _given(request: Ask, record: Any) -> Response[bytes]:
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
