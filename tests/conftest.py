"""What holds for all tests."""

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

import postgres
from browsers import browser

__all__ = ["browser"]

# A busy machine is no failure: time is measured in bench/, not here.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# Continuous integration sets this: there, a database that cannot be tested is a failure.
REQUIRED = "ONRECORD_REQUIRE_POSTGRES"
DATABASES = ("sqlite", "postgresql")
_numbers = count()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server of our own, for the whole run."""
    try:
        with postgres.server() as url:
            yield url
    except postgres.NoServer as error:
        if os.environ.get(REQUIRED):
            pytest.fail(str(error))
        pytest.skip(f"not tested on PostgreSQL: {error}")


@pytest.fixture(params=DATABASES)
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Makes places for new ledgers, on each kind of database in turn."""
    made = []
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None

    def make() -> str:
        name = f"ledger_{os.getpid()}_{next(_numbers)}"
        if url is None:
            return str(tmp_path / f"{name}.db")
        made.append(name)
        return postgres.database(url, name)

    yield make
    for name in made:
        postgres.drop(url or "", name)


@pytest.fixture
def place(new_place: Callable[[], str]) -> str:
    """Where a new ledger may be made, on each kind of database in turn."""
    return new_place()
