"""The attribution cues: words by which a report says who said it.

The kinds follow the classes that the Penn Attribution Relations Corpus distinguishes (assertions, beliefs, facts,
eventualities), cut finer where news prose needs it.
"""

from __future__ import annotations

import functools
from typing import Literal

import msgspec

from onrecord.knowledge.base import Knowledge

# What readers do with a paper that others stand behind: "a U.N. report seen by Reuters".
SEEN = frozenset({"seen", "obtained", "reviewed", "viewed", "read", "shared", "leaked", "consulted", "accessed"})
VerbKind = Literal["say", "report", "think", "topic", "figure", "show", "deny", "act", "cite"]
PhraseKind = Literal["preposition", "manner", "adverb"]
SourceKind = Literal["speaker", "document"]


class VerbCue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A verb that attributes.

    Attributes:
        lemma: of the verb.
        kind: which complements it needs to attribute at all. ``say`` and ``think``: a clause or a quotation;
            ``report`` and ``deny``: a clause or any nominal ("confirmed the deaths"); ``topic``: what follows its
            preposition; ``figure`` and ``show``: a number or a clause, from someone who can speak; ``act``: anything,
            since speaking is the event; ``cite``: its object is the source.
        needs: what a ``figure`` verb's complement must hold beside a number: "count" (victims, a toll, a bare number:
            "has 12 dead"), "toll" ("raised the toll to 12"), "" for nothing.
        aside: whether a verb of kind ``figure`` or ``act`` may stand in a parenthesis ("…, he promised").
        addressee: whether its object is who is spoken to ("told reporters").
        then: words that must follow, "" for none ("point" then "out").
        example: a sentence in which the reader must find this cue.
    """

    lemma: str
    kind: VerbKind
    example: str
    then: str = ""
    needs: Literal["", "count", "toll"] = ""
    aside: bool = False
    addressee: bool = False


class PhraseCue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words other than a verb that attribute a whole clause.

    Attributes:
        words: in lower case; for ``manner`` the noun in "in X's view" and "in the view of X".
        kind: ``preposition`` takes the source as its object, ``adverb`` has none.
    """

    words: str
    kind: PhraseKind
    example: str


class NounCue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A noun that carries a content: "the ministry's claim that …", "figures from the ministry"."""

    noun: str
    example: str


class SourceNoun(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A noun, singular, that names someone or something able to assert."""

    noun: str
    kind: SourceKind
    example: str


class CountNoun(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word beside which a number is a count: a ``toll``, a ``victim``, or a ``numeral`` without digits."""

    word: str
    kind: Literal["toll", "victim", "numeral"]
    example: str


class Cues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``cues.toml``."""

    verb: tuple[VerbCue, ...]
    phrase: tuple[PhraseCue, ...]
    noun: tuple[NounCue, ...]
    source: tuple[SourceNoun, ...]
    count: tuple[CountNoun, ...]


class CueBook(msgspec.Struct, frozen=True):
    """The cues, arranged for look-up.

    Attributes:
        verbs: lemma -> entries, those that need the most words first.
        prepositions: first word -> word sequences, longest first.
        forms: third-person and past forms of the verbs that stand in parentheses ("…, the agency announces").
        manners, adverbs, nouns, speakers, documents, tolls, victims, numerals: lower-case words.
    """

    verbs: dict[str, tuple[VerbCue, ...]]
    prepositions: dict[str, tuple[tuple[str, ...], ...]]
    forms: dict[str, VerbKind]
    manners: frozenset[str]
    adverbs: frozenset[str]
    nouns: frozenset[str]
    speakers: frozenset[str]
    documents: frozenset[str]
    tolls: frozenset[str]
    victims: frozenset[str]
    numerals: frozenset[str]


@functools.cache
def cue_book(knowledge: Knowledge) -> CueBook:
    """The cues of ``knowledge``, read once.

    Raises:
        KnowledgeError: if ``cues.toml`` is absent or breaks its schema.
    """
    table = knowledge.table("cues.toml", Cues)
    verbs: dict[str, list[VerbCue]] = {}
    for entry in sorted(table.verb, key=lambda e: -len(e.then)):
        verbs.setdefault(entry.lemma, []).append(entry)
    openings: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(table.phrase, key=lambda p: -len(p.words)):
        if phrase.kind == "preposition":
            words = tuple(phrase.words.split())
            openings.setdefault(words[0], []).append(words)
    return CueBook(
        {lemma: tuple(entries) for lemma, entries in verbs.items()},
        {word: tuple(sequences) for word, sequences in openings.items()},
        {
            f: e.kind
            for e in table.verb
            if e.kind in ("say", "report", "think", "show") and not e.then
            for f in _forms(e.lemma)
        },
        frozenset(p.words for p in table.phrase if p.kind == "manner"),
        frozenset(p.words for p in table.phrase if p.kind == "adverb"),
        frozenset(n.noun for n in table.noun),
        frozenset(s.noun for s in table.source if s.kind == "speaker"),
        frozenset(s.noun for s in table.source if s.kind == "document"),
        *(frozenset(c.word for c in table.count if c.kind == kind) for kind in ("toll", "victim", "numeral")),
    )


_IRREGULAR = {"say": ("says", "said", "say"), "tell": ("tells", "told"), "write": ("writes", "wrote")}


def _forms(lemma: str) -> tuple[str, ...]:
    """The forms of a verb that a tagger may take for a noun, and the irregular ones."""
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma]
    if lemma.endswith("y") and lemma[-2:-1] not in tuple("aeiou"):
        return lemma[:-1] + "ies", lemma[:-1] + "ied", lemma
    sibilant = lemma.endswith(("s", "sh", "ch", "x", "z"))
    return lemma + ("es" if sibilant else "s"), lemma + ("d" if lemma.endswith("e") else "ed"), lemma
