"""Whom "he", "the ministry" or "the minister" means: the last compatible party."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from onrecord.mentions.parties.memory import WINDOW, Memory
from onrecord.values import Entity

_PERSONAL = frozenset(["he", "she", "him", "her", "himself", "herself", "his", "hers", "i", "my", "me"])
_EMPTY = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "'s",
        "'",
        "in",
        "for",
        "and",
        "at",
        "its",
        "his",
        "her",
        "their",
        "same",
        "this",
        "that",
        "own",
    ]
)
_SPELT = {"defense": "defence", "labor": "labour"}
_PLURAL = frozenset(["they", "them", "themselves", "their", "we", "our", "us", "these", "those"])


def pronoun(word: str, at: int, recent: Sequence[Entity], memory: Memory) -> Entity | None:
    """The party that the pronoun ``word`` at the place ``at`` stands for, or ``None``."""
    if word in _PERSONAL:
        spoke = _last(recent, lambda e: e.kind in ("person", "role") or (e.kind == "anonymous" and not _many(e)))
        return _nearer(spoke, memory.last(memory.persons, at), at, memory)
    if word in _PLURAL:
        return _last(recent, lambda e: e.kind != "person") or memory.last(memory.bodies, at) or _last(recent, _any)
    spoke = _last(recent, lambda e: e.kind in ("body", "outlet", "country", "document"))
    return spoke or memory.last(memory.bodies, at) or memory.last(memory.lands, at)


def body(matches: Sequence[str], at: int, recent: Sequence[Entity], memory: Memory) -> Entity | None:
    """The last body whose name holds one of the words ``matches``; one named later in the text if none before."""
    wanted = frozenset(matches)

    def fits(entity: Entity) -> bool:
        return entity.kind in ("body", "outlet", "place") and bool(wanted & frozenset(entity.name.lower().split()))

    for entity in _backwards(recent, at, memory):
        if fits(entity):
            return entity
    return next((e for e in memory.after(memory.bodies, at) if fits(e)), None)


def office(word: str, described: frozenset[str], at: int, recent: Sequence[Entity], memory: Memory) -> Entity | None:
    """The person who holds the office ``word``, as far as ``described`` (other words of the phrase) agrees."""
    content = {_SPELT.get(w, w) for w in described - _EMPTY}
    spoke = {e.name for e in recent[-6:]}
    best, rank = None, (0, False, False, 0)
    for person, said in memory.holders(word, at):
        told = len(content & {_SPELT.get(w, w) for w in said})
        mine = (told, person.name in spoke, person.start < at, person.start)
        if (told or not content - {word}) and (best is None or mine > rank):
            best, rank = person, mine
    return best


def nameless(lemma: str, recent: Sequence[Entity]) -> Entity | None:
    """The last anonymous party whose name holds ``lemma`` ("the officials" after "two US officials")."""
    stem = lemma.rstrip("s")
    return _last(recent, lambda e: e.kind == "anonymous" and any(w.rstrip("s") == stem for w in e.name.lower().split()))


def author(at: int, recent: Sequence[Entity], memory: Memory) -> Entity | None:
    """Whose report or statement "the report" is."""
    spoke = _last(recent, lambda e: e.kind in ("body", "outlet", "document"))
    return spoke or memory.last(memory.bodies, at) or _last(recent, _any)


def _nearer(spoke: Entity | None, named: Entity | None, at: int, memory: Memory) -> Entity | None:
    """Who spoke last, unless somebody else was named after that as the subject of a sentence."""
    if spoke is None or named is None:
        return spoke or named
    if named.start > spoke.end and _subject(named, memory):
        return named
    return spoke


def _subject(entity: Entity, memory: Memory) -> bool:
    inside = memory.words.within(entity.start, entity.end)
    return bool(inside) and memory.words.tokens[inside.stop - 1].dep in ("nsubj", "nsubjpass", "appos")


def _backwards(recent: Sequence[Entity], at: int, memory: Memory) -> Iterator[Entity]:
    yield from reversed(recent[-WINDOW:])
    yield from reversed(memory.before(memory.bodies, at))


def _last(found: Sequence[Entity], fits: Callable[[Entity], bool]) -> Entity | None:
    return next((e for e in reversed(found[-WINDOW:]) if fits(e)), None)


def _any(entity: Entity) -> bool:
    return True


def _many(entity: Entity) -> bool:
    return entity.name.endswith("s") or " and " in entity.name
