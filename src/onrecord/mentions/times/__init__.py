"""Sentence -> Time: a grammar over atoms that finds TIMEX3 expressions and resolves them."""

from onrecord.mentions.times.read import TIMES

__all__ = ["TIMES"]
