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
    names = list(dict.fromkeys(name for reader in floors.values() for name in reader))
    rows = [
        f"| `{name}` | {' | '.join(f'{reader.get(name, 0):.3f}' for reader in floors.values())} |" for name in names
    ]
    head = (f"| Score | {' | '.join(floors)} |", f"|---|{'---|' * len(floors)}")
    table = "\n".join((OPENING, "", *head, *rows, "", "<!-- end of floors -->"))
    return _TABLE.sub(table, text)
