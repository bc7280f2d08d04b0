"""Domain knowledge as data: word lists, names, units and frames, each entry with an example that is a test."""

from onrecord.knowledge.base import Knowledge, builtin
from onrecord.knowledge.stage import Stage, Step

__all__ = ["Knowledge", "Stage", "Step", "builtin"]
