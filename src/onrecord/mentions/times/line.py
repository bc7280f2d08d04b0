"""A sentence as atoms: finer and steadier than the parser's tokens, which cut "23-24" or "10pm" as they like.

Every atom knows its place in the document and, through the token over it, its tag.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from onrecord.mentions.times.lexicon import Lexicon
from onrecord.values import Sentence, Token

_ATOM = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])"
    r"|[0-9]{1,2}(?P<s>[/.])[0-9]{1,2}(?P=s)[0-9]{4}(?![0-9])"
    r"|[0-9]{1,2}:[0-9]{2}(?![0-9])"
    r"|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9])"
    r"|[0-9]+\.[0-9]+"
    r"|\b[ap]\.[ \u00a0\u202f]?m\b\.?"
    r"|[^\W_]+"
    r"|\S",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)\Z")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "–": "-", "—": "-", "‑": "-", "−": "-"})


class Line:
    """A sentence cut into atoms.

    Attributes:
        lower: the atoms in lower case, dashes and apostrophes made plain.
        text: the atoms as they stand.
        start, end: their places in the document, in code points.
    """

    def __init__(self, lexicon: Lexicon, sentence: Sentence, text: str) -> None:
        self.lexicon = lexicon
        self.sentence = sentence
        atoms = list(_ATOM.finditer(text, sentence.start, sentence.end))
        self.text = [m.group() for m in atoms]
        self.lower = [t.lower().translate(_PLAIN) for t in self.text]
        self.start = [m.start() for m in atoms]
        self.end = [m.end() for m in atoms]
        self._places: list[int] | None = None

    def __len__(self) -> int:
        return len(self.lower)

    def word(self, index: int) -> str:
        """The atom in lower case, "" outside the line."""
        return self.lower[index] if 0 <= index < len(self.lower) else ""

    def capital(self, index: int) -> bool:
        """Whether the atom begins with a capital letter."""
        return 0 <= index < len(self.text) and self.text[index][0].isupper()

    def number(self, index: int) -> int | None:
        """The atom as a plain whole number of at most four digits."""
        word = self.word(index)
        return int(word) if 0 < len(word) <= 4 and word.isascii() and word.isdigit() else None

    def ordinal(self, index: int) -> int | None:
        """The atom as an ordinal in digits ("27th")."""
        found = _ORDINAL.match(self.word(index))
        return int(found.group(1)) if found else None

    def glued(self, index: int) -> bool:
        """Whether nothing stands between this atom and the one before it."""
        return 0 < index < len(self.start) and self.start[index] == self.end[index - 1]

    def token_index(self, index: int) -> int:
        """Index in the sentence's tokens of the token over this atom."""
        if self._places is None:
            self._places = [t.start for t in self.sentence.tokens]
        return max(0, bisect_right(self._places, self.start[index]) - 1)

    def token(self, index: int) -> Token | None:
        """The token over this atom, ``None`` outside the line."""
        return self.sentence.tokens[self.token_index(index)] if 0 <= index < len(self.lower) else None

    def tag(self, index: int) -> str:
        """The Penn tag of the token over this atom, "" outside the line."""
        token = self.token(index)
        return token.tag if token else ""

    def phrase(self, index: int, phrases: dict[str, list[tuple[str, ...]]]) -> int:
        """How many atoms from ``index`` on are the longest of ``phrases`` (by first word, longest first); 0 if none."""
        for words in phrases.get(self.word(index), ()):
            if all(self.word(index + k) == w for k, w in enumerate(words)):
                return len(words)
        return 0

    def words(self, start: int, end: int) -> str:
        """The atoms ``[start, end)`` in lower case, joined by spaces."""
        return " ".join(self.lower[start:end])
