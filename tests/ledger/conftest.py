"""A new ledger on each kind of database, and reports to put into it."""

from collections.abc import Iterator

import pytest

from onrecord.ledger import Ledger


@pytest.fixture
def ledger(place: str) -> Iterator[Ledger]:
    """An empty ledger."""
    with Ledger.create(place) as made:
        yield made
