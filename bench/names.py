"""What names cost: loading the knowledge in a fresh process, and linking as a share of reading in the same run.

python -m bench.names [--documents N]
"""

from __future__ import annotations

import argparse
import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor

import msgspec

from bench.extract import documents
from onrecord.engine.read import Reader
from onrecord.knowledge import builtin
from onrecord.values import Entity, Reading

ASKED_LOADING, ASKED_SHARE = 0.150, 0.10


def loading() -> dict[str, float]:
    """Seconds for each part of the name knowledge, read for the first time; the modules are loaded before."""
    from onrecord.knowledge.equipment import catalogue
    from onrecord.knowledge.names import names

    known = builtin()
    start = time.perf_counter()
    names(known)
    named = time.perf_counter()
    catalogue(known)
    listed = time.perf_counter()
    known.gazetteer.named("Kyiv")
    found = time.perf_counter()
    return {"names": named - start, "equipment": listed - named, "gazetteer": found - listed}


def linking(count: int) -> tuple[float, float]:
    """Seconds that linking took, and all of reading: entities, items, and the ids of drafts."""
    from onrecord.knowledge.names import names
    from onrecord.mentions.names.linking import Linker

    reader = Reader()
    given = documents(count)
    list(reader.read(given[:2]))
    start = time.perf_counter()
    readings = list(reader.read(given))
    whole = time.perf_counter() - start
    spent = 0.0
    for stage in reader.stages:
        if stage.name in ("items", "links"):
            step = stage.load(reader.knowledge)
            step(readings[:1])
            start = time.perf_counter()
            step(readings)
            spent += time.perf_counter() - start
    table = names(reader.knowledge)
    start = time.perf_counter()
    for reading in readings:
        Linker(reading.document, table, reader.knowledge.gazetteer, _unlinked(reading)).linked()
    return spent + time.perf_counter() - start, whole


def _unlinked(reading: Reading) -> list[Entity]:
    """The entities as they come to the linker: places and people without their ids."""
    return [
        msgspec.structs.replace(e, id=None) if e.kind in ("place", "person") else e for e in reading.mentions.entities
    ]


def main() -> None:
    """Measure both and print them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=120)
    count = parser.parse_args().documents
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as fresh:
        parts = fresh.submit(loading).result()
    told = ", ".join(f"{name} {seconds * 1000:.0f}" for name, seconds in parts.items())
    total = sum(parts.values())
    print(f"loading: {total * 1000:.0f} ms ({told}); asked at most {ASKED_LOADING * 1000:.0f}")
    spent, whole = linking(count)
    print(f"linking: {spent:.2f} s of {whole:.2f} s = {spent / whole:.1%} of reading; asked at most {ASKED_SHARE:.0%}")


if __name__ == "__main__":
    main()
