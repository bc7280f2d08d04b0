"""What a verb says: where its complement begins, and whether it is of a sort that makes the verb a cue."""

from __future__ import annotations

from onrecord.knowledge.cues import CueBook, VerbCue
from onrecord.mentions.attributions.groups import infinitive
from onrecord.mentions.attributions.trees import QUOTES, Tree

_CLAUSE = ("ccomp", "xcomp", "parataxis")
_OBJECT = ("dobj", "attr", "oprd", "acomp")
_NOUN_PHRASE = frozenset({"DT", "PRP", "PRP$", "NNP", "NNPS", "CD", "NNS", "EX"})
_CLAUSAL = ("say", "think", "cite")
_FAR = 16
_WINDOW = 25


def complement(tree: Tree, verb: int, start: int, entry: VerbCue) -> int | None:
    """The token at which the content begins, to the right of ``start``; ``None`` without one.

    A line that ends with a colon has its content below it: the number of tokens is returned.
    """
    tokens = tree.tokens
    if tokens[-1].text == ":" and verb < len(tokens) - 1:
        return len(tokens)
    limit = _limit(tree, start)
    mark = _marked(tree, start, limit, listing=entry.kind == "figure")
    if mark is not None and (entry.kind in _CLAUSAL or tokens[mark].lower == "that" or mark - 1 <= start):
        return mark
    if entry.then and tokens[start - 1].lower != entry.then.split()[-1]:
        return _after(tree, start, limit, entry)
    if entry.then and entry.kind not in ("say", "think") and start < limit and tokens[start].pos != "PUNCT":
        return start
    best = min((left for left in _lefts(tree, verb, start, entry) if left < limit), default=None)
    if best is None and start < limit and (entry.then or _number(tree, start, min(limit, start + 5))):
        best = start
    if best is None or (mark is not None and entry.kind == "figure" and not _number(tree, best, mark)):
        best = mark
    return best if best is not None and best < len(tokens) else None


def _lefts(tree: Tree, verb: int, start: int, entry: VerbCue) -> list[int]:
    """The left edges of the verb's complements to the right of ``start``."""
    found = []
    for kid in tree.kids[verb]:
        if kid < start:
            continue
        dep = tree.tokens[kid].dep
        left = max(tree.left[kid], start)
        clause = dep in _CLAUSE or (dep == "advcl" and left == start and tree.tokens[left].tag == "VBG")
        thing = dep in _OBJECT and not entry.addressee
        prepositional = dep == "prep" and (entry.kind in ("topic", "act") or bool(entry.then))
        if clause or thing or prepositional or (entry.then and dep in ("pobj", "pcomp")):
            found.append(left)
    return found


def _number(tree: Tree, first: int, end: int) -> bool:
    return any(t.tag == "CD" for t in tree.tokens[first:end])


def _after(tree: Tree, start: int, limit: int, entry: VerbCue) -> int:
    """Where the words after a preposition that stands apart from its verb begin ("spoke on Monday of …")."""
    last = entry.then.split()[-1]
    for index in range(start, min(limit - 1, start + 7)):
        if tree.tokens[index].lower == last:
            return index + 1
    return start


def _limit(tree: Tree, start: int) -> int:
    """How far to the right a complement may begin: up to a semicolon, or a comma that no quotation follows."""
    tokens = tree.tokens
    for index in range(start, len(tokens)):
        if tokens[index].text == ";":
            return index
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if tokens[index].text == "," and following is not None and following.text not in QUOTES:
            aside = following.tag in ("VBG", "IN") and index == start and _resumed(tree, index + 1)
            return len(tokens) if aside else index
    return len(tokens)


def _resumed(tree: Tree, first: int) -> bool:
    """Whether a parenthesis right after the verb is followed by "that": "reported, citing the army, that …"."""
    return any(
        tree.tokens[i].text == "," and tree.tokens[i + 1].lower == "that"
        for i in range(first, min(first + _FAR, len(tree.tokens) - 1))
    )


