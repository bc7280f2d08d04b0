"""The Python interface: text in, readings out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from onrecord.documents import document_from
from onrecord.engine.read import DEFAULT_READER, Reader
from onrecord.knowledge import builtin
from onrecord.ledger import Ledger
from onrecord.values import Claim, Document, DocumentError, Reading
from onrecord.views.notebook import claim_html, reading_html


def extract(
    text: str,
    *,
    published: datetime.date | str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    reader: str = DEFAULT_READER,
    knowledge: Path | None = None,
) -> Reading:
    """Read one report and put its claims on record.

    Args:
        text: the report's body. All spans are half-open ``[start, end)`` in its Unicode code points.
        published: the day of publication (a date or an ISO 8601 string); "last month" is resolved against it.
        publisher: the outlet.
        title: the headline, which is not part of the text.
        reader: which reader reads it: "trained", or "rules" for the rules alone.
        knowledge: a folder with knowledge files of your own, which add to onrecord's.

    Returns:
        The reading; ``reading.claims`` are the claims, ``reading.faults`` what could not be read.

    Raises:
        DocumentError: if the text is no string, or the date is none.
        RequestError: if there is no such reader, or no such folder.
        KnowledgeError: if a knowledge file of your own is wrong.
    """
    if not isinstance(text, str):
        raise DocumentError(f"the text must be a string, not {type(text).__name__}; decode bytes first")
    fields = {"text": text, "published": published, "publisher": publisher, "title": title}
    return next(extract_many([{k: v for k, v in fields.items() if v is not None}], reader=reader, knowledge=knowledge))


def extract_many(
    documents: Iterable[Mapping[str, Any] | Document], *, reader: str = DEFAULT_READER, knowledge: Path | None = None
) -> Iterator[Reading]:
    """Read many reports; readings come in the order of the documents, batched, as soon as they are done.

    Args:
        documents: ``Document`` values, or mappings with the fields of a JSON Lines input (only ``text`` is required).
            They are taken as needed, never all at once.
        reader: which reader reads them: "trained", or "rules" for the rules alone.
        knowledge: a folder with knowledge files of your own, which add to onrecord's.

    Raises:
        DocumentError: if a mapping is no document; the message names the field.
        RequestError: if there is no such reader, or no such folder.
        KnowledgeError: if a knowledge file of your own is wrong.
    """
    given = (item if isinstance(item, Document) else document_from(item) for item in documents)
    return Reader(reader, knowledge=builtin(knowledge)).read(given)


def open(where: str | Path) -> Ledger:
    """Open the ledger at a path, or at a URL such as ``postgresql://user@host/database``.

    Args:
        where: what ``onrecord init`` made: the path of its file, or its URL.

    Returns:
        The ledger; ``ledger.claims("type:killed low:>=40")`` chooses claims lazily, and a ``with`` block closes it.

    Raises:
        LedgerError: if there is none, or another version of onrecord made it.
    """
    return Ledger.open(where)


# Notebooks look for `_repr_html_`; the values themselves must not import the views.
setattr(Reading, "_repr_html_", lambda self: reading_html(self))  # noqa: B010
setattr(Claim, "_repr_html_", lambda self: claim_html(self))  # noqa: B010
