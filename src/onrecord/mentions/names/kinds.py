"""Bodies named by what they are and whose: "Russia's defence ministry", "the Ministry of Health in Kinshasa"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from onrecord.knowledge.aliases import Known
from onrecord.knowledge.names import Names
from onrecord.mentions.names.candidate import Candidate
from onrecord.mentions.names.words import Words

_BETWEEN = frozenset(("'s", "'", "federal", "own", "interim", "military", "central", "national"))
# Kinds that a city or province has as well as a country.
LOCAL = frozenset(("police", "government", "parliament", "prosecutor", "rescue service", "emergency service"))


def joined(words: Words, kind: Candidate, by_end: Mapping[int, Candidate], by_first: Mapping[int, Candidate],
           names: Names) -> Candidate | None:  # fmt: skip
    """The kind together with the country or city beside it, or ``None`` when none stands there."""
    assert kind.known is not None  # noqa: S101 - only candidates of manner "kind" come here
    at = kind.first
    while words.together(at, at - 1) and at not in by_end and words.lower(at - 1) in _BETWEEN:
        at -= 1
    owner = by_end.get(at)
    if owner and words.together(owner.first, kind.first):
        return _owned(kind, owner, owner.first, kind.last, names)
    after = kind.last
    if words.lower(after) in ("of", "in"):
        start = after + 1 + (words.lower(after + 1) == "the")
        owner = by_first.get(start)
        if owner and words.together(kind.first, start):
            in_seat = words.lower(after) == "in"
            return _owned(kind, owner, kind.first, kind.last if in_seat else owner.last, names)
    return None


def _owned(kind: Candidate, owner: Candidate, first: int, last: int, names: Names) -> Candidate | None:
    known, place = kind.known, owner.known
    if known is None or place is None or place.kind not in ("country", "place"):
        return None
    if place.kind == "place" and known.key in LOCAL and (place.manner != "seat" or known.key != "government"):
        name = names.kinds[known.key].name.replace("{country}", f"{place.name}")
        name = f"{place.name} government" if known.key == "government" else name
        return Candidate(first, last, "body", Known(name, "body", None, place.country, "kind", known.key))
    if place.kind == "place" and place.manner != "seat":
        whose = place.name
    elif place.country:
        whose = place.country
    else:
        return None
    body = names.body_of(whose, known.key)
    return Candidate(first, last, body.kind, body, whose)


_FEW = 6  # countries that have a body of a kind, as far as knowledge goes


class Homeland:
    """Which country a nameless body of the document belongs to.

    The last body of the same kind decides, then the country that the document names most.
    """

    def __init__(self, found: Sequence[Candidate]) -> None:
        self.count = Counter(c.known.country for c in found if c.known and c.known.country and c.known.name)
        self._main = self.count.most_common(1)[0][0] if self.count else None

    @property
    def main(self) -> str | None:
        """The country that the document names most often, or ``None``."""
        return self._main

    def known(self, kind: Candidate, before: Sequence[Candidate], names: Names) -> Known:
        """The body that ``kind`` names, given the candidates ``before`` it in the text."""
        assert kind.known is not None  # noqa: S101 - only candidates of manner "kind" come here
        key = kind.known.key
        for earlier in reversed(before[-40:]):
            if earlier.known and earlier.known.key == key and earlier.known.country:
                return earlier.known
        # Of countries named as often, the one that is known to have such a body; of a body that few countries have,
        # one of these, if the document names it at all.
        most = self.count[self._main] if self._main else 0
        rare = sum(kind == key for _, kind in names.filled) <= _FEW
        having = [
            land for land, count in self.count.most_common()
            if (count == most or (rare and count > 1)) and (land, key) in names.filled
        ]  # fmt: skip
        return names.body_of(having[0] if having else self._main, key)
