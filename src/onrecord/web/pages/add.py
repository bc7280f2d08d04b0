"""Add: hand over files, text or addresses, and see what became of them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from onrecord.documents import Options, Upload
from onrecord.values import RequestError
from onrecord.web import asked
from onrecord.web.adding import Adding
from onrecord.web.answer import Answer

_FIELDS = ("text", "urls", "published", "publisher", "title")
_MOST = 200  # addresses in one go


def add_page(adding: Adding, told: str | None = None, form: Mapping[str, str] | None = None) -> Answer:
    """The form, and the jobs; ``told`` is what was wrong with ``form``."""
    jobs = adding.jobs()
    busy = any(job.state in ("waiting", "running") for job in jobs)
    rows = [msgspec.to_builtins(job) for job in jobs]
    context = {"jobs": jobs, "busy": busy, "told": told, "form": dict.fromkeys(_FIELDS, "") | dict(form or {})}
    return Answer("add.html", context, {"jobs": rows}, status=200 if told is None else 400)


def submit(adding: Adding, form: Mapping[str, str], files: Sequence[Upload], who: str) -> list[str]:
    """Begin what a form asks for; the names of what it hands over.

    Raises:
        RequestError: if it hands over nothing, or a field does not hold what it should.
    """
    published: datetime.date | None = asked.day(form.get("published"))
    inputs: list[Any] = [one for one in files if one.body]
    text = form.get("text", "").strip()
    if text:
        inputs.append(Upload("pasted text", text.replace("\r\n", "\n").encode("utf-8", "replace")))
    addresses = [asked.address(one) for one in form.get("urls", "").split()]
    if len(addresses) > _MOST:
        raise RequestError(f"these are {len(addresses)} addresses; give {_MOST} at most at a time")
    inputs += addresses
    if not inputs:
        raise RequestError("nothing was handed over; choose files, paste text, or give addresses")
    options = Options(
        published=published,
        publisher=form.get("publisher", "").strip() or None,
        title=(form.get("title", "").strip() or None) if len(inputs) == 1 else None,
    )
    adding.submit(inputs, options, who)
    return [one.name if isinstance(one, Upload) else one for one in inputs]
