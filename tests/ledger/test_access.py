"""Accounts, sessions, tokens and the log, on both databases."""

from __future__ import annotations

import concurrent.futures
import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select, update

from onrecord.ledger import Ledger, schema
from onrecord.ledger.access import RIGHTS, Account, Actor, granted, passwords, rights_of, role_of
from onrecord.ledger.access.sessions import IDLE, LONGEST
from onrecord.ledger.connect import writing
from onrecord.ledger.copying import copy
from onrecord.values import RequestError

WORDS, OTHER = "seven green kettles sing", "nine slow ferries wait"
ROOT = Actor("root")


def made(ledger: Ledger, name: str = "Ada", role: str = "reviewer") -> Account:
    """An account."""
    return ledger.access.accounts.add(name, role_of(role), WORDS, by=ROOT)


def entered(ledger: Ledger, name: str = "Ada", password: str = WORDS) -> str:
    """The secret of a new session."""
    secret = ledger.access.sessions.log_in(name, password, address="192.0.2.1")
    assert secret is not None
    return secret


def acts(ledger: Ledger) -> list[tuple[str, str]]:
    """Who did what, the first first."""
    return [(one.who, one.act) for one in reversed(list(ledger.access.audit.all()))]


def aged(ledger: Ledger, table: str, column: str, by: datetime.timedelta) -> None:
    """Let something have happened earlier than it did."""
    rows = schema.METADATA.tables[table]
    with writing(ledger.engine) as connection:
        for row in connection.execute(select(rows)).all():
            before = getattr(row, column) - by
            connection.execute(update(rows).where(rows.c.key == row.key).values({column: before}))


def test_only_the_right_password_opens_an_account(ledger: Ledger) -> None:
    account = made(ledger)
    checked = ledger.access.accounts.checked
    assert checked("Ada", WORDS) == account
    assert checked("  ADA ", WORDS) == account
    assert checked("Ada", WORDS + " ") is None
    assert checked("Ada", "") is None
    assert checked("Ada", WORDS * 100) is None
    assert checked("Grace", WORDS) is None


def test_a_password_is_the_same_however_it_is_composed(ledger: Ledger) -> None:
    ledger.access.accounts.add("Zoë", "reader", "caf\u00e9 caf\u00e9 und kuchen", by=ROOT)
    assert ledger.access.accounts.checked("Zoe\u0308", "cafe\u0301 cafe\u0301 und kuchen") is not None


def test_no_password_is_kept(ledger: Ledger) -> None:
    made(ledger)
    with ledger.engine.connect() as connection:
        (row,) = connection.execute(select(schema.accounts))
    assert row.password.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert WORDS not in str(row)


def test_a_hash_of_weaker_parameters_is_made_anew(ledger: Ledger) -> None:
    import argon2

    made(ledger)
    weak = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(WORDS)
    with writing(ledger.engine) as connection:
        connection.execute(update(schema.accounts).values(password=weak))
    assert ledger.access.accounts.checked("Ada", WORDS) is not None
    with ledger.engine.connect() as connection:
        kept = connection.execute(select(schema.accounts.c.password)).scalar_one()
    assert not passwords.is_outdated(kept)
    assert ledger.access.accounts.checked("Ada", WORDS) is not None


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("short", "has 5 characters; give 15 to 256"),
        ("x" * 257, "has 257 characters"),
        ("aaaaaaaaaaaaaaaaaaaa", "easily guessed"),
        ("AdaAdaAdaAdaonrecord", "easily guessed"),
    ],
)
def test_passwords_that_are_refused(ledger: Ledger, password: str, says: str) -> None:
    with pytest.raises(RequestError, match=says):
        ledger.access.accounts.add("Ada", "reader", password, by=ROOT)
    assert ledger.access.accounts.all() == []
    assert acts(ledger) == []


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 101, "\u202eAda", "\u3164", "Ada\ufe0f", "A\u200bda", "A\0"])
def test_names_that_are_none(ledger: Ledger, name: str) -> None:
    with pytest.raises(RequestError, match="is no name for an account"):
        ledger.access.accounts.add(name, "reader", WORDS, by=ROOT)


def test_names_that_look_alike_are_one(ledger: Ledger) -> None:
    made(ledger)
    with pytest.raises(RequestError, match="there is an account"):
        made(ledger, "\uff21da")  # a wide A


