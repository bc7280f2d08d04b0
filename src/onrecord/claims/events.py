"""Event drafts: the clauses that tell that something happened, will, may or did not happen, without a figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from onrecord.claims.syntax import Tree
from onrecord.knowledge import Knowledge, Stage, Step
from onrecord.knowledge.frames import Lexicon
from onrecord.values import Draft, Reading, Span

_SHORTEST = 3
_VERBAL = ("VERB", "AUX")


def load(knowledge: Knowledge) -> Step:
    """The stage: drafts for eventful clauses, after those of the figures."""
    lexicon = knowledge.lexicon

    def step(readings: Sequence[Reading]) -> list[Reading]:
        return [msgspec.structs.replace(r, drafts=_merged(r, lexicon)) for r in readings]

    return step


def _merged(reading: Reading, lexicon: Lexicon) -> tuple[Draft, ...]:
    """Figure and event drafts in the order of the text."""
    drafts = [*reading.drafts, *_drafts(reading, lexicon)]
    return tuple(sorted(drafts, key=lambda d: (d.quantity or d.evidence).start))


def _drafts(reading: Reading, lexicon: Lexicon) -> Iterator[Draft]:
    counted = {draft.sentence for draft in reading.drafts}
    cues = {span.start for attribution in reading.mentions.attributions for span in attribution.cue}
    for index, sentence in enumerate(reading.sentences):
        tree = Tree(sentence)
        figures = [d.quantity for d in reading.drafts if d.sentence == index and d.quantity] if index in counted else []
        for clause in clauses(tree, cues, lexicon, busy=bool(figures)):
            span = tree.clause_span(clause)
            if any(span.overlap(figure) for figure in figures):
                continue
            token = tree.tokens[clause]
            yield Draft(sentence=index, evidence=span, trigger=Span(token.start, token.end))


def clauses(tree: Tree, cues: set[int], lexicon: Lexicon, *, busy: bool) -> Iterator[int]:
    """The clause heads of a sentence that tell an event, in order.

    Args:
        tree: the sentence.
        cues: starts of attributing words; a clause that only attributes is no event.
        lexicon: the frames; in a sentence that carries figures only a clause with a frame of its own counts.
        busy: whether the sentence carries figures.
    """
    found = []
    for clause, inside in tree.members.items():
        token = tree.tokens[clause]
        words = [i for i in inside if tree.tokens[i].pos not in ("PUNCT", "SPACE")]
        if len(words) < _SHORTEST or token.pos not in _VERBAL:
            continue
        if token.start in cues and _has_content(tree, clause):
            continue
        if busy and not _tells(tree, clause, lexicon):
            continue
        if token.dep in ("relcl", "acl", "advcl") and not _tells(tree, clause, lexicon):
            continue
        if busy and token.dep == "conj" and not any(tree.dependents(clause, "nsubj", "nsubjpass")):
            continue
        found.append(clause)
    yield from sorted(found)


def _has_content(tree: Tree, clause: int) -> bool:
    """Whether a speech verb has a clause of its own that says what was said, or stands inside one."""
    return any(tree.dependents(clause, "ccomp", "xcomp", "parataxis")) or tree.tokens[clause].dep == "parataxis"


def _tells(tree: Tree, clause: int, lexicon: Lexicon) -> bool:
    """Whether the head of a clause opens a frame that makes an event without a figure."""
    return any(
        frame.event and not frame.counts and frame.type != "statement"
        for word in tree.words(clause)
        for frame in lexicon.frames_of("verb", word)
    )


EVENTS = Stage("events", "1", ("sentences", "mentions.attributions", "drafts"), ("drafts",), load)
