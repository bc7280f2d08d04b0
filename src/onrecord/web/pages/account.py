"""One's own account: password, tokens for programs, where else one is logged in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from onrecord.ledger.access import DAYS, RIGHTS, Access, rights_of
from onrecord.values import RequestError
from onrecord.web.answer import Answer
from onrecord.web.visitor import Visitor

_USUAL = 90  # days


def page(access: Access, visitor: Visitor, wrong: str | None = None, made: str | None = None) -> Answer:
    """The account of whoever asks.

    Args:
        access: to ask.
        visitor: who asks.
        wrong: what was wrong with a form.
        made: a new token, which is told this once.

    Raises:
        RequestError: where nobody logs in.
    """
    if visitor.kind == "local":
        raise RequestError("there are no accounts at this desk; it is for this machine alone")
    account = access.accounts.named(visitor.name)
    tokens = access.tokens.of(account)
    context: dict[str, Any] = {
        "account": account, "tokens": tokens, "sessions": access.sessions.open(account), "days": DAYS, "usual": _USUAL,
        "scopes": sorted(RIGHTS[account.role]), "wrong": wrong, "made": made,
    }  # fmt: skip
    record = {"name": account.name, "role": account.role, "tokens": msgspec.to_builtins(tokens)}
    return Answer("account.html", context, record, status=200 if wrong is None else 400, once=made is not None)


def change(access: Access, visitor: Visitor, form: Mapping[str, str]) -> str | Answer:
    """Do what a form asks for: where to go next, or the page with what was wrong or what is told once."""
    try:
        return _changed(access, visitor, form)
    except RequestError as error:
        return page(access, visitor, wrong=str(error))


def _changed(access: Access, visitor: Visitor, form: Mapping[str, str]) -> str | Answer:
    account, act = access.accounts.named(visitor.name), form.get("act", "")
    if act == "password":
        if form.get("new") != form.get("again"):
            raise RequestError("the new password was typed in two ways; type it twice alike")
        if form.get("new") == form.get("old"):
            raise RequestError("that is the password which you have; choose another")
        if access.accounts.checked(account.name, form.get("old", "")) is None:
            raise RequestError("the password that you have now is another; try again")
        access.accounts.set_password(account.name, form.get("new", ""), by=visitor.actor)
        return "/log-in?told=changed"
    if visitor.temporary:
        raise RequestError("choose a password of your own first")
    if act == "leave":
        access.sessions.end_others(account, visitor.secret, by=visitor.actor)
        return "/account"
    if act == "revoke":
        access.tokens.revoke(account, _number(form.get("token", "")), by=visitor.actor)
        return "/account"
    if act == "token":
        scopes = rights_of(name for name in RIGHTS[account.role] if form.get(f"scope-{name}"))
        days = _number(form.get("days", ""))
        return page(
            access, visitor, made=access.tokens.make(account, form.get("label", ""), scopes, days, by=visitor.actor)
        )
    raise RequestError(f"{act[:40]!r} is nothing that can be done; choose among: password, token, revoke, leave")


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise RequestError(f"{text[:40]!r} is no number; give one")
    return int(text)
