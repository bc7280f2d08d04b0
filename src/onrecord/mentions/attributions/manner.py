"""Whether a sentence without a cue goes on with what the last speaker said."""

from __future__ import annotations

from onrecord.mentions.attributions.found import Placed
from onrecord.values import Sentence


def goes_on(sentence: Sentence, last: Placed, text: str, quotes: bool) -> bool:
    return quotes
