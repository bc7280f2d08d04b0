"""Logging in."""

from __future__ import annotations

from onrecord.web.answer import Answer

# What may be told by an address; nothing else that stands in one is shown.
_TOLD = {"changed": "The password is changed. Log in with the new one."}


def page(to: str | None, told: str | None = None) -> Answer:
    """The form; ``to`` is where to go afterwards."""
    return Answer("log_in.html", {"to": to or "", "name": "", "told": _TOLD.get(told or ""), "wrong": None}, {})


def refused(to: str | None, name: str) -> Answer:
    """The form again; it does not tell whether there is such an account."""
    wrong = "The name or the password is wrong."
    return Answer("log_in.html", {"to": to or "", "name": name, "told": None, "wrong": wrong}, {}, status=401)
