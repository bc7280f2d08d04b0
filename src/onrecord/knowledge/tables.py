"""Tables from files: CSV for lists of things, TOML for words with more structure; a user's file adds or replaces.

A CSV file opens with comment lines (``#``), then its header. A cell that holds a list separates with `` | ``; an empty
cell leaves the field out. An entry is known by its first field: a user's entry with the same one replaces ours.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, get_origin, get_type_hints

import msgspec

from onrecord.values import KnowledgeError

T = TypeVar("T")
SEPARATOR = " | "
_REMEDY = "docs/reference/knowledge.md has the fields"


def csv_rows(data: bytes, schema: type[T], name: str) -> list[T]:
    """The rows of a CSV file, each as a ``schema``.

    Raises:
        KnowledgeError: if the file is no UTF-8, a column is unknown, or a cell breaks the schema.
    """
    lists, known = _lists(schema), set(_encoded(schema))
    lines = _lines(data, name)
    try:
        reader = csv.DictReader(lines, strict=True)
        unknown = sorted(set(reader.fieldnames or ()) - known)
        if unknown:
            raise KnowledgeError(f"{name} has an unknown column {unknown[0]!r}; {_REMEDY}")
        last = (reader.fieldnames or [""])[-1]
        return [_row(row, schema, lists, last, f"{name}, entry {at}") for at, row in enumerate(reader, 1)]
    except csv.Error as error:
        raise KnowledgeError(f"{name} is no CSV: {error}; {_REMEDY}") from error


def toml_tables(data: bytes, own: bytes | None, schema: type[T], name: str) -> T:
    """A TOML file as a ``schema``, a user's own file added to it.

    Raises:
        KnowledgeError: if a file is no TOML or breaks the schema.
    """
    try:
        content = tomllib.loads(data.decode())
        if own is not None:
            content = _added(content, tomllib.loads(own.decode()), schema)
        return msgspec.convert(content, schema)
    except (msgspec.ValidationError, ValueError) as error:
        raise KnowledgeError(f"{name} breaks its schema: {error}; {_REMEDY}") from error


def replaced(ours: Iterable[T], own: Iterable[T]) -> list[T]:
    """Our entries with a user's own: one of the same first field takes the place of ours, others follow."""
    found = {_key(entry): entry for entry in ours}
    found.update((_key(entry), entry) for entry in own)
    return list(found.values())


def cells(entry: Any) -> dict[str, str]:
    """An entry as the cells of its CSV row."""
    return {name: _cell(value) for name, value in msgspec.to_builtins(entry).items()}


def _cell(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return SEPARATOR.join(map(str, value))
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _lines(data: bytes, name: str) -> list[str]:
    try:
        lines = data.decode("utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"{name} is not UTF-8: {error.reason} at byte {error.start}; save it as UTF-8") from error
    first = next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return lines[first:]


def _row(row: Mapping[str | None, Any], schema: type[T], lists: frozenset[str], last: str, where: str) -> T:
    if None in row or row[last] is None:
        raise KnowledgeError(f"{where}: it has not as many cells as the header; quote cells that hold a comma")
    filled = {name: _split(cell) if name in lists else cell for name, cell in row.items() if cell}
    try:
        return msgspec.convert(filled, schema, strict=False)
    except (msgspec.ValidationError, ValueError) as error:
        raise KnowledgeError(f"{where}: {error}; {_REMEDY}") from error


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(SEPARATOR.strip()) if part.strip()]


def _encoded(schema: type[Any]) -> tuple[str, ...]:
    return tuple(field.encode_name for field in msgspec.structs.fields(schema))


def _lists(schema: type[Any]) -> frozenset[str]:
    return frozenset(f.encode_name for f in msgspec.structs.fields(schema) if get_origin(f.type) is tuple)


def _key(entry: Any) -> Any:
    return getattr(entry, entry.__struct_fields__[0])


def _added(content: dict[str, Any], own: Mapping[str, Any], schema: type[Any]) -> dict[str, Any]:
    """The content of our file with a user's, list by list."""
    hints = get_type_hints(schema)
    for name, entries in own.items():
        entry: Any = next(iter(getattr(hints.get(name), "__args__", ())), None)
        if not isinstance(entries, list) or not hasattr(entry, "__struct_fields__"):
            content[name] = entries
            continue
        first = _encoded(entry)[0]
        replacing = {item.get(first) for item in entries if isinstance(item, dict)}
        kept = [item for item in content.get(name, ()) if item.get(first) not in replacing]
        content[name] = [*kept, *entries]
    return content
