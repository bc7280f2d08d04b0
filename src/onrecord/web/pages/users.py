"""The accounts, for whoever looks after them."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from onrecord.ledger.access import ROLES, Access, passwords, role_of
from onrecord.values import RequestError
from onrecord.web.answer import Answer
from onrecord.web.visitor import Visitor


def page(access: Access, visitor: Visitor, wrong: str | None = None, made: tuple[str, str] | None = None) -> Answer:
    """Every account.

    Args:
        access: to ask.
        visitor: who asks.
        wrong: what was wrong with a form.
        made: a name and its new password, which is told this once.
    """
    accounts = access.accounts.all()
    rows = [{name: value for name, value in msgspec.to_builtins(one).items() if name != "key"} for one in accounts]
    context = {"accounts": accounts, "roles": ROLES, "me": visitor.name, "wrong": wrong, "made": made}
    return Answer(
        "users.html", context, {"users": rows}, rows, status=200 if wrong is None else 400, once=made is not None
    )


def change(access: Access, visitor: Visitor, form: Mapping[str, str]) -> str | Answer:
    """Do what a form asks for: where to go next, or the page with what was wrong or what is told once."""
    try:
        return _changed(access, visitor, form)
    except RequestError as error:
        return page(access, visitor, wrong=str(error))


def _changed(access: Access, visitor: Visitor, form: Mapping[str, str]) -> str | Answer:
    act, name, by = form.get("act", ""), form.get("name", ""), visitor.actor
    if act == "add":
        password = passwords.made_up()
        account = access.accounts.add(name, role_of(form.get("role", "")), password, by=by, temporary=True)
        return page(access, visitor, made=(account.name, password))
    account = access.accounts.named(name)
    if account.name == visitor.name:
        raise RequestError("your own account is changed by another admin, or with: onrecord users")
    if act == "password":
        password = passwords.made_up()
        access.accounts.set_password(account.name, password, by=by, temporary=True)
        return page(access, visitor, made=(account.name, password))
    if act == "role":
        access.accounts.set_role(account.name, role_of(form.get("role", "")), by=by)
    elif act == "close":
        access.accounts.close(account.name, by=by)
    elif act == "reopen":
        access.accounts.reopen(account.name, by=by)
    else:
        raise RequestError(f"{act[:40]!r} cannot be done; choose among: add, role, password, close, reopen")
    return "/users"
