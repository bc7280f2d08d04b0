"""The forms in which training shows a report: as it is, and with names and numbers swapped in a few fixed ways."""

from __future__ import annotations

import random

from onrecord.claims.trained.windows import Desk
from training.augment import Pools, swapped
from training.batches import Item, items
from training.dataset import Example
from training.settings import Settings


def variant(example: Example, number: int, desk: Desk, pool: Pools, settings: Settings) -> list[Item]:
    """The windows of a report in its form ``number``; form 0 is as it is. The same number gives the same form."""
    if number == 0:
        return items(desk, example)
    chance = random.Random(f"{settings.seed} {example.reading.document.id} {number}")
    return items(desk, example, swapped(example.reading, pool, settings.swap, chance))
