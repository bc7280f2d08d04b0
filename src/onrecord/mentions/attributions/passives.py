"""Passives and credits: "was quoted as saying", "is believed to", "was reported by X", "citing X"."""

from __future__ import annotations

from onrecord.knowledge.cues import CueBook, VerbCue
from onrecord.mentions.attributions.complements import complement
from onrecord.mentions.attributions.found import Found
from onrecord.mentions.attributions.groups import group, tail
from onrecord.mentions.attributions.sources import can_assert, subject
from onrecord.mentions.attributions.trees import QUOTES, Range, Tree

_UNSOURCED = ("say", "think", "report")


def citing(tree: Tree, sentence: int, verb: int) -> Found | None:
    """The object is the source, who said what the main clause says, through its subject: "…, citing the army"."""
    head = tree.kid(verb, "dobj")
    if head is not None and head > verb:
        source = tree.phrase(head, low=verb + 1)
    elif (near := tree.chunk_after(verb + 1)) is not None:
        source = near
    else:
        return None
    carrier = subject(tree, verb)
    via = (carrier[1],) if carrier is not None and carrier[0] < verb else ()
    return Found(sentence, verb, verb, source[1], source, (verb, verb + 1), "aside", "citing", via=via)


def quotes(tree: Tree, sentence: int, verb: int) -> Found | None:
    """Source the agency, through the channel: "the channel quoted the agency as saying"."""
    tokens = tree.tokens
    who = subject(tree, verb)
    source = tree.chunk_after(verb + 1)
    if who is None or source is None:
        return None
    end = source[1]
    said = end + 1 < len(tokens) and tokens[end].lower == "as" and tokens[end + 1].tag == "VBG"
    end += 2 if said else 0
    first = min(who[1][0], verb)
    via, cue = (who[1],), (verb, verb + 1)
    if end >= len(tokens) or tokens[end].text in (".", ","):
        set_off = first > 0 and (tokens[first - 1].text == "," or tokens[first - 1].text in QUOTES)
        return Found(sentence, verb, first, end, source, cue, "aside", "quotes", via=via) if set_off else None
    if not said:
        return None
    return Found(sentence, verb, first, end, source, cue, "before", "quotes", complement=(end, end), via=via)


def passive_cue(tree: Tree, sentence: int, verb: int, entry: VerbCue, book: CueBook) -> Found | None:
    """A passive with its agent as the source, or with none: "it is believed that …"."""
    cue = group(tree, verb, entry.then)
    by = _agent(tree, verb, cue)
    if entry.lemma == "quote":
        return _quoted_as(tree, sentence, verb, cue, by)
    if by is not None:
        return _by_agent(tree, sentence, verb, cue, by, entry, book)
    if entry.kind not in _UNSOURCED or tree.kid(verb, "auxpass") is None:
        return None
    begin = complement(tree, verb, cue[1], entry)
    if begin is None:
        return None
    end = next((i for i in range(begin, len(tree.tokens)) if tree.tokens[i].text == ";"), len(tree.tokens))
    return Found(
        sentence, verb, cue[0], cue[1], None, cue, "set", f"{entry.kind} unsourced", complement=(begin, end)
    )  # fmt: skip


def _agent(tree: Tree, verb: int, cue: Range) -> int | None:
    """The head of the noun phrase after "by"."""
    agent = tree.kid(verb, "agent")
    by = tree.kid(agent, "pobj") if agent is not None else None
    if by is None and cue[1] < len(tree.tokens) and tree.tokens[cue[1]].lower == "by":
        near = tree.chunk_after(cue[1] + 1)
        by = near[1] - 1 if near is not None else None
    return by if by is not None and by > verb else None


def _by_agent(
    tree: Tree, sentence: int, verb: int, cue: Range, by: int, entry: VerbCue, book: CueBook
) -> Found | None:  # fmt: skip
    """What was counted, reported or denied by someone: the subject, or the noun that the participle hangs on."""
    tokens = tree.tokens
    if not can_assert(tree, by, book) and entry.kind != "report":
        return None
    above = tokens[verb].head
    reduced = tokens[verb].dep == "acl"
    if reduced and tokens[above].lemma in book.documents:
        return None  # "figures released by the ministry": the figures are the source of something else
    first = min(tree.left[above] if reduced else tree.left[verb], cue[0])
    if first >= cue[0]:
        return None
    source = tree.phrase(by, low=verb + 1)
    return Found(
        sentence, verb, cue[0], source[1], source, cue, "set", f"{entry.kind} passive", complement=(first, cue[0]),
        denies=entry.kind == "deny", speech_act=entry.kind == "act",
    )  # fmt: skip


def _quoted_as(tree: Tree, sentence: int, verb: int, cue: Range, by: int | None) -> Found | None:
    """Source X, through Y: "X was quoted (by Y) as saying that …"."""
    tokens = tree.tokens
    who = subject(tree, verb)
    if who is None:
        return None
    end = cue[1]
    for index in range(cue[1], min(cue[1] + 12, len(tokens))):
        if tokens[index].tag == "VBG" and tokens[index - 1].lower == "as":
            end = index + 1
            break
    via = (tree.phrase(by, low=verb + 1, high=end - 2 if end - 2 > by else None),) if by is not None else ()
    source = (who[1][0], min(who[1][1], cue[0])) if who[1][0] < cue[0] else who[1]
    first = min(source[0], cue[0])
    whole = (cue[0], end) if not via else cue
    set_off = first > 0 and (tokens[first - 1].text == "," or tokens[first - 1].text in QUOTES)
    if end >= len(tokens) or (set_off and (tokens[end].text in (",", ".", ";") or tokens[end].dep == "prep")):
        return Found(sentence, verb, first, tail(tree, end), source, whole, "aside", "quoted as", via=via)
    return Found(sentence, verb, first, end, source, whole, "before", "quoted as", complement=(end, end), via=via)
