"""Additions and totals: whether what was told before, and what was added, make what is told now."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from onrecord.series import compare
from onrecord.series.moves import link
from onrecord.series.statements import Statement, stance
from onrecord.series.voices import one_voice
from onrecord.series.words import number
from onrecord.values import Link, Measure

_REACH = datetime.timedelta(days=400)
_TRIED = 12
_FAR = 0.3
_NEAR = 0.1  # an open total is explained by a sum only if it is about as large


def sums(totals: Sequence[Statement], additions: Sequence[Statement]) -> Iterator[Link]:
    """The links from additions to the later totals that they explain, or do not.

    Args:
        totals: the statements of a series of totals, in order.
        additions: those of a series of additions to the same thing, in order.
    """
    held = [
        total for total in totals if stance(total.first) == "held" and total.sourced and not total.measure.recalled
    ]  # fmt: skip
    for more in additions:
        if stance(more.first) != "held" or not more.sourced:
            continue
        before = [total for total in held if total.first.said <= more.first.said][-_TRIED:]
        after = [total for total in held if total.first.said > more.first.said][:_TRIED]
        yield from _reckoned(before, more, after)


def _reckoned(before: Sequence[Statement], more: Statement, after: Sequence[Statement]) -> Iterator[Link]:
    """The first later total of another number, against each earlier one and the addition."""
    for total in after:
        if total.first.said - more.first.said > _REACH:
            return
        bases = [
            base for base in before
            if base.measure.number != total.measure.number and one_voice(base.voice, more.voice) is not None
        ]  # fmt: skip
        fitting = [base for base in bases if _fits(base.measure, more.measure, total.measure)]
        if fitting:
            told = _told(fitting[-1].measure, more.measure, total.measure)
            yield link("corroborates", more.first, total.first, 0.65, f"{told}, as {total.voice.name} says")
            return
        apart = [base for base in bases if not _meets(base.measure, more.measure, total.measure)]
        if bases and apart == bases and _of_one_size(bases[-1].measure, more.measure, total.measure):
            told = _told(bases[-1].measure, more.measure, total.measure)
            said = number(total.measure.number)
            yield link("disagrees", more.first, total.first, 0.5, f"{told}, not {said}, as {total.voice.name} says")
            return


def _fits(base: Measure, more: Measure, total: Measure) -> bool:
    added = (base.number or 0.0) + (more.number or 0.0)
    return abs(added - (total.number or 0.0)) <= _NEAR * added and _meets(base, more, total)


def _of_one_size(base: Measure, more: Measure, total: Measure) -> bool:
    """Whether a total is no lower than what it began with, and not far from the sum: else it is of something else."""
    first, second, told = base.number or 0.0, more.number or 0.0, total.number or 0.0
    return told >= first and abs(first + second - told) <= _FAR * (first + second)


def _meets(base: Measure, more: Measure, total: Measure) -> bool:
    """Whether a sum and a total can both be true."""
    low, high = _sum(base, more)
    least, most = compare.spread(total)
    return low <= most and least <= high


def _sum(base: Measure, more: Measure) -> compare.Range:
    (low, high), (least, most) = compare.spread(base), compare.spread(more)
    return low + least, high + most


def _told(base: Measure, more: Measure, total: Measure) -> str:
    first, second = base.number or 0.0, more.number or 0.0
    rough = "about " if base.approximate or more.approximate else ""
    least = "at least " if None in (base.high, more.high) else ""
    return f"{number(first)} and {number(second)} more make {least or rough}{number(first + second)}"
