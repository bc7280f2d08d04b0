"""Speed of ``extract`` beside bare spaCy on the same text in the same run, the cost of each stage, and peak memory.

python -m bench.extract [--documents N]
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Sequence
from pathlib import Path

import spacy

from onrecord.engine.read import Reader
from onrecord.sentences.parse import MODEL
from onrecord.values import Document, Reading

CORPUS = Path(__file__).parent.parent / "corpus" / "train"


def documents(count: int) -> list[Document]:
    """The first ``count`` reports of the training corpus."""
    found = [json.loads(file.read_bytes()) for file in sorted(CORPUS.glob("*.json"))[:count]]
    return [Document(item["text"], id=item["id"]) for item in found]


def bare(texts: Sequence[str]) -> tuple[float, int]:
    """Seconds and tokens of a bare spaCy pipeline."""
    pipeline = spacy.load(MODEL)
    list(pipeline.pipe(texts[:2]))
    start = time.perf_counter()
    tokens = sum(len(parsed) for parsed in pipeline.pipe(texts))
    return time.perf_counter() - start, tokens


def stages(reader: Reader, given: Sequence[Document]) -> dict[str, float]:
    """Seconds by stage."""
    readings = [Reading(document) for document in given]
    spent = {}
    for stage in reader.stages:
        step = stage.load(reader.knowledge)
        start = time.perf_counter()
        readings = step(readings)
        spent[stage.name] = time.perf_counter() - start
    return spent


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=200)
    given = documents(parser.parse_args().documents)
    reader = Reader()
    list(reader.read(given[:2]))
    alone, tokens = bare([document.text for document in given])
    start = time.perf_counter()
    claims = sum(len(reading.claims) for reading in reader.read(given))
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(given)} documents, {tokens:,} tokens, {claims:,} claims")
    print(f"bare spaCy   {len(given) / alone:7.1f} documents/s  {tokens / alone:9,.0f} tokens/s")
    print(f"extract      {len(given) / seconds:7.1f} documents/s  {tokens / seconds:9,.0f} tokens/s")
    print(f"ratio        {alone / seconds:7.2f} of bare spaCy's speed")
    print(f"peak memory  {peak:7.0f} MB, both pipelines loaded")
    for name, spent in stages(reader, given).items():
        print(f"  {name:14} {spent:7.2f} s  {spent / tokens * 1e6:7.1f} µs/token")


if __name__ == "__main__":
    main()
