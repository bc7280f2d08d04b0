"""What the caller may say about the inputs, what comes back for one that fails, and how much one report may hold."""

from __future__ import annotations

import datetime

import msgspec

from onrecord.values import DocumentError

MAX_BYTES = 10_000_000
# PDF, DOCX and e-mail carry pictures beside their text.
MAX_FILE = 50_000_000
MAX_CHARACTERS = 1_000_000
REMEDY = "give text, HTML, PDF, DOCX, e-mail, a feed or JSON Lines"
_NAME = 200
# The longest path that systems have; a name is kept whole up to here.
PATH = 4_000


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What the caller says about every input of one call.

    For a text they are the only source; over an HTML page's own statements they win; the lines of a JSON Lines
    input keep their own values, and the options fill the gaps.

    Attributes:
        published, publisher, title: as in ``Document``.
        offline: refuse every URL, and open no socket.
        allow_private: fetch from loopback, private and otherwise reserved addresses too.
        follow: whether the pages that a feed, a sitemap or an outline lists are fetched; ``None`` does so when that
            list was itself fetched, since a file alone opens no connection.
        most: how many pages of one list are fetched.
        pause: how many seconds lie between two pages of one host, unless its robots.txt asks for more.
        skip: the real paths of files to pass over in folders, as the ledger or page that is being written there.
    """

    published: datetime.date | None = None
    publisher: str | None = None
    title: str | None = None
    offline: bool = False
    allow_private: bool = False
    follow: bool | None = None
    most: int = 1_000
    pause: float = 1.0
    skip: tuple[str, ...] = ()


class Failure(msgspec.Struct, frozen=True):
    """An input, or one line of it, that is no report.

    Attributes:
        source: the input as the caller gave it.
        message: one line, complete in itself: the input's name, the line if it has one, the value, the remedy.
    """

    source: str
    message: str

    def __str__(self) -> str:
        return self.message


def failure(source: str, error: object, *, line: int | None = None) -> Failure:
    """The failure of ``source`` (of its ``line``, counted from 1), told in one printable line."""
    place = shown(source) if line is None else f"{shown(source)}, line {line}"
    return Failure(shown(source), f"{place}: {shown(str(error), limit=1_000)}")


def shown(value: str, *, limit: int = _NAME) -> str:
    """``value`` fit for a one-line message: no control characters, no lone surrogates, at most ``limit`` signs."""
    if len(value) > limit:
        value = value[: limit // 2] + "…" + value[-limit // 2 :]
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in value)


def check_size(size: int, limit: int) -> None:
    """Pass unless ``size`` bytes are more than ``limit``.

    Raises:
        DocumentError: if they are.
    """
    if size > limit:
        raise too_large(size, limit)


def too_large(size: int | None, limit: int = MAX_BYTES) -> DocumentError:
    """The error for an input of ``size`` bytes; ``None`` when reading stopped before its end."""
    if size is None:
        told = f"more than {limit // 1_000_000} MB"
    elif size < limit * 1.01:
        told = f"{size:,} bytes"
    else:
        told = f"{size / 1_000_000:.1f} MB"
    return DocumentError(f"is {told}; a report may have {limit // 1_000_000} MB; split it")


def check_text(text: str) -> str:
    """``text`` itself, when it can be the text of a report.

    Raises:
        DocumentError: if it is empty or white space, too long, or holds a lone surrogate.
    """
    if len(text) > MAX_CHARACTERS:
        raise DocumentError(f"has {len(text):,} characters of text; a report may have {MAX_CHARACTERS:,}; split it")
    if not text or text.isspace():
        raise DocumentError(f"the text is empty; {REMEDY}")
    return check_unicode("text", text)


def check_unicode(name: str, value: str) -> str:
    """``value`` itself, when UTF-8 can store it.

    Raises:
        DocumentError: if it holds a lone surrogate.
    """
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        sign = f"\\u{ord(value[error.start]):04x}"
        raise DocumentError(f"the {name} holds the lone surrogate {sign} at {error.start}; remove it") from error
    return value
