"""Event drafts: the clauses that tell that something happened, will, may or did not happen, without a figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from onrecord.claims.syntax import Tree
from onrecord.knowledge import Knowledge, Stage, Step
from onrecord.knowledge.frames import Lexicon
from onrecord.values import Attribution, Draft, Overlaps, Quantity, Reading, Sentence, Span

_SHORTEST = 3
_VERBAL = ("VERB", "AUX")


def load(knowledge: Knowledge) -> Step:
    """The stage: drafts for eventful clauses, beside those of the figures."""
    lexicon = knowledge.lexicon

    def step(readings: Sequence[Reading]) -> list[Reading]:
        return [msgspec.structs.replace(r, drafts=_merged(r, lexicon)) for r in readings]

    return step


def _merged(reading: Reading, lexicon: Lexicon) -> tuple[Draft, ...]:
    """Figure and event drafts in the order of the text."""
    drafts = [*reading.drafts, *_drafts(reading, lexicon)]
    return tuple(sorted(drafts, key=lambda d: (d.quantity or d.evidence).start))


def _drafts(reading: Reading, lexicon: Lexicon) -> Iterator[Draft]:
    figures: dict[int, list[Quantity]] = defaultdict(list)
    for draft in reading.drafts:
        if draft.quantity is not None:
            figures[draft.sentence].append(draft.quantity)
    attributions = Overlaps((span, a) for a in reading.mentions.attributions for span in a.cue)
    for index, sentence in enumerate(reading.sentences):
        said = attributions.touching(Span(sentence.start, sentence.end))
        yield from _of_sentence(index, sentence, figures[index], said, lexicon)


def _of_sentence(
    index: int, sentence: Sentence, figures: list[Quantity], said: list[Attribution], lexicon: Lexicon
) -> Iterator[Draft]:
    """The events of a sentence: its clauses, and what is said where the parse saw no clause."""
    tree = Tree(sentence)
    found = []
    for clause in clauses(tree, said, lexicon, busy=bool(figures)):
        span = tree.clause_span(clause)
        if not any(span.overlap(figure) for figure in figures):
            token = tree.tokens[clause]
            found.append(Draft(sentence=index, evidence=span, trigger=Span(token.start, token.end)))
    yield from found
    for part in _contents(said, sentence):
        taken = [*figures, *(draft.evidence for draft in found)]
        head = _verb(tree, part)
        if head is not None and not any(part.overlap(other) for other in taken):
            token = tree.tokens[head]
            yield Draft(sentence=index, evidence=_bare(tree, part), trigger=Span(token.start, token.end))


def _contents(said: Sequence[Attribution], sentence: Sentence) -> Iterator[Span]:
    """What is said within the sentence, but for speech acts, whose event is the saying."""
    for attribution in said:
        if not attribution.speech_act:
            yield from (part for part in attribution.content if sentence.start <= part.start < sentence.end)


def _verb(tree: Tree, part: Span) -> int | None:
    """The verb that heads the words at ``part``; ``None`` without one."""
    inside = tree.within(part)
    verbs = [i for i in inside if tree.tokens[i].pos in _VERBAL and tree.tokens[i].dep not in ("aux", "auxpass")]
    return next((i for i in verbs if tree.tokens[i].head not in inside or tree.tokens[i].head == i), None)


def _bare(tree: Tree, part: Span) -> Span:
    """The words at ``part`` within the sentence, without signs at their edges."""
    inside = [i for i in tree.within(part) if tree.tokens[i].pos not in ("PUNCT", "SPACE")]
    return Span(tree.tokens[inside[0]].start, tree.tokens[inside[-1]].end)


def clauses(tree: Tree, said: Sequence[Attribution], lexicon: Lexicon, *, busy: bool) -> Iterator[int]:
    """The clause heads of a sentence that tell an event, in order.

    Args:
        tree: the sentence.
        said: its attributions; a clause that only attributes is no event.
        lexicon: the frames; in a sentence that carries figures only a clause with a frame of its own counts.
        busy: whether the sentence carries figures.
    """
    for clause in sorted(tree.members):
        token = tree.tokens[clause]
        words = [i for i in tree.members[clause] if tree.tokens[i].pos not in ("PUNCT", "SPACE")]
        if len(words) < _SHORTEST or token.pos not in _VERBAL or _attributes(tree, clause, said):
            continue
        if _asks(tree, clause):
            continue
        dependent = busy or token.dep in ("relcl", "acl", "advcl")
        if dependent and not _tells(tree, clause, lexicon):
            continue
        if busy and token.dep == "conj" and not any(tree.dependents(clause, "nsubj", "nsubjpass")):
            continue
        yield clause


def _attributes(tree: Tree, clause: int, said: Sequence[Attribution]) -> bool:
    """Whether the head of a clause only says who says the words of another clause."""
    token = tree.tokens[clause]
    for attribution in said:
        if any(span.start <= token.start < span.end for span in attribution.cue):
            inner = any(tree.dependents(clause, "ccomp", "xcomp", "parataxis")) or token.dep == "parataxis"
            clausal = not attribution.speech_act and any(_verb(tree, part) is not None for part in attribution.content)
            return inner or clausal
    return False


def _asks(tree: Tree, clause: int) -> bool:
    """Whether a clause is an indirect question, which asserts nothing: "do not know how many are missing"."""
    first = tree.tokens[tree.members[clause][0]]
    return tree.tokens[clause].dep == "ccomp" and (first.tag in ("WRB", "WP", "WDT") or first.lower == "whether")


def _tells(tree: Tree, clause: int, lexicon: Lexicon) -> bool:
    """Whether the head of a clause opens a frame that makes an event without a figure."""
    return any(
        frame.event and not frame.counts and frame.type != "statement"
        for word in tree.words(clause)
        for frame in lexicon.frames_of("verb", word)
    )


EVENTS = Stage("events", "1", ("sentences", "mentions.attributions", "drafts"), ("drafts",), load)
