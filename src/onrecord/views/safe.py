"""Making hostile text harmless to look at: nothing here may steer a terminal or turn a line around."""

from __future__ import annotations

import re

# Controls; the overrides, embeddings and isolates of the bidirectional algorithm; lone surrogates; interlinear marks.
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb]")
_BLANKS = re.compile(r"\s+")
_PICTURES, _DELETE, _UNKNOWN = 0x2400, "\x7f", "\ufffd"


def one_line(text: str) -> str:
    """``text`` on one line, with every character that could steer a terminal or reorder a line made visible.

    Escape becomes U+241B (SYMBOL FOR ESCAPE) and so on; what has no picture becomes U+FFFD.
    """
    return _STEERING.sub(_picture, _BLANKS.sub(" ", text)).strip()


def middle(text: str, limit: int) -> str:
    """``text`` in at most ``limit`` code points, its middle replaced by an ellipsis where it is longer."""
    if len(text) <= limit:
        return text
    head = (limit * 3) // 5
    return text[:head].rstrip() + " … " + text[len(text) - (limit - head - 3) :].lstrip()


def _picture(found: re.Match[str]) -> str:
    sign = found[0]
    if sign == _DELETE:
        return "\u2421"
    return chr(_PICTURES + ord(sign)) if sign < " " else _UNKNOWN
