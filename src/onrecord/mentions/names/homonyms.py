"""Names that mean something else in some reports: "Georgia" in one on Atlanta."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from onrecord.knowledge.aliases import Known
from onrecord.knowledge.names import Names


def others(text: str, written: Collection[str], names: Names) -> dict[str, Known]:
    """The rarer meaning of each name of ``written`` of which more signs than of the usual one stand in ``text``."""
    return {
        name: _known(name, names)
        for name in written
        if (homonym := names.homonyms.get(name)) is not None
        and _count(homonym.signs, text) > _count(homonym.against, text)
    }


def _known(name: str, names: Names) -> Known:
    homonym = names.homonyms[name]
    entry = names.entry(homonym.id)
    kind = "country" if homonym.id.startswith("country:") else "place"
    called = entry.name if entry is not None else homonym.name
    return Known(called, kind, homonym.id, called if kind == "country" else homonym.country)


def _count(signs: Sequence[str], text: str) -> int:
    return sum(len(re.findall(rf"(?<!\w){re.escape(sign)}(?!\w)", text)) for sign in signs)
