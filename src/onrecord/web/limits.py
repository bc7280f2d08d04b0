"""How often a desk on a server may be asked for something, counted over a moving window in this process."""

from __future__ import annotations

import ipaddress
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from litestar.exceptions import TooManyRequestsException

from onrecord.ledger.access import folded

REQUESTS = 600  # a minute, of one account; without a log-in, of one address
# Tries to log in, in a quarter of an hour: of a name from an address, of all names from it, of a name from anywhere.
LOG_INS, LOG_INS_FROM, LOG_INS_AS = 10, 50, 100
_QUARTER = 15
STREAMS = 10  # of events at once, of one account


class Limits:
    """What was asked for lately.

    Args:
        requests: of one account, or from one address, in a minute.
    """

    def __init__(self, requests: int = REQUESTS) -> None:
        self._counted = MovingWindowRateLimiter(MemoryStorage())
        self._requests = RateLimitItemPerMinute(requests)
        self._streams: Counter[str] = Counter()
        # A name is locked late, so that no stranger easily keeps its owner out.
        self._log_ins = tuple(
            RateLimitItemPerMinute(most, _QUARTER, namespace=name)
            for most, name in ((LOG_INS_FROM, "from"), (LOG_INS, "both"), (LOG_INS_AS, "as"))
        )

    def ask(self, who: str) -> None:
        """Count a request.

        Raises:
            TooManyRequestsException: if there were too many.
        """
        self._hit(self._requests, who, "too many requests")

    def try_log_in(self, name: str, address: str | None) -> None:
        """Count a try to log in.

        Raises:
            TooManyRequestsException: if there were too many, under this name or from this address.
        """
        asked, tried = network(address), folded(name)
        for item, who in zip(self._log_ins, (asked, f"{asked} {tried}", tried), strict=True):
            self._hit(item, who, "too many log-ins")

    def may_listen(self, who: str) -> None:
        """Nothing, where another stream of events may begin.

        Raises:
            TooManyRequestsException: if there are too many.
        """
        if self._streams[who] >= STREAMS:
            raise TooManyRequestsException(f"{STREAMS} streams are open; close one first")

    @contextmanager
    def listening(self, who: str) -> Iterator[None]:
        """While a stream of events goes on."""
        self._streams[who] += 1
        try:
            yield
        finally:
            self._streams[who] -= 1
            if not self._streams[who]:
                del self._streams[who]

    def _hit(self, item: RateLimitItemPerMinute, who: str, told: str) -> None:
        if self._counted.hit(item, who):
            return
        reset = self._counted.get_window_stats(item, who).reset_time
        wait = max(1, round(reset - time.time()))
        raise TooManyRequestsException(f"{told}; try again in {wait} seconds", headers={"retry-after": str(wait)})


def network(address: str | None) -> str:
    """By what an address is counted: of IPv6 the network of 64 bits, of which one asker has all."""
    try:
        known = ipaddress.ip_address(address or "")
    except ValueError:
        return ""
    return str(ipaddress.ip_network((known, 64), strict=False)) if known.version == 6 else str(known)
