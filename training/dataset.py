"""Read the corpus with the rules and set the annotators' answers beside what they offer.

python -m training.dataset [--to build/dataset.msgpack]
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from onrecord.claims.stages import DRAFTS
from onrecord.claims.trained import mentions, pairs, subjects, tokens
from onrecord.claims.trained.candidates import candidates
from onrecord.claims.trained.sheet import Sheet
from onrecord.engine.evaluate import document, gold_documents
from onrecord.engine.read import Reader
from onrecord.knowledge import builtin
from onrecord.models.card import Columns
from onrecord.values import Reading
from training.answers import Answer, answers
from training.split import held_out

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus" / "train"
BUILT = ROOT / "build" / "dataset.msgpack"
# A value that the training reports hold less often is not told apart from one that they do not hold.
RARE = 8


class Example(msgspec.Struct, frozen=True):
    """One report as the rules read it, with an answer (or none) for each draft."""

    reading: Reading
    answers: list[Answer | None]


class Dataset(msgspec.Struct, frozen=True):
    """The examples to train on and those held out, and the columns of features as the former fill them.

    Attributes:
        digest: SHA-256 over the names and bytes of the corpus.
    """

    digest: str
    train: list[Example]
    held_out: list[Example]
    columns: dict[str, Columns]


def examples(gold: Sequence[dict[str, Any]]) -> list[Example]:
    """Gold documents as examples."""
    readings = Reader("drafts", stages=DRAFTS).read(document(item) for item in gold)
    return [
        Example(reading, answers(item, reading.drafts, candidates(Sheet(reading))))
        for item, reading in zip(gold, readings, strict=True)
    ]


def dataset(folder: Path = CORPUS) -> Dataset:
    """The corpus of a folder, split and laid out.

    Raises:
        RequestError: if the folder holds no gold, or some is broken.
    """
    found = examples(gold_documents(folder))
    train = [example for example in found if not held_out(example.reading.document.id)]
    rest = [example for example in found if held_out(example.reading.document.id)]
    return Dataset(corpus_digest(folder), train, rest, columns(train))


def corpus_digest(folder: Path) -> str:
    """SHA-256 over the names and bytes of a folder's documents."""
    whole = hashlib.sha256()
    for file in sorted(folder.glob("*.json")):
        data = file.read_bytes()
        whole.update(f"{file.name}:{len(data)}:".encode() + data)
    return whole.hexdigest()


def columns(given: Iterable[Example]) -> dict[str, Columns]:
    """The columns of each table of features, their values by falling number."""
    lexicon = builtin().lexicon
    counts = {table.__name__.rpartition(".")[2]: [Counter[str]() for _ in table.COLUMNS] for table in _TABLES}
    for example in given:
        sheet = Sheet(example.reading)
        asked, near, said = subjects.subjects(sheet, lexicon), candidates(sheet), pairs.spoken(sheet)
        _count(counts["tokens"], tokens.token_features(sheet, lexicon))
        _count(counts["subjects"], (subject.features for subject in asked))
        _count(counts["mentions"], mentions.candidate_features(sheet, near))
        for subject in asked:
            _count(counts["pairs"], pairs.pair_features(sheet, subject, near, said))
    return {
        name: Columns(
            _NAMES[name],
            tuple(tuple(value for value, n in count.most_common() if n >= RARE) for count in columns),
        )
        for name, columns in counts.items()
    }


_TABLES = (tokens, subjects, mentions, pairs)
_NAMES = {table.__name__.rpartition(".")[2]: table.COLUMNS for table in _TABLES}


def _count(counts: list[Counter[str]], rows: Iterable[Sequence[str]]) -> None:
    for row in rows:
        for count, value in zip(counts, row, strict=True):
            count[value] += 1


def main() -> None:
    """Build and write the dataset."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, default=BUILT)
    to = parser.parse_args().to
    built = dataset()
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_bytes(msgspec.msgpack.encode(built))
    drafts = [answer for example in built.train for answer in example.answers]
    print(
        f"{len(built.train)} reports to train on with {len(drafts):,} drafts ({sum(a is not None for a in drafts):,} "
        f"on record), {len(built.held_out)} held out: {to}"
    )


if __name__ == "__main__":
    main()