def test_a_name_without_end_costs_nothing(ledger: Ledger) -> None:
    """Normalising many marks takes quadratic time: this name would take hours."""
    name = "A" + ("\u0301" * 500_000 + "\u0316" * 500_000)
    assert ledger.access.accounts.checked(name, WORDS) is None
    assert ledger.access.sessions.log_in(name, name, address=None) is None
    with pytest.raises(RequestError):
        ledger.access.accounts.add(name, "reader", WORDS, by=ROOT)
    with pytest.raises(RequestError):
        ledger.access.accounts.add("Ada", "reader", name, by=ROOT)


def test_what_was_typed_as_a_name_is_not_kept(ledger: Ledger) -> None:
    made(ledger)
    assert ledger.access.sessions.log_in("seven green kettles", "Ada", address="192.0.2.1") is None
    assert ledger.access.sessions.log_in(" ADA", "wrong", address="192.0.2.1") is None
    told = [(one.who, one.act, one.what) for one in ledger.access.audit.page(2)]
    assert told == [("Ada", "log-in refused", ""), ("nobody", "log-in refused", "no such account")]


def test_a_password_that_was_changed_meanwhile_opens_nothing(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the check of the password and the session it is changed."""
    made(ledger)
    check = passwords.matches

    def slowly(kept: str, password: str) -> bool:
        found = check(kept, password)
        monkeypatch.setattr(passwords, "matches", check)
        ledger.access.accounts.set_password("Ada", OTHER, by=ROOT)
        return found

    monkeypatch.setattr(passwords, "matches", slowly)
    assert ledger.access.sessions.log_in("Ada", WORDS, address=None) is None
    assert ledger.access.sessions.log_in("Ada", OTHER, address=None) is not None


def test_two_cannot_make_the_same_account(ledger: Ledger) -> None:
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        tries = [pool.submit(made, ledger, name) for name in ("Ada", "ada", "ADA", "\uff21da")]
    failed = [one.exception() for one in tries if one.exception() is not None]
    assert len(failed) == 3
    assert all(isinstance(one, RequestError) for one in failed)


def test_a_session_is_known_while_another_writes(ledger: Ledger) -> None:
    made(ledger)
    secret = entered(ledger)
    aged(ledger, "sessions", "seen_at", datetime.timedelta(hours=1))
    with writing(ledger.engine) as connection:
        connection.execute(update(schema.accounts).values(role="admin"))
        assert ledger.access.sessions.account(secret) is not None


def test_a_session_goes_on_until_it_is_ended(ledger: Ledger) -> None:
    account, sessions = made(ledger), ledger.access.sessions
    secret, other = entered(ledger), entered(ledger)
    assert sessions.account(secret) == account
    assert len(sessions.open(account)) == 2
    sessions.end(secret, by=Actor("Ada"))
    assert sessions.account(secret) is None
    assert sessions.account(other) == account
    assert sessions.account("") is None
    sessions.end_others(account, secret, by=Actor("Ada"))
    assert sessions.account(other) is None
    assert acts(ledger)[-4:] == [("Ada", "logged in"), ("Ada", "logged in"), ("Ada", "logged out"),
                                 ("Ada", "logged out elsewhere")]  # fmt: skip
    with ledger.engine.connect() as connection:
        assert secret not in str(connection.execute(select(schema.sessions)).all())


@pytest.mark.parametrize(("column", "by"), [("seen_at", IDLE), ("made_at", LONGEST)])
def test_a_session_ends_by_itself(ledger: Ledger, column: str, by: datetime.timedelta) -> None:
    account, sessions = made(ledger), ledger.access.sessions
    secret = entered(ledger)
    aged(ledger, "sessions", column, by - datetime.timedelta(minutes=1))
    assert sessions.account(secret) == account
    aged(ledger, "sessions", column, by)
    assert sessions.account(secret) is None
    assert sessions.open(account) == []


def test_whoever_is_let_go_is_out_at_once(ledger: Ledger) -> None:
    account, access = made(ledger), ledger.access
    secret = entered(ledger)
    token = access.tokens.make(account, "script", rights_of(["read"]), 30, by=ROOT)
    access.accounts.close("ada", by=ROOT)
    assert access.sessions.account(secret) is None
    assert access.tokens.account(token) is None
    assert access.accounts.checked("Ada", WORDS) is None
    access.accounts.reopen("Ada", by=ROOT)
    assert access.sessions.account(secret) is None
    assert access.tokens.account(token) is None


def test_another_password_ends_every_session_and_token(ledger: Ledger) -> None:
    account, access = made(ledger), ledger.access
    secret = entered(ledger)
    token = access.tokens.make(account, "script", rights_of(["read"]), 30, by=ROOT)
    access.accounts.set_password("Ada", OTHER, by=ROOT, temporary=True)
    assert access.sessions.account(secret) is None
    assert access.tokens.account(token) is None
    assert access.accounts.checked("Ada", WORDS) is None
    changed = access.accounts.checked("Ada", OTHER)
    assert changed is not None
    assert changed.temporary


def test_a_token_holds_for_its_time_and_scopes(ledger: Ledger) -> None:
    account, tokens = made(ledger), ledger.access.tokens
    secret = tokens.make(account, "script", rights_of(["read", "add"]), 30, by=ROOT)
    assert secret.startswith("onrecord_")
    assert tokens.account(secret) == (account, ("add", "read"))
    assert tokens.account(secret + "x") is None
    (kept,) = tokens.of(account)
    assert (kept.label, kept.revoked_at, kept.used_at is not None) == ("script", None, True)
    aged(ledger, "tokens", "expires_at", datetime.timedelta(days=30))
    assert tokens.account(secret) is None
    fresh = tokens.make(account, "again", rights_of(["read"]), 1, by=ROOT)
    tokens.revoke(account, tokens.of(account)[0].key, by=ROOT)
    assert tokens.account(fresh) is None
    with pytest.raises(RequestError, match="has no token 99"):
        tokens.revoke(account, 99, by=ROOT)
    with pytest.raises(RequestError, match="has no token"):
        tokens.revoke(made(ledger, "Grace"), kept.key, by=ROOT)


@pytest.mark.parametrize(("label", "days", "says"), [("", 1, "does not name"), ("x", 0, "0 days"), ("x", 367, "367 d")])
def test_tokens_that_are_refused(ledger: Ledger, label: str, days: int, says: str) -> None:
    with pytest.raises(RequestError, match=says):
        ledger.access.tokens.make(made(ledger), label, rights_of(["read"]), days, by=ROOT)


def test_a_token_may_no_more_than_its_owner() -> None:
    assert granted("reader", ("read", "add", "manage")) == {"read"}
    assert granted("admin", ("add",)) == {"add"}
    assert RIGHTS["reader"] < RIGHTS["reviewer"] < RIGHTS["admin"]
    with pytest.raises(RequestError, match="'burn' is no scope"):
        rights_of(["read", "burn"])
    with pytest.raises(RequestError, match="no scope is named"):
        rights_of([])
    with pytest.raises(RequestError, match="'king' is no role"):
        role_of("king")


def test_the_log_tells_all_of_it(ledger: Ledger) -> None:
    made(ledger)
    access = ledger.access
    access.accounts.set_role("Ada", "admin", by=Actor("Grace", "192.0.2.1"))
    access.accounts.close("Ada", by=Actor("Grace", "192.0.2.1"))
    access.audit.write(Actor("x" * 1_000), "log-in refused", "y" * 1_000)
    assert acts(ledger)[:3] == [("root", "account made"), ("Grace", "role changed"), ("Grace", "account closed")]
    assert access.audit.page(10)[0].what == "y" * 500
    (first, second) = access.audit.page(10, who="Grace")
    assert (first.what, first.address) == ("Ada", "192.0.2.1")
    assert [one.act for one in access.audit.page(10, after=second.key)] == ["account made"]
    assert next(access.audit.all("root")).what == "Ada as reviewer"


@pytest.mark.parametrize("accounts", [True, False])
def test_a_copy_to_be_given_away_has_no_accounts(ledger: Ledger, new_place: Callable[[], str], accounts: bool) -> None:
    account = made(ledger)
    entered(ledger)
    ledger.access.tokens.make(account, "script", rights_of(["read"]), 30, by=ROOT)
    to = new_place()
    copy(ledger.engine, to, accounts=accounts)
    if "://" not in to:
        assert (b"argon2id" in Path(to).read_bytes()) is accounts
    with Ledger.open(to) as copied:
        assert [one.name for one in copied.access.accounts.all()] == (["Ada"] if accounts else [])
        with copied.engine.connect() as connection:
            counts = [len(connection.execute(select(table)).all()) for table in schema.ACCESS]
        assert counts == ([1, 1, 1, 3] if accounts else [0, 0, 0, 0])
        made(copied, "Grace")  # numbers go on
