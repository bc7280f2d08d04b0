"""Reports in our own words, read by the rules and ready to be written into a ledger."""

import datetime
import functools
from typing import Any

from onrecord.documents import Options
from onrecord.engine.read import Reader
from onrecord.ledger import Counts, Harvest, Ledger
from onrecord.ledger.rows import stated_of
from onrecord.values import Capture, Document

MARCH = datetime.datetime(2025, 3, 27, 10, tzinfo=datetime.UTC)
WOUNDED = "Five others were wounded, according to the hospital."
BLAST = f"The blast in Goma killed 8 people, the police said on Monday. {WOUNDED}"
LATER = f"The blast in Goma killed 12 people, the police said on Monday. {WOUNDED}"


@functools.cache
def reader() -> Reader:
    """The rules, loaded once."""
    return Reader("rules")


def harvest(
    text: str,
    *,
    url: str | None = None,
    source: str = "/reports/report.txt",
    fetched: datetime.datetime | None = None,
    version: str | None = None,
    **fields: Any,
) -> Harvest:
    """One report, captured at ``url`` or as the file ``source``, and read by the rules (as ``version``, if given)."""
    capture = Capture(source=url or source, body=text.encode(), url=url, fetched=fetched or (MARCH if url else None))
    document = Document(text, url=url, source=source, **fields)
    (reading,) = reader().read([document])
    if version is not None:
        import msgspec

        claims = tuple(msgspec.structs.replace(claim, reader=version) for claim in reading.claims)
        reading = msgspec.structs.replace(reading, reader=version, claims=claims)
    return Harvest(capture, stated_of(Options()), (reading,))


def write(ledger: Ledger, *harvests: Harvest, now: datetime.datetime | None = None) -> Counts:
    """Write reports as one run of one batch."""
    writer = ledger.writer("test", "rules")
    writer.write(harvests, now=now)
    writer.finish()
    return writer.counts


def figures(claims: Any) -> list[str]:
    """The words of the figures of claims, in their order; the type where there is none."""
    return [entry.claim.quantity.text if entry.claim.quantity else entry.claim.type for entry in claims]
