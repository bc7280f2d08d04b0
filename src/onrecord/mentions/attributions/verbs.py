"""Verbs that attribute: "said", "has denied", "was quoted as saying", "put the toll at 12"."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.knowledge.cues import CueBook, VerbCue
from onrecord.mentions.attributions.found import Found
from onrecord.mentions.attributions.sources import Range, beside, can_assert, owner, subject
from onrecord.mentions.attributions.trees import QUOTES, Tree

_AUXILIARY = ("aux", "auxpass", "neg")
_CLAUSE = ("ccomp", "xcomp", "parataxis")
_TAIL = ("npadvmod", "advmod", "prep", "dative", "prt", "agent", "oprd")
_TAKES_ANY = ("report", "deny", "act")


def verb_cues(tree: Tree, sentence: int, book: CueBook) -> Iterator[Found]:
    """The attributing verbs of a sentence, in order."""
    for index, token in enumerate(tree.tokens):
        if token.tag[:2] != "VB" and token.pos != "VERB":
            continue
        entries = book.verbs.get(token.lemma)
        if entries is None or token.dep in ("aux", "auxpass", "amod"):
            continue
        entry = _entry(tree, index, entries)
        for choice in entry:
            found = _read(tree, sentence, index, choice, book)
            if found is not None:
                yield found
                break


def _entry(tree: Tree, verb: int, entries: tuple[VerbCue, ...]) -> list[VerbCue]:
    """The entries whose further words follow the verb."""
    return [e for e in entries if not e.then or _follows(tree, verb, e.then)]


def _follows(tree: Tree, verb: int, then: str) -> bool:
    words = then.split()
    following = [t.lower for t in tree.tokens[verb + 1 : verb + 1 + len(words)]]
    if following == words:
        return True
    if len(words) == 1:
        return any(tree.tokens[k].lower == words[0] and tree.tokens[k].dep in ("prt", "prep") and 0 < k - verb <= 4 for k in tree.kids[verb])
    return False


def _read(tree: Tree, sentence: int, verb: int, entry: VerbCue, book: CueBook) -> Found | None:
    tokens = tree.tokens
    if entry.kind == "cite" and tokens[verb].tag == "VBG":
        return _citing(tree, sentence, verb)
    if tree.kid(verb, "auxpass") is not None or _bare_participle(tree, verb):
        return _passive(tree, sentence, verb, entry, book)
    return _active(tree, sentence, verb, entry, book)


def _bare_participle(tree: Tree, verb: int) -> bool:
    """Whether the verb is a passive participle without auxiliary: "figures released by the ministry"."""
    token = tree.tokens[verb]
    if token.tag not in ("VBN", "VBD") or tree.kid(verb, "aux") is not None:
        return False
    nxt = tree.tokens[verb + 1].lower if verb + 1 < len(tree.tokens) else ""
    return token.dep == "acl" or (token.tag == "VBN" and nxt == "by")


def group(tree: Tree, verb: int, then: str = "") -> Range:
    """The cue's tokens: auxiliaries, negation and adverbs before the verb, particles after it."""
    tokens = tree.tokens
    first = verb
    while first > 0 and tokens[first - 1].head in (verb, first) and (
        tokens[first - 1].dep in _AUXILIARY or (tokens[first - 1].dep == "advmod" and first > 1 and tokens[first - 2].dep in _AUXILIARY)
    ):
        first -= 1
    end = verb + 1
    words = then.split()
    if words and [t.lower for t in tokens[end : end + len(words)]] == words:
        end += len(words)
    elif end < len(tokens) and tokens[end].dep == "prt" and tokens[end].head == verb:
        end += 1
    return first, end


def _active(tree: Tree, sentence: int, verb: int, entry: VerbCue, book: CueBook) -> Found | None:
    cue = group(tree, verb, entry.then)
    who = subject(tree, verb)
    after = False
    if who is not None:
        head, source = who
        after = head > verb
    else:
        near = beside(tree, *cue)
        if near is None or tree.tokens[verb].tag in ("VBG", "VB", "VBN"):
            return None
        head, source, after = near
    if not after and source[1] > cue[0]:
        source = (source[0], min(source[1], cue[0])) if source[0] < cue[0] else source
    if source[0] >= source[1]:
        return None
    start = max(cue[1], source[1]) if after else cue[1]
    begin = _complement(tree, verb, start, entry)
    able = can_assert(tree, head, source, book)
    first, end = min(source[0], cue[0]), max(start, begin or start)
    near_source = source[1] <= cue[0] and not any(t.pos == "VERB" for t in tree.tokens[source[1] : cue[0]])
    if not (after or near_source):
        first = cue[0]
    if begin is None or (begin > 0 and tree.tokens[begin - 1].text == "," and tree.tokens[begin].text not in QUOTES):
        end = _tail(tree, verb, start)
        if _is_aside(tree, first, end, entry, verb):
            return _found(tree, sentence, verb, entry, source, head, cue, (first, end), "aside", None, book)
    if begin is None or not _fits(tree, verb, begin, entry, able, head):
        return None
    return _found(tree, sentence, verb, entry, source, head, cue, (first, end), "before", (begin, begin), book)


