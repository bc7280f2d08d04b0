"""What series cost: grouping claims that are in a ledger, and adding one report to a full one.

python -m bench.series [--claims N ...] [--postgres URL] [--keep FILE]

The claims are synthetic: incidents all over the world, told with a popularity after Zipf by outlets that credit one
another, revised for days by several sources; so the largest blocks hold thousands of claims. Growth is told as seconds
at 10^4, 10^5 and 10^6 claims beside n log n. The target is under ten minutes for the million on two processors, and
under 200 ms for one report more.
"""

from __future__ import annotations

import argparse
import datetime
import itertools
import math
import random
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from onrecord.ledger import Harvest, Ledger
from onrecord.ledger.compared.regroup import regroup
from onrecord.values import Capture, Claim, Document, Figure, Moment, Party, Place, Quote, Reading, Thing
from onrecord.values.claim import Type, claim_id

SIZES = (10_000, 100_000, 1_000_000)
GROUPING, ADDING = 600.0, 0.200
_DAYS, _BATCH, _ADDED = 900, 128, 25
_START = datetime.date(2024, 1, 1)
_TYPES: tuple[tuple[Type, str, str], ...] = (
    ("killed", "person", "were killed"), ("wounded", "person", "were wounded"), ("missing", "person", "are missing"),
    ("displaced", "person", "fled"), ("destroyed", "building", "were destroyed"),
    ("detained", "person", "were arrested"), ("deployment", "soldier", "were deployed"),
    ("transfer", "shell", "were delivered"),
)  # fmt: skip
_CAUSES = ("earthquake", "flood", "cyclone", "airstrike", "cholera", "landslide", "ferry", "wildfire")
_FILLER = tuple(f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in ("ra", "lo", "mi", "nu", "te", "sko"))
_OUTLETS = tuple(f"Outlet {number}" for number in range(400))


class Incident(msgspec.Struct, frozen=True):
    """Something that happened: where, when, why, and the sources that speak of it."""

    number: int
    place: str
    spot: str
    day: int
    cause: str
    size: int
    sources: tuple[str, ...]


def incidents(count: int, dice: random.Random) -> list[Incident]:
    """``count`` incidents in 600 towns, the large ones rare."""
    from onrecord.knowledge import builtin

    towns = [spot for spot in builtin().gazetteer.beginning("Ma", 600) if spot.kind == "city"]
    weights = [1 / (rank + 1) for rank in range(len(towns))]
    made = []
    for number in range(count):
        town = dice.choices(towns, weights)[0]
        voices = tuple(f"{town.name} {office}" for office in ("police", "governor", "hospital", "fire service"))
        size = int(10 ** dice.uniform(0.5, 3.5))
        made.append(
            Incident(number, town.name, town.id, dice.randrange(_DAYS), dice.choice(_CAUSES), size,
                     voices[: dice.randint(1, 4)])
        )  # fmt: skip
    return made


