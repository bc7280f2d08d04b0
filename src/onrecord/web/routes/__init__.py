"""The addresses of the desk, and what answers each: a request is parsed, a page is asked, the answer is sent."""

from onrecord.web.routes.people import PEOPLE
from onrecord.web.routes.reading import READING
from onrecord.web.routes.route import MOST_BYTES, Route
from onrecord.web.routes.working import WORKING

__all__ = ["MOST_BYTES", "ROUTES", "Route", "addresses"]

ROUTES: tuple[Route, ...] = (*READING, *WORKING, *PEOPLE)


def addresses() -> tuple[str, ...]:
    """Every address that is answered."""
    return tuple(path for route in ROUTES for path in route.paths)
