"""Ids that are pure functions of content.

Fields are length-prefixed before hashing, never joined with a separator that a field may contain
(FollowTheMoney's ``statement.py`` shows the idea; the prefix closes its hole).
"""

from __future__ import annotations

import hashlib

LENGTH = 24


def content_id(*fields: str | int | float | None) -> str:
    """A lower-case hex id of ``LENGTH`` characters over the fields, in their order.

    ``None`` differs from the empty string, and ``1`` from ``"1"``. The same fields always give the
    same id, on any machine.
    """
    digest = hashlib.sha256()
    for field in fields:
        kind = b"n" if field is None else b"s" if isinstance(field, str) else b"d"
        data = b"" if field is None else str(field).encode("utf-8", "surrogatepass")
        digest.update(kind + str(len(data)).encode("ascii") + b":" + data)
    return digest.hexdigest()[:LENGTH]
