"""Figures in words, for reasons."""

from __future__ import annotations

from onrecord.values import Measure


def figure(measure: Measure) -> str:
    """The figure as it was bounded: "at least 3,000", "about 220", "12 to 15"."""
    low, high, rough = measure.low, measure.high, "about " if measure.approximate else ""
    if low is None and high is None:
        return "no figure"
    if high is None:
        return f"at least {number(low)}"
    if low is None:
        return f"at most {number(high)}"
    return rough + (number(low) if low == high else f"{number(low)} to {number(high)}")


def number(value: float | None) -> str:
    """A number with its thousands set apart."""
    if value is None:
        return "?"
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"
