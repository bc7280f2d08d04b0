"""The pages are looked at in a real browser."""

from browsers import browser

__all__ = ["browser"]
