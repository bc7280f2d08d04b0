"""What the desk costs: the time of each kind of page at 20 requests a second, and the size of a first view.

python -m bench.desk LEDGER [--requests N]

The ledger is best a large one; ``python -m bench.series --claims 1000000 --keep FILE`` leaves one. The targets are a
95th percentile under 150 ms with 1,000,000 claims, and a first view under 200 kB compressed, without the chart.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import gzip
import itertools
import time

import httpx

from onrecord.ledger import Ledger
from onrecord.web.run import running

RATE = 20.0
SLOWEST, LARGEST = 0.150, 200_000
_STATIC = ("page.css", "desk.css", "desk.js", "htmx.min.js")


def pages(ledger: Ledger) -> dict[str, list[str]]:
    """Addresses of each kind of page, of things all over the ledger."""
    newest = list(itertools.islice(ledger.claims(), 0, 2_000, 100))
    series = list(itertools.islice(ledger.compared.all(), 0, 2_000, 100))
    places = sorted({entry.claim.place.name for entry in newest if entry.claim.place})
    sources = sorted({entry.claim.source.name for entry in newest if entry.claim.source})
    words = [f"type:killed {place}" for place in places] + [f'source:"{name}"' for name in sources]
    return {
        "home": ["/"],
        "search": [f"/claims?q={word}" for word in words],
        "search then": [f"/claims?q={word}&as_of=2025-01-31" for word in words],
        "report": [f"/documents/{entry.document.id}" for entry in newest],
        "claim": [f"/claims/{entry.claim.id}" for entry in newest],
        "series list": ["/series"],
        "series": [f"/series/{one.id}" for one in series],
        "source": [f"/source?name={name}" for name in sources],
        "disagreements": ["/links"],
        "revisions": ["/links?relation=revises"],
        "reports": ["/documents"],
        "changes": ["/changes"],
        "review": ["/review"],
        "about": ["/about"],
    }


def mixed(every: dict[str, list[str]]) -> list[str]:
    """One page of each kind after the other, again and again."""
    turns = max(map(len, every.values()))
    return [paths[turn % len(paths)] for turn in range(turns) for paths in every.values()]


def asked(client: httpx.Client, addresses: list[str], requests: int) -> tuple[list[float], int]:
    """Seconds from the moment a request was due until its answer was there, in order; the largest answer, packed."""
    start = time.perf_counter() + 0.1

    def ask(number: int) -> tuple[float, int]:
        due = start + number / RATE
        time.sleep(max(0.0, due - time.perf_counter()))
        answer = client.get(addresses[number % len(addresses)])
        spent = time.perf_counter() - due
        answer.raise_for_status()
        return spent, len(gzip.compress(answer.content, 6))

    with concurrent.futures.ThreadPoolExecutor(32) as pool:
        told = list(pool.map(ask, range(requests)))
    return sorted(spent for spent, _ in told), max(size for _, size in told)


def main() -> None:
    """Run what is asked for, and tell it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("ledger")
    parser.add_argument("--requests", type=int, default=60)
    given = parser.parse_args()
    with Ledger.open(given.ledger) as ledger, httpx.Client(timeout=60) as client, running(ledger) as address:
        static = sum(len(gzip.compress(client.get(f"{address}/static/{name}").content, 6)) for name in _STATIC)
        print("page              p50      p95    worst   first view, packed")
        every = pages(ledger)
        for name, paths in [*every.items(), ("all by turns", mixed(every))]:
            spent, size = asked(client, [address + path for path in paths], given.requests)
            p50, p95 = spent[len(spent) // 2], spent[int(len(spent) * 0.95)]
            times = f"{p50 * 1e3:>6.0f} ms {p95 * 1e3:>6.0f} ms {spent[-1] * 1e3:>5.0f} ms"
            print(f"{name:<14} {times} {size + static:>12,} B", flush=True)
    print(f"targets: p95 under {SLOWEST * 1e3:.0f} ms, first view under {LARGEST:,} B")


if __name__ == "__main__":
    main()
