"""The loader: TOML files beside this module, checked against their schema, read when first asked for."""

from __future__ import annotations

import functools
import hashlib
import importlib.resources
from importlib.resources.abc import Traversable
from typing import TypeVar

import msgspec

from onrecord.knowledge.basis import Signs
from onrecord.knowledge.frames import Frames, Lexicon, NounClasses
from onrecord.knowledge.hedges import Hedges
from onrecord.values import KnowledgeError

T = TypeVar("T")


class Knowledge:
    """A folder of knowledge files. Tables are read once, when first asked for."""

    def __init__(self, folder: Traversable) -> None:
        self.folder = folder

    def table(self, name: str, schema: type[T]) -> T:
        """The file ``name`` decoded as ``schema``.

        Raises:
            KnowledgeError: if the file is absent or breaks the schema.
        """
        try:
            return msgspec.toml.decode((self.folder / name).read_bytes(), type=schema)
        except FileNotFoundError as error:
            raise KnowledgeError(f"no knowledge file {name}; reinstall onrecord") from error
        except (msgspec.DecodeError, ValueError) as error:
            raise KnowledgeError(f"{name} breaks its schema: {error}") from error

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
    def digest(self) -> str:
        """Twelve hex characters over the names and bytes of all files."""
        whole = hashlib.sha256()
        for file in sorted(self.folder.iterdir(), key=lambda f: f.name):
            if file.is_file():
                data = file.read_bytes()
                whole.update(f"{len(file.name)}:{file.name}{len(data)}:".encode() + data)
        return whole.hexdigest()[:12]


@functools.cache
def builtin() -> Knowledge:
    """The knowledge that ships with onrecord."""
    return Knowledge(importlib.resources.files("onrecord.knowledge") / "data")
