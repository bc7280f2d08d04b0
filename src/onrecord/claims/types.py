"""What happened: the type of a figure, by weighing the frame words around it.

Each frame word of the sentence votes for its type, the louder the closer it stands to the figure in the syntax: in the
figure's own words, on the noun counted, as its verb, elsewhere in the clause, elsewhere in the sentence. The counted
noun votes too. The winner and its voters are kept as the reason.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from onrecord.claims.drafting import Fill, filling, inside
from onrecord.claims.syntax import Tree
from onrecord.knowledge import Knowledge, Stage, Step
from onrecord.knowledge.frames import Frame, Lexicon, NounClass
from onrecord.values import Draft, Reading, Sentence, Span, Type

_PART = {"VERB": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective", "ADV": "adjective", "AUX": "verb"}

# What someone says is not counted: a figure within it is of the type of what is said.
_NEVER_COUNTED = frozenset({"statement", "accusation"})

_JOINING = frozenset({"or", "and", "/", "and/or"})
_HARMS = frozenset({("killed", "wounded"), ("wounded", "killed")})
_JOINT = 4.0


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How loud a word speaks by where it stands."""

    own: float = 5.0
    below: float = 2.5
    above: float = 2.2
    fade: float = 0.65
    sibling: float = 2.6
    clause: float = 1.4
    sentence: float = 0.7
    reach: float = 12.0
    noun: float = 3.0
    carry: float = 0.5
    elided: float = 1.2
    same: float = 0.5
    document: float = 2.0
    threshold: float = 0.9


class Vote(msgspec.Struct, frozen=True):
    """A word, the type it speaks for, and how loud."""

    word: str
    type: Type
    strength: float
    frame: Frame | None = None
    index: int = -1


def votes(tree: Tree, inside: range, unit: str | None, lexicon: Lexicon, weights: Weights) -> Iterator[Vote]:
    """What each frame word of the sentence says about the figure at the tokens ``inside``."""
    counted = class_name(unit, lexicon)
    places = _places(tree, inside, weights)
    for index, token in enumerate(tree.tokens):
        part = _PART.get(token.pos)
        if part is None:
            continue
        for frame in _frames(tree, index, part, lexicon):
            if frame.type in _NEVER_COUNTED or (frame.counts and counted not in frame.counts):
                continue
            yield Vote(token.lemma, frame.type, frame.weight * places[index], frame, index)
    yield from _joint(tree, inside, lexicon, places)


def _joint(tree: Tree, inside: range, lexicon: Lexicon, places: list[float]) -> Iterator[Vote]:
    """ "killed or wounded" said of one figure: casualties, neither the one nor the other."""
    for index in range(1, len(tree.tokens) - 1):
        if tree.tokens[index].lower not in _JOINING or index in inside:
            continue
        before, after = _opens(tree, index - 1, lexicon), _opens(tree, index + 1, lexicon)
        if (before, after) in _HARMS:
            yield Vote("killed or wounded", "casualties", _JOINT * max(places[index - 1], places[index + 1]), None, index - 1)


def _opens(tree: Tree, index: int, lexicon: Lexicon) -> str | None:
    """The type of harm that a token names on its own."""
    token = tree.tokens[index]
    for part in ("verb", "adjective", "noun"):
        for frame in lexicon.frames_of(part, token.lemma):
            if frame.type in ("killed", "wounded") and not frame.counts:
                return frame.type
    return None


def _frames(tree: Tree, index: int, part: str, lexicon: Lexicon) -> list[Frame]:
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
    if len(unit) == 3 and unit.isupper():
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
        for child in tree.dependents(above, "dobj", "nsubj", "nsubjpass", "attr", "oprd", "acomp", "prt", "pobj", "agent"):
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
    if unit is not None and len(unit) == 3 and unit.isupper():
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


def topics(sentences: Iterable[Sentence], lexicon: Lexicon) -> dict[Type, float]:
    """The share of each type among all frame words of a document, 0..1."""
    found: Counter[Type] = Counter()
    for sentence in sentences:
        for token in sentence.tokens:
            for frame in lexicon.frames_of(_PART.get(token.pos, ""), token.lemma):
                if frame.type not in _NEVER_COUNTED:
                    found[frame.type] += 1 if frame.counts else 2
    return {type_: count / found.total() for type_, count in found.items()}


