"""Samples of real output in pages that people write: the command is run, and what it prints goes into the page.

A sample stands between two comments. Its lines may be limited; an ellipsis then tells that there were more:

    <!-- output: onrecord extract examples/seed.txt --published 2025-03-27 [lines 1-20] -->
    ...
    <!-- end of output -->
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

WIDTH = 96
_SAMPLE = re.compile(
    r"<!-- output: onrecord (?P<arguments>[^\n]*?)(?: \[lines (?P<first>\d+)-(?P<last>\d+)\])? -->\n"
    r".*?<!-- end of output -->",
    re.DOTALL,
)


def renewed(text: str, root: Path) -> str:
    """``text`` with every sample made anew; commands run in ``root``.

    Raises:
        RuntimeError: if a command fails.
    """
    return _SAMPLE.sub(lambda match: _sample(match, root), text)


def _sample(match: re.Match[str], root: Path) -> str:
    opening = match[0].partition("\n")[0]
    lines = output(match["arguments"], root)
    if match["first"]:
        first, last = int(match["first"]), int(match["last"])
        lines = lines[first - 1 : last] + (["…"] if len(lines) > last else [])
    body = "\n".join(lines).strip("\n")
    return f"{opening}\n\n```text\n{body}\n```\n\n<!-- end of output -->"


def output(arguments: str, root: Path) -> list[str]:
    """What ``onrecord`` prints on standard output for ``arguments``, line by line, without trailing space.

    Raises:
        RuntimeError: if it fails.
    """
    plain = {"COLUMNS": str(WIDTH), "NO_COLOR": "1", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "onrecord.cli", *shlex.split(arguments)]
    done = subprocess.run(command, capture_output=True, cwd=root, env={**os.environ, **plain}, check=False)
    if done.returncode:
        raise RuntimeError(f"onrecord {arguments}: {done.stderr.decode()}")
    return [line.rstrip() for line in done.stdout.decode().splitlines()]
