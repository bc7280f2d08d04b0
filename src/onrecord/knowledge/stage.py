"""What a reading stage is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from onrecord.knowledge.base import Knowledge
from onrecord.values import Reading

Step = Callable[[Sequence[Reading]], list[Reading]]


class Stage(msgspec.Struct, frozen=True):
    """One step from a document to its claims; the list of them stands in ``claims/stages.py``.

    Attributes:
        name: a noun, unique in the list: "quantities".
        version: changes whenever the same input may give another output.
        reads, adds: the fields of ``Reading`` (dotted below it, as "mentions.times") that it needs and fills.
        load: given the knowledge, the function that does the work: readings in, readings out, same length and order.
        about: what it does, in a sentence; "" where its module does only that and says so.
        digest: what else the work depends on (the weights of a model), as a short hash; ``None`` for nothing.
    """

    name: str
    version: str
    reads: tuple[str, ...]
    adds: tuple[str, ...]
    load: Callable[[Knowledge], Step]
    about: str = ""
    digest: Callable[[], str] | None = None
