"""What the frame words of a sentence say about the type of a figure or event.

Each frame word votes for its type, the louder the closer it stands in the syntax: in the figure's own words, on the
noun counted, as its verb, elsewhere in the clause, elsewhere in the sentence. The counted noun votes too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping

import msgspec

from onrecord.claims.syntax import Tree
from onrecord.knowledge.frames import Frame, Lexicon, NounClass, is_currency
from onrecord.values import Token, Type

PART = {"VERB": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective", "ADV": "adjective", "AUX": "verb"}

# What someone says is not counted: a figure within it is of the type of what is said.
NEVER_COUNTED = frozenset({"statement", "accusation"})

_JOINING = frozenset({"or", "and", "/", "and/or"})
_HARMS = frozenset({("killed", "wounded"), ("wounded", "killed")})
_JOINT = 4.0


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How loud a word speaks by where it stands."""

    own: float = 5.0
    below: float = 2.5
    above: float = 2.2
    fade: float = 0.5
    sibling: float = 2.6
    clause: float = 1.4
    sentence: float = 0.7
    reach: float = 12.0
    noun: float = 2.0
    carry: float = 0.5
    elided: float = 1.2
    same: float = 0.2
    document: float = 3.0
    threshold: float = 0.9


class Vote(msgspec.Struct, frozen=True):
    """A word, the type it speaks for, and how loud."""

    word: str
    type: Type
    strength: float
    frame: Frame | None = None
    index: int = -1


def votes(
    tree: Tree, inside: range, unit: str | None, lexicon: Lexicon, weights: Weights, said: Container[int] = ()
) -> Iterator[Vote]:
    """What each frame word of the sentence says about the figure at the tokens ``inside``, but for those ``said``."""
    counted = class_name(unit, lexicon)
    places = _places(tree, inside, weights)
    for index, token in enumerate(tree.tokens):
        part = part_of(token)
        if part is None or index in said:
            continue
        for frame in frames_at(tree, index, part, lexicon):
            if frame.type in NEVER_COUNTED or (frame.counts and counted not in frame.counts):
                continue
            yield Vote(token.lemma, frame.type, frame.weight * places[index], frame, index)
    yield from _joint(tree, inside, lexicon, places)


def part_of(token: Token) -> str | None:
    """The part of speech that frames are looked up by; auxiliaries tell nothing."""
    return None if token.dep in ("aux", "auxpass") else PART.get(token.pos)


def _joint(tree: Tree, inside: range, lexicon: Lexicon, places: list[float]) -> Iterator[Vote]:
    """Casualties, neither the one nor the other: "killed or wounded" said of one figure."""
    for index in range(1, len(tree.tokens) - 1):
        if tree.tokens[index].lower not in _JOINING or index in inside:
            continue
        before, after = _opens(tree, index - 1, lexicon), _opens(tree, index + 1, lexicon)
        if (before, after) in _HARMS:
            yield Vote(
                "killed or wounded", "casualties", _JOINT * max(places[index - 1], places[index + 1]), None, index - 1
            )


def _opens(tree: Tree, index: int, lexicon: Lexicon) -> str | None:
    """The type of harm that a token names on its own."""
    token = tree.tokens[index]
    for part in ("verb", "adjective", "noun"):
        for frame in lexicon.frames_of(part, token.lemma):
            if frame.type in ("killed", "wounded") and not frame.counts:
                return frame.type
    return None


def frames_at(tree: Tree, index: int, part: str, lexicon: Lexicon) -> list[Frame]:
    """The frames of the most telling form of a token that is known at all."""
    for word in tree.words(index):
        found = lexicon.frames_of(part, word)
        if not found and part == "verb" and word.endswith("ed"):
            found = lexicon.frames_of("adjective", word)
        if found:
            return found
    if part == "adjective":
        return lexicon.frames_of("noun", tree.tokens[index].lower)
    return []


def class_name(unit: str | None, lexicon: Lexicon) -> str:
    """The noun class of a unit; "money" for an ISO code, "other" for an unknown noun."""
    if unit is None:
        return "person"
    if is_currency(unit):
        return "money"
    found = lexicon.class_of(unit)
    return found.name if found else "other"


def _places(tree: Tree, inside: range, weights: Weights) -> list[float]:
    """How loud each token of the sentence speaks about the figure."""
    middle = (inside.start + inside.stop - 1) / 2
    anchor = tree.top(inside)
    home = tree.clause_of[anchor]
    loud = []
    for index in range(len(tree.tokens)):
        base = weights.clause if tree.clause_of[index] == home else weights.sentence
        loud.append(base / (1 + abs(index - middle) / weights.reach))
    for step, above in enumerate(tree.ancestors(anchor)):
        strength = weights.above * weights.fade**step
        loud[above] = max(loud[above], strength)
        for child in tree.dependents(
            above, "dobj", "nsubj", "nsubjpass", "attr", "oprd", "acomp", "prt", "pobj", "agent"
        ):
            loud[child] = max(loud[child], weights.sibling * weights.fade**step)
        if tree.opens_clause(above) and step:
            break
    for below in tree.subtree(anchor):
        if tree.tokens[below].head == anchor:
            loud[below] = max(loud[below], weights.below)
    for own in inside:
        loud[own] = weights.own
    return loud


def weigh(
    found: Iterator[Vote], noun: NounClass | None, unit: str | None, carried: Mapping[Type, float], weights: Weights
) -> tuple[Type, float, list[Vote]]:
    """The type with the most votes, its share of them (0..1), and its voters, loudest first."""
    all_votes = list(found)
    if noun is not None and noun.default is not None:
        all_votes.append(Vote(unit or noun.name, noun.default, noun.weight * weights.noun))
    if unit is not None and is_currency(unit):
        all_votes.append(Vote(unit, "funding", 1.5 * weights.noun))
    total: dict[Type, float] = defaultdict(float)
    # The loudest vote of each word counts, further words add less and less.
    by_type: dict[Type, list[Vote]] = defaultdict(list)
    for vote in all_votes:
        by_type[vote.type].append(vote)
    for type_, given in by_type.items():
        given.sort(key=lambda vote: -vote.strength)
        total[type_] = sum(vote.strength * 0.5**rank for rank, vote in enumerate(given))
    for type_, strength in carried.items():
        total[type_] += strength
    if not total:
        return "other", 0.0, []
    best = max(total, key=lambda type_: total[type_])
    if total[best] < weights.threshold:
        return "other", 0.0, []
    return best, total[best] / sum(total.values()), by_type[best]


def event_votes(tree: Tree, tokens: range, lexicon: Lexicon, weights: Weights) -> Iterator[Vote]:
    """What each frame word of the clause says about the event at ``tokens``."""
    places = _places(tree, tokens, weights)
    home = tree.clause_of[tokens[0]]
    classes = {found.name for i in tree.members[home] if (found := lexicon.class_of(tree.tokens[i].lemma))}
    for index, token in enumerate(tree.tokens):
        part = part_of(token)
        if part is None or tree.clause_of[index] != home:
            continue
        for frame in frames_at(tree, index, part, lexicon):
            if frame.counts and not classes & set(frame.counts):
                continue
            yield Vote(token.lemma, frame.type, frame.weight * places[index], frame, index)
