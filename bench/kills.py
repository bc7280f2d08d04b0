"""Kill ``onrecord add`` at random moments, again and again, until it is done; then see that everything is there once.

python -m bench.kills [--documents N] [--kills N] [--seed N] [--postgres]

The whole process group dies at once (SIGKILL), as when a machine stops. After each kill the ledger is examined; in the
end every document must be there once, with its captures, readings and claims, and the doctor must find nothing.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.postgres import database, server

from bench.extract import documents
from onrecord.ledger import Ledger
from onrecord.ledger.doctor import examine


def reports(folder: Path, count: int) -> None:
    """Write ``count`` reports like those of the training corpus: files, and a third of them as records of one file."""
    base = documents(100)
    with (folder / "records.jsonl").open("w", encoding="utf-8") as lines:
        for number in range(count):
            text = f"{base[number % len(base)].text}\n\nReport {number}."
            if number % 3:
                (folder / f"{number:05}.txt").write_text(text, "utf-8")
            else:
                lines.write(_record(number, text))


def _record(number: int, text: str) -> str:
    import json

    return json.dumps({"id": f"r{number}", "text": text}) + "\n"


def add(where: str, folder: Path) -> subprocess.Popen[bytes]:
    """Start adding, in a process group of its own."""
    options = ["--ledger", where, "--reader", "rules"]
    command = [sys.executable, "-m", "onrecord.cli", "add", str(folder), *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)


def torment(where: str, folder: Path, kills: int, seed: int) -> list[int]:
    """Kill ``kills`` runs; how many documents were there after each.

    Raises:
        RuntimeError: if the doctor finds anything in between.
    """
    chance = random.Random(seed)
    there = []
    for number in range(kills):
        process = add(where, folder)
        time.sleep(chance.uniform(0.3, 6.0))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        with Ledger.open(where) as ledger:
            there.append(ledger.size()["documents"])
            findings = list(examine(ledger.engine)) if number % 10 == 9 else []
        if findings:
            raise RuntimeError(f"after kill {number + 1}: {findings[0]}")
    return there


def main() -> None:
    """Torment a ledger, complete it, and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgres", action="store_true", help="in PostgreSQL instead of SQLite")
    given = parser.parse_args()
    with contextlib.ExitStack() as stack:
        base = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="onrecord-kills-")))
        where = database(stack.enter_context(server()), "kills") if given.postgres else str(base / "onrecord.db")
        folder = base / "reports"
        folder.mkdir()
        reports(folder, given.documents)
        Ledger.create(where).close()
        there = torment(where, folder, given.kills, given.seed)
        print(f"{given.kills} kills; documents there after each: {there}")
        done = add(where, folder)
        out, _ = done.communicate()
        print(f"last run, exit code {done.returncode}: {out.decode().strip()}")
        with Ledger.open(where) as ledger:
            size, findings = ledger.size(), list(examine(ledger.engine))
        once = {size[name] for name in ("documents", "captures", "captured", "readings")} == {given.documents}
        print(f"{size}; everything once: {once}; findings of the doctor: {len(findings)}")


if __name__ == "__main__":
    main()
