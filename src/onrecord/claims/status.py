"""How sure the source is of a claim, from the modals, adverbs, governing words and negations around it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import msgspec

from onrecord.claims.drafting import Fill, cues, filling, inside, trigger
from onrecord.claims.syntax import Tree
from onrecord.knowledge import Knowledge, Stage, Step
from onrecord.knowledge.hedges import Hedges
from onrecord.values import Draft, Reading, Status

_GOVERNED = frozenset({"xcomp", "ccomp", "acl", "dobj", "pobj", "prep", "pcomp", "advcl", "relcl", "conj"})
_CLIMB = 3
_REACH = 6
_NOBODY = frozenset({"none", "neither", "nobody"})
_PREDICATES = ("acomp", "attr", "oprd")
_NEGATED_ARGUMENTS = ("nsubj", "nsubjpass", "dobj", "attr", "expl")


class Words(msgspec.Struct, frozen=True):
    """The hedges by kind, each word with its status."""

    modal: dict[str, Status]
    adverb: dict[str, Status]
    governor: dict[str, tuple[Status, ...]]
    condition: frozenset[str]
    negation: frozenset[str]
    exception: tuple[str, ...]
    silence: frozenset[str]
    doubt: dict[str, Status]
    false: dict[str, Status]
    negated: dict[str, Status]


def words(hedges: Hedges) -> Words:
    """The hedges arranged for look-up."""
    governor: dict[str, tuple[Status, ...]] = {}
    for entry in hedges.hedge:
        if entry.kind == "governor":
            for word in entry.words:
                governor[word] = (*governor.get(word, ()), entry.status)
    return Words(
        hedges.of("modal"),
        hedges.of("adverb"),
        governor,
        frozenset(hedges.of("condition")),
        frozenset(hedges.of("negation")),
        tuple(hedges.of("exception")),
        frozenset(hedges.of("silence")),
        hedges.of("doubt"),
        hedges.of("false"),
        {**hedges.of("proof"), **hedges.of("confirm")},
    )


def status(tree: Tree, focus: int, cues: frozenset[int], figure: bool, known: Words) -> tuple[Status, str]:
    """The status of what the token ``focus`` stands for, and the word that gave it ("" when none did).

    Args:
        tree: the sentence.
        focus: the figure's head, or the event's trigger.
        cues: tokens of the attributing words, which are not themselves hedges.
        figure: whether a figure is meant; a negation in the clause then rarely negates the number.
        known: the hedges.
    """
    found = list(_hedges(tree, focus, cues, figure, known))
    for wanted in ("hypothetical", "denied", "planned", "possible"):
        for given, word in found:
            if given == wanted:
                return given, word
    return "asserted", ""


def _hedges(tree: Tree, focus: int, cues: frozenset[int], figure: bool, known: Words) -> Iterator[tuple[Status, str]]:
    home = tree.clause_of[focus]
    below = home
    yield from _adverbs(tree, home, focus, known)
    yield from _disbelief(tree, focus, known)
    for step, clause in enumerate(_clauses(tree, home, cues)):
        if step:
            yield from _governor(tree, clause, below, known)
            if tree.tokens[clause].pos in ("VERB", "AUX") and tree.tokens[below].dep not in ("xcomp", "acl", "conj"):
                break
        yield from _modals(tree, clause, known)
        if step == 0 or tree.tokens[below].dep in ("xcomp", "conj"):
            yield from _conditions(tree, clause, known)
            yield from _negations(tree, clause, focus, figure, known)
        below = clause
    yield from _inner(tree, focus, home, known)
    if home not in cues:
        for child in tree.dependents(home, "xcomp"):
            yield from _governor(tree, home, child, known)
            if tree.tokens[home].lemma == "be" and any(tree.tokens[k].lower == "to" for k in tree.children[child]):
                yield "planned", "be to"


def _disbelief(tree: Tree, focus: int, known: Words) -> Iterator[tuple[Status, str]]:
    """Doubt that stands above what is said: "no evidence that …", "the claim that … is false", "none of the 40"."""
    for above in itertools.islice(tree.ancestors(focus), _REACH):
        token = tree.tokens[above]
        children = [tree.tokens[child] for child in tree.children[above]]
        negated = any(child.dep == "neg" or child.lower in ("no", "neither", "little") for child in children)
        if token.lower in _NOBODY:
            yield "denied", token.lower
        if (given := known.doubt.get(token.lower)) is not None:
            yield given, token.lower
        if negated and (given := known.negated.get(token.lemma)) is not None:
            yield given, f"not {token.lemma}"
        for child in children:
            if child.dep in _PREDICATES and (given := known.false.get(child.lemma)) is not None:
                yield given, child.lemma
            if child.dep in _PREDICATES and (given := known.doubt.get(child.lower)) is not None:
                yield given, child.lower
            if negated and child.dep in _PREDICATES and (given := known.negated.get(child.lemma)) is not None:
                yield given, f"not {child.lemma}"


def _clauses(tree: Tree, home: int, cues: frozenset[int]) -> Iterator[int]:
    """The clause of the focus and the words that govern it, up to the cue."""
    at = home
    for _ in range(_CLIMB + 1):
        if at in cues:
            return
        yield at
        head = tree.tokens[at].head
        if head == at or tree.tokens[at].dep not in _GOVERNED:
            return
        at = head


def _inner(tree: Tree, focus: int, home: int, known: Words) -> Iterator[tuple[Status, str]]:
    """Governors between the focus and the head of its clause: "plans to send 3,000", "ready to sell"."""
    at = focus
    while at != home:
        head = tree.tokens[at].head
        if head == at:
            return
        if tree.tokens[at].dep in ("xcomp", "acl"):
            yield from _governor(tree, head, at, known)
        at = head
        if at != home and tree.tokens[at].pos in ("VERB", "AUX"):
            yield from _modals(tree, at, known)


def _governor(tree: Tree, index: int, below: int, known: Words) -> Iterator[tuple[Status, str]]:
    """What the word above says of the clause below it."""
    token = tree.tokens[index]
    dep = tree.tokens[below].dep
    if dep in ("conj", "advcl", "relcl"):
        return
    for word in tree.words(index):
        for given in known.governor.get(word, ()):
            if (
                given == "possible"
                and token.lemma in ("believe", "think", "report", "say", "fear", "assume")
                and not tree.passive(index)
            ):
                continue
            if given == "planned" and dep not in ("xcomp", "acl", "ccomp", "dobj", "pobj", "prep"):
                continue
            yield given, word
            return


def _modals(tree: Tree, index: int, known: Words) -> Iterator[tuple[Status, str]]:
    """Auxiliaries of a verb, and "is to …"."""
    auxiliaries = [tree.tokens[child] for child in tree.children[index] if tree.tokens[child].dep in ("aux", "auxpass")]
    for token in auxiliaries:
        if token.lower == "would" or token.lower == "'d":
            conditional = any(t.lower in known.condition for t in tree.tokens) or any(
                t.lemma == "have" for t in auxiliaries
            )
            yield ("hypothetical" if conditional else "planned"), token.lower
        elif token.tag == "MD" and (given := known.modal.get(token.lower) or known.modal.get(token.lemma)):
            yield given, token.lower
    token = tree.tokens[index]
    head = tree.tokens[token.head]
    if token.dep in ("xcomp", "ccomp") and head.lemma == "be" and any(t.lower == "to" for t in auxiliaries):
        yield "planned", "be to"


def _conditions(tree: Tree, clause: int, known: Words) -> Iterator[tuple[Status, str]]:
    question = tree.tokens[clause].dep == "ccomp"  # "not clear if 40 had died" asks, it sets no condition
    for child in tree.children[clause]:
        token = tree.tokens[child]
        if (
            not question
            and token.dep in ("mark", "advmod")
            and token.lower in known.condition
            and token.lower != "whether"
        ):
            yield "hypothetical", token.lower
        if token.dep == "advcl" and any(
            tree.tokens[k].dep == "mark" and tree.tokens[k].lower in ("if", "unless") for k in tree.children[child]
        ):
            yield "hypothetical", "if"


def _adverbs(tree: Tree, home: int, focus: int, known: Words) -> Iterator[tuple[Status, str]]:
    inside = tree.members[home]
    for index in inside:
        token = tree.tokens[index]
        if token.lower in known.adverb and index != focus and abs(index - focus) < 15:
            yield known.adverb[token.lower], token.lower


def _negations(tree: Tree, clause: int, focus: int, figure: bool, known: Words) -> Iterator[tuple[Status, str]]:
    phrase = tree.sentence_lower(tree.members[tree.clause_of[clause]])
    if any(exception in phrase for exception in known.exception) or tree.tokens[clause].lemma in known.silence:
        return
    for child in tree.children[clause]:
        token = tree.tokens[child]
        if token.dep in ("neg", "preconj", "cc") and token.lower in known.negation and not (figure and child > focus):
            yield "denied", token.lower
        elif not figure and token.dep in _NEGATED_ARGUMENTS:
            if token.lower in known.negation:
                yield "denied", token.lower
            for grandchild in tree.children[child]:
                if tree.tokens[grandchild].lower in ("no", "neither", "none") and grandchild == tree.subtree(child)[0]:
                    yield "denied", tree.tokens[grandchild].lower


def load(knowledge: Knowledge) -> Step:
    """The stage: every draft gets its status and the word that gave it."""
    known = words(knowledge.hedges)

    def start(reading: Reading) -> Fill:
        def fill(draft: Draft, tree: Tree) -> Draft:
            given, word = _of(draft, tree, known)
            reason = f"status {given}: {word}" if word else f"status {given}: no hedge"
            return msgspec.structs.replace(draft, status=given, reasons=(*draft.reasons, reason))

        return fill

    return filling(start)


def _of(draft: Draft, tree: Tree, known: Words) -> tuple[Status, str]:
    said = cues(draft, tree)
    at = tree.top(inside(draft, tree)) if draft.quantity else trigger(draft, tree)
    given, word = status(tree, at, said, draft.quantity is not None, known)
    if draft.quantity is not None and _not_one(tree, inside(draft, tree)):
        return "denied", "not"
    attribution = draft.attribution
    if attribution is not None and given == "asserted":
        if attribution.denies:
            return "denied", "the cue"
        for index in said:
            pledged = draft.quantity is not None or not attribution.speech_act
            if pledged and not _finite(tree, at) and "planned" in known.governor.get(tree.tokens[index].lemma, ()):
                return "planned", tree.tokens[index].lemma
    return given, word


def _not_one(tree: Tree, tokens: range) -> bool:
    """Whether a figure is only there to be denied: "not one patient", "not a single soldier"."""
    before = tree.tokens[tokens[0] - 1].lower if tokens[0] else ""
    return before == "not" and tree.tokens[tokens[0]].lower in ("one", "a")


def _finite(tree: Tree, at: int) -> bool:
    """Whether the clause of a token tells of the past or present: "agree that 12,000 soldiers are there"."""
    clause = tree.clause_of[at]
    told = [tree.tokens[clause], *(tree.tokens[child] for child in tree.dependents(clause, "aux", "auxpass"))]
    return tree.tokens[clause].dep == "ccomp" and any(token.tag in ("VBD", "VBZ", "VBP") for token in told)


STATUS = Stage("status", "1", ("sentences", "drafts.attribution", "drafts.trigger"), ("drafts.status",), load)
