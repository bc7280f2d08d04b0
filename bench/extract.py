"""Speed of ``extract`` beside bare spaCy on the same text in the same run, the cost of each stage, and peak memory.

python -m bench.extract [--documents N]
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import msgspec

from onrecord.engine.read import Reader
from onrecord.sentences.parse import MODEL
from onrecord.values import Document, Reading

CORPUS = Path(__file__).parent.parent / "corpus" / "train"


def documents(count: int) -> list[Document]:
    """The first ``count`` reports of the training corpus."""
    found = [json.loads(file.read_bytes()) for file in sorted(CORPUS.glob("*.json"))[:count]]
    return [Document(item["text"], id=item["id"]) for item in found]


class Measure(msgspec.Struct, frozen=True):
    """What one part of the run took.

    Attributes:
        seconds: wall-clock time without loading.
        count: tokens (bare) or claims (extract).
        peak: megabytes of resident memory at the most, in a process of its own.
        stages: seconds by stage.
    """

    seconds: float
    count: int
    peak: float
    stages: dict[str, float] = {}


def bare(count: int) -> Measure:
    """A bare spaCy pipeline over the same text."""
    import spacy

    texts = [document.text for document in documents(count)]
    pipeline = spacy.load(MODEL)
    list(pipeline.pipe(texts[:2]))
    start = time.perf_counter()
    tokens = sum(len(parsed) for parsed in pipeline.pipe(texts))
    return Measure(time.perf_counter() - start, tokens, _peak())


def extract(count: int) -> Measure:
    """The whole reader, batch by batch as the commands run it."""
    given = documents(count)
    reader = Reader()
    list(reader.read(given[:2]))
    start = time.perf_counter()
    claims = sum(len(reading.claims) for reading in reader.read(given))
    return Measure(time.perf_counter() - start, claims, _peak())


def stages(count: int) -> Measure:
    """The cost of each stage, all documents in one batch."""
    reader = Reader()
    list(reader.read(documents(2)))
    readings = [Reading(document) for document in documents(count)]
    spent = {}
    for stage in reader.stages:
        step = stage.load(reader.knowledge)
        start = time.perf_counter()
        readings = step(readings)
        spent[stage.name] = time.perf_counter() - start
    return Measure(sum(spent.values()), len(readings), _peak(), spent)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure each part in a process of its own, one after the other, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=200)
    count = parser.parse_args().documents
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, max_tasks_per_child=1) as pool:
        alone, ours, split = (pool.submit(part, count).result() for part in (bare, extract, stages))
    tokens = alone.count
    print(f"{count} documents, {tokens:,} tokens, {ours.count:,} claims")
    for name, part in (("bare spaCy", alone), ("extract", ours)):
        print(
            f"{name:12} {count / part.seconds:7.1f} documents/s  {tokens / part.seconds:9,.0f} tokens/s"
            f"  {part.peak:6.0f} MB at the most"
        )
    print(f"{'ratio':12} {alone.seconds / ours.seconds:7.2f} of bare spaCy's speed")
    for name, spent in split.stages.items():
        print(f"  {name:14} {spent:7.2f} s  {spent / tokens * 1e6:7.1f} µs/token")


if __name__ == "__main__":
    main()
