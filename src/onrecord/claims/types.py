"""What happened: the type of each draft, by the votes of the frame words around it, and what the report is about.

The winner and its voters are kept as the reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from onrecord.claims.drafting import Fill, cues, filling, inside
from onrecord.claims.syntax import Tree
from onrecord.claims.votes import NEVER_COUNTED, PART, Vote, Weights, class_name, event_votes, votes, weigh
from onrecord.knowledge import Knowledge, Stage, Step
from onrecord.knowledge.frames import Lexicon
from onrecord.values import Attribution, Draft, Reading, Sentence, Span, Type

# A few frame words make no topic: this many are added to a document's count.
_FEW = 8
# What is said to hold other things: the figure counts those.
_CONTAINERS = frozenset({"unit", "piece", "set", "item", "copy", "batch"})


def topics(sentences: Iterable[Sentence], lexicon: Lexicon) -> dict[Type, float]:
    """The share of each type among all frame words of a document, 0..1; a few words alone make no topic."""
    found: Counter[Type] = Counter()
    for sentence in sentences:
        for token in sentence.tokens:
            for frame in lexicon.frames_of(PART.get(token.pos, ""), token.lemma):
                if frame.type not in NEVER_COUNTED:
                    found[frame.type] += 1 if frame.counts else 2
    return {type_: count / (found.total() + _FEW) for type_, count in found.items()}


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
    tokens = inside(draft, tree)
    unit = _content(tree, tokens, draft.quantity.unit if draft.quantity else None)
    counted = class_name(unit, lexicon)
    elided = draft.quantity is not None and draft.quantity.noun is None
    carried = memory.carried(draft.sentence, counted, elided=elided)
    # A speech act is itself what happens ("pledged 12 tanks"); any other cue only says who says so.
    acts = draft.attribution is not None and draft.attribution.speech_act
    found = votes(tree, tokens, unit, lexicon, weights, () if acts else cues(draft, tree))
    type_, share, voters = weigh(found, lexicon.class_of(unit), unit, carried, weights)
    memory.keep(type_, draft.sentence, counted)
    return _decided(draft, tree, type_, share, voters)


def _content(tree: Tree, tokens: range, unit: str | None) -> str | None:
    """What "units of rocket launchers" are units of; any other unit as it is."""
    if unit not in _CONTAINERS:
        return unit
    for index in tokens:
        if tree.tokens[index].lemma == unit:
            for child in tree.dependents(index, "prep"):
                if tree.tokens[child].lower == "of":
                    return next((tree.tokens[noun].lemma for noun in tree.dependents(child, "pobj")), unit)
    return unit


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
    if attribution is not None and attribution.speech_act and any(c.overlap(draft.evidence) for c in attribution.cue):
        return _decided(draft, tree, _act(tree, attribution, lexicon), 0.6, [])
    found = event_votes(tree, tokens, lexicon, weights)
    type_, share, voters = weigh(found, None, None, {}, weights)
    if type_ == "other" and attribution is not None and attribution.quoted in ("direct", "mixed"):
        # What is quoted and tells no event is opinion: that is why it was quoted.
        type_, share = "statement", 0.4
    return _decided(draft, tree, type_, share, voters)


def _act(tree: Tree, attribution: Attribution, lexicon: Lexicon) -> Type:
    """The type of a speech act, from its cue."""
    lemmas = [tree.tokens[index].lemma for span in attribution.cue for index in tree.within(span)]
    accuses = any(frame.type == "accusation" for lemma in lemmas for frame in lexicon.frames_of("verb", lemma))
    return "accusation" if accuses else "statement"


TYPES = Stage("types", "1", ("sentences", "drafts", "drafts.attribution"), ("drafts.type", "drafts.trigger"), load)
