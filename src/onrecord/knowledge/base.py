"""The loader: the files beside this module, checked against their schema, read when first asked for."""

from __future__ import annotations

import functools
import hashlib
import importlib.resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from onrecord.knowledge.basis import Signs
from onrecord.knowledge.frames import Frames, Lexicon, NounClasses
from onrecord.knowledge.gazetteer import Gazetteer
from onrecord.knowledge.hedges import Hedges
from onrecord.knowledge.tables import csv_rows, replaced, toml_tables
from onrecord.values import KnowledgeError, RequestError

T = TypeVar("T")


class Knowledge:
    """A folder of knowledge files, and a user's own folder of files of the same names that add to them.

    Tables are read once, when first asked for.

    Args:
        folder: ours.
        own: the user's; its entries replace ours of the same first field.

    Raises:
        RequestError: if ``own`` is no folder.
        KnowledgeError: if ``own`` holds a file that is none of ours by name.
    """

    def __init__(self, folder: Traversable, *, own: Path | None = None) -> None:
        self.folder, self.own = folder, own
        if own is None:
            return
        if not own.is_dir():
            raise RequestError(f"there is no folder {own} with knowledge of your own; make it, or name another")
        for file in sorted(own.iterdir()):
            if file.suffix in (".csv", ".toml") and file.name not in self.files:
                raise KnowledgeError(f"{file} is no knowledge file; the files are: {', '.join(self.files)}")

    @functools.cached_property
    def files(self) -> tuple[str, ...]:
        """The names of the knowledge files, in order."""
        return tuple(sorted(f.name for f in self.folder.iterdir() if f.name.endswith((".csv", ".toml"))))

    def table(self, name: str, schema: type[T]) -> T:
        """The TOML file ``name`` decoded as ``schema``.

        Raises:
            KnowledgeError: if the file is absent or breaks the schema.
        """
        return toml_tables(self._ours(name), self._own(name), schema, self._where(name))

    def rows(self, name: str, schema: type[T]) -> tuple[T, ...]:
        """The rows of the CSV file ``name``, each decoded as ``schema``.

        Raises:
            KnowledgeError: if the file is absent or a row breaks the schema.
        """
        ours = csv_rows(self._ours(name), schema, name)
        own = self._own(name)
        return tuple(ours if own is None else replaced(ours, csv_rows(own, schema, self._where(name))))

    @functools.cached_property
    def lexicon(self) -> Lexicon:
        """Event frames and noun classes."""
        return Lexicon(self.table("frames.toml", Frames), self.table("nouns.toml", NounClasses))

    @functools.cached_property
    def hedges(self) -> Hedges:
        """The words that hedge, plan, deny."""
        return self.table("hedges.toml", Hedges)

    @functools.cached_property
    def signs(self) -> Signs:
        """The signs of increments and totals."""
        return self.table("basis.toml", Signs)

    @functools.cached_property
    def gazetteer(self) -> Gazetteer:
        """The world's places by name."""
        return Gazetteer(self.folder)

    @functools.cached_property
    def digest(self) -> str:
        """Twelve hex characters over the names and bytes of all files, the user's own included."""
        whole = hashlib.sha256()
        for name in self.files:
            for data in (self._ours(name), self._own(name)):
                if data is not None:
                    whole.update(f"{len(name)}:{name}{len(data)}:".encode() + data)
        return whole.hexdigest()[:12]

    def _ours(self, name: str) -> bytes:
        try:
            return (self.folder / name).read_bytes()
        except FileNotFoundError as error:
            raise KnowledgeError(f"no knowledge file {name}; reinstall onrecord") from error

    def _own(self, name: str) -> bytes | None:
        if self.own is None or not (self.own / name).is_file():
            return None
        return (self.own / name).read_bytes()

    def _where(self, name: str) -> str:
        return name if self.own is None or not (self.own / name).is_file() else str(self.own / name)


@functools.cache
def builtin(own: Path | None = None) -> Knowledge:
    """The knowledge that ships with onrecord, with a user's ``own`` folder added to it."""
    return Knowledge(importlib.resources.files("onrecord.knowledge") / "data", own=own)
