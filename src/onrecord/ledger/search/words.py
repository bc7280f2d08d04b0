"""From text to the words that are searched for: the same for SQLite and PostgreSQL, for texts and for questions.

Each database has its own idea of a word; so the words are made here, and both get them ready-made. Letters are taken
without case and accents ("Zélénskÿ" is found by "zelensky"), and the commas of a number are left out ("3,000" is found
by "3000"). Nothing is stemmed: ``howitzer*`` finds both howitzer and howitzers.
"""

from __future__ import annotations

import functools
import re
import unicodedata

# PostgreSQL holds no longer lexeme than 2,046 bytes; a longer run of letters is no word, and is cut.
_WORD = re.compile(r"[^\W_]{1,200}")
_GROUPS = re.compile(r"(\d),(?=\d{3}(?!\d))")
_ACCENTS = re.compile("[\u0300-\u036f]+")


def words(text: str) -> list[str]:
    """The words of ``text`` in their order, ready to be compared."""
    lower = text.lower()
    if "," in lower:
        lower = _GROUPS.sub(r"\1", lower)
    if lower.isascii():
        return _WORD.findall(lower)
    # What accents cannot be composed with their letters would end words.
    lower = _ACCENTS.sub("", unicodedata.normalize("NFC", lower))
    found: list[str] = []
    for word in _WORD.findall(lower):
        if word.isascii():
            found.append(word)
        else:
            found += _parts(word)
    return found


@functools.lru_cache(65_536)
def _parts(word: str) -> tuple[str, ...]:
    """A word with other than plain letters, folded; a sign such as "½" may come apart."""
    return tuple(_WORD.findall(_folded(word)))


def _folded(text: str) -> str:
    """``text`` without case and accents."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return unicodedata.normalize("NFC", bare).casefold()
