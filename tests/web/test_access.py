"""The desk of a team: who is let in, who may do what, and what is put into the log."""

from __future__ import annotations

import contextlib
import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
import trustme
from axe_playwright_python.sync_playwright import Axe
from litestar.exceptions import TooManyRequestsException
from litestar.testing import TestClient

from ledger.reports import write
from onrecord.ledger import Ledger
from onrecord.ledger.access import Actor, Role, rights_of
from onrecord.web.api.endpoints import ENDPOINTS
from onrecord.web.app import desk
from onrecord.web.gate import SESSION
from onrecord.web.limits import LOG_INS, LOG_INS_FROM, STREAMS, Limits, network
from onrecord.web.routes import ROUTES
from onrecord.web.run import Line, listening, running
from web.conftest import Opener, hostile, reports

HOST = "desk.example.org"
WORDS, OTHER = "seven green kettles sing", "nine slow ferries wait"
USERS: dict[str, Role] = {"Rita": "reader", "Ada": "reviewer", "Root": "admin"}
Entering = Callable[..., TestClient[Any]]


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger with an account of each role."""
    with Ledger.create(tmp_path / "team.db") as ledger:
        write(ledger, *reports())
        for name, role in USERS.items():
            ledger.access.accounts.add(name, role, WORDS, by=Actor("maker"))
        yield ledger


@pytest.fixture
def outside(team: Ledger) -> Iterator[TestClient[Any]]:
    """Somebody who has not logged in."""
    with TestClient(desk(team, hosts=[HOST], log_in=True, reader="rules"), base_url=f"https://{HOST}") as client:
        client.follow_redirects = False
        yield client


@pytest.fixture
def enter(outside: TestClient[Any]) -> Entering:
    """Logs somebody in."""

    def as_(name: str, password: str = WORDS, to: str = "") -> TestClient[Any]:
        outside.cookies.clear()
        answer = outside.post("/log-in/enter", data={"name": name, "password": password, "to": to})
        assert answer.status_code == 303, answer.text
        return outside

    return as_


def proof(client: TestClient[Any], path: str = "/account") -> str:
    """What a form of a page carries."""
    found = re.search(r'name="proof" value="([0-9a-f]+)"', client.get(path).text)
    assert found is not None
    return found[1]


def send(client: TestClient[Any], path: str, **form: str) -> httpx.Response:
    """Send a form of a page of this log-in."""
    return client.post(path, data={"proof": proof(client), **form})


def acts(ledger: Ledger, who: str) -> list[str]:
    """What somebody did, the first first."""
    return [one.act for one in reversed(ledger.access.audit.page(100, who=who))]


def concrete(path: str) -> str:
    """An address of which the parts have values."""
    return re.sub(r"\{file(:str)?\}", "chart.svg", re.sub(r"\{(name|id|number)(:str)?\}", "1", path))


EVERY = (
    [(route.method, concrete(path), route.needs) for route in ROUTES for path in route.paths]
    + [(endpoint.method, f"/api/v1{concrete(endpoint.path)}", endpoint.needs) for endpoint in ENDPOINTS]
    + [("get", "/api/v1/openapi.json", "read")]
)


def test_nothing_is_told_to_whoever_has_not_logged_in(outside: TestClient[Any]) -> None:
    for method, path, needs in EVERY:
        answer = outside.request(method, path)
        if needs == "public":
            assert answer.status_code in (200, 401, 404), path
        elif method == "get" and not path.startswith("/api/") and not path.endswith((".json", ".csv")):
            assert answer.status_code == 303, path
            assert answer.headers["location"].startswith("/log-in")
        else:
            assert answer.status_code == 401, path
            assert answer.headers["www-authenticate"].startswith("Bearer")
        assert "Goma" not in answer.text


@pytest.mark.parametrize("name", USERS)
def test_each_role_may_what_it_may(team: Ledger, name: str) -> None:
    token = team.access.tokens.make(team.access.accounts.named(name), "all", rights_of(_may(name)), 1, by=Actor(name))
    with TestClient(desk(team, hosts=[HOST], log_in=True), base_url=f"https://{HOST}") as client:
        client.follow_redirects = False
        for method, path, needs in EVERY:
            answer = client.request(method, path, headers={"authorization": f"Bearer {token}"})
            allowed = needs in ("public", "self") or needs in _may(name)
            if path == "/users/change":  # not by a program
                allowed = False
            assert (answer.status_code == 403) is not allowed, path
            assert answer.status_code != 401 or path == "/log-in/enter"
            assert answer.status_code < 500


@pytest.mark.parametrize("name", USERS)
def test_each_role_sees_what_it_may_in_the_browser(enter: Entering, name: str) -> None:
    client = enter(name)
    for method, path, needs in EVERY:
        if method == "get":
            answer = client.get(path)
            allowed = needs in ("public", "self", "session") or needs in _may(name)
            assert (answer.status_code == 403) is not allowed, path
            assert answer.headers["cache-control"] in ("private, no-cache", "no-cache", "no-store"), path
    shown = set(re.findall(r'<li><a href="(/\w*)"', client.get("/").text))
    assert ("/review" in shown, "/users" in shown) == ("review" in _may(name), "manage" in _may(name))


def _may(name: str) -> set[str]:
    return {"Rita": {"read"}, "Ada": {"read", "review", "add"}, "Root": {"read", "review", "add", "manage"}}[name]


def test_one_logs_in_and_out(team: Ledger, outside: TestClient[Any]) -> None:
    asked = outside.get("/claims?q=goma")
    assert asked.headers["location"] == "/log-in?to=%2Fclaims%3Fq%3Dgoma"
    assert 'value="/claims?q=goma"' in outside.get(asked.headers["location"]).text
    form = {"name": "ada", "password": WORDS, "to": "/claims?q=goma"}
    answer = outside.post("/log-in/enter", data=form)
    assert answer.headers["location"] == "/claims?q=goma"
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{SESSION}=")
    for part in ("Secure", "HttpOnly", "SameSite=lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie
    page = outside.get("/claims?q=goma")
    assert page.status_code == 200
    assert page.headers["cache-control"] == "private, no-cache"
    assert page.headers["strict-transport-security"].startswith("max-age=")
    secret = outside.cookies[SESSION]
    assert secret not in page.text
    left = send(outside, "/log-out")
    assert left.headers["location"] == "/log-in"
    outside.cookies.set(SESSION, secret, domain=HOST)
    assert outside.get("/").status_code == 303
    assert acts(team, "Ada") == ["logged in", "logged out"]


@pytest.mark.parametrize(
    "form",
    [{"name": "Ada", "password": "wrong"}, {"name": "Nobody", "password": WORDS}, {"name": "", "password": ""}, {}],
)
def test_whoever_does_not_know_the_password_learns_nothing(
    team: Ledger, outside: TestClient[Any], form: dict[str, str]
) -> None:
    answer = outside.post("/log-in/enter", data=form)
    assert answer.status_code == 401
    assert "The name or the password is wrong" in answer.text
    assert "set-cookie" not in answer.headers
    assert acts(team, "Ada" if form.get("name") == "Ada" else "nobody")[-1] == "log-in refused"


def test_the_old_session_ends_with_a_new_one(team: Ledger, enter: Entering) -> None:
    client = enter("Ada")
    before = client.cookies[SESSION]
    client.post("/log-in/enter", data={"name": "Ada", "password": WORDS})
    assert client.cookies[SESSION] != before
    assert team.access.sessions.account(before) is None


@pytest.mark.parametrize(
    ("to", "where"),
    [
        ("https://example.org/", "/"), ("//example.org", "/"), ("/\\example.org", "/"), ("javascript:alert(1)", "/"),
        ("/log-in?to=/", "/"), ("/ж", "/%D0%B6"),
        ("/a\r\nset-cookie: x=1", "/"), ("/series?as_of=2025-03-27", "/series?as_of=2025-03-27"),
    ],
)  # fmt: skip
def test_a_log_in_leads_nowhere_else(outside: TestClient[Any], to: str, where: str) -> None:
    answer = outside.post("/log-in/enter", data={"name": "Ada", "password": WORDS, "to": to})
    assert answer.headers["location"] == where


def test_guessing_is_slowed_down_but_the_owner_gets_in(team: Ledger, outside: TestClient[Any]) -> None:
    for _ in range(LOG_INS):
        assert outside.post("/log-in/enter", data={"name": "Ada", "password": "x"}).status_code == 401
    for name in ("ADA ", "\uff21da", "\U0001d400da"):
        answer = outside.post("/log-in/enter", data={"name": name, "password": WORDS})
        assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 900
    assert outside.post("/log-in/enter", data={"name": "Rita", "password": WORDS}).status_code == 303

    async def elsewhere() -> int:
        transport = httpx.ASGITransport(outside.app, client=("192.0.2.9", 1))
        async with httpx.AsyncClient(transport=transport, base_url=f"https://{HOST}") as client:
            return (await client.post("/log-in/enter", data={"name": "Ada", "password": WORDS})).status_code

    assert anyio.run(elsewhere) == 303


def test_many_names_from_one_address_are_slowed_down_too(outside: TestClient[Any]) -> None:
    told = [
        outside.post("/log-in/enter", data={"name": f"n{n}", "password": "x" * 300}) for n in range(LOG_INS_FROM + 1)
    ]
    assert [one.status_code for one in told] == [401] * LOG_INS_FROM + [429]


def test_nobody_asks_too_often(team: Ledger) -> None:
    token = team.access.tokens.make(team.access.accounts.named("Rita"), "fast", rights_of(["read"]), 1, by=Actor("x"))
    with TestClient(desk(team, hosts=[HOST], log_in=True, requests=5), base_url=f"https://{HOST}") as client:
        asked = [client.get("/api/v1/claims", headers={"authorization": f"Bearer {token}"}) for _ in range(6)]
        assert [one.status_code for one in asked] == [200] * 5 + [429]
        assert asked[-1].headers["content-type"] == "application/problem+json"
        assert int(asked[-1].headers["retry-after"]) <= 60
        assert client.get("/static/desk.css").status_code == 200
        assert client.get("/log-in").status_code == 200  # others are not kept waiting


def test_a_form_of_another_page_changes_nothing(team: Ledger, enter: Entering) -> None:
    client = enter("Ada")
    claim = next(team.review("Ada").queue()).claim
    form = {"claim": claim.id, "act": "accept"}
    mine = proof(client)
    for wrong in ({}, {"proof": ""}, {"proof": "0" * 32}, {"proof": "é"}):
        assert client.post("/review/decide", data=form | wrong).status_code == 403
    assert client.post("/api/v1/documents", json={"text": "x"}).status_code == 403
    assert client.post("/add/files", data={"text": "x"}, files={"files": b""}).status_code == 403
    assert team.review("Ada").decisions() == []
    assert client.post("/review/decide", data=form | {"proof": mine}).status_code == 303
    assert client.post("/api/v1/documents", json={"text": "x"}, headers={"x-onrecord-proof": mine}).status_code == 202
    handed = client.post("/add/files", data={"text": "Words.", "proof": mine}, files={"files": ("a.txt", b"Words.")})
    assert handed.status_code == 303
    another = enter("Root")
    assert another.post("/review/decide", data=form | {"proof": mine}).status_code == 403
    assert acts(team, "Ada") == ["logged in", "decided", "handed over", "handed over"]


def test_decisions_stand_under_the_name_of_the_log_in(team: Ledger, enter: Entering) -> None:
    client = enter("ada")
    client.cookies.set("onrecord_reviewer", "Grace", domain=HOST)
    page = client.get("/review?who=Grace").text
    assert 'name="who"' not in page
    claim = next(team.review("Ada").queue()).claim
    send(client, "/review/decide", claim=claim.id, act="accept", who="Grace")
    assert [one.who for one in team.review("x").decisions(everyone=True)] == ["Ada"]
    key = {"x-onrecord-proof": proof(client)}
    path = f"/api/v1/claims/{claim.id}/judgements"
    assert client.post(path, json={"kind": "grade", "value": "B2", "who": "Grace"}, headers=key).status_code == 403
    made = client.post(path, json={"kind": "grade", "value": "B2"}, headers=key)
    assert (made.status_code, made.json()["who"]) == (201, "Ada")


def test_an_idempotency_key_is_ones_own(team: Ledger) -> None:
    with TestClient(desk(team, hosts=[HOST], log_in=True, reader="rules"), base_url=f"https://{HOST}") as client:
        numbers = set()
        for name in ("Ada", "Root", "Ada"):
            account = team.access.accounts.named(name)
            token = team.access.tokens.make(account, "t", rights_of(["add"]), 1, by=Actor(name))
            headers = {"authorization": f"Bearer {token}", "idempotency-key": "one"}
            numbers.add(client.post("/api/v1/documents", json={"text": "Words."}, headers=headers).json()["number"])
    assert len(numbers) == 2


def test_a_token_is_made_shown_once_and_revoked(team: Ledger, enter: Entering) -> None:
    client = enter("Ada")
    page = send(client, "/account/change", act="token", label="my script", days="30", **{"scope-read": "yes"})
    token = re.search(r"onrecord_[\w-]{43}", page.text)
    assert token is not None
    assert page.headers["cache-control"] == "no-store"
    assert token[0] not in client.get("/account").text
    headers = {"authorization": f"Bearer {token[0]}"}
    client.cookies.clear()
    assert client.get("/api/v1/claims", headers=headers).status_code == 200
    assert client.post("/api/v1/documents", json={"text": "x"}, headers=headers).status_code == 403
    assert client.get("/account.json", headers=headers).json()["tokens"][0]["label"] == "my script"
    # A token makes no other, and does not change the password.
    refused = client.post("/account/change", data={"act": "token", "label": "x", "days": "1"}, headers=headers)
    assert refused.status_code == 403
    client = enter("Ada")
    number = team.access.tokens.of(team.access.accounts.named("Ada"))[0].key
    send(client, "/account/change", act="revoke", token=str(number))
    client.cookies.clear()
    assert client.get("/api/v1/claims", headers=headers).status_code == 401


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"act": "password", "old": "wrong", "new": OTHER, "again": OTHER}, "have now is another"),
        ({"act": "password", "old": WORDS, "new": OTHER, "again": WORDS}, "typed in two ways"),
        ({"act": "password", "old": WORDS, "new": WORDS, "again": WORDS}, "which you have"),
        ({"act": "password", "old": WORDS, "new": "short", "again": "short"}, "has 5 characters"),
        ({"act": "token", "label": "x", "days": "30"}, "no scope is named"),
        ({"act": "token", "label": "x", "days": "many", "scope-read": "yes"}, "'many' is no number"),
        ({"act": "token", "label": "", "days": "30", "scope-read": "yes"}, "does not name a token"),
        ({"act": "revoke", "token": "77"}, "has no token 77"),
        ({"act": "burn"}, "'burn' is nothing that can be done"),
    ],
)
def test_what_is_wrong_with_an_account_is_told(enter: Entering, form: dict[str, str], told: str) -> None:
    answer = send(enter("Ada"), "/account/change", **form)
    assert answer.status_code == 400
    assert told in answer.text.replace("&#39;", "'")


def test_the_password_is_changed(team: Ledger, enter: Entering) -> None:
    client = enter("Ada")
    answer = send(client, "/account/change", act="password", old=WORDS, new=OTHER, again=OTHER)
    assert answer.headers["location"] == "/log-in?told=changed"
    assert client.get("/").status_code == 303
    assert "The password is changed" in client.get("/log-in?told=changed").text
    enter("Ada", OTHER)
    assert acts(team, "Ada") == ["logged in", "password changed", "logged in"]


def test_an_admin_looks_after_accounts(team: Ledger, enter: Entering) -> None:
    client = enter("Root")
    page = send(client, "/users/change", act="add", name="Grace", role="reader").text
    first = re.search(r"<pre[^>]*>([\w-]{20})</pre>", page)
    assert first is not None
    assert first[1] not in client.get("/users").text
    assert {one["name"]: one["role"] for one in client.get("/users.json").json()["users"]} == {
        "Grace": "reader",
        **USERS,
    }
    send(client, "/users/change", act="role", name="Grace", role="reviewer")
    grace = enter("Grace", first[1])
    assert grace.get("/").headers["location"] == "/account"  # a password of one's own comes first
    assert grace.get("/api/v1/claims").status_code == 403
    send(grace, "/account/change", act="password", old=first[1], new=OTHER, again=OTHER)
    assert enter("Grace", OTHER).get("/review").status_code == 200
    client = enter("Root")
    send(client, "/users/change", act="close", name="Grace")
    assert outside_status(client, "Grace", OTHER) == 401
    client = enter("Root")
    send(client, "/users/change", act="reopen", name="Grace")
    again = re.search(r"<pre[^>]*>([\w-]{20})</pre>", send(client, "/users/change", act="password", name="Grace").text)
    assert again is not None
    assert outside_status(client, "Grace", OTHER) == 401
    assert outside_status(client, "Grace", again[1]) == 303
    told = [(one.act, one.what) for one in reversed(team.access.audit.page(50, who="Root")) if "logged" not in one.act]
    assert told == [
        ("account made", "Grace as reader"), ("role changed", "Grace to reviewer"), ("account closed", "Grace"),
        ("account opened", "Grace"), ("password changed", "Grace"),
    ]  # fmt: skip


def outside_status(client: TestClient[Any], name: str, password: str) -> int:
    """What a log-in is answered with."""
    return client.post("/log-in/enter", data={"name": name, "password": password}).status_code


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"act": "add", "name": "ADA", "role": "reader"}, "there is an account 'ADA' already"),
        ({"act": "add", "name": "", "role": "reader"}, "is no name for an account"),
        ({"act": "add", "name": "Grace", "role": "king"}, "'king' is no role"),
        ({"act": "role", "name": "Nobody", "role": "reader"}, "there is no account 'Nobody'"),
        ({"act": "role", "name": "root", "role": "reader"}, "your own account is changed by another admin"),
        ({"act": "close", "name": "Root"}, "your own account"),
        ({"act": "burn", "name": "Ada"}, "'burn' cannot be done"),
    ],
)
def test_what_is_wrong_with_accounts_is_told(team: Ledger, enter: Entering, form: dict[str, str], told: str) -> None:
    answer = send(enter("Root"), "/users/change", **form)
    assert answer.status_code == 400
    assert told in answer.text.replace("&#39;", "'")
    assert {one.name: one.role for one in team.access.accounts.all()} == USERS


@pytest.mark.parametrize("fields", [{"act": "token", "label": "x", "days": "9", "scope-read": "yes"}, {"act": "leave"}])
def test_a_password_of_ones_own_comes_before_all_else(team: Ledger, enter: Entering, fields: dict[str, str]) -> None:
    team.access.accounts.set_password("Ada", OTHER, by=Actor("Root"), temporary=True)
    answer = send(enter("Ada", OTHER), "/account/change", **fields)
    assert answer.status_code == 400
    assert "choose a password of your own first" in answer.text
    assert team.access.tokens.of(team.access.accounts.named("Ada")) == []


BAD_FORM = (
    b'--x\r\nContent-Disposition: form-data; name="name"\r\nContent-Type: text/plain; charset=%s\r\n\r\n%s\r\n--x--\r\n'
)


@pytest.mark.parametrize(
    ("charset", "value"), [(b"nonsense", b"Ada"), (b"utf-8", b"\xff\xfe"), (b"utf-7", b"+2AA-"), (b"utf-8", b"A\0da")]
)
@pytest.mark.parametrize("path", ["/log-in/enter", "/review/decide", "/add/files"])
def test_a_form_that_is_none_is_refused(enter: Entering, path: str, charset: bytes, value: bytes) -> None:
    client = enter("Ada")
    headers = {"content-type": "multipart/form-data; boundary=x"}
    if path == "/log-in/enter":
        client.cookies.clear()
    answer = client.post(path, content=BAD_FORM % (charset, value), headers=headers)
    assert answer.status_code in (400, 403)
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "headers", [{"origin": "http://["}, {"origin": "https://[::1"}, {"cookie": 'a[b]=1; c={"d": 1}; e; f=g h'}]
)
def test_odd_headers_are_no_fault(outside: TestClient[Any], headers: dict[str, str]) -> None:
    answer = outside.post("/log-in/enter", data={"name": "Ada", "password": WORDS}, headers=headers)
    assert answer.status_code == (403 if "origin" in headers else 303)


def test_cookies_of_others_keep_nobody_out(enter: Entering) -> None:
    client = enter("Ada")
    secret = client.cookies[SESSION]
    client.cookies.clear()
    for before in ("a[b]=1", 'c={"d": 1}', "e", "f=g h", "=", ";;"):
        assert client.get("/", headers={"cookie": f"{before}; {SESSION}={secret}"}).status_code == 200, before


def test_only_a_few_streams_are_open_at_once(team: Ledger) -> None:
    limits = Limits()
    with contextlib.ExitStack() as opened:
        for _ in range(STREAMS):
            limits.may_listen("Ada")
            opened.enter_context(limits.listening("Ada"))
        with pytest.raises(TooManyRequestsException):
            limits.may_listen("Ada")
        limits.may_listen("Root")
    limits.may_listen("Ada")


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8::ff:2", "2001:db8::/64"),
        ("x", ""),
        (None, ""),
    ],
)
def test_an_address_is_counted_by_its_network(address: str | None, counted: str) -> None:
    assert network(address) == counted


def test_what_is_done_and_undone_is_told_of_its_claim(team: Ledger, enter: Entering) -> None:
    client = enter("Ada")
    first, second = (entry.claim.id for entry in itertools.islice(team.review("Ada").queue(), 2))
    for act, claim in (("accept", first), ("skip", second), ("undo", second)):
        send(client, "/review/decide", claim=claim, act=act)
    told = [(one.act, one.what) for one in team.access.audit.page(2, who="Ada")]
    assert told == [("decided", f"undo {first}"), ("decided", f"accept {first}")]


def test_the_log_is_shown_in_every_form(team: Ledger, enter: Entering) -> None:
    client = enter("Root")
    team.access.audit.write(Actor("<script>", "192.0.2.1"), "log-in refused", "<img src=x onerror=alert(1)>")
    page = client.get("/log").text
    assert "<script>" not in page.replace('<script src="/static/', "")
    assert "<img" not in page
    events = client.get("/log.json?who=Root").json()["events"]
    assert [one["act"] for one in events] == ["logged in"]
    assert client.get("/log.csv").text.startswith("key,at,who,address,act,what")


def test_a_read_only_desk_of_a_team(team: Ledger) -> None:
    app = desk(team, hosts=[HOST], log_in=True, read_only=True)
    with TestClient(app, base_url=f"https://{HOST}") as client:
        client.post("/log-in/enter", data={"name": "Root", "password": WORDS})
        assert [client.get(path).status_code for path in ("/", "/users", "/review", "/add")] == [200, 200, 403, 403]


def test_no_account_is_needed_at_ones_own_machine(client: TestClient[Any]) -> None:
    assert client.get("/log-in").status_code == 404
    assert client.get("/account").status_code == 400
    assert client.get("/users").status_code == 403
    page = client.get("/")
    assert "strict-transport-security" not in page.headers
    assert "Log out" not in page.text


@pytest.mark.parametrize(("proxy", "told"), [("127.0.0.1", "192.0.2.7"), ("192.0.2.1", "")])
def test_only_the_proxy_is_believed_about_whom_a_request_comes_from(team: Ledger, proxy: str, told: str) -> None:
    at = listening("127.0.0.1", 0)
    port = at.getsockname()[1]
    at.close()
    headers = {"x-forwarded-for": "192.0.2.7", "x-forwarded-proto": "https", "host": HOST}
    with running(team, Line(port=port, proxy=proxy), log_in=True, hosts=[HOST]):
        form = {"name": "Ada", "password": "wrong"}
        answer = httpx.post(f"http://127.0.0.1:{port}/log-in/enter", data=form, headers=headers)
    assert answer.status_code == (401 if told else 403)
    assert ("strict-transport-security" in answer.headers) is bool(told)
    assert [one.address for one in team.access.audit.page(1)] == ([told] if told else [None])


@pytest.fixture(scope="session")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Line:
    """A line with a certificate of this machine."""
    folder = tmp_path_factory.mktemp("tls")
    made = trustme.CA().issue_cert("127.0.0.1", "localhost")
    made.private_key_pem.write_to_path(str(folder / "key.pem"))
    made.cert_chain_pems[0].write_to_path(str(folder / "cert.pem"))
    return Line(certificate=str(folder / "cert.pem"), key=str(folder / "key.pem"))


def test_a_team_works_in_the_browser(look: Opener, team: Ledger, certified: Line) -> None:
    """Logged in over https, with keys, axe on every page that only a team has, and out again."""
    write(team, hostile())
    with running(team, certified, log_in=True, reader="rules") as address:
        assert address.startswith("https://")
        page = look("/review", at=address, ignore_https_errors=True)
        page.wait_for_url("**/log-in?to=*")
        assert Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"] == []
        page.keyboard.press("Tab")
        page.locator("[name=name]").fill("Root")
        page.locator("[name=password]").fill(WORDS)
        page.keyboard.press("Enter")
        page.wait_for_url("**/review")
        with page.expect_navigation():
            page.keyboard.press("a")
        assert len(team.review("Root").decisions()) == 1
        for path in ("/account", "/users", "/log", "/add"):
            page.goto(address + path)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
                assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []
            page.set_viewport_size({"width": 360, "height": 740})
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
            page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(address + "/users")
        page.locator("[name=name][required]").fill("Grace")
        page.get_by_role("button", name="Make the account").click()
        assert len(page.locator(".once pre").inner_text()) == 20
        page.get_by_role("button", name="Log out").click()
        page.wait_for_url("**/log-in")
        page.goto(address + "/")
        page.wait_for_url("**/log-in")
        page.context.close()


def test_plain_words_are_not_understood_where_all_is_encrypted(team: Ledger, certified: Line) -> None:
    with running(team, certified, log_in=True) as address:
        with pytest.raises(httpx.HTTPError):
            httpx.get(address.replace("https", "http"))
        assert httpx.get(f"{address}/log-in", verify=False).status_code == 200  # noqa: S501 (made for this test)
