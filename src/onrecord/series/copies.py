"""What a near-copy says of the claims of the report that it was copied from, and what it changed on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.series import compare
from onrecord.series.echoes import echo
from onrecord.series.statements import stance
from onrecord.values import Link, Point

_ALIKE = 0.5
_CLOSE = 0.9


def copied(earlier: Sequence[Point], later: Sequence[Point], likeness: float) -> Iterator[Link]:
    """The echoes of a near-copy, claim by claim.

    Args:
        earlier: the claims of the report that came first, with all their points.
        later: those of its near-copy.
        likeness: how much of the two texts is the same, 0..1.
    """
    left = sorted(earlier, key=lambda point: point.measure.order)
    for point in sorted(later, key=lambda point: point.measure.order):
        found = max(left, key=lambda old: _fit(old, point), default=None)
        if found is not None and _fit(found, point) > 0:
            left.remove(found)
            yield echo(found, point, likeness, f"near-copy: {likeness:.0%} of the words in their order are the same")


def _fit(old: Point, new: Point) -> float:
    """How well two claims match; 0 when they do not."""
    one, other = old.measure, new.measure
    if one.mode == "event" or other.mode == "event" or not compare.counted_alike(one.counted, other.counted):
        return 0.0
    if (stance(old) == "denied") != (stance(new) == "denied"):
        return 0.0
    ours, theirs = set(one.about), set(other.about)
    alike = len(ours & theirs) / len(ours | theirs) if ours or theirs else float(one.order == other.order)
    if one.number == other.number:
        return 2.0 + alike + (one.type == other.type) if compare.related(one.type, other.type) else 0.0
    if one.type != other.type or alike < _ALIKE or not compare.close(one, other, _CLOSE):
        return 0.0
    # A copy with a higher toll or total is the next state of it, and a revision, not a retelling gone wrong.
    risen = (other.number or 0.0) > (one.number or 0.0) and (other.running or other.mode == "total")
    return 0.0 if risen else alike