def _found(
    tree: Tree, sentence: int, verb: int, entry: VerbCue, source: Range, head: int, cue: Range, unit: Range, mode: str,
    complement: Range | None, book: CueBook,
) -> Found:  # fmt: skip
    heard = None
    if entry.lemma in ("tell", "inform") and (to := tree.kid(verb, "dobj", "dative")) is not None and to > verb:
        heard = tree.phrase(to, low=verb + 1, high=complement[0] if complement else None)
    negated = tree.kid(verb, "neg") is not None
    return Found(
        sentence, verb, unit[0], unit[1], source, cue, "aside" if mode == "aside" else "before", f"{entry.kind} {mode}",
        complement=complement, owner=owner(tree, head, source, book), heard=heard,
        denies=(entry.kind == "deny") != negated and entry.kind == "deny", speech_act=entry.kind == "act",
        weak=entry.kind in ("figure", "show", "act"),
    )  # fmt: skip


def _complement(tree: Tree, verb: int, start: int, entry: VerbCue) -> int | None:
    """The token at which the content begins, to the right of ``start``; ``None`` without one."""
    tokens = tree.tokens
    best: int | None = None
    for kid in tree.kids[verb]:
        dep = tokens[kid].dep
        if kid < start:
            continue
        left = max(tree.left[kid], start)
        if dep in _CLAUSE or (dep == "advcl" and left == start) or (dep in ("dobj", "attr", "oprd") and entry.lemma not in ("tell", "inform", "notify", "remind", "brief", "assure", "reassure")):
            best = left if best is None else min(best, left)
        elif entry.kind in ("topic", "act") and dep == "prep":
            best = left if best is None else min(best, left)
        elif entry.then and dep in ("pobj", "pcomp", "prep"):
            best = left if best is None else min(best, left)
    if entry.then and start < len(tokens) and best is None and tokens[start].pos not in ("PUNCT",):
        best = start
    end = min(start + 25, len(tokens))
    for index in range(start, end):
        if tokens[index].text == ":" or (tokens[index].lower == "that" and tokens[index].tag in ("IN", "DT") and tokens[index].dep == "mark"):
            best = index + (tokens[index].text == ":") if best is None or index < best or tokens[index].text != ":" else best
            break
        if tokens[index].text in QUOTES:
            best = index if best is None else min(best, index)
            break
        if tokens[index].pos == "VERB":
            break
    return best if best is not None and best < len(tokens) else None


def _tail(tree: Tree, verb: int, start: int) -> int:
    """Where the adverbials after a parenthetical cue end: "said on Monday in a statement"."""
    tokens = tree.tokens
    end = start
    while end < len(tokens) and tokens[end].text not in (",", ";", ".", ":", "-", "–", "—", "?", "!") and tokens[end].text not in QUOTES:
        end += 1
    return end


def _is_aside(tree: Tree, first: int, end: int, entry: VerbCue, verb: int) -> bool:
    """Whether source and cue stand as a parenthesis, set off to the left by a sign and to the right by another."""
    if entry.kind in ("topic", "cite", "deny") or first == 0:
        return False
    before = tree.tokens[first - 1].text
    if before not in (",", "-", "–", "—", "?", "!", ";", ":") and before not in QUOTES:
        return False
    if entry.kind in ("figure", "act") and entry.lemma not in ("add", "promise", "vow", "pledge", "warn", "urge", "demand", "note", "count", "criticize", "plead", "protest", "regret"):
        return False
    return not any(t.pos == "VERB" and i != verb and t.tag != "VBG" for i, t in enumerate(tree.tokens[first:end], first) if not first <= i < verb)


