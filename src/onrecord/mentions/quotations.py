"""Words in quotation marks: which marks belong together, over sentences and over paragraphs.

Follows the conventions of printed news English: a quotation that runs over paragraphs reopens each of them and closes
only in the last; a quotation that never closes ends with its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from onrecord.knowledge import Knowledge, Stage, Step
from onrecord.values import Quotation, Reading

# A mark that may open -> the marks that close it.
_PAIRS = {
    '"': '"', "“": "”\"", "„": "“”\"", "‟": "”", "«": "»", "»": "«", "‹": "›", "‘": "’'", "'": "'’", "‚": "‘’",
    "``": ("''"), "「": "」", "『": "』",
}  # fmt: skip
_SINGLE = frozenset("'‘’‚")
_MARK = re.compile(r"``|''|[\"“”„‟«»‹›‘’‚'「」『』]")
_PARAGRAPH = re.compile(r"[^\n]+")
# How many marks to look through for a partner: bounds the time that a text full of unpaired marks costs.
_MOST = 200


class _Mark(msgspec.Struct, frozen=True):
    """A quotation mark: what it is, where, and whether the letters around it let it open or close."""

    start: int
    end: int
    sign: str
    opens: bool
    closes: bool


def quotations(text: str) -> tuple[Quotation, ...]:
    """The quotations of ``text`` in order, marks included, inner quotations dropped.

    Single marks count only where they cannot be apostrophes: a closing partner must stand in the same paragraph.
    """
    found: list[Quotation] = []
    carried: tuple[int, str, int] | None = None
    for paragraph in _PARAGRAPH.finditer(text):
        start, end = paragraph.span()
        marks = list(_marks(text, start, end))
        if carried is not None:
            if not marks or marks[0].sign != carried[1] or text[start : marks[0].start].strip():
                found.append(Quotation(carried[0], carried[2]))
                carried = None
            else:
                marks[0] = msgspec.structs.replace(marks[0], opens=True, closes=False)
        pairs, open_mark = _pair(marks)
        if carried is not None:
            if open_mark is marks[0]:
                carried = (carried[0], carried[1], _trimmed(text, start, end))
                continue
            found.append(Quotation(carried[0], pairs[0][1]))
            pairs = pairs[1:]
            carried = None
        found += [Quotation(s, e) for s, e in pairs]
        if open_mark is not None:
            carried = (open_mark.start, open_mark.sign, _trimmed(text, open_mark.start, end))
    if carried is not None:
        found.append(Quotation(carried[0], carried[2]))
    return tuple(found)


def _marks(text: str, start: int, end: int) -> Iterator[_Mark]:
    """The quotation marks of one paragraph."""
    for match in _MARK.finditer(text, start, end):
        before = text[match.start() - 1] if match.start() > start else " "
        after = text[match.end()] if match.end() < end else " "
        sign = match.group()
        opens, closes = _sides(sign, before, after)
        if opens or closes:
            yield _Mark(match.start(), match.end(), sign, opens, closes)


def _sides(sign: str, before: str, after: str) -> tuple[bool, bool]:
    """Whether a mark between two characters may open and may close a quotation."""
    if sign in "「『」』":
        return sign in "「『", sign in "」』"
    # Measures ("a 12" pipe", 5'10") and apostrophes inside a word.
    if before.isalnum() and after.isalnum():
        return False, False
    opens = not before.isalnum() and not after.isspace() and sign not in ("”", "’", "''", "›", "」", "』")
    closes = not before.isspace() and not after.isalnum() and sign not in ("„", "‟", "‚", "``", "‹", "「", "『")
    if sign in "«»":
        opens = (sign == "«" and not before.isalnum()) or (before.isspace() and not after.isspace())
        closes = sign == "»" or not before.isspace()
    if sign in "“‘" and before.isspace():
        closes = False
    if sign in _SINGLE and before.isspace() and after.isdigit():
        opens = False  # the '90s
    return opens, closes


def _pair(marks: Sequence[_Mark]) -> tuple[list[tuple[int, int]], _Mark | None]:
    """The outermost pairs among the marks of a paragraph, and the mark left open at its end, if any."""
    pairs: list[tuple[int, int]] = []
    at = 0
    while at < len(marks):
        mark = marks[at]
        at += 1
        if not mark.opens or mark.sign not in _PAIRS:
            continue
        partner = _partner(marks, at)
        if partner is not None:
            pairs.append((mark.start, marks[partner].end))
            at = partner + 1
        elif mark.sign not in _SINGLE:
            return pairs, mark
    return pairs, None


def _partner(marks: Sequence[_Mark], after: int) -> int | None:
    """The index of the mark that closes ``marks[after - 1]``."""
    mark = marks[after - 1]
    closing = _PAIRS[mark.sign]
    depth = 0
    for index in range(after, min(len(marks), after + _MOST)):
        other = marks[index]
        if other.closes and other.sign in closing and not (other.opens and depth == 0 and other.sign != mark.sign):
            if depth == 0:
                return index
            depth -= 1
        elif other.opens and other.sign == mark.sign and mark.sign != closing[0]:
            depth += 1
    return None


def _trimmed(text: str, start: int, end: int) -> int:
    """``end`` moved left over white space."""
    return start + len(text[start:end].rstrip())


def load(knowledge: Knowledge) -> Step:
    """The stage: every reading gets its quotations."""

    def step(readings: Sequence[Reading]) -> list[Reading]:
        return [
            msgspec.structs.replace(
                r, mentions=msgspec.structs.replace(r.mentions, quotations=quotations(r.document.text))
            )
            for r in readings
        ]

    return step


QUOTATIONS = Stage("quotations", "1", ("sentences",), ("mentions.quotations",), load)
