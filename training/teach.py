"""What a larger network thinks of every form of every report, for the small one to learn from.

python -m training.teach [--teacher build/teacher.pt] [--to build/taught.pt]

After Jiao et al. 2020, "TinyBERT: Distilling BERT for Natural Language Understanding": the small network learns the
states of the large one as well as its answers. Both have the same layers above the encoder, so that the states match.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec
import torch

from onrecord.claims.trained.windows import Desk
from onrecord.knowledge import builtin
from training.augment import pools
from training.batches import Item, Lesson, collate, placed
from training.dataset import BUILT, Dataset
from training.settings import Settings
from training.torch_model import OUTPUTS, TorchModel
from training.variants import variant

TEACHER, TAUGHT = BUILT.with_name("teacher.pt"), BUILT.with_name("taught.pt")
STATES = ("memory", "drafts", "near")


@torch.no_grad()
def lessons(teacher: TorchModel, dataset: Dataset, forms: int) -> list[list[list[Lesson]]]:
    """By report, form and window what the teacher answers, and its states, in half precision."""
    teacher.network.quick = True
    settings = msgspec.convert(teacher.card.settings, Settings)
    desk = Desk(teacher.card, teacher.pieces, builtin().lexicon)
    pool = pools(example.reading for example in dataset.train)
    found = []
    for example in dataset.train:
        windows = [variant(example, number, desk, pool, settings) for number in range(forms)]
        found.append([[_lesson(teacher, item) for item in form] for form in windows])
    return found


def _lesson(teacher: TorchModel, item: Item) -> Lesson:
    scores = teacher.network(placed(collate([item], teacher.card.labels)).inputs)
    return {name: scores[name][0].half().cpu() for name in (*OUTPUTS, *STATES)}


def main() -> None:
    """Write the lessons of a teacher."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--teacher", type=Path, default=TEACHER)
    parser.add_argument("--dataset", type=Path, default=BUILT)
    parser.add_argument("--to", type=Path, default=TAUGHT)
    parser.add_argument("--forms", type=int, default=4)
    given = parser.parse_args()
    dataset = msgspec.msgpack.decode(given.dataset.read_bytes(), type=Dataset)
    torch.save(lessons(TorchModel(given.teacher), dataset, given.forms), given.to)


if __name__ == "__main__":
    main()