class Memory:
    """What the figures before told: the last type, where it stood, and the last type of each noun class."""

    def __init__(self, document: Mapping[Type, float], weights: Weights) -> None:
        self.document = document
        self.weights = weights
        self.last: tuple[Type, int] | None = None
        self.of_class: dict[str, Type] = {}

    def carried(self, sentence: int, counted: str, *, elided: bool) -> dict[Type, float]:
        """The strength that each type brings along into a figure of noun class ``counted``."""
        weights = self.weights
        found = {type_: weights.document * share for type_, share in self.document.items()}
        if self.last is not None:
            last, where = self.last
            loud = weights.elided if elided else weights.carry
            found[last] = found.get(last, 0.0) + loud / (1 + 0.5 * (sentence - where))
            if (same := self.of_class.get(counted)) is not None:
                found[same] = found.get(same, 0.0) + weights.same
        return found

    def keep(self, type_: Type, sentence: int, counted: str) -> None:
        """Remember a figure's type."""
        self.last = (type_, sentence)
        self.of_class[counted] = type_


def load(knowledge: Knowledge) -> Step:
    """The stage: every draft gets its type, its trigger and the words that decided."""
    lexicon = knowledge.lexicon
    weights = Weights()

    def start(reading: Reading) -> Fill:
        memory = Memory(topics(reading.sentences, lexicon), weights)

        def fill(draft: Draft, tree: Tree) -> Draft:
            if draft.quantity is None:
                return _event(draft, tree, lexicon, weights)
            return _figure(draft, tree, lexicon, weights, memory)

        return fill

    return filling(start)


def _figure(draft: Draft, tree: Tree, lexicon: Lexicon, weights: Weights, memory: Memory) -> Draft:
    unit = draft.quantity.unit if draft.quantity else None
    tokens = inside(draft, tree)
    counted = class_name(unit, lexicon)
    elided = draft.quantity is not None and draft.quantity.noun is None
    carried = memory.carried(draft.sentence, counted, elided=elided)
    found = votes(tree, tokens, unit, lexicon, weights)
    type_, share, voters = weigh(found, lexicon.class_of(unit), unit, carried, weights)
    memory.keep(type_, draft.sentence, counted)
    return _decided(draft, tree, type_, share, voters)


def _decided(draft: Draft, tree: Tree, type_: Type, share: float, voters: list[Vote]) -> Draft:
    spoken = next((vote.index for vote in voters if vote.index >= 0), None)
    trigger = draft.trigger
    if trigger is None and spoken is not None:
        trigger = Span(tree.tokens[spoken].start, tree.tokens[spoken].end)
    said = ", ".join(f"{vote.word} {vote.strength:.1f}" for vote in voters[:3]) or "no word tells"
    return msgspec.structs.replace(
        draft, type=type_, trigger=trigger, confidence=share, reasons=(*draft.reasons, f"type {type_}: {said}")
    )


def _event(draft: Draft, tree: Tree, lexicon: Lexicon, weights: Weights) -> Draft:
    """The type of an event: its own verb before the nouns around it."""
    tokens = inside(draft, tree)
    attribution = draft.attribution
    if attribution is not None and attribution.speech_act and any(span.overlap(draft.evidence) for span in attribution.cue):
        accuses = any(
            frame.type == "accusation"
            for index in tree.within(attribution.cue[0])
            for frame in lexicon.frames_of("verb", tree.tokens[index].lemma)
        )
        type_: Type = "accusation" if accuses else "statement"
        return _decided(draft, tree, type_, 0.6, [])
    found = [vote for vote in event_votes(tree, tokens, lexicon, weights)]
    type_, share, voters = weigh(iter(found), None, None, {}, weights)
    return _decided(draft, tree, type_, share, voters)


def event_votes(tree: Tree, tokens: range, lexicon: Lexicon, weights: Weights) -> Iterator[Vote]:
    """What each frame word of the clause says about the event at ``tokens``."""
    places = _places(tree, tokens, weights)
    home = tree.clause_of[tokens[0]]
    classes = {found.name for i in tree.members[home] if (found := lexicon.class_of(tree.tokens[i].lemma))}
    for index, token in enumerate(tree.tokens):
        part = _PART.get(token.pos)
        if part is None or tree.clause_of[index] != home:
            continue
        for frame in _frames(tree, index, part, lexicon):
            if frame.counts and not classes & set(frame.counts):
                continue
            yield Vote(token.lemma, frame.type, frame.weight * places[index], frame, index)


TYPES = Stage("types", "1", ("sentences", "drafts"), ("drafts.type", "drafts.trigger"), load)
