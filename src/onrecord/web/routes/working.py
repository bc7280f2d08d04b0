"""What is worked on: claims are decided, reports are handed over."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from anyio import to_thread
from litestar import Response
from litestar.datastructures import UploadFile

from onrecord.documents import Upload
from onrecord.values import RequestError
from onrecord.web import asked
from onrecord.web.answer import Answer, response
from onrecord.web.pages import add, review
from onrecord.web.routes.route import Asked, Route, in_forms
from onrecord.web.state import Ask, adding_of, cookie, form, found, ledger_of, note, texts, went_to

_NAME = "onrecord_reviewer"


def review_page(
    request: Ask, q: Asked = None, after: Asked = None, claim: Asked = None, who: Asked = None
) -> Response[bytes]:
    """The next claim to be decided."""
    name = who if who and request.user.kind == "local" else _reviewer(request)
    answer = found(lambda: review.review(ledger_of(request), name, q or "", asked.place(after), claim))
    made = response(request, answer)
    if name == who:
        made.set_cookie(cookie(request, _NAME, quote(name)))
    return made


async def decide(request: Ask) -> Response[bytes]:
    """What a reviewer decides of a claim."""
    fields = await texts(request)
    done = await to_thread.run_sync(review.decide, ledger_of(request), _reviewer(request), fields)
    if isinstance(done, Answer):
        return response(request, done, "html")
    if done.what:
        await to_thread.run_sync(note, request, "decided", done.what)
    return went_to(done.to)


def add_page(request: Ask) -> Response[bytes]:
    """Where reports are handed over, and what became of them."""
    return response(request, add.add_page(adding_of(request)))


async def hand_over(request: Ask) -> Response[bytes]:
    """Take what is handed over, and begin to read it."""
    files = [
        Upload(_plain(value.filename), await value.read())
        for _, value in await form(request)
        if isinstance(value, UploadFile)
    ]
    fields = await texts(request)
    try:
        names = add.submit(adding_of(request), fields, files, request.user.name)
    except RequestError as error:
        return response(request, add.add_page(adding_of(request), str(error), fields), "html")
    await to_thread.run_sync(note, request, "handed over", ", ".join(names))
    return went_to("/add")


def agreement(request: Ask) -> Response[bytes]:
    """How far reviewers agree."""
    return response(request, review.agreement(ledger_of(request), _reviewer(request)))


WORKING: tuple[Route, ...] = (
    Route(("/add", "/add.json"), add_page, needs="add"),
    Route(("/add/files",), hand_over, "post", "add", files=True),
    Route(("/review", "/review.json"), review_page, needs="review"),
    Route(("/review/decide",), decide, "post", "review"),
    Route(in_forms("/review/agreement"), agreement),
)


def _plain(name: str) -> str:
    """A file's name without its folders."""
    return re.split(r"[/\\]", name)[-1][:200] or "file"


def _reviewer(request: Ask) -> str:
    """Whoever is logged in; at one's own machine, the name that was given last."""
    named = unquote(request.cookies.get(_NAME, "")) if request.user.kind == "local" else ""
    return named or request.user.name
