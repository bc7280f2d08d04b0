"""The table of quality floors, from the file that the gate reads."""

from __future__ import annotations

import json
import re

from eval.gate import FLOORS

OPENING = "<!-- floors -->"
_TABLE = re.compile(rf"{OPENING}\n.*?<!-- end of floors -->", re.DOTALL)


def renewed(text: str) -> str:
    """``text`` with the table of floors made anew, where it has one."""
    floors = json.loads(FLOORS.read_text("utf-8"))["floors"]
    rows = [f"| `{name}` | {floor:.3f} |" for name, floor in floors.items()]
    table = "\n".join((OPENING, "", "| Score | Floor |", "|---|---|", *rows, "", "<!-- end of floors -->"))
    return _TABLE.sub(table, text)
