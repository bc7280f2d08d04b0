"""How a claim is put into words: the same phrases in tables, pages and notebooks."""

from __future__ import annotations

import calendar
import datetime

from onrecord.values import Claim, Figure, Moment, Party

OWN_VOICE = "the report itself"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_EXACT = 1e15


def number(value: float) -> str:
    """3000.0 as "3,000", 1.5e9 as "1.5 billion", 4.8 as "4.8"; never rounded below fifteen digits."""
    for scale, word in _SCALES:
        if scale <= abs(value) < _EXACT and (value / scale * 1000).is_integer():
            return f"{value / scale:.10g} {word}"
    if abs(value) >= _EXACT:
        return f"{value:.6g}"
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,}"


def amount(figure: Figure) -> str:
    """The bounds as stated: "3,000", "3,000+", "up to 500", "12–15", "≈ 300". No midpoint that nobody said."""
    low, high = figure.low, figure.high
    if low is None:
        bounds = f"up to {number(high or 0)}"
    elif high is None:
        bounds = f"{number(low)}+"
    else:
        bounds = number(low) if low == high else f"{number(low)}–{number(high)}"
    return f"≈ {bounds}" if figure.approximate else bounds


def measured(figure: Figure) -> tuple[str, str]:
    """The amount and what it counts: ("3,000+", "soldier"), ("4.8%", ""), ("USD 1.5 billion", "")."""
    unit = figure.unit or ""
    if unit == "percent":
        return f"{amount(figure)}%", ""
    if len(unit) == 3 and unit.isalpha() and unit.isupper():
        return f"{unit} {amount(figure)}", ""
    return amount(figure), unit.replace("km2", "km²")


def thing(claim: Claim) -> str:
    """What is counted, moved or tested; the unit leads where it says something else ("piece, howitzer")."""
    name = claim.object.name if claim.object is not None else ""
    unit = measured(claim.quantity)[1] if claim.quantity is not None else ""
    if not name or not unit:
        return name or unit
    return name if unit in name else f"{unit}, {name}"


def speaker(claim: Claim) -> str:
    """Who asserts it; the reporter's own voice has no name."""
    return claim.source.name if claim.source is not None else OWN_VOICE


def carriers(claim: Claim) -> list[str]:
    """Through whom it came, nearest to the source first (the record has them outermost first)."""
    return [party.name for party in reversed(claim.via)]


def parties(claim: Claim) -> str:
    """Who acts on whom: "North Korea → Russia"; a target alone keeps its arrow, not to be taken for the actor."""
    if claim.actor is not None and claim.target is not None:
        return f"{_name(claim.actor)} → {_name(claim.target)}"
    if claim.target is not None:
        return f"→ {_name(claim.target)}"
    return _name(claim.actor)


def _name(party: Party | None) -> str:
    return party.name if party is not None else ""


def period(moment: Moment) -> str:
    """When it happened or holds: "27 Mar 2025", "Mar 2025", "1 Jan – 28 Feb 2025"; the words when unresolved."""
    first, last = moment.first, moment.last
    if first is None or last is None:
        return f"from {day(first)}" if first else f"until {day(last)}" if last else moment.text
    if first == last:
        return day(first)
    if first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]:
        return _months(first, last)
    if first.year == last.year:
        start = str(first.day) if first.month == last.month else f"{first.day} {_MONTHS[first.month - 1]}"
        return f"{start} – {day(last)}"
    return f"{day(first)} – {day(last)}"


def _months(first: datetime.date, last: datetime.date) -> str:
    """A period of whole months."""
    if (first.month, last.month) == (1, 12):
        return str(first.year) if first.year == last.year else f"{first.year} – {last.year}"
    start, end = _MONTHS[first.month - 1], f"{_MONTHS[last.month - 1]} {last.year}"
    if first.year != last.year:
        return f"{start} {first.year} – {end}"
    return end if first.month == last.month else f"{start} – {end}"


def day(date: datetime.date) -> str:
    """27 Mar 2025, whatever the locale."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"