def _fits(tree: Tree, verb: int, begin: int, entry: VerbCue, able: bool, head: int) -> bool:
    """Whether the complement is of the sort that the cue's kind needs."""
    tokens = tree.tokens
    kinds = {tokens[k].dep for k in tree.kids[verb] if k >= begin}
    quoted = tokens[begin].text in QUOTES or tokens[begin - 1].text == ":"
    clause = bool(kinds & {"ccomp", "parataxis"}) or quoted or tokens[begin].dep == "mark"
    if entry.kind in ("figure", "show"):
        limit = min(len(tokens), begin + 15)
        figure = any(t.tag == "CD" or t.lower in _VAGUE for t in tokens[begin:limit])
        return able and (clause and entry.kind == "show" or figure)
    if entry.kind in ("say", "think"):
        numbers = any(t.tag == "CD" for t in tokens[begin : begin + 8])
        return clause or "xcomp" in kinds and entry.kind == "think" or (numbers and able) or bool(entry.then)
    if entry.kind in _TAKES_ANY or entry.kind == "topic":
        return able or clause
    return True


_VAGUE = frozenset({"dozens", "hundreds", "thousands", "scores", "millions", "half", "no", "tens"})


def _citing(tree: Tree, sentence: int, verb: int) -> Found | None:
    """"citing the ministry": the object is the source, who said what the main clause says, through its subject."""
    head = tree.kid(verb, "dobj")
    if head is None or head < verb:
        near = tree.chunk_after(verb + 1)
        if near is None:
            return None
        head, source = near[1] - 1, near
    else:
        source = tree.phrase(head, low=verb + 1)
    carrier = subject(tree, verb)
    via = (carrier[1],) if carrier is not None and carrier[0] < verb else ()
    return Found(sentence, verb, verb, source[1], source, (verb, verb + 1), "aside", "citing", via=via)


def _passive(tree: Tree, sentence: int, verb: int, entry: VerbCue, book: CueBook) -> Found | None:
    """"was quoted as saying", "is believed to", "was reported by the ministry", "figures released by the ministry"."""
    tokens = tree.tokens
    cue = group(tree, verb, entry.then)
    agent = tree.kid(verb, "agent")
    by = tree.kid(agent, "pobj") if agent is not None else None
    if by is None and cue[1] < len(tokens) and tokens[cue[1]].lower == "by":
        near = tree.chunk_after(cue[1] + 1)
        by = near[1] - 1 if near is not None else None
    if entry.lemma == "quote":
        return _quoted_as(tree, sentence, verb, cue, by)
    if by is not None:
        if not can_assert(tree, by, (by, by + 1), book) and entry.kind != "report":
            return None
        source = tree.phrase(by, low=verb + 1)
        if tokens[verb].dep == "acl" and tokens[tokens[verb].head].lemma in book.documents:
            return None
        first = tree.left[tokens[verb].head] if tokens[verb].dep == "acl" else tree.left[verb]
        content = (min(first, cue[0]), cue[0])
        if content[0] >= content[1]:
            return None
        return Found(
            sentence, verb, cue[0], source[1], source, cue, "set", f"{entry.kind} passive", complement=content,
            denies=entry.kind == "deny", speech_act=entry.kind == "act",
        )  # fmt: skip
    if entry.kind not in ("say", "think", "report") or tree.kid(verb, "auxpass") is None:
        return None
    begin = _complement(tree, verb, cue[1], entry)
    if begin is None:
        return None
    return Found(sentence, verb, cue[0], cue[1], None, cue, "set", f"{entry.kind} unsourced", complement=(begin, _clause_end(tree, begin)))


def _quoted_as(tree: Tree, sentence: int, verb: int, cue: Range, by: int | None) -> Found | None:
    """"X was quoted (by Y) as saying that …": source X, through Y."""
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
    after = tokens[end].text if end < len(tokens) else "."
    aside = first > 0 and (tokens[first - 1].text == "," or tokens[first - 1].text in QUOTES) and (after in (",", ".", ";") or tokens[min(end, len(tokens) - 1)].dep == "prep")
    cue = (cue[0], end) if not via else cue
    if aside:
        return Found(sentence, verb, first, _tail(tree, verb, end), source, cue, "aside", "quoted as", via=via)
    return Found(sentence, verb, first, end, source, cue, "before", "quoted as", complement=(min(end, len(tokens) - 1), end), via=via)


def _clause_end(tree: Tree, begin: int) -> int:
    """The end of the sentence's clause in which ``begin`` stands: the next semicolon or the end."""
    for index in range(begin, len(tree.tokens)):
        if tree.tokens[index].text == ";":
            return index
    return len(tree.tokens)
