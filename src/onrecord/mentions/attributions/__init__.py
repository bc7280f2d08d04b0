"""Who says what: sources, cues and contents of a report, after the Penn Attribution Relations Corpus."""

from onrecord.mentions.attributions.binding import binding
from onrecord.mentions.attributions.stage import ATTRIBUTIONS

__all__ = ["ATTRIBUTIONS", "binding"]
