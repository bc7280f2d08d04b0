"""Numbers in digits, and the atoms around them: "1,500", "1 500", "1'500", "US$2.3bn", "M1978".

A sentence is cut into atoms (numbers, words, signs), finer than spaCy's tokens, whose cuts inside "US$2.3bn" or
"10,000-12,000" depend on the model. Values are decimals, so that 2.3 billion is 2300000000 and nothing else.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

import msgspec

from onrecord.values import Sentence

Kind = Literal["number", "ordinal", "code", "word", "sign", "time"]

# A number of more digits than this is an account, a telephone or an identifier.
LONGEST = 18
# Groups of digits are bounded, so that the time of a search stays linear in the text.
_ATOM = re.compile(
    r"""(?P<ordinal>\d+(?:st|nd|rd|th)\b)
    |(?P<number>\d{1,3}(?:,\d{2,3}){0,6},\d{3}(?!\d|,\d)(?:\.\d+)?
        |\d{1,3}(?:[’']\d{3}){1,6}(?!\d)
        |\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3}){1,6}(?![\d,.]\d|\d|[-‑ ]?(?:mm|cm)\b|[-‑ ]?millimet)
        |\d{1,3}(?:\.\d{3}){2,6}(?!\d)
        |(?<![\w.])\.\d+(?=\s?(?:%|per|pct))
        |\d+(?:\.\d+)?(?:,\d{1,2}(?!\d|[,.]\d))?)
    |(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)
    |(?P<sign>\S)""",
    re.VERBOSE | re.IGNORECASE,
)
_GROUPS = re.compile(r"[ \u00a0\u2009\u202f’']")
_CODE = re.compile(r"-?\w*\d[\w]*(?:[-/.]\w*\d\w*)*")
_PLAIN = str.maketrans({"’": "'", "‘": "'"})


class Atom(msgspec.Struct, gc=False):
    """A number, word or sign. ``glued``: nothing stands between it and the atom before it; ``upper``: in capitals."""

    start: int
    end: int
    lower: str
    kind: Kind
    token: int
    glued: bool
    value: Decimal | None = None
    upper: bool = False


def decimal(digits: str) -> Decimal | None:
    """The value of a run of digits with separators, ``None`` for what is no number of anything."""
    text = _GROUPS.sub("", digits)
    if len(text) > LONGEST:
        return None
    head, dot, tail = text.partition(".")
    if "," in head:
        whole, _, rest = head.rpartition(",")
        text = f"{whole}.{rest}" if len(rest) < 3 and not dot else head.replace(",", "") + dot + tail
    elif "," in tail or text.count(".") > 1:
        text = text.replace(".", "").replace(",", ".")
    elif dot and len(tail) == 3 and tail[1:] == "00" and head.lstrip("0") and len(head) <= 3:
        text = head + tail  # "1.500" soldiers: nobody writes decimals with two idle noughts
    return Decimal(text)


def atoms(text: str, sentence: Sentence, prefixes: frozenset[str]) -> list[Atom]:
    """The atoms of a sentence. ``prefixes`` are the currency letters that may be written against digits ("Rs500")."""
    found: list[Atom] = []
    tokens, token, at, end = sentence.tokens, 0, sentence.start, sentence.end
    while at < end:
        match = _ATOM.search(text, at, end)
        if match is None:
            break
        kind: Kind = match.lastgroup  # type: ignore[assignment]  # every branch of the pattern is a named group
        start, at = match.span()
        lower = text[start:at].lower().translate(_PLAIN)
        if kind == "word" and lower not in prefixes and (code := _CODE.match(text, at, end)):
            kind, at = "code", code.end()
            lower = text[start:at].lower().translate(_PLAIN)
        while token + 1 < len(tokens) and tokens[token].end <= start:
            token += 1
        glued = bool(found) and found[-1].end == start
        value = decimal(match.group()) if kind == "number" else None
        if kind == "number" and value is None:
            kind = "code"
        upper = kind == "word" and text[start:at].isupper()
        found.append(Atom(start, at, lower, kind, token, glued, value, upper))
    return found
