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
_OBJECT = ("dobj", "attr", "oprd", "acomp")
_ADDRESSED = frozenset({"tell", "inform", "notify", "remind", "brief", "assure", "reassure"})
_TAKES_ANY = ("report", "deny", "act")


def verb_cues(tree: Tree, sentence: int, book: CueBook) -> Iterator[Found]:
    """The attributing verbs of a sentence, in order."""
    for index, token in enumerate(tree.tokens):
        if token.tag[:2] != "VB" and token.pos != "VERB":
            continue
        entries = book.verbs.get(token.lemma)
        if entries is None or token.dep in ("aux", "auxpass", "amod"):
            continue
        for choice in _entry(tree, index, entries):
            found = _read(tree, sentence, index, choice, book)
            if found is not None:
                yield found
                break


def _entry(tree: Tree, verb: int, entries: tuple[VerbCue, ...]) -> list[VerbCue]:
    """The entries whose further words follow the verb."""
    particle = tree.kid(verb, "prt")
    bare = particle is None or tree.tokens[particle].lower in ("back", "away")
    return [e for e in entries if (_follows(tree, verb, e.then) if e.then else bare)]


def _follows(tree: Tree, verb: int, then: str) -> bool:
    words = then.split()
    following = [t.lower for t in tree.tokens[verb + 1 : verb + 1 + len(words)]]
    if following == words:
        return True
    if len(words) > 1:
        return False
    for token in tree.tokens[verb + 1 : verb + 7]:
        if token.lower == words[0]:
            return True
        if token.pos in ("VERB", "PUNCT", "SCONJ"):
            return False
    return False


def _read(tree: Tree, sentence: int, verb: int, entry: VerbCue, book: CueBook) -> Found | None:
    tokens = tree.tokens
    if entry.kind == "cite" and tree.kid(verb, "auxpass") is None and not _bare_participle(tree, verb):
        return _citing(tree, sentence, verb) if tokens[verb].tag == "VBG" else _quotes(tree, sentence, verb)
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
    if _silent(tree, verb, entry):
        return None
    first = min(source[0], cue[0])
    joined = after or source[1] + 2 >= cue[0] or not any(t.pos == "VERB" for t in tree.tokens[source[1] : cue[0]])
    first = first if joined else cue[0]
    colon = begin is not None and tree.tokens[begin - 1].text == ":"
    resumed = begin is not None and tree.tokens[begin - 1].text == "," and tree.tokens[begin].text in QUOTES
    if begin is None or colon or resumed:
        end = _tail(tree, verb, start)
        if _is_aside(tree, first, end, entry, verb, source):
            return _found(tree, sentence, verb, entry, source, head, cue, (first, end), "aside", None, book)
    if begin is None or not _fits(tree, verb, begin, entry, able, head):
        return None
    return _found(tree, sentence, verb, entry, source, head, cue, (first, max(start, begin)), "before", (begin, begin), book)


def _silent(tree: Tree, verb: int, entry: VerbCue) -> bool:
    """Whether the verb says that someone did not say something ("would not say how many")."""
    if entry.kind in ("think", "deny", "act"):
        return False
    return any(
        tree.tokens[k].dep == "neg" or tree.tokens[k].lower in ("never", "seldom", "rarely") for k in tree.kids[verb] if k < verb
    )


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
    limit = _limit(tree, start)
    marks = _marked(tree, start, limit)
    if marks is not None:
        return marks if marks < len(tokens) else None
    best: int | None = None
    for kid in tree.kids[verb]:
        left = max(tree.left[kid], start)
        if kid < start or left >= limit:
            continue
        dep = tokens[kid].dep
        takes = dep in _CLAUSE or (dep == "advcl" and left == start) or (dep in _OBJECT and entry.lemma not in _ADDRESSED)
        if takes or (entry.kind in ("topic", "act") and dep == "prep") or (entry.then and dep in ("pobj", "pcomp", "prep")):
            best = left if best is None else min(best, left)
    if entry.then and tokens[start - 1].lower != entry.then.split()[-1]:
        return _after(tree, start, limit, entry)
    if best is None and start < limit and (entry.then or any(t.tag == "CD" for t in tokens[start : min(limit, start + 5)])):
        best = _after(tree, start, limit, entry) if entry.then else start
    return best if best is not None and best < len(tokens) else None


def _after(tree: Tree, start: int, limit: int, entry: VerbCue) -> int:
    """Where the words after a preposition that stands apart from its verb begin ("spoke on Monday of …")."""
    last = entry.then.split()[-1]
    for index in range(start, min(limit, start + 7)):
        if tree.tokens[index].lower == last and index + 1 < limit:
            return index + 1
    return start


def _limit(tree: Tree, start: int) -> int:
    """How far to the right a complement may begin: up to a semicolon, or a comma that no quotation follows."""
    tokens = tree.tokens
    for index in range(start, len(tokens)):
        text = tokens[index].text
        if text == ";" or (text == "," and not (index + 1 < len(tokens) and tokens[index + 1].text in QUOTES)):
            return index
    return len(tokens)


def _marked(tree: Tree, start: int, limit: int, *, listing: bool = False) -> int | None:
    """The token after an explicit opening of the content: "that", a colon, a quotation mark."""
    tokens = tree.tokens
    for index in range(start, min(limit, start + 16)):
        token = tokens[index]
        if token.text == ":":
            return index + 1
        if token.text in QUOTES and token.dep != "case":
            return index
        if token.lower == "that" and (token.dep == "mark" or (index > start and token.tag in ("IN", "WDT", "DT") and _opens_clause(tree, index))):
            return index
        if token.pos in ("VERB", "SCONJ") and index > start:
            break
    return next((i + 1 for i in range(start, len(tokens)) if tokens[i].text == ":"), None) if listing else None


