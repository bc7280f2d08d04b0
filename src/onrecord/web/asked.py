"""What a request asks for, checked: days, moments, choices; one line for what is none."""

from __future__ import annotations

import datetime
from typing import TypeVar
from urllib.parse import quote

from onrecord.ledger import RELATIONS
from onrecord.series.rules import RULES, Rule
from onrecord.values import Relation, RequestError

Known = TypeVar("Known", bound=str)


def day(text: str | None) -> datetime.date | None:
    """A day as browsers send it; nothing for an empty field.

    Raises:
        RequestError: if it is none.
    """
    if not text:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise RequestError(f"{text[:40]!r} is no day; write it as 2025-03-27") from error


def moment(text: str | None) -> datetime.datetime | None:
    """A moment in UTC, or the beginning of a day.

    Raises:
        RequestError: if it is none.
    """
    if not text:
        return None
    try:
        found = datetime.datetime.fromisoformat(text)
        return found.replace(tzinfo=datetime.UTC) if found.tzinfo is None else found.astimezone(datetime.UTC)
    except (ValueError, OverflowError) as error:
        raise RequestError(f"{text[:40]!r} is no moment; write it as 2025-03-27 or 2025-03-27T10:00Z") from error


def place(text: str | None) -> int | None:
    """Where a page of a list begins.

    Raises:
        RequestError: if it is none.
    """
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise RequestError(f"{text[:40]!r} is no place in a list; follow the links of the page")
    return int(text)


def since(text: str | None) -> datetime.datetime:
    """The moment since which news is told: a week ago, where none is asked for.

    Raises:
        RequestError: if it is none.
    """
    return moment(text) or datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=7)


def rule(text: str | None) -> Rule:
    """A house rule; ``literal`` where none is asked for.

    Raises:
        RequestError: if there is none of that name.
    """
    return _one_of(RULES, text or "literal", "rule")


def relation(text: str | None) -> Relation:
    """A kind of link; disagreements where none is asked for.

    Raises:
        RequestError: if there is none of that name.
    """
    return _one_of(RELATIONS, text or "disagrees", "relation")


def _one_of(known: tuple[Known, ...], text: str, what: str) -> Known:
    for one in known:
        if one == text:
            return one
    raise RequestError(f"{text[:40]!r} is no {what}; choose among: {', '.join(known)}")


def address(text: str) -> str:
    """An address that may be fetched.

    Raises:
        RequestError: if it is none.
    """
    if not text.lower().startswith(("http://", "https://")):
        raise RequestError(f"{text[:80]!r} is no address; give one that begins with https://")
    return text


def inside(path: str | None) -> str:
    """A path of the desk, to go to after a log-in; the first page for anything that may lead elsewhere."""
    if not path or not path.isprintable() or not path.startswith("/") or path.startswith(("//", "/\\", "/log-in")):
        return "/"
    return quote(path, safe="/?&=%:+,;@!*'()~#-._$")


def quoted(value: str) -> str:
    """A value as a question has it."""
    return value if value.isalnum() else '"' + value.replace('"', " ") + '"'