def readings(claims: int, *, more: bool = False) -> Iterator[Reading]:
    """Reports with ``claims`` claims in all, by and large in the order of their days; ``more``, those of the last day.

    One in five is an earlier report printed again by another outlet.
    """
    dice = random.Random(7)
    happened = incidents(max(20, claims // 60), dice)
    dice.shuffle(happened)
    weights = list(itertools.accumulate(1 / (rank + 1) ** 0.7 for rank in range(len(happened))))
    plan = sorted(
        ((one.day + min(int(dice.expovariate(0.4)), 30), one) for one in
         dice.choices(happened, cum_weights=weights, k=claims // 5)),
        key=lambda pair: pair[0],
    )  # fmt: skip
    if more:
        for number, (_, incident) in enumerate(reversed(plan)):
            yield report(claims + number, _DAYS, incident, dice)
    recent: list[Reading] = []
    for number, (day, incident) in enumerate(plan):
        if recent and number % 5 == 0:
            yield reprinted(dice.choice(recent), dice)
            continue
        recent = [*recent[-200:], report(number, day, incident, dice)]
        yield recent[-1]


def reprinted(reading: Reading, dice: random.Random) -> Reading:
    """The same words by another outlet on the next day."""
    old = reading.document
    day = old.published + datetime.timedelta(days=1) if old.published else None
    document = Document(old.text, publisher=dice.choice(_OUTLETS), published=day, title=old.title)
    digest = document.content_hash
    claims = tuple(
        msgspec.structs.replace(c, id=claim_id(digest, c.evidence, c.quantity, c.type, c.source))
        for c in reading.claims
    )
    return Reading(document, claims=claims, reader=reading.reader)


def report(number: int, day: int, incident: Incident, dice: random.Random) -> Reading:
    """A report of ``incident`` as it stood on a day: five claims by its sources."""
    published = _START + datetime.timedelta(days=day)
    filler = " ".join(dice.choices(_FILLER, k=40))
    text = f"Report {number} from {incident.place} about the {incident.cause}. {filler}."
    parts: list[tuple[int, int, int, int, Type, str, str]] = []
    age = day - incident.day
    for type_, unit, verb in dice.sample(_TYPES, 5):
        source = dice.choice(incident.sources)
        told = max(1, int(incident.size * (0.5 + min(age, 8) / 16) * (1 + hash_of(source) % 5 / 20)))
        start = len(text) + 1
        figure = f"{told} {unit}s"
        sentence = f"{source} said that {figure} {verb} in {incident.place}."
        at = start + sentence.index(figure)
        parts.append((start, start + len(sentence) - 1, at, told, type_, unit, source))
        text += " " + sentence
    document = Document(text, publisher=dice.choice(_OUTLETS), published=published, title=f"{incident.place} {number}")
    digest = document.content_hash
    return Reading(document, claims=tuple(_claims(document, digest, incident, parts)), reader="bench/1")


def hash_of(name: str) -> int:
    """The same small number for a name in every process."""
    return sum(map(ord, name))


def _claims(
    document: Document, digest: str, incident: Incident, parts: Sequence[tuple[int, int, int, int, Type, str, str]]
) -> Iterator[Claim]:
    text = document.text
    for start, end, at, told, type_, unit, source in parts:
        words = f"{told} {unit}s"
        evidence = Quote(start, end, text[start:end])
        figure = Figure(at, at + len(words), words, told, told, False, unit, "total")
        place = text.index(incident.place, at)
        here = Place(place, place + len(incident.place), incident.place, incident.place, incident.spot)
        who = Party(start, start + len(source), source, source, None, "body")
        yield Claim(
            id=claim_id(digest, evidence, figure, type_, who), evidence=evidence, source=who, via=(), cue=None,
            quoted="indirect", status="asserted", type=type_, actor=None, target=None,
            object=Thing(at, at + len(words), words, unit), place=here, quantity=figure,
            time=Moment(start, start, "", None, None), confidence=0.9, reader="bench/1",
        )  # fmt: skip


def harvests(claims: int) -> Iterator[list[Harvest]]:
    """Batches of such reports, ready to be written."""
    found = readings(claims)
    while batch := list(itertools.islice(found, _BATCH)):
        yield [_harvest(reading) for reading in batch]


def _harvest(reading: Reading) -> Harvest:
    name = f"/reports/{reading.document.content_hash}.txt"
    return Harvest(Capture(source=name, body=reading.document.text.encode()), "{}", (reading,))


class Run(msgspec.Struct, frozen=True):
    """Seconds for ``claims`` claims: writing, comparing them; and for one report more, the median and the worst."""

    claims: int
    writing: float
    grouping: float
    adding: float
    slowest: float
    series: int
    links: int
    largest: int


def run(where: str, claims: int) -> Run:
    """Write ``claims`` claims to a new ledger at ``where``, compare them all, then add single reports."""
    ledger = Ledger.create(where)
    writer = ledger.writer("bench")
    start = time.perf_counter()
    for batch in harvests(claims):
        writer.write(batch)
    written = time.perf_counter() - start
    start = time.perf_counter()
    regroup(ledger.engine)
    grouped = time.perf_counter() - start
    writer.finish()
    spent = sorted(_added(ledger, reading) for reading in itertools.islice(readings(claims, more=True), _ADDED))
    size = ledger.size()
    found = Run(
        size["claims"], written, grouped, spent[len(spent) // 2], spent[-1], size["series"], size["links"],
        _largest(ledger),
    )  # fmt: skip
    ledger.close()
    return found


def _added(ledger: Ledger, reading: Reading) -> float:
    """Seconds to add one report that tells more of what is known, and to compare it."""
    start = time.perf_counter()
    writer = ledger.writer("bench")
    writer.write([_harvest(reading)])
    writer.finish()
    return time.perf_counter() - start


def _largest(ledger: Ledger) -> int:
    """How many claims the largest block has."""
    from sqlalchemy import func, select

    from onrecord.ledger import schema

    counted = select(func.count()).select_from(schema.points).group_by(schema.points.c.measured)
    with ledger.engine.connect() as connection:
        return max(int(row[0]) for row in connection.execute(counted))


def main() -> None:
    """Run what is asked for, and tell it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--claims", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--keep", metavar="FILE", help="leave the last ledger there")
    parser.add_argument("--postgres", metavar="URL", help="a server on which to make databases")
    given = parser.parse_args()
    print("claims       write s   group s  per n log n   +1 median   +1 worst   series    links  largest block")
    base: float | None = None
    for claims in given.claims:
        with tempfile.TemporaryDirectory() as folder:
            if given.postgres:
                from tests.postgres import database

                found = run(database(given.postgres, f"series_{claims}"), claims)
            else:
                place = Path(folder) / "bench.db"
                found = run(str(place), claims)
                if given.keep:
                    shutil.move(place, given.keep)
        each = found.grouping / (found.claims * math.log(found.claims))
        base = base or each
        print(
            f"{found.claims:>9,} {found.writing:>9.1f} {found.grouping:>9.1f} {each / base:>12.2f} "
            f"{found.adding * 1e3:>8.0f} ms {found.slowest * 1e3:>7.0f} ms {found.series:>8,} {found.links:>8,} "
            f"{found.largest:>9,}",
            flush=True,
        )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {memory:,.0f} MB; targets: 1,000,000 in {GROUPING:.0f} s, one more in {ADDING * 1e3:.0f} ms")


if __name__ == "__main__":
    main()
