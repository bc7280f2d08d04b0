"""The pages: each a function from a ledger and what is asked to an ``Answer``."""
