"""Sentence -> Mention: quotations, times, numbers and quantities, names and parties, attributions."""
