"""``onrecord knowledge``, ``sources``, ``items`` and ``places``: what onrecord knows of names, and adding to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.inputs import knowledge_option, until_closed

if TYPE_CHECKING:
    from onrecord.knowledge.entries import Body, Country, Person
    from onrecord.knowledge.equipment import Catalogue
    from onrecord.knowledge.gazetteer import Spot

json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")


@click.group()
def knowledge() -> None:
    """What onrecord knows of words and names: check it, show it, add to it."""


@knowledge.command("check")
@knowledge_option
def check(own: Path | None) -> None:
    """Check every file, yours among them, and count its entries; exit code 4 if something is wrong."""
    from onrecord.knowledge import builtin
    from onrecord.knowledge.own import counts, problems
    from onrecord.values import KnowledgeError

    known = builtin(own)
    for name, count in counts(known).items():
        click.echo(f"{count:7,}  {name}")
    found = list(problems(known))
    for problem in found:
        click.echo(problem, err=True)
    if found:
        raise KnowledgeError(f"{len(found)} of the entries are wrong, as told above; mend them")
    click.echo(f"digest {known.digest}")


@knowledge.command("show")
@click.argument("file", required=False)
@knowledge_option
def show(file: str | None, own: Path | None) -> None:
    """Print a file of rows as CSV, your entries among ours; without FILE, the names of the files."""
    from onrecord.knowledge import builtin
    from onrecord.knowledge.files import ROWS
    from onrecord.knowledge.own import as_csv

    known = builtin(own)
    if file is None:
        click.echo("\n".join(known.files))
        return
    name = file if "." in file else f"{file}.csv"
    if name not in known.files:
        raise click.UsageError(f"no file {file!r}; choose among: {', '.join(known.files)}")
    with until_closed():
        click.echo(as_csv(known, name) if name in ROWS else (known.folder / name).read_text("utf-8"), nl=False)


@knowledge.command("add")
@click.argument("file")
@click.argument("fields", nargs=-1, required=True, metavar="FIELD=VALUE...")
@knowledge_option
def add(file: str, fields: tuple[str, ...], own: Path | None) -> None:
    """Add an entry to a file of your own, or replace it: FILE is bodies, people, equipment, regions and the like.

    Values that are lists separate with " | ". The fields of each file are in docs/reference/knowledge.md.
    """
    from onrecord.knowledge.own import add as write

    given = dict(_field(field) for field in fields)
    click.echo(f"wrote {write(_folder(own), file, given)}")


@click.group()
def sources() -> None:
    """Who may assert something: countries, bodies and outlets, people."""


@sources.command("list")
@click.argument("words", required=False)
@click.option("--country", help="Only those of this country.")
@click.option("--sort", "sort_", help="Only bodies of this sort, or people, or country.")
@json_option
@knowledge_option
def list_sources(words: str | None, country: str | None, sort_: str | None, as_json: bool, own: Path | None) -> None:
    """List the sources onrecord knows; WORDS, if given, stand in their name or an alias."""
    found = [
        entry
        for entry in _sources(own)
        if (words is None or _has(entry, words))
        and (country is None or _land(entry) == country)
        and (sort_ is None or _sort(entry) == sort_)
    ]
    _print(found, as_json, lambda e: (e.id, e.name, _sort(e), _land(e) or "-"))


@sources.command("show")
@click.argument("source")
@json_option
@knowledge_option
def show_source(source: str, as_json: bool, own: Path | None) -> None:
    """Show what is known of a source, by its id or one of its names."""
    from onrecord.knowledge import builtin
    from onrecord.knowledge.names import names

    table = names(builtin(own))
    known = table.aliases.exact(source)
    id_ = known.id if known is not None and known.id is not None else source
    entry = table.entry(id_)
    made = table.of_kind(id_)
    if entry is None and made is None:
        raise click.UsageError(f"no source {source!r}; onrecord sources list WORDS finds one")
    _show(entry if entry is not None else made, as_json)


@sources.command("alias")
@click.argument("name")
@click.argument("source")
@knowledge_option
def alias(name: str, source: str, own: Path | None) -> None:
    """Let NAME mean SOURCE, an id, in a folder of your own: it holds for sources, places and items alike."""
    from onrecord.knowledge import builtin
    from onrecord.knowledge.equipment import catalogue
    from onrecord.knowledge.names import names
    from onrecord.knowledge.own import add as write

    folder = _folder(own)
    known = builtin(folder if folder.is_dir() else None)
    if names(known).entry(source) is None and source not in catalogue(known).items:
        raise click.UsageError(f"no id {source!r}; onrecord sources list WORDS finds one")
    click.echo(f"wrote {write(folder, 'aliases', {'alias': name, 'id': source})}")


@click.group()
def items() -> None:
    """Equipment: classes and items of the catalogue."""


@items.command("list")
@click.argument("under", required=False)
@json_option
@knowledge_option
def list_items(under: str | None, as_json: bool, own: Path | None) -> None:
    """List the catalogue as a tree; UNDER, an id, names a class to begin at."""
    known = _catalogue(own)
    if under is not None and under not in known.items:
        raise click.UsageError(f"no item {under!r}; onrecord items search WORDS finds one")
    with until_closed():
        for depth, item in known.tree(known.items[under] if under else None):
            click.echo(_json(item) if as_json else f"{'  ' * depth}{item.name}  ({item.id})")


@items.command("show")
@click.argument("item")
@json_option
@knowledge_option
def show_item(item: str, as_json: bool, own: Path | None) -> None:
    """Show an item or class, by its id or one of its names."""
    known = _catalogue(own)
    found = next((f.item for f in known.find(item) if f.start == 0 and f.end == len(item)), None)
    entry = known.items.get(item, found)
    if entry is None:
        raise click.UsageError(f"no item {item!r}; onrecord items search WORDS finds one")
    _show(entry, as_json)
    if not as_json:
        click.echo(f"classes: {' < '.join(above.name for above in known.above(entry)) or '-'}")


@items.command("search")
@click.argument("words")
@json_option
@knowledge_option
def search_items(words: str, as_json: bool, own: Path | None) -> None:
    """Find items whose name or alias holds WORDS, and those that WORDS themselves name."""
    known = _catalogue(own)
    named = [found.item for found in known.find(words)]
    found = list({item.id: item for item in (*named, *(i for i in known.items.values() if _has(i, words)))}.values())
    _print(found, as_json, lambda i: (i.id, i.name, known.items[i.parent].name if i.parent else "-"))


@click.group()
def places() -> None:
    """Places: countries' regions, and cities."""


