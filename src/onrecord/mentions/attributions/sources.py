"""Whose verb it is: the subject of a cue, by syntax first and by the words around it when syntax fails."""

from __future__ import annotations

from onrecord.knowledge.cues import SEEN, CueBook
from onrecord.mentions.attributions.trees import QUOTES, Range, Tree

_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_PERSONAL = frozenset(
    {"he", "she", "they", "it", "i", "we", "you", "this", "those", "these", "one", "some", "others", "both"}
)
_NAMED = frozenset({"PERSON", "ORG", "NORP", "GPE"})


def subject(tree: Tree, verb: int, *, depth: int = 0) -> tuple[int, Range] | None:
    """The head and the range of who does ``verb``: its own subject, or that of the verb it hangs on."""
    tokens = tree.tokens
    own = [k for k in tree.kids[verb] if tokens[k].dep in ("nsubj", "nsubjpass", "csubj")]
    if own:
        before = [k for k in own if k < verb]
        head = max(before) if before else min(own)
        if tokens[head].lower in _RELATIVE and not tokens[head].text.isupper() and tokens[head].tag.startswith("W"):
            return _antecedent(tree, verb)
        return head, _bounded(tree, head, verb)
    above = tokens[verb].head
    if above == verb or depth > 4:
        return None
    dep = tokens[verb].dep
    if dep in ("conj", "xcomp", "acomp", "advcl", "aux", "prep", "pcomp", "dep"):
        if tokens[above].pos in ("VERB", "AUX", "ADJ") or dep == "pcomp":
            return subject(tree, above, depth=depth + 1)
    elif dep == "relcl":
        return _antecedent(tree, verb)
    elif dep == "acl" and tokens[verb].tag in ("VBG", "VBD", "VBZ", "VBN"):
        return above, tree.phrase(above, high=verb if above < verb else None)
    elif dep == "ccomp" and tokens[verb].tag in ("VBG", "VB"):
        return subject(tree, above, depth=depth + 1)
    return None


def _bounded(tree: Tree, head: int, verb: int) -> Range:
    """The noun phrase of ``head``, which does not reach over ``verb``."""
    if head > verb:
        return tree.phrase(head, low=verb + 1)
    first, end = tree.phrase(head, high=verb)
    chunk = tree.chunk_before(head + 1) if tree.tokens[head].tag[:2] == "NN" else None
    if chunk is None or chunk[0] >= first:
        return first, end
    joined = tree.tokens[chunk[0]].tag in ("DT", "PRP$") or any(t.tag == "CC" for t in tree.tokens[chunk[0] : first])
    return (chunk[0] if joined else first), end


def _antecedent(tree: Tree, verb: int) -> tuple[int, Range] | None:
    """The noun that a relative clause with ``verb`` hangs on."""
    head = tree.tokens[verb].head
    for _ in range(3):
        if tree.tokens[head].pos in ("NOUN", "PROPN", "PRON"):
            return head, tree.phrase(head, high=max(head + 1, tree.left[verb])) if head < verb else (head, head + 1)
        if tree.tokens[head].head == head:
            break
        head = tree.tokens[head].head
    return None


def beside(tree: Tree, first: int, end: int) -> tuple[int, Range, bool] | None:
    """By the words alone: the noun phrase right before or right after the verb group ``[first, end)``.

    Returns its head, its range and whether it stands after the verb ("said the minister").
    """
    tokens = tree.tokens
    before = tree.chunk_before(first)
    if before is None and first > 1 and tokens[first - 1].text == ",":
        named = tree.chunk_before(first - 1)
        if named is not None and tokens[named[1] - 1].entity in ("PERSON", "ORG"):
            before = named
    if before is not None:
        return before[1] - 1, before, False
    opened = first == 0 or tokens[first - 1].text in QUOTES or tokens[first - 1].text in (",", "-", "–", "—", "?", "!")
    after = (
        tree.chunk_after(end)
        if opened and not any(tokens[i].dep == "dobj" for i in range(end, min(end + 2, len(tokens))))
        else None
    )
    if after is not None and tokens[after[1] - 1].entity in ("DATE", "TIME", "CARDINAL"):
        after = None
    return (after[1] - 1, after, True) if after is not None else None


def can_assert(tree: Tree, head: int, book: CueBook) -> bool:
    """Whether a noun phrase names someone or something that can assert: a person, a body, a document."""
    token = tree.tokens[head]
    if token.lower in _PERSONAL or token.entity in _NAMED or (token.text.isupper() and len(token.text) > 1):
        return True
    if token.pos == "PROPN" and token.entity not in ("DATE", "TIME", "PRODUCT", "FAC", "LOC", "EVENT"):
        return True
    lemma = token.lemma
    return lemma in book.speakers or lemma in book.documents or lemma in book.nouns or token.lower in book.speakers


def owner(tree: Tree, head: int, source: Range, book: CueBook) -> Range | None:
    """Who stands behind a document: "the ministry" in "the ministry's figures", "a report by the ministry"."""
    tokens = tree.tokens
    if (
        tokens[head].lemma not in book.documents
        and tokens[head].lemma not in book.nouns
        and tokens[head].lemma not in book.manners
    ):
        return None
    for kid in tree.kids[head]:
        if not source[0] <= kid < source[1]:
            continue
        if tokens[kid].dep == "poss":
            first, end = tree.phrase(kid, high=head)
            return first, end - 1 if end - 1 > first and tokens[end - 1].tag == "POS" else end
        if tokens[kid].lower in SEEN:
            continue  # "a report seen by Reuters": who saw it does not stand behind it
        if tokens[kid].dep in ("prep", "acl", "agent") and kid > head:
            found = _behind(tree, kid)
            if found is not None and can_assert(tree, found, book):
                return tree.phrase(found, low=kid + 1)
    return None


def _behind(tree: Tree, kid: int) -> int | None:
    """The object of "by", "from" or "of" at or below ``kid``."""
    tokens = tree.tokens
    if tokens[kid].lower in ("by", "from", "of"):
        return tree.kid(kid, "pobj")
    for below in tree.kids[kid]:
        if tokens[below].lower in ("by", "from"):
            return tree.kid(below, "pobj")
    return None
