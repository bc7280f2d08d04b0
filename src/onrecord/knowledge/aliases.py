"""The alias table: every known name, found in a text in one pass."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

import msgspec

# How an alias names its bearer: by name, by adjective ("Malian"), by the seat of its government ("Bamako"), or as
# a kind of body that many countries have ("defence ministry").
Manner = Literal["name", "adjective", "seat", "kind"]

_ATOM = re.compile(r"\w+|[^\w\s]")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'"})


class Atom(msgspec.Struct, frozen=True, gc=False):
    """A run of letters and digits, or one sign: the unit in which names are compared."""

    start: int
    end: int
    text: str


class Known(msgspec.Struct, frozen=True):
    """What an alias stands for. ``key`` is the key of a kind of body, "" for everything else."""

    name: str
    kind: str
    id: str | None
    country: str | None
    manner: Manner = "name"
    key: str = ""
    named: bool = True


class Hit(msgspec.Struct, frozen=True):
    """An alias found in a text, at ``[start, end)`` in code points."""

    start: int
    end: int
    known: Known


def atoms(text: str) -> list[Atom]:
    """The words and signs of ``text``, apostrophes made plain."""
    return [Atom(m.start(), m.end(), m.group()) for m in _ATOM.finditer(text.translate(_PLAIN))]


class Aliases:
    """Every known name, to be found in a text in one pass.

    A capital letter in an alias needs one in the text; an alias all in capitals ("WHO", "US") needs all capitals,
    so that pronouns are safe. Text all in capitals matches any alias of more than three letters.
    """

    def __init__(self, entries: Iterable[tuple[str, Known]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Known]]] = {}
        for alias, known in entries:
            words = tuple(a.text for a in atoms(alias))
            self._by_first.setdefault(words[0].lower(), []).append((words, known))
        for found in self._by_first.values():
            found.sort(key=lambda entry: -len(entry[0]))

    def find(self, units: Sequence[Atom], allowed: Callable[[Known], bool] | None = None) -> Iterator[Hit]:
        """The longest known name at each place, left to right, none overlapping another.

        ``allowed`` is asked about short names in capitals, which many bodies share ("SDF").
        """
        at = 0
        while at < len(units):
            entry = self._at(units, at, allowed)
            if entry is None:
                at += 1
                continue
            words, known = entry
            yield Hit(units[at].start, units[at + len(words) - 1].end, known)
            at += len(words)

    def exact(self, words: str) -> Known | None:
        """What ``words`` as a whole stand for, or ``None``."""
        units = atoms(words)
        entry = self._at(units, 0) if units else None
        return entry[1] if entry and len(entry[0]) == len(units) else None

    def _at(
        self, units: Sequence[Atom], at: int, allowed: Callable[[Known], bool] | None = None
    ) -> tuple[tuple[str, ...], Known] | None:
        for words, known in self._by_first.get(units[at].text.lower(), ()):
            stretch = units[at : at + len(words)]
            if (
                len(stretch) == len(words)
                and all(map(_fits, words, stretch))
                and _whole(words, stretch)
                and (allowed is None or not _short(words) or allowed(known))
            ):
                return words, known
        return None


def _fits(word: str, atom: Atom) -> bool:
    seen = atom.text
    if word == seen:
        return True
    if word.lower() != seen.lower() or (word.isupper() and len(word) < 6):
        return False
    if seen.isupper():
        return len(word) > 3
    return not word[0].isupper() or seen[0].isupper()


def _short(words: tuple[str, ...]) -> bool:
    return len(words) == 1 and len(words[0]) <= 3 and words[0].isupper()


def _whole(words: tuple[str, ...], stretch: Sequence[Atom]) -> bool:
    """Whether the atoms stand together: at most two signs apart, nothing before the full stop of "U.S."."""
    gaps = [b.start - a.end for a, b in itertools.pairwise(stretch)]
    return all(gap <= 2 and (gap == 0 or word != ".") for gap, word in zip(gaps, words[1:], strict=True))
