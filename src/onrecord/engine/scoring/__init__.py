"""Scoring extracted claims against gold annotations, with the definitions of ``corpus/gold/score.py``."""

from onrecord.engine.scoring.breakdown import KEYS, Group, breakdown
from onrecord.engine.scoring.report import Outcome, Report, Score, score

__all__ = ["KEYS", "Group", "Outcome", "Report", "Score", "breakdown", "score"]
