"""Every error that onrecord raises on purpose.

    OnrecordError
    ├── RequestError       the caller asked for something impossible (exit code 2)
    ├── DocumentError      an input could not be read as a report (exit code 3)
    │   └── FetchError     a URL could not be fetched
    ├── KnowledgeError     a knowledge file, ours or the user's own, is wrong (exit code 4)
    ├── ModelError         a file of the trained reader is absent or wrong (exit code 4)
    └── LedgerError        a ledger is absent, locked, damaged or of another version (exit code 5)

Messages stand beside the ``raise``, fit one line, and name the value and the remedy. Anything else that is raised
is a bug.
"""

from __future__ import annotations


class OnrecordError(Exception):
    """The root of the tree above."""


class RequestError(OnrecordError):
    """The caller asked for something impossible: an unknown layer, a date that is none."""


class DocumentError(OnrecordError):
    """An input could not be read as a report: empty, binary, too large, not decodable."""


class FetchError(DocumentError):
    """A URL could not be fetched: refused address, robots.txt, time-out, too large, no such host."""


class KnowledgeError(OnrecordError):
    """A knowledge file breaks its schema."""


class ModelError(OnrecordError):
    """A file of the trained reader is absent, or its card breaks its schema."""


class LedgerError(OnrecordError):
    """A ledger is absent, locked, damaged, of another version, or its database cannot be reached."""
