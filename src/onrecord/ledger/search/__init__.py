"""Searching a ledger: words, phrases, fields, numbers and days, the same in SQLite and PostgreSQL."""