def _marked(tree: Tree, start: int, limit: int, *, listing: bool) -> int | None:
    """The token after an explicit opening of the content: "that", a colon, a quotation mark.

    ``listing``: look for a colon to the end of the sentence ("gave a list covering 34 days: …").
    """
    tokens = tree.tokens
    if start < limit and tokens[start].text == "," and limit == len(tokens) and _resumed(tree, start + 1):
        return next(i for i in range(start + 1, len(tokens)) if tokens[i - 1].text == "," and tokens[i].lower == "that")
    for index in range(start, min(limit, start + _FAR)):
        token = tokens[index]
        if token.text == ":" and index + 1 < len(tokens):
            return index + 1
        if token.text in QUOTES and token.dep != "case":
            return index
        if token.lower == "that" and (token.dep == "mark" or (index > start and _opens_clause(tree, index))):
            return index
        if token.pos in ("VERB", "SCONJ") and index > start:
            break
    return next((i + 1 for i in range(start, len(tokens) - 1) if tokens[i].text == ":"), None) if listing else None


def _opens_clause(tree: Tree, index: int) -> bool:
    """Whether "that" is followed by a noun phrase of its own: then it is no relative pronoun."""
    if tree.tokens[index].tag not in ("IN", "WDT", "DT") or index + 1 >= len(tree.tokens):
        return False
    return tree.tokens[index + 1].tag in _NOUN_PHRASE


def fits(tree: Tree, verb: int, begin: int, entry: VerbCue, head: int, book: CueBook, *, able: bool) -> bool:
    """Whether the complement at ``begin`` is of the sort that the cue's kind needs.

    ``head`` is the source's head; ``able`` says whether it names someone or something that can assert.
    """
    tokens = tree.tokens
    deps = {tokens[kid].dep for kid in tree.kids[verb] if kid >= begin}
    opened = tokens[begin].text in QUOTES or tokens[begin - 1].text == ":" or tokens[begin].lower == "that"
    clause = opened or tokens[begin].dep == "mark" or bool(deps & {"ccomp", "parataxis"})
    done = infinitive(tree, verb) or tokens[begin].lower == "no"  # "met to consider a proposal", "gives no figure"
    if done and not clause and entry.kind not in ("say", "think", "deny", "topic"):
        return False
    if entry.kind in ("figure", "show"):
        return able and ((clause and entry.kind == "show") or _counts(tree, begin, entry, head, book))
    if entry.kind == "think":
        return clause or "xcomp" in deps
    if entry.kind == "say":
        counts = any(e.kind == "figure" for e in book.verbs[entry.lemma])
        return (clause and (able or not entry.then)) or (able and not counts and _number(tree, begin, begin + 8))
    anonymous = any(t.lower in ("named", "identified") for t in tokens[begin : begin + 4])  # "asked not to be named"
    return (able and not anonymous) or clause


def _counts(tree: Tree, begin: int, entry: VerbCue, head: int, book: CueBook) -> bool:
    """Whether the complement states a figure as a count of something, not a thing had, given or found."""
    window = tree.tokens[begin : begin + _WINDOW]
    if not any(t.tag == "CD" or t.lower in book.numerals for t in window):
        return False
    words = {t.lemma for t in window}
    if entry.needs == "toll":
        return not words.isdisjoint(book.tolls)
    if entry.needs == "count":
        stated = _stated(tree, begin) or not words.isdisjoint(book.tolls | book.victims)
        return stated and (entry.lemma == "put" or tree.tokens[head].entity != "GPE")
    return True


def _stated(tree: Tree, begin: int) -> bool:
    """A number that is the whole object ("had 90"), or set at an object ("had the number at 101")."""
    tokens = tree.tokens
    end = min(len(tokens), begin + _WINDOW)
    for index in range(begin, end):
        if tokens[index].tag != "CD":
            continue
        alone = index < begin + 4 and (index + 1 >= len(tokens) or tokens[index + 1].pos in ("PUNCT", "ADP"))
        if alone or any(t.lower == "at" for t in tokens[max(begin, index - 2) : index]):
            return True
    return False
