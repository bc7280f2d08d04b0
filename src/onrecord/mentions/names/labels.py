"""Names that nobody knew before: from the parser's labels and from runs of capitalised words.

The small model often cuts a name short, includes a title or article, or calls a person an organisation; so its labels
are trimmed, widened to the whole run of proper nouns, and overruled by a title in front.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.knowledge.names import Names
from onrecord.mentions.names.candidate import KINDS, Candidate
from onrecord.mentions.names.words import Words

PARTICLES = frozenset(
    [
        "al",
        "el",
        "bin",
        "ibn",
        "ben",
        "de",
        "da",
        "do",
        "dos",
        "del",
        "della",
        "di",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "ul",
        "ur",
        "abu",
        "bint",
        "af",
        "y",
        "e",
        "st",
    ]
)
# Words in one run: a longer one is a list or a headline, no name.
LONGEST = 12
_PROPER = frozenset(("NNP", "NNPS"))
# Labels of words that name no party, though they are capitalised ("Friday").
_TIMES = frozenset(("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "CARDINAL", "ORDINAL"))


def is_name_word(words: Words, index: int) -> bool:
    """Whether the word is a capitalised proper noun."""
    token = words.tokens[index]
    return token.tag in _PROPER and token.text[0].isupper() and token.entity not in _TIMES


def is_syllable(words: Words, index: int) -> bool:
    """Whether the word is the lower-case half of a hyphened given name ("Sun-won")."""
    if not words.together(index, index - 2) or words.lower(index - 1) != "-":
        return False
    before, hyphen, token = words.tokens[index - 2 : index + 1]
    tight = before.end == hyphen.start and hyphen.end == token.start
    return tight and token.tag in _PROPER and token.text.isalpha() and before.text[0].isupper()


def runs(words: Words) -> Iterator[tuple[int, int]]:
    """Maximal runs ``[first, last)`` of capitalised proper nouns, with particles and hyphens inside them."""
    at = 0
    while at < len(words):
        if not is_name_word(words, at):
            at += 1
            continue
        end = at + 1
        while end - at < LONGEST and (step := _step(words, end)) is not None:
            end = step
        yield _back(words, at), end
        at = end


def _step(words: Words, end: int) -> int | None:
    """Where the run that reaches ``end`` goes on to, or ``None``: over particles and hyphens, in one sentence."""
    at = end
    while words.together(end - 1, at) and at - end < 4:
        if is_name_word(words, at) or is_syllable(words, at):
            return at + 1
        tight = words.tokens[at].start == words.tokens[at - 1].end
        if not (words.lower(at) in PARTICLES or (words.lower(at) == "-" and tight)):
            return None
        at += 1
    return None


def _back(words: Words, at: int) -> int:
    """The run's beginning widened over "al -" before it ("al-Sahhaf")."""
    while words.together(at, at - 2) and words.lower(at - 1) == "-" and words.lower(at - 2) in PARTICLES:
        at -= 2
    if words.together(at, at - 1) and words.lower(at - 1) in ("abu", "bin", "van", "von"):
        at -= 1
    return at


def is_title(words: Words, index: int, names: Names) -> bool:
    """Whether the word may stand before a name as a title or an office."""
    word = words.lower(index).rstrip(".")
    return word in names.titles or words.tokens[index].lemma in names.offices


def titled(words: Words, first: int, last: int, names: Names, skip: frozenset[int]) -> int | None:
    """Where the bare name begins in the run ``[first, last)``, if titles inside or before it make it a person.

    ``skip`` holds the tokens of known names, which may stand among the titles ("Russian Defence Minister X").
    """
    at, seen = first, False
    while at < last and _passes(words, at, names, skip):
        seen = seen or (is_title(words, at, names) and at not in skip)
        at += 1
    if at == first and words.together(first, first - 1):
        before = first - 1
        before -= words.lower(before) == "." and before > 0
        seen = words.tokens[before].pos in ("NOUN", "PROPN") and is_title(words, before, names)
    if seen and at == last - 1 and at - 1 in skip and at - 2 >= first and is_title(words, at - 2, names):
        at -= 1  # "Nurse Georgia Exampleton": between a title and a family name stands a given name
    return at if seen and at < last else None


def _passes(words: Words, at: int, names: Names, skip: frozenset[int]) -> bool:
    return at in skip or is_title(words, at, names) or words.lower(at) in (".", "-", "/")


def labelled(words: Words) -> Iterator[Candidate]:
    """The parser's own entities, trimmed of articles, possessives and signs."""
    at = 0
    while at < len(words):
        kind = KINDS.get(words.tokens[at].entity)
        end = at + 1
        while end < len(words) and words.tokens[end].entity == words.tokens[at].entity and not _fresh(words, end):
            end += 1
        if kind and (trimmed := trim(words, at, end)):
            yield Candidate(*trimmed, kind)
        at = end


def _fresh(words: Words, index: int) -> bool:
    return words.tokens[index].begins or words.sentence[index] != words.sentence[index - 1]


def trim(words: Words, first: int, last: int) -> tuple[int, int] | None:
    """``[first, last)`` without lower-case words and signs at its ends; ``None`` when nothing is left."""
    while first < last and not (words.tokens[first].text[0].isupper() and words.lower(first) != "the"):
        if words.lower(first) in PARTICLES and first + 1 < last:
            break
        first += 1
    while last > first and not (words.tokens[last - 1].text[0].isupper() or is_syllable(words, last - 1)):
        last -= 1
    return (first, last) if first < last else None


def shape(words: Words, first: int, last: int, names: Names) -> str:
    """What the words themselves suggest: body for "… Commission", else other."""
    nouns = (names.nouns.get(words.tokens[i].lemma) for i in range(first, last))
    return "body" if any(noun is not None and noun.sense == "body" for noun in nouns) else "other"
