"""Whether what a file states as its title is one: programs fill the field with file names and words of their own."""

from __future__ import annotations

import re

from onrecord.documents.clean import clean

_LONGEST = 500
_FILE = re.compile(
    r"\.(?:docx?|dotx?|pdf|indd|qx[dp]|rtf|odt|txt|x?html?|xlsx?|pptx?|pages|tmp|pmd|fm|tex|dvi|ps)$", re.I
)
_PROGRAM = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel|publisher)|powerpoint presentation|word document|untitled|about:|https?:|"
    r"file:|document ?\d*$|new document|no title|unbenannt|print(?:ing)?\b.{0,20}$|slide \d+$|layout \d+$)",
    re.I,
)


def stated_title(value: str | None) -> str | None:
    """``value`` in one line, when it reads like the title of a report: more than a word, and no program's filling."""
    title = " ".join(clean(value or "").split())
    if len(title.split()) < 2 or len(title) > _LONGEST or _FILE.search(title) or _PROGRAM.match(title):
        return None
    return title if any(sign.isalpha() for sign in title) else None


def plain(text: str) -> str:
    """The words of ``text`` alone, to compare a first paragraph with the title."""
    return " ".join(re.findall(r"\w+", text.casefold()))
