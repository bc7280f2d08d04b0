"""Named parties, places and things of a document, under their canonical names."""

from onrecord.mentions.names.stage import NAMES

__all__ = ["NAMES"]
