"""Whether the clause around a time expression looks ahead ("will meet on Monday") or back."""

from __future__ import annotations

from onrecord.values import Sentence, Token

# How many heads to climb: a time hangs on a noun of the clause, the noun on its verb, the verb on its governor.
_CLIMB = 6
_MODALS = {"will", "'ll", "shall", "would", "wo"}
_BACK = {"VBD", "VBN"}


def clause(sentence: Sentence, index: int) -> tuple[int, ...]:
    """The tokens from the one at ``index`` up to its root, verbs only."""
    tokens = sentence.tokens
    found = []
    for _ in range(_CLIMB):
        token = tokens[index]
        if token.pos in {"VERB", "AUX"}:
            found.append(index)
        if not 0 <= token.head < len(tokens) or token.head == index:
            break
        index = token.head
    return tuple(found)


def ahead(sentence: Sentence, index: int, words: frozenset[str]) -> bool:
    """Whether the verb over ``index`` lies in the future: a modal, or an infinitive under a word of planning."""
    verbs = clause(sentence, index)
    if not verbs:
        return False
    tokens = sentence.tokens
    verb = verbs[0]
    left = [t for k, t in enumerate(tokens[:verb]) if t.head == verb or (k >= verb - 3 and t.dep in {"aux", "auxpass"})]
    if any(t.lower in _MODALS and t.tag == "MD" for t in left if t.dep in {"aux", "auxpass"}):
        return True
    if tokens[verb].lower in _MODALS and tokens[verb].tag == "MD":
        return True
    if not any(t.lower == "to" and t.tag == "TO" for t in left):
        return False
    governor = _governor(tokens, verb)
    return governor is not None and (governor.lower in words or governor.lemma in words)


def _governor(tokens: tuple[Token, ...], verb: int) -> Token | None:
    head = tokens[verb].head
    return tokens[head] if 0 <= head < len(tokens) and head != verb else None


def looks_back(sentence: Sentence, index: int) -> bool:
    """Whether the verb over ``index`` tells the past or what has been."""
    verbs = clause(sentence, index)
    return bool(verbs) and sentence.tokens[verbs[0]].tag in _BACK
