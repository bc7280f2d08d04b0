"""A claim as a reviewer fills it in: the fields of the form, and what is wrong with them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, get_args

import msgspec

from onrecord.values import Annotation, RequestError
from onrecord.values.claim import Basis, Quoted, Status, Type

CHOICES: dict[str, tuple[str, ...]] = {
    "type": get_args(Type), "status": get_args(Status), "quoted": get_args(Quoted), "basis": get_args(Basis),
}  # fmt: skip
WORDS = ("source_text", "cue")  # which must stand in the report
NAMES = ("source", "actor", "target", "object", "place")


def fields_of(claim: Annotation) -> dict[str, str]:
    """The form filled in."""
    figure, time = claim.quantity, claim.time
    plain = ("evidence", *NAMES, *WORDS, "quoted", "status", "type")
    found: dict[str, Any] = {name: getattr(claim, name) for name in plain}
    found["via"] = "; ".join(claim.via)
    found |= {
        "figure": figure and figure.text, "low": figure and _number_text(figure.low),
        "high": figure and _number_text(figure.high), "approx": "yes" if figure and figure.approx else "",
        "unit": figure and figure.unit, "basis": figure and figure.basis,
        "time": time and time.text, "start": time and time.start, "end": time and time.end,
    }  # fmt: skip
    return {name: "" if value is None else str(value) for name, value in found.items()}


def _number_text(value: float | None) -> str | None:
    return None if value is None else f"{value:.15g}"


def annotation(form: Mapping[str, str], text: str) -> Annotation:
    """The claim that a filled-in form tells.

    Args:
        form: its fields; what is missing is empty.
        text: of the report, in which the words must stand.

    Raises:
        RequestError: if a field does not hold what it should; told in one line.
    """
    given = {name: value.replace("\r\n", "\n") for name, value in form.items()}
    evidence = _words(given.get("evidence", ""), text, "evidence")
    if not evidence:
        raise RequestError("the evidence is empty; select the words that carry the claim")
    figure = _words(given.get("figure", ""), text, "figure")
    time = _words(given.get("time", ""), text, "time")
    record = {
        "evidence": evidence,
        "sort": "figure" if figure else "event",
        **{name: given.get(name, "").strip() or None for name in NAMES},
        **{name: _words(given.get(name, ""), text, name) or None for name in WORDS},
        "via": [part.strip() for part in given.get("via", "").split(";") if part.strip()],
        "quoted": given.get("quoted") or None,
        "status": given.get("status", ""),
        "type": given.get("type", ""),
        "quantity": _amount(given, figure) if figure else None,
        "time": {"text": time, "start": _day(given, "start"), "end": _day(given, "end")} if time else None,
    }
    try:
        return msgspec.convert(record, Annotation)
    except msgspec.ValidationError as error:
        raise RequestError(f"the claim cannot be kept: {error}") from error


def _words(value: str, text: str, name: str) -> str:
    if value and value not in text:
        raise RequestError(f"the {name} {value[:60]!r} does not stand in the report; select it there")
    return value


def _amount(given: Mapping[str, str], figure: str) -> dict[str, Any]:
    return {
        "text": figure,
        "low": _number(given, "low"),
        "high": _number(given, "high"),
        "approx": bool(given.get("approx")),
        "unit": given.get("unit", "").strip() or None,
        "basis": given.get("basis") or "unknown",
    }


def _number(given: Mapping[str, str], name: str) -> float | None:
    value = given.get(name, "").replace(",", "").strip()
    if not value:
        return None
    try:
        found = float(value)
    except ValueError:
        found = float("nan")
    if not 0 <= found < 1e18:
        raise RequestError(f"{name} {value[:40]!r} is no number; write it as 3000 or 4.5, or leave it open")
    return found


def _day(given: Mapping[str, str], name: str) -> str | None:
    value = given.get(name, "").strip()
    if not value:
        return None
    try:
        return datetime.date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise RequestError(f"{name} {value[:40]!r} is no day; write it as 2025-03-27") from error
