"""The alias table: every known name, found in a text in one pass."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, Literal, TypeVar

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
    """What an alias stands for. ``key`` is the key of a kind of body, "" for everything else.

    ``shared`` tells that others bear the name too, so that it counts only in reports on the bearer's country.
    """

    name: str
    kind: str
    id: str | None
    country: str | None
    manner: Manner = "name"
    key: str = ""
    named: bool = True
    shared: bool = False


class Hit(msgspec.Struct, frozen=True):
    """An alias found in a text, at ``[start, end)`` in code points."""

    start: int
    end: int
    known: Known


def atoms(text: str) -> list[Atom]:
    """The words and signs of ``text``, apostrophes made plain."""
    return [Atom(m.start(), m.end(), m.group()) for m in _ATOM.finditer(text.translate(_PLAIN))]


W = TypeVar("W")
T = TypeVar("T")


class Heads(Generic[W, T]):
    """Names by their first word, cut into words only when a text first holds that word: loading stays quick.

    Args:
        cut: cuts a name into the words that are compared.
    """

    def __init__(self, cut: Callable[[str], tuple[W, ...]]) -> None:
        self._cut = cut
        self._waiting: dict[str, list[tuple[str, T]]] = defaultdict(list)
        self._ready: dict[str, list[tuple[tuple[W, ...], T]]] = {}

    def add(self, first: str, name: str, meant: T) -> None:
        """Keep ``name``, whose first word is ``first``, for what it means."""
        self._waiting[first].append((name, meant))

    def of(self, first: str) -> list[tuple[tuple[W, ...], T]]:
        """The names that begin with the word ``first``, the longest first."""
        ready = self._ready.get(first)
        if ready is None:
            ready = [(self._cut(name), meant) for name, meant in self._waiting.pop(first, ())]
            ready.sort(key=lambda entry: -len(entry[0]))
            if ready:
                self._ready[first] = ready
        return ready


class Aliases:
    """Every known name, to be found in a text in one pass.

    A capital letter in an alias needs one in the text; an alias all in capitals ("WHO", "US") needs all capitals,
    so that pronouns are safe. Text all in capitals matches any alias of more than three letters.
    """

    def __init__(self, entries: Iterable[tuple[str, Known]]) -> None:
        self._heads: Heads[str, Known] = Heads(lambda alias: tuple(_ATOM.findall(alias.translate(_PLAIN))))
        for alias, known in entries:
            first = _ATOM.search(alias)
            if first is not None:
                self._heads.add(first.group().translate(_PLAIN).lower(), alias, known)

    def find(self, units: Sequence[Atom], rank: Callable[[Known], int] | None = None) -> Iterator[Hit]:
        """The longest known name at each place, left to right, none overlapping another.

        ``rank`` is asked about names that many share ("SDF", "the Senate"): the bearer with the highest is taken, and
        none whose rank is 0.
        """
        at = 0
        while at < len(units):
            entry = self._at(units, at, rank)
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
        self, units: Sequence[Atom], at: int, rank: Callable[[Known], int] | None = None
    ) -> tuple[tuple[str, ...], Known] | None:
        best: tuple[tuple[str, ...], Known] | None = None
        highest = 0
        for words, known in self._heads.of(units[at].text.lower()):
            if best is not None and len(words) < len(best[0]):
                break
            stretch = units[at : at + len(words)]
            if len(stretch) < len(words) or not all(map(_fits, words, stretch)) or not _whole(words, stretch):
                continue
            if rank is None or not (known.shared or _short(words)):
                return best or (words, known)
            if (ranked := rank(known)) > highest:
                best, highest = (words, known), ranked
        return best


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
