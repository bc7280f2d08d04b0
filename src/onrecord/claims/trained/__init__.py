"""The trained reader's claim stages: what a report looks like in numbers, and what the model's answers decide."""
