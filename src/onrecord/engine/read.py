"""Run a reader's stages over documents, in batches of bounded size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from onrecord.claims.stages import MENTIONS, READERS
from onrecord.documents import MAX_CHARACTERS
from onrecord.knowledge import Knowledge, Stage, builtin
from onrecord.values import Document, Fault, Reading, RequestError
from onrecord.version import VERSION

DEFAULT_READER = "trained"
# A batch holds at most so many documents and characters, or one longer document alone: that bounds the memory.
BATCH_DOCUMENTS = 32
BATCH_CHARACTERS = 200_000


class Reader:
    """A named list of stages, loaded once and applied to any number of documents.

    Raises:
        RequestError: if there is no reader of that name.
    """

    def __init__(
        self, name: str = DEFAULT_READER, *, knowledge: Knowledge | None = None, stages: Sequence[Stage] | None = None
    ) -> None:
        if stages is None and name not in READERS:
            raise RequestError(f"there is no reader {name!r}; choose one of: {', '.join(READERS)}")
        self.knowledge = knowledge or builtin()
        self.stages = tuple(stages if stages is not None else READERS[name])
        self.version = _version(name, self.knowledge, self.stages)
        self._steps = [stage.load(self.knowledge) for stage in self.stages]

    def read(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """The readings of the documents, in their order."""
        for batch in _batches(documents):
            yield from self._read(batch)

    def _read(self, batch: Sequence[Document]) -> list[Reading]:
        readings = [Reading(document, reader=self.version) for document in batch]
        faults = [_fault(document) for document in batch]
        sound = [reading for reading, fault in zip(readings, faults, strict=True) if fault is None]
        for step in self._steps:
            sound = step(sound)
        done = iter(sound)
        return [
            next(done) if fault is None else msgspec.structs.replace(reading, faults=(fault,))
            for reading, fault in zip(readings, faults, strict=True)
        ]


def version_of(name: str, knowledge: Knowledge) -> str:
    """The version of the reader ``name``, without loading it.

    Raises:
        RequestError: if there is no reader of that name.
    """
    if name not in READERS:
        raise RequestError(f"there is no reader {name!r}; choose one of: {', '.join(READERS)}")
    return _version(name, knowledge, READERS[name])


def _version(name: str, knowledge: Knowledge, stages: Sequence[Stage]) -> str:
    marks = (knowledge.digest, *(stage.digest() for stage in stages if stage.digest))
    return f"{name}/{VERSION}+{'+'.join(marks)}"


def annotator(knowledge: Knowledge | None = None) -> Reader:
    """A reader that stops at the mentions."""
    return Reader("mentions", knowledge=knowledge, stages=MENTIONS)


def _fault(document: Document) -> Fault | None:
    """Why a document cannot be read, if it cannot."""
    if not document.text.strip():
        return Fault("document", "the text is empty; give a report with words in it")
    if len(document.text) > MAX_CHARACTERS:
        return Fault(
            "document",
            f"the text has {len(document.text):,} characters; a report may have {MAX_CHARACTERS:,}: split it",
        )
    return None


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    characters = 0
    for document in documents:
        if batch and characters + len(document.text) > BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
        batch.append(document)
        characters += len(document.text)
        if len(batch) == BATCH_DOCUMENTS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
