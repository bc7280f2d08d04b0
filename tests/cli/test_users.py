"""Accounts from the command line, and a desk for a team, run as a user runs them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import trustme

from ledger.reports import BLAST, harvest, write
from onrecord.cli import users as users_command
from onrecord.ledger import Ledger
from onrecord.ledger.access import ALL, ROLES

COMMAND = (sys.executable, "-m", "onrecord.cli")
WORDS = "seven green kettles sing"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder with a ledger of one report, and a certificate."""
    with Ledger.create(tmp_path / "onrecord.db") as ledger:
        write(ledger, harvest(BLAST, url="https://example.org/1", title="Blast"))
    made = trustme.CA().issue_cert("desk.example.org")
    made.private_key_pem.write_to_path(str(tmp_path / "key.pem"))
    made.cert_chain_pems[0].write_to_path(str(tmp_path / "cert.pem"))
    return tmp_path


def call(folder: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run([*COMMAND, *arguments], cwd=folder, input=given, capture_output=True, text=True)


def users(folder: Path, *arguments: str, given: str = "") -> str:
    """What ``onrecord users`` prints, when all is well."""
    done = call(folder, "users", *arguments, given=given)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_choices_are_those_of_the_ledger() -> None:
    """They stand twice, so that a command need not load a database to tell them."""
    assert (users_command.ROLES, users_command.RIGHTS) == (ROLES, ALL)


def test_accounts_are_looked_after(folder: Path) -> None:
    assert users(folder, "list") == ""
    assert users(folder, "add", "Ada", "--role", "admin", "--stdin", given=WORDS + "\n") == "Ada is admin\n"
    assert re.fullmatch(r"Ada: admin, since \d{4}-\d\d-\d\d\n", users(folder, "list"))
    users(folder, "role", "Ada", "--role", "reviewer")
    users(folder, "password", "Ada", "--stdin", given="nine slow ferries wait\n")
    token = users(folder, "token", "Ada", "--scope", "read", "--scope", "add", "--label", "script").strip()
    assert re.fullmatch(r"onrecord_[\w-]{43}", token)
    assert re.fullmatch(r"1 script: add, read, until \d{4}-\d\d-\d\d\n", users(folder, "tokens", "Ada"))
    users(folder, "revoke", "Ada", "1")
    assert "revoked" in users(folder, "tokens", "Ada")
    users(folder, "close", "Ada")
    assert "reviewer" in users(folder, "list")
    assert "closed" in users(folder, "list")
    users(folder, "reopen", "Ada")
    told = users(folder, "log")
    acts = ["account opened", "account closed", "token revoked", "token made", "password changed", "role changed",
            "account made"]  # fmt: skip
    assert [next(act for act in acts if act in line) for line in told.splitlines()] == acts
    assert "(command line)" in told
    assert WORDS not in told
    assert users(folder, "log", "--limit", "1").count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "given", "told"),
    [
        (("add", "Ada", "--role", "admin", "--stdin"), "short\n", "has 5 characters; give 15 to 256"),
        (("role", "Ada", "--role", "admin"), "", "there is no account 'Ada'"),
        (("token", "Ada"), "", "there is no account 'Ada'"),
        (("add", "Ada", "--role", "king"), "", "'king' is not one of"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(folder: Path, arguments: tuple[str, ...], given: str, told: str) -> None:
    done = call(folder, "users", *arguments, given=given)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--host", "10.0.0.1"), "can be reached by others; give --name"),
        (("--host", "::"), "can be reached by others; give --name"),
        (("--name", "desk.example.org"), "passwords may not go unencrypted"),
        (("--name", "desk.example.org", "--certificate", "cert.pem"), "a certificate needs its key"),
        (("--name", "https://x", "--proxy", "127.0.0.1"), "is no host name"),
        (("--certificate", "cert.pem", "--key", "key.pem"), "are for a desk with --name"),
        (("--name", "x", "--proxy", "nginx"), "--proxy 'nginx' is no address"),
        (("--name", "desk.example.org", "--proxy", "127.0.0.1"), "nobody could log in yet"),
        (("--name", "x", "--certificate", "key.pem", "--key", "cert.pem"), "nobody could log in yet"),
    ],
)
def test_nobody_is_let_in_who_should_not(folder: Path, arguments: tuple[str, ...], told: str) -> None:
    done = call(folder, "serve", "--port", "0", *arguments)
    assert done.returncode == 2
    assert told in done.stderr


def test_a_certificate_that_cannot_be_used_is_told(folder: Path) -> None:
    users(folder, "add", "Ada", "--role", "admin", "--stdin", given=WORDS)
    done = call(folder, "serve", "--port", "0", "--name", "x", "--certificate", "key.pem", "--key", "cert.pem")
    assert done.returncode == 2
    assert "key.pem and cert.pem cannot be used" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_desk_for_a_team(folder: Path) -> None:
    users(folder, "add", "Ada", "--role", "reader", "--stdin", given=WORDS)
    running = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", "--name", "desk.example.org", "--certificate", "cert.pem", "--key",
         "key.pem"],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert running.stdout is not None
    address = running.stdout.readline().split()[4]
    port = int(address.rpartition(":")[2])
    assert address == f"https://desk.example.org:{port}"
    headers = {"host": f"desk.example.org:{port}"}
    at = f"https://127.0.0.1:{port}"
    with httpx.Client(verify=False, headers=headers) as client:  # noqa: S501 (made for this test)
        assert client.get(f"{at}/claims.json").status_code == 401
        assert client.post(f"{at}/log-in/enter", data={"name": "Ada", "password": WORDS}).status_code == 303
        token = users(folder, "token", "Ada").strip()
        asked = client.get(f"{at}/api/v1/claims", headers={"authorization": f"Bearer {token}"})
        assert len(asked.json()["claims"]) == 2
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=30)
    assert running.returncode == 130
    assert told.strip() == ""
    assert "logged in" in users(folder, "log", "--who", "Ada")


def test_a_backup_without_accounts(folder: Path) -> None:
    users(folder, "add", "Ada", "--role", "admin", "--stdin", given=WORDS)
    assert call(folder, "db", "backup", "given.db", "--without-accounts").returncode == 0
    assert users(folder, "list", "--ledger", "given.db") == ""
    assert len(call(folder, "claims", "list", "--jsonl", "--ledger", "given.db").stdout.splitlines()) == 2
