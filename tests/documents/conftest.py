"""The fixture of a web server on this machine."""

from collections.abc import Iterator

import pytest

from documents.site_on_loopback import Site


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()
