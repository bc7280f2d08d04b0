"""What is read: claims, reports, series, sources, links, changes."""

from __future__ import annotations

import datetime
import functools
import importlib.resources
from collections.abc import Callable

from litestar import Response
from litestar.datastructures import Cookie
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from onrecord.values import RequestError
from onrecord.views import chart
from onrecord.web import asked
from onrecord.web.answer import Answer, form_of, response, split
from onrecord.web.guard import CAPTURE_POLICY
from onrecord.web.pages import about, claims, reports, search, series, sources
from onrecord.web.routes.route import Asked, Route, in_forms
from onrecord.web.state import Ask, cookie, found, ledger_of

_VISIT = "onrecord_visit"
_AWAY = datetime.timedelta(hours=1)  # after which a request begins a new visit
_ASSETS = {
    "desk.css": ("onrecord.web", "static/desk.css", "text/css"),
    "desk.js": ("onrecord.web", "static/desk.js", "text/javascript"),
    "review.js": ("onrecord.web", "static/review.js", "text/javascript"),
    "htmx.min.js": ("onrecord.web", "static/htmx.min.js", "text/javascript"),
    "page.css": ("onrecord.views", "templates/page.css", "text/css"),
    "page.js": ("onrecord.views", "templates/page.js", "text/javascript"),
}
_CHARTS = {"svg": "image/svg+xml", "png": "image/png", "json": "application/json", "csv": "text/csv"}


def home(request: Ask, q: Asked = None, as_of: Asked = None, after: Asked = None) -> Response[bytes]:
    """Search, and what came since the last visit."""
    seen, cookie = _visit(request)
    answer = search.search(ledger_of(request), q or "", asked.day(as_of), asked.place(after), seen)
    made = response(request, answer)
    if form_of(request) == "html":
        made.set_cookie(cookie)
    return made


def report_list(request: Ask, as_of: Asked = None, after: Asked = None) -> Response[bytes]:
    """The reports."""
    return response(request, reports.reports(ledger_of(request), asked.day(as_of), asked.place(after)))


def report(request: Ask, name: FromPath[str]) -> Response[bytes]:
    """One report with its claims in its text."""
    return _one(request, name, lambda identity: reports.report(ledger_of(request), identity))


def original(request: Ask, name: FromPath[str]) -> Response[bytes]:
    """The bytes of a report as they came, to be kept and not to be opened here."""
    body, digest = found(lambda: reports.original(ledger_of(request), name))
    kept = f'attachment; filename="{digest[:16]}"'
    headers = {"content-security-policy": CAPTURE_POLICY, "content-disposition": kept}
    return Response(body, media_type="application/octet-stream", headers=headers)


def shown(request: Ask, name: FromPath[str]) -> Response[bytes]:
    """The same to be looked at, shut in so that nothing of it acts."""
    body, kind = found(lambda: reports.shown(ledger_of(request), name))
    return Response(body, media_type=kind, headers={"content-security-policy": CAPTURE_POLICY})


def claim(request: Ask, name: FromPath[str]) -> Response[bytes]:
    """One claim."""
    return _one(request, name, lambda identity: claims.claim(ledger_of(request), identity))


def series_list(request: Ask, as_of: Asked = None, after: Asked = None) -> Response[bytes]:
    """The series."""
    return response(request, series.series_list(ledger_of(request), asked.day(as_of), asked.place(after)))


def one_series(request: Ask, name: FromPath[str], as_of: Asked = None, rule: Asked = None) -> Response[bytes]:
    """One series, as of a day and by a house rule."""
    day, by = asked.day(as_of), asked.rule(rule)
    return _one(request, name, lambda identity: series.series(ledger_of(request), identity, day, by))


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
    return response(request, found(lambda: sources.source(ledger_of(request), name, asked.place(after))))


def link_list(request: Ask, relation: Asked = None, after: Asked = None) -> Response[bytes]:
    """Links of one kind; disagreements, where none is named."""
    return response(request, series.links(ledger_of(request), asked.relation(relation), asked.place(after)))


def changes(request: Ask, since: Asked = None) -> Response[bytes]:
    """What came in since a moment; in the last week, where none is named."""
    return response(request, search.changes(ledger_of(request), asked.since(since)))


def feed(request: Ask, since: Asked = None) -> Response[bytes]:
    """The same as a feed."""
    made = search.atom(ledger_of(request).news(asked.since(since)), str(request.base_url).rstrip("/"))
    return Response(made.encode("utf-8"), media_type="application/atom+xml")


def about_page(request: Ask) -> Response[bytes]:
    """What this is, how it reads, and what it does not do."""
    return response(request, about.about())


def asset(name: FromPath[str]) -> Response[bytes]:
    """A style sheet or script of the desk."""
    if name not in _ASSETS:
        raise NotFoundException("there is no such file")
    package, path, kind = _ASSETS[name]
    return Response(_file(package, path), media_type=kind, headers={"cache-control": "no-cache"})


# The name of one thing may end in ".json" or ".csv" too.
READING: tuple[Route, ...] = (
    Route(("/", *in_forms("/claims")), home),
    Route(("/claims/{name:str}",), claim),
    Route(in_forms("/documents"), report_list),
    Route(("/documents/{name:str}",), report),
    Route(("/documents/{name:str}/original",), original),
    Route(("/documents/{name:str}/shown",), shown),
    Route(in_forms("/series"), series_list),
    Route(("/series/{name:str}",), one_series),
    Route(("/series/{name:str}/{file:str}",), series_chart),
    Route(in_forms("/source"), source),
    Route(in_forms("/links"), link_list),
    Route(in_forms("/changes"), changes),
    Route(("/changes.atom",), feed),
    Route(("/about", "/about.json"), about_page),
    Route(("/static/{name:str}",), asset, needs="public", counted=False),
)


@functools.cache
def _file(package: str, path: str) -> bytes:
    return (importlib.resources.files(package) / path).read_bytes()


def _one(request: Ask, name: str, ask: Callable[[str], Answer]) -> Response[bytes]:
    """One thing by its name, in the form that the name's ending asks for."""
    identity, form = split(name)
    return response(request, found(lambda: ask(identity)), form)


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
    return since, cookie(request, _VISIT, value)