def _opens_clause(tree: Tree, index: int) -> bool:
    """Whether "that" is followed by a noun phrase of its own: then it is no relative pronoun."""
    following = tree.tokens[index + 1] if index + 1 < len(tree.tokens) else None
    return following is not None and following.tag in ("DT", "PRP", "PRP$", "NNP", "NNPS", "CD", "NNS", "EX")


def _tail(tree: Tree, verb: int, start: int) -> int:
    """Where the adverbials after a parenthetical cue end: "said on Monday in a statement"."""
    tokens = tree.tokens
    end = start
    while end < len(tokens) and tokens[end].text not in (",", ";", ".", ":", "-", "–", "—", "?", "!") and tokens[end].text not in QUOTES:
        end += 1
    return end


def _is_aside(tree: Tree, first: int, end: int, entry: VerbCue, verb: int, source: Range) -> bool:
    """Whether source and cue stand as a parenthesis, set off to the left by a sign and to the right by another."""
    if entry.kind in ("topic", "cite", "deny") or first == 0:
        return False
    before = tree.tokens[first - 1].text
    if before not in (",", "-", "–", "—", "?", "!", ";", ":") and before not in QUOTES:
        return False
    if entry.kind in ("figure", "act") and entry.lemma not in ("add", "promise", "vow", "pledge", "warn", "urge", "demand", "note", "count", "criticize", "plead", "protest", "regret"):
        return False
    return not any(t.pos == "VERB" and i != verb and t.tag not in ("VBG", "VBN") for i, t in enumerate(tree.tokens[first:end], first) if not source[0] <= i < source[1])


def _fits(tree: Tree, verb: int, begin: int, entry: VerbCue, able: bool, head: int) -> bool:
    """Whether the complement is of the sort that the cue's kind needs."""
    tokens = tree.tokens
    kinds = {tokens[k].dep for k in tree.kids[verb] if k >= begin}
    quoted = tokens[begin].text in QUOTES or tokens[begin - 1].text == ":"
    clause = bool(kinds & {"ccomp", "parataxis"}) or quoted or tokens[begin].dep == "mark"
    if entry.kind in ("figure", "show"):
        if tokens[verb].tag == "VB" and tree.kid(verb, "aux") is not None and "to" in {tokens[k].lower for k in tree.kids[verb]}:
            return False
        return able and ((clause and entry.kind == "show") or _counts(tree, begin, entry, head))
    if entry.kind in ("say", "think"):
        numbers = any(t.tag == "CD" for t in tokens[begin : begin + 8])
        if entry.kind == "think":
            return clause or "xcomp" in kinds
        return clause or (numbers and able)
    if entry.kind in _TAKES_ANY or entry.kind == "topic":
        return able or clause
    return True


def _counts(tree: Tree, begin: int, entry: VerbCue, head: int) -> bool:
    """Whether the complement states a figure as a count of something, not a thing had, given or found."""
    tokens = tree.tokens
    window = tokens[begin : begin + 15]
    if not any(t.tag == "CD" or t.lower in _VAGUE for t in window):
        return False
    words = {t.lemma for t in window}
    if entry.lemma in _CHANGES:
        return bool(words & _TOLLS)
    if entry.lemma in _HAVINGS and not entry.then:
        place = any(t.lower == "at" and tokens[min(i + 2, len(tokens) - 1)].tag == "CD" or t.lower == "at" and tokens[min(i + 1, len(tokens) - 1)].tag == "CD" for i, t in enumerate(window, begin))
        return tokens[head].entity != "GPE" and (place or bool(words & (_TOLLS | _VICTIMS)))
    return True


_FIRST_PERSON = frozenset({"i", "we", "you"})
_CHANGES = frozenset({"raise", "lower", "revise", "cut", "correct", "update"})
_HAVINGS = frozenset({"have", "give", "find", "see"})
_TOLLS = frozenset({"toll", "figure", "number", "count", "tally", "estimate", "total", "balance", "death", "list", "case"})
_VICTIMS = frozenset({"dead", "kill", "wound", "injure", "wounded", "injured", "die", "miss", "missing", "casualty", "victim", "fatality", "deaths"})
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


def _quotes(tree: Tree, sentence: int, verb: int) -> Found | None:
    """"the channel quoted the agency as saying": source the agency, through the channel."""
    tokens = tree.tokens
    who = subject(tree, verb)
    near = tree.chunk_after(verb + 1)
    if who is None or near is None:
        return None
    source, via = near, (who[1],)
    end = source[1]
    said = end < len(tokens) and tokens[end].lower == "as"
    if said and end + 1 < len(tokens) and tokens[end + 1].tag == "VBG":
        end += 2
    cue = (verb, verb + 1)
    first = min(who[1][0], verb)
    if end >= len(tokens) or tokens[end].text in (".", ","):
        if first > 0 and (tokens[first - 1].text == "," or tokens[first - 1].text in QUOTES):
            return Found(sentence, verb, first, end, source, cue, "aside", "quotes", via=via)
        return None
    if not said:
        return None
    return Found(sentence, verb, first, end, source, cue, "before", "quotes", complement=(end, end), via=via)


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
