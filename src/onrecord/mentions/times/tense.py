"""Whether the clause around a time expression looks ahead ("will meet on Monday") or back."""

from __future__ import annotations

from typing import Literal

from onrecord.values import Sentence, Token

Tense = Literal["past", "perfect", "present", "possible", "planned", "future"]

# How many heads to climb: a time hangs on a noun of the clause, the noun on its verb, the verb on its governor.
_CLIMB = 6
_WILL = {"will", "'ll", "shall", "wo", "may", "might", "should"}
_MAY = {"would", "could", "can", "must", "ca"}
_PARTICIPLES = {"acl", "advcl", "relcl"}
_FINITE = {"VBD": "past", "VBZ": "present", "VBP": "present"}


def clause(sentence: Sentence, index: int) -> list[int]:
    """The verbs from the token at ``index`` up to its root, nearest first."""
    tokens = sentence.tokens
    found = []
    for _ in range(_CLIMB):
        token = tokens[index]
        if token.pos in {"VERB", "AUX"}:
            found.append(index)
        if not 0 <= token.head < len(tokens) or token.head == index:
            break
        index = token.head
    return found


def tense(sentence: Sentence, index: int, ahead: frozenset[str]) -> Tense:
    """The tense of the verb phrase over the token at ``index``; "past" where there is no verb.

    ``ahead`` are the words of planning that make an infinitive or a participle under them look ahead. "possible" is
    for modals that may look ahead of a past narrative as well as of publication ("would", "could"), "planned" for
    plans that were made ("vowed to leave").
    """
    for verb in clause(sentence, index):
        found = _of(sentence.tokens, verb, ahead)
        if found is not None:
            return found
    return "past"


def _of(tokens: tuple[Token, ...], verb: int, ahead: frozenset[str]) -> Tense | None:
    """The tense of one verb, ``None`` when only its head can tell."""
    helpers = [t for t in tokens[:verb] if t.head == verb and (t.dep in {"aux", "auxpass"} or t.lower == "to")]
    words = {t.lower for t in helpers}
    own = tokens[verb]
    if words & _WILL or (own.lower in _WILL and own.tag == "MD"):
        return "past" if "have" in words and not words & {"will", "'ll"} else "future"
    if words & _MAY:
        return "past" if "have" in words else "possible"
    planned = own.lemma in ahead and (own.tag in {"VBZ", "VBP"} or (own.tag == "VBN" and words & {"is", "are", "'s"}))
    if planned and own.lemma != "be":
        return "future"
    if "to" in words:
        return _governed(tokens, verb, ahead)
    if words & {"has", "have", "'ve"}:
        return "perfect"
    if not words and (own.dep in _PARTICIPLES if own.tag == "VBN" else own.tag == "VBG" and own.dep == "pcomp"):
        return "past"
    if own.tag in {"VBN", "VBG", "VB"}:
        return _helped(words) if words else None
    found = _FINITE.get(own.tag)
    return "past" if found == "past" else "present" if found else None


def _helped(words: set[str]) -> Tense:
    """The tense that forms of "be", "do" and "had" give a participle."""
    return "present" if words & {"is", "are", "'re", "am", "does", "do"} else "past"


def _governed(tokens: tuple[Token, ...], verb: int, ahead: frozenset[str]) -> Tense | None:
    """What a word of planning over an infinitive tells: "plans to meet", "is due to meet", "vowed to meet"."""
    head = tokens[verb].head
    if not 0 <= head < len(tokens) or head == verb:
        return None
    governor = tokens[head]
    if governor.lower not in ahead and governor.lemma not in ahead:
        return None
    return "planned" if governor.tag == "VBD" or any(t.head == head and t.lower == "had" for t in tokens) else "future"
