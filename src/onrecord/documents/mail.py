"""A message (RFC 5322, MIME) becomes documents: its own text, then each attachment that is a report.

Python's older way with headers is used, which stores them as they are: the newer one parses each, and hostile ones
make it fail or take very long.
"""

from __future__ import annotations

import datetime
import email
import email.errors
import email.header
import email.policy
import email.utils
import re
from collections.abc import Iterator
from email.message import Message

from onrecord.documents import binary
from onrecord.documents.clean import clean, decode
from onrecord.documents.kinds import kind_of
from onrecord.documents.options import MAX_BYTES, REMEDY, Failure, Options, check_size, check_text, failure, shown
from onrecord.documents.wrapped import flowed, unwrapped
from onrecord.values import Capture, Document, DocumentError

MAX_DEPTH = 4
MAX_PARTS = 1_000
_MAX_HEADER = 2_000
_MAX_NAME = 80
_HEAD = 65_536
_SIGNATURES = frozenset(("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"))
# The parser compares each line with the boundary of each open multipart.
_MAX_COMPARED = 50_000_000
_MULTIPART = re.compile(rb"^content-type:\s*multipart/", re.IGNORECASE | re.MULTILINE)
# Headers are kept as they came: what is written anew is what was met.
_POLICY = email.policy.compat32.clone(max_line_length=None, mangle_from_=False)
# What decoding damaged headers and bodies has been seen to raise, in email and its codecs.
_MAIL_ERRORS = (email.errors.MessageError, AttributeError, LookupError, TypeError, ValueError, OverflowError)
_SPACES = re.compile(r"\s+")


def read_mail(capture: Capture, options: Options) -> Iterator[Document | Failure]:
    """The message's text as a document, then what is attached to it, in order.

    The subject is its title, the sender's name its publisher and the day in its header its day of publication, unless
    ``options`` state others. Pictures shown within the text are passed over; of any other attachment that is no
    report a failure tells.

    Raises:
        DocumentError: if the message is broken, empty, or has too many parts.
    """
    yield from _read(capture, options, depth=1)


def _read(capture: Capture, options: Options, *, depth: int) -> Iterator[Document | Failure]:
    message = _parsed(capture.body)
    parts = list(_parts(message))
    bodies = _bodies(parts)
    attached = [part for part in parts if part not in bodies and not _passed_over(part)]
    if bodies:
        try:
            yield _document(message, bodies, capture, options)
        except DocumentError as error:
            yield failure(capture.source, error)
    elif not attached:
        raise DocumentError(f"is a message without text; {REMEDY}")
    for number, part in enumerate(attached, 1):
        yield from _attachment(part, number, capture, options, depth=depth)


def _parsed(data: bytes) -> Message:
    """The message.

    Raises:
        DocumentError: if it is nested too deeply or has too many parts.
    """
    multiparts = sum(1 for _ in _MULTIPART.finditer(data))
    lines = data.count(b"\n") + data.count(b"\r")
    if multiparts > MAX_PARTS or multiparts * lines > _MAX_COMPARED:
        raise DocumentError(f"is a message of {multiparts:,} multiparts and {lines:,} lines; give its parts one by one")
    try:
        return email.message_from_bytes(data, policy=_POLICY)
    except RecursionError as error:
        raise DocumentError("is a message nested too deeply; give its text") from error
    except _MAIL_ERRORS as error:
        raise DocumentError(f"is a broken message ({type(error).__name__}); give its text") from error


def _parts(message: Message) -> Iterator[Message]:
    """The parts that hold something, in order; of several forms of one text the plain one, else the page.

    Raises:
        DocumentError: if there are too many.
    """
    waiting = [message]
    count = 0
    while waiting:
        part = waiting.pop()
        count += 1
        if count > MAX_PARTS:
            raise DocumentError(f"is a message of more than {MAX_PARTS:,} parts; give them one by one")
        if _type(part).startswith("multipart/") and part.is_multipart():
            inner = [each for each in part.get_payload() if isinstance(each, Message)]
            waiting += reversed(_chosen(inner) if _type(part) == "multipart/alternative" else inner)
        else:
            yield part


def _chosen(forms: list[Message]) -> list[Message]:
    """Of several forms of one text: the plain one; else the page; else the last, which is the richest."""
    for kind in ("text/plain", "text/html"):
        if found := [form for form in forms if _type(form) == kind and _data(form).strip()]:
            return found[:1]
    return forms[-1:]


def _bodies(parts: list[Message]) -> list[Message]:
    """The parts that are the message's own text: the plain ones that are not attached, else the first page."""
    for kind, most in (("text/plain", None), ("text/html", 1)):
        if found := [p for p in parts if _type(p) == kind and not _is_attached(p) and _data(p).strip()]:
            return found[:most]
    return []


