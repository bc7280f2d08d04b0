"""Making hostile text harmless to look at: nothing here may steer a terminal or turn a line around."""

from __future__ import annotations

import re

# Controls; the overrides, embeddings and isolates of the bidirectional algorithm; lone surrogates; interlinear marks.
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb]")
_BLANKS = re.compile(r"\s+")
_WORD = 14
_PICTURES, _DELETE, _UNKNOWN = 0x2400, "\x7f", "\ufffd"


def one_line(text: str) -> str:
    """``text`` on one line, with every character that could steer a terminal or reorder a line made visible.

    Escape becomes U+241B (SYMBOL FOR ESCAPE) and so on; what has no picture becomes U+FFFD.
    """
    return _STEERING.sub(_picture, _BLANKS.sub(" ", text)).strip()


def middle(text: str, limit: int) -> str:
    """``text`` in at most ``limit`` code points, an ellipsis for its middle; cut between words where they are short."""
    if len(text) <= limit:
        return text
    head = limit * 3 // 5
    begin, end = text[:head], text[len(text) - max(0, limit - head - 3) :]
    space = begin.rfind(" ", max(0, head - _WORD))
    begin = begin if space < 0 else begin[:space]
    space = end.find(" ", 0, _WORD)
    return f"{begin.rstrip()} … {(end if space < 0 else end[space:]).lstrip()}"


def _picture(found: re.Match[str]) -> str:
    sign = found[0]
    if sign == _DELETE:
        return "\u2421"
    return chr(_PICTURES + ord(sign)) if sign < " " else _UNKNOWN
