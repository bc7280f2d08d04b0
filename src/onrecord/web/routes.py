"""The addresses of the desk, and what answers each: a request is parsed, a page is asked, the answer is sent."""

from __future__ import annotations

import datetime
import functools
import importlib.resources
import re
from collections.abc import Callable
from urllib.parse import quote, unquote

from anyio import to_thread
from litestar import Response
from litestar.datastructures import Cookie, UploadFile
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from onrecord.documents import Upload
from onrecord.ledger import Ledger
from onrecord.values import RequestError
from onrecord.views import chart
from onrecord.web import asked
from onrecord.web.adding import Adding
from onrecord.web.answer import Answer, Form, response, split
from onrecord.web.guard import CAPTURE_POLICY
from onrecord.web.pages import about, add, claims, reports, review, search, series, sources
from onrecord.web.state import Ask, found, ledger_of, may_change

DECIDE, HAND_OVER = "/review/decide", "/add/files"
_VISIT, _NAME = "onrecord_visit", "onrecord_reviewer"
_AWAY = datetime.timedelta(hours=1)  # after which a request begins a new visit
_YEAR = 366 * 24 * 3600
_ASSETS = {
    "desk.css": ("onrecord.web", "static/desk.css", "text/css"),
    "desk.js": ("onrecord.web", "static/desk.js", "text/javascript"),
    "review.js": ("onrecord.web", "static/review.js", "text/javascript"),
    "htmx.min.js": ("onrecord.web", "static/htmx.min.js", "text/javascript"),
    "page.css": ("onrecord.views", "templates/page.css", "text/css"),
    "page.js": ("onrecord.views", "templates/page.js", "text/javascript"),
}
_CHARTS = {"svg": "image/svg+xml", "png": "image/png", "json": "application/json", "csv": "text/csv"}
Asked = FromQuery[str | None]


def home(request: Ask, q: Asked = None, as_of: Asked = None, after: Asked = None) -> Response[bytes]:
    """Search, and what came since the last visit."""
    seen, cookie = _visit(request)
    answer = search.search(ledger_of(request), q or "", asked.day(as_of), asked.place(after), seen)
    made = response(answer, form_of(request))
    if form_of(request) == "html":
        made.set_cookie(cookie)
    return made


def report_list(request: Ask, as_of: Asked = None, after: Asked = None) -> Response[bytes]:
    """The reports."""
    return response(reports.reports(ledger_of(request), asked.day(as_of), asked.place(after)), form_of(request))


def report(request: Ask, name: FromPath[str]) -> Response[bytes]:
    """One report with its claims in its text."""
    return _one(name, lambda identity: reports.report(ledger_of(request), identity))


def original(request: Ask, name: FromPath[str]) -> Response[bytes]:
    """The bytes of a report as they came, shut in so that nothing of them acts."""
    body, kind, digest = found(lambda: reports.original(ledger_of(request), name))
    headers = {"content-security-policy": CAPTURE_POLICY}
    if kind == "application/octet-stream":
        headers["content-disposition"] = f'attachment; filename="{digest[:16]}"'
    return Response(body, media_type=kind, headers=headers)


def claim(request: Ask, name: FromPath[str]) -> Response[bytes]:
    """One claim."""
    return _one(name, lambda identity: claims.claim(ledger_of(request), identity))


def series_list(request: Ask, as_of: Asked = None, after: Asked = None) -> Response[bytes]:
    """The series."""
    return response(series.series_list(ledger_of(request), asked.day(as_of), asked.place(after)), form_of(request))


def one_series(request: Ask, name: FromPath[str], as_of: Asked = None, rule: Asked = None) -> Response[bytes]:
    """One series, as of a day and by a house rule."""
    day, by = asked.day(as_of), asked.rule(rule)
    return _one(name, lambda identity: series.series(ledger_of(request), identity, day, by))


def series_chart(
    request: Ask, name: FromPath[str], file: FromPath[str], as_of: Asked = None, rule: Asked = None
) -> Response[bytes]:
    """The chart of a series, as a picture or as data."""
    stem, _, ending = file.partition(".")
    format_ = next((known for known in chart.FORMATS if known == ending), None)
    if stem != "chart" or format_ is None:
        raise NotFoundException(
            f"there is no {file[:40]!r}; a chart is {' or '.join(f'chart.{f}' for f in chart.FORMATS)}"
        )
    day, by = asked.day(as_of), asked.rule(rule)
    body = found(lambda: series.drawn(ledger_of(request), name, day, by, format_))
    return Response(body, media_type=_CHARTS[format_])


def source(request: Ask, name: FromQuery[str], after: Asked = None) -> Response[bytes]:
    """One source."""
    return response(found(lambda: sources.source(ledger_of(request), name, asked.place(after))), form_of(request))


def link_list(request: Ask, relation: Asked = None, after: Asked = None) -> Response[bytes]:
    """Links of one kind; disagreements, where none is named."""
    return response(series.links(ledger_of(request), asked.relation(relation), asked.place(after)), form_of(request))


def changes(request: Ask, since: Asked = None) -> Response[bytes]:
    """What came in since a moment; in the last week, where none is named."""
    return response(search.changes(ledger_of(request), asked.since(since)), form_of(request))


def feed(request: Ask, since: Asked = None) -> Response[bytes]:
    """The same as a feed."""
    made = search.atom(ledger_of(request).news(asked.since(since)), str(request.base_url).rstrip("/"))
    return Response(made.encode("utf-8"), media_type="application/atom+xml")


