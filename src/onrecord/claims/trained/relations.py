"""How each token stands to a draft: within it, above or below it in the syntax, in its sentence, further away.

The relations steer what the trained reader looks at when it judges a draft, as the frame votes of the rules do by hand.
"""

from __future__ import annotations

from onrecord.claims.syntax import Tree
from onrecord.claims.trained.sheet import Sheet
from onrecord.claims.trained.subjects import Subject

# Dependency labels that stand alike to their head.
_GROUPS = {
    "nsubj": "subject", "nsubjpass": "passive subject", "csubj": "subject", "agent": "agent", "dobj": "object",
    "attr": "object", "dative": "object", "oprd": "object", "acomp": "object", "aux": "auxiliary",
    "auxpass": "auxiliary", "neg": "negation", "mark": "mark", "prep": "preposition", "pobj": "noun of preposition",
    "prt": "particle", "advmod": "adverb", "amod": "adjective", "compound": "compound", "poss": "possessor",
    "nummod": "number", "xcomp": "complement", "ccomp": "complement", "advcl": "adverbial", "relcl": "relative",
    "acl": "participle", "conj": "joined", "cc": "joint", "appos": "apposition", "punct": "sign",
}  # fmt: skip
_LEVELS = ("own", "up 1", "up 2", "up 3")
_PREPOSITIONS = frozenset({"prep", "agent"})
_NAMES = (
    "padding", "title", "before", "after", "paragraph -1", "paragraph +1", "sentence -2", "sentence -1",
    "sentence +1", "sentence +2", "same -", "same +", "clause -", "clause +", "focus", "trigger",
    *_LEVELS[1:],
    *(f"{level} {group}" for level in _LEVELS for group in (*sorted(set(_GROUPS.values())), "other")),
)  # fmt: skip
RELATIONS = {name: number for number, name in enumerate(_NAMES)}
PADDING, TITLE = RELATIONS["padding"], RELATIONS["title"]


def relations(sheet: Sheet, subject: Subject, first: int, last: int) -> bytearray:
    """The number in ``RELATIONS`` of each token of ``[first, last)`` seen from a draft."""
    home = subject.draft.sentence
    found = bytearray()
    for sentence in range(sheet.sentence(first), sheet.sentence(last - 1) + 1):
        length = sheet.bases[sentence + 1] - sheet.bases[sentence]
        if sentence == home:
            found += _within(sheet.trees[home], subject, sheet.bases[home])
        else:
            found += bytes([_beyond(sheet, home, sentence)]) * length
    start = first - sheet.bases[sheet.sentence(first)]
    return found[start : start + last - first]


def _beyond(sheet: Sheet, home: int, sentence: int) -> int:
    """The relation of the tokens of another sentence."""
    step = sentence - home
    leap = sheet.paragraphs[sentence] - sheet.paragraphs[home]
    if leap == 0 and abs(step) <= 2:
        return RELATIONS[f"sentence {step:+d}"]
    if abs(leap) == 1:
        return RELATIONS[f"paragraph {leap:+d}"]
    return RELATIONS["before" if step < 0 else "after"]


def _within(tree: Tree, subject: Subject, base: int) -> bytearray:
    """The relations of the tokens of the draft's own sentence; what is nearer in the syntax wins."""
    focus = range(subject.focus[0] - base, subject.focus[1] - base)
    top = tree.top(focus)
    clause = tree.clause_of[top]
    found = bytearray(len(tree.tokens))
    for index, of in enumerate(tree.clause_of):
        found[index] = RELATIONS[f"{'clause' if of == clause else 'same'} {'-' if index < focus.start else '+'}"]
    path = [top, *(above for above, _ in zip(tree.ancestors(top), _LEVELS[1:], strict=False))]
    for level, at in reversed(list(zip(_LEVELS, path, strict=False))):
        for child in tree.children[at]:
            _mark_child(tree, child, level, found)
        if level != "own":
            found[at] = RELATIONS[level]
    for index in focus:
        found[index] = RELATIONS["focus"]
    if (trigger := subject.trigger - base) not in focus:
        found[trigger] = RELATIONS["trigger"]
    return found


def _mark_child(tree: Tree, child: int, level: str, found: bytearray) -> None:
    label = tree.tokens[child].dep
    found[child] = RELATIONS[f"{level} {_GROUPS.get(label, 'other')}"]
    if label in _PREPOSITIONS:
        for noun in tree.dependents(child, "pobj"):
            found[noun] = RELATIONS[f"{level} noun of preposition"]
