"""When two names, or two nouns, count as the same in scoring."""

from __future__ import annotations

import difflib
import functools
import importlib.resources
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from typing import Any


@functools.cache
def _tables() -> dict[str, Any]:
    data = importlib.resources.files("onrecord.engine.scoring") / "equivalents.toml"
    return tomllib.loads(data.read_text("utf-8"))


@functools.cache
def _substitutions() -> list[tuple[re.Pattern[str], str]]:
    """Demonyms to countries and abbreviations spelt out, longest first within each table."""
    found = []
    for name in ("demonyms", "abbreviations"):
        for short, full in sorted(_tables()[name].items(), key=lambda item: -len(item[0])):
            found.append((re.compile(rf"(?<![\w.]){re.escape(short)}(?![\w])"), full))
    return found


@functools.cache
def _countries() -> frozenset[str]:
    return frozenset(" ".join(set(_tables()["demonyms"].values())).split())


@functools.lru_cache(maxsize=50_000)
def words(name: str | None) -> frozenset[str]:
    """The distinctive words of a name: folded, demonyms as countries, abbreviations spelt out."""
    if not name:
        return frozenset()
    text = unicodedata.normalize("NFKD", name.lower().replace("’", "'"))
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"\([^)]*\)", " ", text).replace("'s", " ")
    for pattern, full in _substitutions():
        text = pattern.sub(full, text)
    stop = _tables()["words"]["stop"]
    found = re.findall(r"[\w]+", text)
    return frozenset(w[:-1] if w.endswith("s") and len(w) > 4 else w for w in found if w not in stop)


def same_name(a: str | None, b: str | None) -> bool:
    """Whether two names mean the same party: equal words, one a clear shortening of the other, or a respelling."""
    x, y = words(a), words(b)
    if not x or not y:
        return not x and not y and bool(a) == bool(b)
    if x == y:
        return True
    small, large = sorted((x, y), key=len)
    if small <= large:
        return bool(small - _countries()) and (len(small) / len(large) >= 0.5 or len(small) == 1)
    if len(x & y) / len(x | y) >= 0.6 and (x & y) - _countries():
        return True
    rest_x, rest_y = sorted(x - y), sorted(y - x)
    return len(rest_x) == len(rest_y) <= 2 and all(
        difflib.SequenceMatcher(None, a, b).ratio() >= 0.8 for a, b in zip(rest_x, rest_y, strict=True)
    )


def head(noun: str | None) -> str | None:
    """The last word of a noun phrase, in the singular."""
    found = re.findall(r"[a-z0-9]+", (noun or "").lower())
    if not found:
        return None
    last: str = found[-1]
    irregular: Mapping[str, str] = _tables()["irregular"]
    if last in irregular:
        return irregular[last]
    if last.endswith("ies"):
        return last[:-3] + "y"
    return last[:-1] if last.endswith("s") and not last.endswith("ss") else last


def same_object(gold: Mapping[str, Any], predicted: Mapping[str, Any]) -> bool:
    """Whether two claims count the same thing, by object or unit; people count as people by any word."""
    mine = {head(gold.get("object")), head((gold.get("quantity") or {}).get("unit"))} - {None}
    theirs = {head(predicted.get("object")), head((predicted.get("quantity") or {}).get("unit"))} - {None}
    people = frozenset(_tables()["words"]["personlike"])
    return bool(mine & theirs) or (bool(mine & people) and bool(theirs & people))