def review_page(
    request: Ask, q: Asked = None, after: Asked = None, claim: Asked = None, who: Asked = None
) -> Response[bytes]:
    """The next claim to be decided."""
    name = who or _reviewer(request)
    answer = found(lambda: review.review(_reviewing(request), name, q or "", asked.place(after), claim))
    made = response(answer, form_of(request))
    if who:
        made.set_cookie(Cookie(key=_NAME, value=quote(name), max_age=_YEAR, httponly=True, samesite="lax"))
    return made


async def decide(request: Ask) -> Response[bytes]:
    """What a reviewer decides of a claim."""
    ledger, name = _reviewing(request), _reviewer(request)
    form = {field: value for field, value in (await request.form()).items() if isinstance(value, str)}
    done = await to_thread.run_sync(review.decide, ledger, name, form)
    if isinstance(done, Answer):
        return response(done, "html")
    return Response(b"", status_code=303, headers={"location": done})


def add_page(request: Ask) -> Response[bytes]:
    """Where reports are handed over, and what became of them."""
    _reviewing(request)
    return response(add.add_page(_adding(request)), form_of(request))


async def hand_over(request: Ask) -> Response[bytes]:
    """Take what is handed over, and begin to read it."""
    _reviewing(request)
    fields: dict[str, str] = {}
    files: list[Upload] = []
    for name, value in (await request.form()).multi_items():
        if isinstance(value, UploadFile):
            files.append(Upload(_plain(value.filename), await value.read()))
        elif isinstance(value, str):
            fields[name] = value
    try:
        add.submit(_adding(request), fields, files)
    except RequestError as error:
        return response(add.add_page(_adding(request), str(error), fields), "html")
    return Response(b"", status_code=303, headers={"location": "/add"})


def agreement(request: Ask) -> Response[bytes]:
    """How far reviewers agree."""
    return response(review.agreement(ledger_of(request), _reviewer(request)), form_of(request))


def about_page(request: Ask) -> Response[bytes]:
    """What this is, how it reads, and what it does not do."""
    return response(about.about(), form_of(request))


def asset(name: FromPath[str]) -> Response[bytes]:
    """A style sheet or script of the desk."""
    if name not in _ASSETS:
        raise NotFoundException("there is no such file")
    package, path, kind = _ASSETS[name]
    return Response(_file(package, path), media_type=kind, headers={"cache-control": "no-cache"})


def _in_forms(path: str) -> tuple[str, ...]:
    return path, f"{path}.json", f"{path}.csv"


# Which address is answered by what. The name of one thing may end in ".json" or ".csv" too.
ROUTES: tuple[tuple[tuple[str, ...], Callable[..., Response[bytes]]], ...] = (
    (("/", *_in_forms("/claims")), home),
    (("/claims/{name:str}",), claim),
    (_in_forms("/documents"), report_list),
    (("/documents/{name:str}",), report),
    (("/documents/{name:str}/original",), original),
    (_in_forms("/series"), series_list),
    (("/series/{name:str}",), one_series),
    (("/series/{name:str}/{file:str}",), series_chart),
    (_in_forms("/source"), source),
    (_in_forms("/links"), link_list),
    (_in_forms("/changes"), changes),
    (("/changes.atom",), feed),
    (("/add", "/add.json"), add_page),
    (("/review", "/review.json"), review_page),
    (_in_forms("/review/agreement"), agreement),
    (("/about", "/about.json"), about_page),
    (("/static/{name:str}",), asset),
)


def addresses() -> tuple[str, ...]:
    """Every address that is answered."""
    return (*(path for paths, _ in ROUTES for path in paths), DECIDE, HAND_OVER)


@functools.cache
def _file(package: str, path: str) -> bytes:
    return (importlib.resources.files(package) / path).read_bytes()


def _reviewing(request: Ask) -> Ledger:
    """The ledger, where claims may be decided."""
    may_change(request)
    return ledger_of(request)


def _adding(request: Ask) -> Adding:
    adding: Adding = request.app.state["adding"]
    return adding


def _plain(name: str) -> str:
    """A file's name without its folders."""
    return re.split(r"[/\\]", name)[-1][:200] or "file"


def _reviewer(request: Ask) -> str:
    return unquote(request.cookies.get(_NAME, "")) or str(request.app.state["who"])


def form_of(request: Ask) -> Form:
    """The form that the ending of an address asks for."""
    return split(request.url.path.rpartition("/")[2])[1]


def _one(name: str, ask: Callable[[str], Answer]) -> Response[bytes]:
    """One thing by its name, in the form that the name's ending asks for."""
    identity, form = split(name)
    return response(found(lambda: ask(identity)), form)


def _visit(request: Ask) -> tuple[datetime.datetime | None, Cookie]:
    """When the visit before this one ended, and the cookie that tells it next time: last request and visit before."""
    now = datetime.datetime.now(datetime.UTC)
    last, _, before = request.cookies.get(_VISIT, "").partition("~")
    try:
        seen, earlier = asked.moment(last), asked.moment(before)
    except RequestError:  # not a cookie of ours
        seen = earlier = None
    since = earlier if seen is not None and now - seen < _AWAY else seen
    value = f"{now:%Y-%m-%dT%H:%M:%S}~{f'{since:%Y-%m-%dT%H:%M:%S}' if since else ''}"
    return since, Cookie(key=_VISIT, value=value, max_age=_YEAR, httponly=True, samesite="lax")
