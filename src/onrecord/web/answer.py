"""One answer in the form that is asked for: a page, JSON, or CSV at the same address with that ending."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, TypeVar

import msgspec
from litestar import Response
from litestar.exceptions import NotFoundException

from onrecord.web.state import Ask
from onrecord.web.templates import rendered

Item = TypeVar("Item")
Form = Literal["html", "json", "csv"]
_TYPES: dict[str, str] = {
    "html": "text/html", "json": "application/json", "csv": "text/csv",
}  # fmt: skip


class Answer(msgspec.Struct, frozen=True):
    """What a page tells.

    Attributes:
        template: that shows it. context: what the template needs.
        record: the same for machines.
        rows: the same as a table; ``None`` where it is none.
        status: of HTTP.
        once: whether it holds a secret that is told this once.
    """

    template: str
    context: Mapping[str, Any]
    record: Any
    rows: Iterable[Mapping[str, Any]] | None = None
    status: int = 200
    once: bool = False


def split(name: str) -> tuple[str, Form]:
    """A path's last part without its ending, and the form that the ending asks for."""
    stem, dot, ending = name.rpartition(".")
    if dot and ending == "json":
        return stem, "json"
    if dot and ending == "csv":
        return stem, "csv"
    return name, "html"


def portion(every: Iterable[Item], start: int, size: int) -> tuple[list[Item], int | None]:
    """``size`` things behind the first ``start``, and where the next portion begins; ``None`` at the end."""
    held = list(itertools.islice(every, start, start + size + 1))
    return held[:size], start + size if len(held) > size else None


def form_of(request: Ask) -> Form:
    """The form that the ending of an address asks for."""
    return split(request.url.path.rpartition("/")[2])[1]


def response(request: Ask, answer: Answer, form: Form | None = None) -> Response[bytes]:
    """The answer as it is sent to whoever asks, in the form that the address asks for where none is given.

    Raises:
        NotFoundException: if it is asked for as a table and is none.
    """
    form = form or form_of(request)
    if form == "html":
        context = {"visitor": request.user, "proof": request.user.proof, **answer.context}
        body = rendered(answer.template, context).encode("utf-8")
    elif form == "json":
        body = msgspec.json.format(msgspec.json.encode(answer.record), indent=2) + b"\n"
    elif answer.rows is None:
        raise NotFoundException("this is no list; ask for it as .json")
    else:
        body = _csv(list(answer.rows))
    made = Response(body, status_code=answer.status, media_type=_TYPES[form])
    if answer.once:
        made.headers["cache-control"] = "no-store"
    return made


def _csv(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """CSV after RFC 4180, in UTF-8, with a line of names; lists are joined with " | "."""
    held = io.StringIO(newline="")
    if rows:
        writer = csv.DictWriter(held, list(rows[0]))
        writer.writeheader()
        writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return held.getvalue().encode("utf-8", "surrogatepass")


def _cell(value: Any) -> Any:
    return " | ".join(map(str, value)) if isinstance(value, (list, tuple)) else value
