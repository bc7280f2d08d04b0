"""Plain text as mail programs break it, in whole paragraphs again: the reader takes every line for a paragraph."""

from __future__ import annotations

from itertools import pairwise

# The columns at which programs break lines.
_NARROWEST, _WIDEST = 55, 80
_ITEMS = (">", "-", "*", "•")


def flowed(text: str, *, joined: bool) -> str:
    """Plain text with its soft line breaks undone (RFC 3676), but within what is quoted from others.

    Args:
        text: the lines.
        joined: whether the space at the end of a soft line was put there only to mark it.
    """
    done: list[str] = []
    soft = False
    for line in text.split("\n"):
        own = line.removeprefix(" ") if not line.startswith(">") else line
        if soft and not line.startswith(">"):
            done[-1] += own
        else:
            done.append(own)
        soft = own.endswith(" ") and own != "-- " and not own.startswith(">")
        if soft and joined:
            done[-1] = done[-1][:-1]
    return "\n".join(line.rstrip() for line in done)


def unwrapped(text: str) -> str:
    """Plain text whose lines a program wrapped, in whole paragraphs; any other text as it is.

    A line was wrapped when the next line's first word would not have fitted on it.
    """
    lines = text.split("\n")
    width = max((len(line) for line in lines if " " in line.strip()), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return text
    done = [lines[0]]
    for before, line in pairwise(lines):
        first = line.split(" ", 1)[0]
        whole = before.strip() and first and not before.startswith(">") and not first.startswith(_ITEMS)
        if whole and len(before.rstrip()) + 1 + len(first) > width:
            done[-1] = f"{done[-1].rstrip()} {line}"
        else:
            done.append(line)
    return "\n".join(done)
