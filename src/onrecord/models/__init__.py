"""The trained reader: its weights, the card that describes them, and what runs them on an ordinary processor."""

from onrecord.models.card import Card, Columns, Labels
from onrecord.models.pieces import Pieces
from onrecord.models.runner import Model, builtin

__all__ = ["Card", "Columns", "Labels", "Model", "Pieces", "builtin"]
