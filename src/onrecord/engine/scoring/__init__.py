"""Scoring extracted claims against gold annotations, with the definitions of ``corpus/gold/score.py``."""

from onrecord.engine.scoring.report import Report, Score, score

__all__ = ["Report", "Score", "score"]
