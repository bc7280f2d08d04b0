"""Which attribution a claim belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.values import Attribution, Span, hull


def binding(attributions: Sequence[Attribution], evidence: Span, focus: Span | None = None) -> Attribution | None:
    """The innermost attribution of the words ``evidence``, or of the figure ``focus`` within them.

    An attribution holds a claim if its content covers at least half of the focus (of the evidence, without one), or,
    failing that, if its own words from source to content do so. Of several the shortest content wins, of equal ones
    the later. Attributions that name nobody bind nothing.
    """
    wanted = focus or evidence
    best: tuple[int, int, int] | None = None
    chosen: Attribution | None = None
    for attribution in attributions:
        if attribution.party is None and not attribution.source:
            continue
        rank = _rank(attribution, wanted)
        if rank is not None and (best is None or rank <= best):
            best, chosen = rank, attribution
    return chosen


def _rank(attribution: Attribution, wanted: Span) -> tuple[int, int, int] | None:
    """Smaller is closer: how it covers the words, and how long what covers them is."""
    covered = sum(piece.overlap(wanted) for piece in attribution.content)
    size = sum(len(piece) for piece in attribution.content)
    if attribution.content and 2 * covered >= len(wanted):
        return 0, size, -len(attribution.via)
    whole = hull((*attribution.source, *attribution.cue, *attribution.content))
    near = 2 * whole.overlap(wanted) >= len(wanted) and len(whole) <= 3 * len(wanted) + 40
    return (1, len(whole), -len(attribution.via)) if near else None
