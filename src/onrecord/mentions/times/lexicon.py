"""The words of time, made ready for look-up by atom."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.knowledge.times import Holiday, Named, Reference, Times, Unit

Phrases = dict[str, list[tuple[str, ...]]]
# The atoms of a phrase, as ``line`` would cut it.
_WORD = re.compile(r"[^\W_]+|\S")


def phrases(entries: Iterable[str]) -> Phrases:
    """Phrases by their first atom, the longest first."""
    table: Phrases = {}
    for entry in entries:
        words = tuple(_WORD.findall(entry))
        table.setdefault(words[0], []).append(words)
    for listed in table.values():
        listed.sort(key=len, reverse=True)
    return table


def key(entry: str) -> str:
    """An entry as ``Line.words`` gives it: its atoms joined by spaces."""
    return " ".join(_WORD.findall(entry))


def _named(entries: Iterable[Named]) -> dict[str, int]:
    return {word: e.number for e in entries for word in (e.name, *e.short)}


class Lexicon:
    """Look-up tables over ``knowledge.times``; all keys are lower case."""

    def __init__(self, times: Times) -> None:
        self.months = _named(times.months)
        self.weekdays = _named(times.weekdays)
        self.short = {s for e in (*times.months, *times.weekdays) for s in e.short}
        self.plural_days = {f"{e.name}s": e.number for e in times.weekdays}
        self.units: dict[str, Unit] = {u.name: u for u in times.units}
        self.plurals: dict[str, Unit] = {u.plural: u for u in times.units}
        self.seasons = {s.name: s for s in times.seasons}
        self.parts = {p.name: p for p in times.parts}
        self.days = {key(d.words): d.shift for d in times.days}
        self.references: dict[str, Reference] = {key(r.words): r for r in times.references}
        self.holidays: dict[str, Holiday] = {key(h.words): h for h in times.holidays}
        self.fixed = phrases([*self.days, *self.references, *self.holidays])
        self.pointers = {p.word: p for p in times.pointers}
        self.stretches = {s.word: s for s in times.stretches}
        self.modifiers = phrases(m.words for m in times.modifiers)
        self.governors = {key(g.words): g.role for g in times.governors}
        self.numbers = {n.word: n.value for n in times.numbers}
        self.vague = phrases(v.words for v in times.vague)
        self.ordinals = {o.word: o.value for o in times.ordinals}
        self.ahead = frozenset(a.word for a in times.ahead)

    def unit(self, word: str) -> Unit | None:
        """The unit that ``word`` names, singular or plural."""
        return self.units.get(word) or self.plurals.get(word)
