"""Verbs that attribute: "said", "has denied", "put the toll at 12", "…, warned the actress"."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from onrecord.knowledge.cues import CueBook, VerbCue
from onrecord.mentions.attributions.complements import complement, fits
from onrecord.mentions.attributions.found import Found
from onrecord.mentions.attributions.groups import applicable, group, parenthesis, passive, silent, tail
from onrecord.mentions.attributions.passives import citing, passive_cue, quotes
from onrecord.mentions.attributions.sources import beside, can_assert, owner, subject
from onrecord.mentions.attributions.trees import QUOTES, Range, Tree

_INVERTS = QUOTES | {","}
_OWN = ("nsubj", "ccomp")
_FIRST_PERSON = frozenset({"i", "we", "you"})
_NOBODY = frozenset({"no", "nobody", "none", "neither", "anyone", "anybody"})
_PLAIN = ("say", "report", "think")
_NEVER_ASIDE = ("topic", "cite", "deny", "figure", "act")
_WEAK = ("figure", "show", "act")


class _Speaker(msgspec.Struct, frozen=True):
    """Who does a verb: the noun phrase, its head, and whether it follows the verb ("said the minister")."""

    head: int
    words: Range
    after: bool


def verb_cues(tree: Tree, sentence: int, book: CueBook) -> Iterator[Found]:
    """The attributing verbs of a sentence, in order."""
    for index, token in enumerate(tree.tokens):
        if token.tag[:2] != "VB" and token.pos != "VERB" and not _taken_for_noun(tree, index):
            continue
        entries = book.verbs.get(token.lemma)
        if entries is None or token.dep in ("aux", "auxpass", "amod"):
            continue
        if token.tag == "VBG" and index > 0 and tree.tokens[index - 1].lower == "as":
            continue  # "quoted as saying": part of that cue
        for entry in applicable(tree, index, entries):
            found = _read(tree, sentence, index, entry, book)
            if found is not None:
                yield found
                break


def _taken_for_noun(tree: Tree, index: int) -> bool:
    """Whether a noun has the subject and the clause of a verb: "Figures show/NN that …"."""
    deps = {tree.tokens[kid].dep for kid in tree.kids[index]}
    return tree.tokens[index].tag[:2] == "NN" and "ccomp" in deps and "nsubj" in deps


def _read(tree: Tree, sentence: int, verb: int, entry: VerbCue, book: CueBook) -> Found | None:
    if passive(tree, verb):
        return passive_cue(tree, sentence, verb, entry, book)
    if tree.tokens[verb].tag == "VBN" and tree.tokens[verb].dep == "advcl" and tree.kid(verb, "aux") is None:
        return None  # "Asked about the dead, the minister said …"
    if entry.kind == "cite":
        gerund = tree.tokens[verb].tag == "VBG"
        return citing(tree, sentence, verb) if gerund else quotes(tree, sentence, verb)
    if entry.kind not in ("think", "deny", "act") and silent(tree, verb):
        return None
    return _active(tree, sentence, verb, entry, book)


def _active(tree: Tree, sentence: int, verb: int, entry: VerbCue, book: CueBook) -> Found | None:
    cue = group(tree, verb, entry.then)
    who = _speaker(tree, verb, cue, entry, book)
    if who is None or any(t.lower in _NOBODY for t in tree.tokens[who.words[0] : who.words[0] + 4]):
        return None
    start = max(cue[1], who.words[1]) if who.after else cue[1]
    begin = complement(tree, verb, start, entry)
    first = _first(tree, cue, who)
    edge = first if who.after else min(first, tree.left[who.head])
    if _may_stand_aside(tree, first, edge, begin, entry):
        end = tail(tree, start)
        if parenthesis(tree, first, end, verb, who.words):
            return _found(tree, sentence, verb, entry, who, cue, (first, end), None, book)
    able = can_assert(tree, who.head, book)
    if begin == len(tree.tokens):
        return _found(tree, sentence, verb, entry, who, cue, (first, begin), begin, book)
    if begin is None or not fits(tree, verb, begin, entry, who.head, book, able=able):
        return None
    return _found(tree, sentence, verb, entry, who, cue, (first, max(start, begin)), begin, book)


def _speaker(tree: Tree, verb: int, cue: Range, entry: VerbCue, book: CueBook) -> _Speaker | None:
    """By inversion, by syntax, else by the words beside the verb; ``None`` for "I", "we" and nobody."""
    turned = _inverted(tree, verb, cue, entry, book)
    if turned is not None:
        return _Speaker(turned[1] - 1, turned, True)
    own = subject(tree, verb)
    if own is not None:
        head, words = own
        if head < verb and words[0] < cue[0]:
            words = (words[0], min(words[1], cue[0]))
        who = _Speaker(head, words, head > verb)
    else:
        near = beside(tree, *cue) if tree.tokens[verb].tag not in ("VBG", "VB", "VBN") else None
        if near is None:
            return None
        who = _Speaker(*near)
    return who if tree.tokens[who.head].lower not in _FIRST_PERSON else None


def _inverted(tree: Tree, verb: int, cue: Range, entry: VerbCue, book: CueBook) -> Range | None:
    """The speaker right after the verb of a parenthesis that the parse made an object: "…, warned the actress."."""
    tokens = tree.tokens
    if entry.kind not in _PLAIN or cue[0] == 0 or tokens[cue[0] - 1].text not in _INVERTS:
        return None
    left = entry.kind != "say" or entry.addressee  # "said the minister" never takes the minister as its object
    if any(tokens[k].dep in _OWN and (k > verb or (left and tokens[k].dep == "nsubj")) for k in tree.kids[verb]):
        return None
    near = tree.chunk_after(cue[1])
    if near is None or tokens[verb].tag not in ("VBD", "VBZ", "VBP"):
        return None
    closed = near[1] >= len(tokens) or tokens[near[1]].pos in ("PUNCT", "ADP")
    last = tokens[near[1] - 1]
    return near if closed and (last.entity in ("PERSON", "ORG") or last.lemma in book.speakers) else None


def _first(tree: Tree, cue: Range, who: _Speaker) -> int:
    """Where source and cue together begin; a source far before its verb stands apart."""
    between = tree.tokens[who.words[1] : cue[0]]
    apart = not who.after and any(t.pos == "VERB" for t in between)
    return cue[0] if apart and (len(between) > 2 or between[-1].text == ",") else min(who.words[0], cue[0])


def _may_stand_aside(tree: Tree, first: int, edge: int, begin: int | None, entry: VerbCue) -> bool:
    """Whether the cue may be a parenthesis in what it attributes: it has no complement of its own to the right.

    ``edge`` is where the speaker begins, with all that is said of them ("an official, who would not be named, …").
    """
    tokens = tree.tokens
    if entry.kind in _NEVER_ASIDE and not entry.aside:
        return False
    if begin is None or (tokens[begin - 1].text == ":" and begin < len(tokens)):
        return True
    if begin == len(tokens):
        return False
    if tokens[begin].text in QUOTES:
        return tokens[begin - 1].text == ","
    if entry.kind != "say" or tokens[begin].lower == "that" or first < 3:
        return False
    if tokens[first - 1].text != "," and tokens[first - 1].text not in QUOTES:
        return False
    return any(t.tag in ("VBD", "VBZ", "VBP", "MD") for t in tokens[: max(0, edge - 1)])


def _found(
    tree: Tree, sentence: int, verb: int, entry: VerbCue, who: _Speaker, cue: Range, unit: Range,
    begin: int | None, book: CueBook,
) -> Found:  # fmt: skip
    """The cue, with its content to the right of ``begin`` or, without one, around it."""
    heard = None
    to = tree.kid(verb, "dobj", "dative") if entry.addressee else None
    if to is not None and to > verb:
        heard = tree.phrase(to, low=verb + 1, high=begin)
    return Found(
        sentence, verb, unit[0], unit[1], who.words, cue, "aside" if begin is None else "before",
        f"{entry.kind} {'aside' if begin is None else 'before'}",
        complement=None if begin is None else (begin, begin), owner=owner(tree, who.head, who.words, book), heard=heard,
        denies=entry.kind == "deny" and not silent(tree, verb), speech_act=entry.kind == "act",
        weak=entry.kind in _WEAK,
    )  # fmt: skip
