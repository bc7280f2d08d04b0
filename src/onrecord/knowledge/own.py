"""A user's own knowledge: a folder of files with the names of ours, checked and added to."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from onrecord.knowledge.aliases import atoms
from onrecord.knowledge.base import Knowledge
from onrecord.knowledge.entries import Alias, Body, Homonym, Person, Region
from onrecord.knowledge.equipment import catalogue
from onrecord.knowledge.files import ROWS, TABLES
from onrecord.knowledge.names import Names, names
from onrecord.knowledge.tables import cells, csv_rows
from onrecord.values import KnowledgeError, RequestError


def counts(knowledge: Knowledge) -> dict[str, int]:
    """How many entries each file has; every file is read and checked against its schema.

    Raises:
        KnowledgeError: if a file breaks its schema.
    """
    found = {name: len(knowledge.rows(name, schema)) for name, schema in ROWS.items()}
    for name, schema in TABLES.items():
        table: Any = knowledge.table(name, schema)
        lists = [getattr(table, field) for field in table.__struct_fields__]
        found[name] = sum(len(entries) for entries in lists if isinstance(entries, tuple))
    return dict(sorted(found.items()))


def problems(knowledge: Knowledge) -> Iterator[str]:
    """What is wrong beyond the schemas: unknown countries, kinds and ids, examples that do not name their entry."""
    table = names(knowledge)
    entries: list[Body | Person | Region] = [
        *table.bodies.values(),
        *table.people.values(),
        *table.regions.values(),
    ]
    for entry in entries:
        if entry.country is not None and entry.country not in table.countries:
            yield f"{entry.id}: no country is called {entry.country!r}"
        # By name where a capital is a seat of government before it is a place.
        if entry.name not in {hit.known.name for hit in table.aliases.find(atoms(entry.example))}:
            yield f"{entry.id}: its example {entry.example!r} does not name it"
    for body in table.bodies.values():
        for kind in body.fills:
            if kind not in table.kinds:
                yield f"{body.id}: no kind of body is called {kind!r}"
    for person in table.people.values():
        for held in person.held:
            if held.body is not None and held.body not in table.bodies:
                yield f"{person.id}: no body has the id {held.body!r}"
    yield from _unknown_ids(knowledge, table)
    yield from _items(knowledge)


def add(folder: Path, file: str, fields: Mapping[str, str]) -> Path:
    """Add an entry to a user's own file; an entry of the same first field is replaced.

    Args:
        folder: the user's own; made if it is not there.
        file: "bodies" or "bodies.csv".
        fields: by name; lists separate with `` | ``.

    Returns:
        The file that was written.

    Raises:
        RequestError: if there is no such file, or a field is wrong.
    """
    name = file if file.endswith(".csv") else f"{file}.csv"
    if name not in ROWS:
        raise RequestError(f"no file {file!r} to add to; choose among: {', '.join(f[:-4] for f in ROWS)}")
    schema = ROWS[name]
    columns = [field.encode_name for field in msgspec.structs.fields(schema)]
    try:
        entries: list[Any] = csv_rows(_csv(list(fields), [dict(fields)]).encode(), schema, "what you give")
    except KnowledgeError as error:
        raise RequestError(str(error)) from error
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    old: list[Any] = csv_rows(path.read_bytes(), schema, str(path)) if path.is_file() else []
    kept = [cells(e) for e in old]
    new = cells(entries[0])
    rows = [row for row in kept if row[columns[0]] != new[columns[0]]]
    path.write_text(_csv(columns, [*rows, new]), "utf-8")
    return path


def as_csv(knowledge: Knowledge, name: str) -> str:
    """The entries of a CSV file, a user's own among them."""
    schema = ROWS[name]
    columns = [field.encode_name for field in msgspec.structs.fields(schema)]
    entries: tuple[Any, ...] = knowledge.rows(name, schema)
    return _csv(columns, [cells(entry) for entry in entries])


def _csv(columns: list[str], rows: list[dict[str, Any]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _unknown_ids(knowledge: Knowledge, table: Names) -> Iterator[str]:
    items = catalogue(knowledge).items
    for alias in knowledge.rows("aliases.csv", Alias):
        if table.entry(alias.id) is None and alias.id not in items:
            yield f"aliases.csv: {alias.alias!r} names {alias.id!r}, which is not known"
    for homonym in knowledge.rows("homonyms.csv", Homonym):
        if table.entry(homonym.id) is None and knowledge.gazetteer.place(homonym.id) is None:
            yield f"homonyms.csv: {homonym.name!r} may mean {homonym.id!r}, which is not known"


def _items(knowledge: Knowledge) -> Iterator[str]:
    known = catalogue(knowledge)
    for item in known.items.values():
        if item.id not in {found.item.id for found in known.find(item.example)}:
            yield f"{item.id}: its example {item.example!r} does not name it"
