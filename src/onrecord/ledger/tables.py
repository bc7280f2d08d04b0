"""Claims as Arrow tables, batch by batch; the only importer of pyarrow, pandas and polars."""

from __future__ import annotations

import importlib
import itertools
from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.ledger.entries import Entry
from onrecord.ledger.flat import COLUMNS, flat
from onrecord.values import RequestError

_BATCH = 10_000


def library(name: str) -> Any:
    """The table library ``name``.

    Raises:
        RequestError: if it is not installed.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise RequestError(f"{name} is not installed; install it with: pip install 'onrecord[tables]'") from error


def schema() -> Any:
    """The Arrow schema: the columns of ``flat.COLUMNS``."""
    arrow = library("pyarrow")
    kinds = {
        "text": arrow.string(), "texts": arrow.list_(arrow.string()), "number": arrow.float64(),
        "count": arrow.int64(), "day": arrow.date32(), "yes": arrow.bool_(),
    }  # fmt: skip
    return arrow.schema([(name, kinds[kind]) for name, kind in COLUMNS.items()])


def reader(entries: Iterable[Entry]) -> Any:
    """A ``pyarrow.RecordBatchReader`` over ``entries``; ten thousand are held at a time."""
    arrow = library("pyarrow")
    wanted = schema()

    def batches() -> Iterator[Any]:
        left = iter(entries)
        while held := [flat(entry) for entry in itertools.islice(left, _BATCH)]:
            yield arrow.RecordBatch.from_pylist(held, schema=wanted)

    return arrow.RecordBatchReader.from_batches(wanted, batches())