def _is_attached(part: Message) -> bool:
    return _disposition(part) == "attachment" or bool(_name(part))


def _passed_over(part: Message) -> bool:
    """Whether ``part`` is no attachment: a picture within the text, another page of it, a signature, or nothing."""
    if _type(part) == "message/rfc822":
        return False
    within = part["Content-ID"] is not None and _disposition(part) != "attachment"
    page = _type(part) == "text/html" and not _is_attached(part)
    picture = within and not _type(part).startswith(("text/", "application/", "message/"))
    return page or picture or _type(part) in _SIGNATURES or not _data(part).strip()


def _document(message: Message, bodies: list[Message], capture: Capture, options: Options) -> Document:
    """The message's own text.

    Raises:
        DocumentError: if it is empty, binary or in no known encoding.
    """
    return Document(
        text=check_text("\n\n".join(_text(body, capture) for body in bodies)),
        title=options.title or _header(message, "Subject"),
        publisher=options.publisher or _sender(message),
        published=options.published or _day(message),
        url=None,
        source=capture.source,
    )


def _text(body: Message, capture: Capture) -> str:
    data = _data(body)
    check_size(len(data), MAX_BYTES)
    text = decode(data, declared=_charset(body))
    binary.check_controls(text[:_HEAD].encode("utf-8", "surrogatepass"))
    if _type(body) == "text/html":
        from onrecord.documents.page import read_page

        return read_page(text, Options(), source=capture.source).text
    if _parameter(body, "format") == "flowed":
        return flowed(clean(text), joined=_parameter(body, "delsp") == "yes")
    return unwrapped(clean(text))


def _attachment(
    part: Message, number: int, capture: Capture, options: Options, *, depth: int
) -> Iterator[Document | Failure]:
    """The documents of one attachment; or a failure that says why there are none."""
    from onrecord.documents.reports import documents

    name = shown(_name(part) or f"part {number}", limit=_MAX_NAME)
    source = f"{capture.source}!{name}"
    try:
        data = _data(part)
        binary.check_magic(data[:_HEAD])
        kind = "mail" if _type(part) == "message/rfc822" else kind_of(data)
        inner = Capture(source=source, body=data, kind=kind, charset=_charset(part))
        if kind != "mail":
            yield from documents(inner, options)
        elif depth >= MAX_DEPTH:
            raise DocumentError(f"is a message more than {MAX_DEPTH} messages deep; give it by itself")
        else:
            yield from _read(inner, options, depth=depth + 1)
    except DocumentError as error:
        yield failure(source, error)


def _data(part: Message) -> bytes:
    """The bytes of a part, as they were before they were sent; nothing where they are broken."""
    try:
        if _type(part) == "message/rfc822":
            inner = part.get_payload(0) if part.is_multipart() else None
            return inner.as_bytes() if isinstance(inner, Message) else b""
        payload = part.get_payload(decode=True)
    except _MAIL_ERRORS:
        return b""
    return payload if isinstance(payload, bytes) else b""


def _type(part: Message) -> str:
    return part.get_content_type()


def _disposition(part: Message) -> str | None:
    try:
        return part.get_content_disposition()
    except _MAIL_ERRORS:
        return None


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except _MAIL_ERRORS:
        return None


def _parameter(part: Message, name: str) -> str:
    try:
        return str(part.get_param(name, "")).lower()
    except _MAIL_ERRORS:
        return ""


def _name(part: Message) -> str | None:
    """The name of an attachment, without folders."""
    try:
        name = _decoded(part.get_filename() or "")
    except _MAIL_ERRORS:
        return None
    return re.split(r"[/\\]", name)[-1].strip() or None


def _decoded(value: object) -> str:
    """A header's value in one line of readable text."""
    whole = str(value)[:_MAX_HEADER]
    try:
        whole = str(email.header.make_header(email.header.decode_header(whole)))
    except _MAIL_ERRORS:
        whole = clean(whole)
    return _SPACES.sub(" ", clean(whole).replace("\ufffd", "")).strip()


def _header(message: Message, name: str) -> str | None:
    return _decoded(message[name]) or None if message[name] is not None else None


def _sender(message: Message) -> str | None:
    """The sender's name, if one stands beside the address."""
    try:
        name, _ = email.utils.parseaddr(str(message["From"] or "")[:_MAX_HEADER])
    except _MAIL_ERRORS:
        return None
    found = _decoded(name)
    return found if found and "@" not in found else None


def _day(message: Message) -> datetime.date | None:
    """The day as the sender's clock had it."""
    try:
        return email.utils.parsedate_to_datetime(str(message["Date"] or "")[:_MAX_HEADER]).date()
    except _MAIL_ERRORS:
        return None
