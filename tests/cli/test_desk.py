"""The desk and review from the command line, run as a user runs them."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from ledger.reports import BLAST, harvest, write
from onrecord.ledger import Ledger

COMMAND = (sys.executable, "-m", "onrecord.cli")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder with a ledger of one report."""
    with Ledger.create(tmp_path / "onrecord.db") as ledger:
        write(ledger, harvest(BLAST, url="https://example.org/1", title="Blast"))
    return tmp_path


def call(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run([*COMMAND, *arguments], cwd=folder, capture_output=True, text=True)


def test_serve_tells_its_address_and_ends_when_interrupted(folder: Path) -> None:
    running = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", "--read-only"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert running.stdout is not None
    address = running.stdout.readline().split()[4]
    assert address.startswith("http://127.0.0.1:")
    assert len(httpx.get(f"{address}/claims.json").json()["claims"]) == 2
    assert httpx.get(f"{address}/review").status_code == 403
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=30)
    assert running.returncode == 130
    assert told.strip() == ""


def test_a_port_that_is_taken_is_told(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = call(folder, "serve", "--port", str(port))
    assert done.returncode == 2
    assert f"port {port} of 127.0.0.1 cannot be used" in done.stderr


def test_reviewed_reports_are_exported(folder: Path) -> None:
    with Ledger.open(folder / "onrecord.db") as ledger:
        ids = [entry.claim.id for entry in ledger.claims()]
        ledger.review("Ada").decide(ids[0], "right")
        ledger.review("Grace").decide(ids[0], "wrong")
    assert call(folder, "review", "export").stdout == ""
    (line,) = call(folder, "review", "export", "--partial", "--who", "Ada").stdout.splitlines()
    assert len(json.loads(line)["claims"]) == 1
    with Ledger.open(folder / "onrecord.db") as ledger:
        ledger.review("Ada").decide(ids[1], "right")
    done = call(folder, "review", "export", "--to", "reviewed", "--who", "Ada")
    assert done.stdout == "1 reviewed reports written to reviewed\n"
    (file,) = (folder / "reviewed").iterdir()
    assert json.loads(file.read_text("utf-8"))["text"] == BLAST
    assert call(folder, "review", "agreement").stdout == "Ada and Grace: 0 of 1 alike, kappa 0.00\n"