@places.command("search")
@click.argument("name")
@click.option("--most", type=click.IntRange(min=1), default=20, show_default=True, help="How many to print.")
@json_option
def search_places(name: str, most: int, as_json: bool) -> None:
    """Find the places called NAME, then those whose name begins so, the most peopled first."""
    from onrecord.knowledge import builtin

    gazetteer = builtin().gazetteer
    found = {spot.id: spot for spot in (*gazetteer.named(name), *gazetteer.beginning(name, most))}
    _print(
        list(found.values())[:most],
        as_json,
        lambda s: (s.id, s.name, s.kind, s.country, s.region or "-", _point(s), f"{s.population:,}"),
    )


def _point(spot: Spot) -> str:
    return "-" if spot.lat is None else f"{spot.lat} {spot.lon}"


def _sources(own: Path | None) -> Iterable[Country | Body | Person]:
    from onrecord.knowledge import builtin
    from onrecord.knowledge.names import names

    table = names(builtin(own))
    return (*table.countries.values(), *table.bodies.values(), *table.people.values())


def _catalogue(own: Path | None) -> Catalogue:
    from onrecord.knowledge import builtin
    from onrecord.knowledge.equipment import catalogue

    return catalogue(builtin(own))


def _folder(own: Path | None) -> Path:
    if own is None:
        raise click.UsageError("no folder to write to; name yours with --knowledge, or set ONRECORD_KNOWLEDGE")
    return own


def _field(given: str) -> tuple[str, str]:
    name, sign, value = given.partition("=")
    if not sign:
        raise click.UsageError(f"{given!r} is no field; give it as NAME=VALUE")
    return name, value


def _sort(entry: Any) -> str:
    kind = str(entry.id.partition(":")[0])
    return str(getattr(entry, "sort", {"person": "people"}.get(kind, kind)))


def _land(entry: Any) -> str | None:
    land = entry.name if entry.id.startswith("country:") else entry.country
    return None if land is None else str(land)


def _has(entry: Any, words: str) -> bool:
    return any(words.lower() in name.lower() for name in (entry.name, *entry.aliases))


def _json(entry: Any) -> str:
    import msgspec

    return msgspec.json.encode({"id": entry.id, **msgspec.to_builtins(entry)}).decode()


def _print(found: Sequence[Any], as_json: bool, columns: Any) -> None:
    if not found:
        raise click.UsageError("nothing found; try fewer or other words")
    with until_closed():
        if as_json:
            for entry in found:
                click.echo(_json(entry))
            return
        rows = [columns(entry) for entry in found]
        widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
        for row in rows:
            click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _show(entry: Any, as_json: bool) -> None:
    import msgspec

    if as_json:
        click.echo(_json(entry))
        return
    for name, value in msgspec.to_builtins(entry).items():
        if value not in (None, "", [], ()):
            click.echo(f"{name}: {' | '.join(map(str, value)) if isinstance(value, (list, tuple)) else value}")
