"""Words cut into the pieces that the encoder knows, each word once a process."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.values import ModelError

# A word costs so many pieces at most, and so many words are remembered.
LONGEST = 8
_REMEMBERED = 100_000
_LETTERS = 64


class Pieces:
    """WordPiece ids by word.

    Args:
        vocabulary: the bytes of a ``tokenizer.json``.

    Raises:
        ModelError: if it lacks a sign that windows need.
    """

    def __init__(self, vocabulary: bytes) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_buffer(vocabulary)
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._known: dict[str, tuple[int, ...]] = {}
        self.opens, self.closes, self.hides = (self._sign(sign) for sign in ("[CLS]", "[SEP]", "[MASK]"))

    def _sign(self, sign: str) -> int:
        found: int | None = self._tokenizer.token_to_id(sign)
        if found is None:
            raise ModelError(f"tokenizer.json has no piece {sign}; reinstall onrecord or train again")
        return found

    def of(self, words: Sequence[str]) -> list[tuple[int, ...]]:
        """The ids of each word, ``LONGEST`` at most; none for a word of signs that the encoder does not know at all."""
        missing = list({word for word in words if word not in self._known})
        if missing:
            if len(self._known) + len(missing) > _REMEMBERED:
                self._known.clear()
                missing = list(set(words))
            cut = [word[:_LETTERS] for word in missing]
            for word, found in zip(missing, self._tokenizer.encode_batch(cut, add_special_tokens=False), strict=True):
                self._known[word] = tuple(found.ids[:LONGEST])
        return [self._known[word] for word in words]
