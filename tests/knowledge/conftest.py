"""Every knowledge entry's example is read once, by the real reader."""

from collections.abc import Callable

import pytest

from onrecord.engine.read import Reader
from onrecord.knowledge import Knowledge, builtin
from onrecord.values import Claim, Document, Reading


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return builtin()


@pytest.fixture(scope="session")
def read() -> Callable[[str], Reading]:
    reader = Reader("rules")
    return lambda text: next(reader.read([Document(text)]))


@pytest.fixture(scope="session")
def first(read: Callable[[str], Reading]) -> Callable[[str], Claim]:
    """The first figure of a text, or its first event when it has no figure."""

    def claim(text: str) -> Claim:
        claims = read(text).claims
        assert claims, f"no claim in {text!r}"
        return next((c for c in claims if c.quantity), claims[0])

    return claim
