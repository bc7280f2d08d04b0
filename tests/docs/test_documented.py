"""Whatever a user can choose or meet is documented."""

import re
import typing

import click
import msgspec
import pytest
from docs.generators import knowledge, stages
from eval.gate import FLOORS
from tests.docs.pages import ROOT, reference

from onrecord.claims.stages import READERS
from onrecord.cli import main
from onrecord.cli.annotate import LAYERS
from onrecord.cli.claims import search
from onrecord.documents import MAX_BYTES, MAX_CHARACTERS
from onrecord.documents.fetch import Limits
from onrecord.documents.markup import MAX_DEPTH, MAX_ELEMENTS
from onrecord.knowledge import builtin
from onrecord.knowledge.files import SEARCHED
from onrecord.ledger import Heading, schema
from onrecord.ledger.flat import COLUMNS
from onrecord.ledger.search.query import ALL
from onrecord.values import Claim, Fault, Figure, Moment, Party, Place, Reading, Thing, errors
from onrecord.values import claim as claims

COMMANDS = [
    pytest.param(" ".join(words), command, id=" ".join(words))
    for name, group in main.onrecord.commands.items()
    for words, command in [((name,), group)]
    + [((name, inner), c) for inner, c in getattr(group, "commands", {}).items()]
]
STAGES = [pytest.param(stage, id=stage.name) for stage in READERS["rules"]]
FILES = sorted(file.name for file in builtin().folder.iterdir() if file.is_file())
WORDS = [
    word
    for kind in (claims.Status, claims.Type, claims.Basis, claims.Quoted, claims.Kind)
    for word in typing.get_args(kind)
]
FIELDS = sorted(
    {
        field.encode_name
        for part in (Claim, Figure, Moment, Party, Place, Thing, Fault)
        for field in msgspec.structs.fields(part)
    }
    - {"reason"}  # of a link: kept with the reading, no part of the record
)


@pytest.mark.parametrize(("words", "command"), COMMANDS)
def test_a_command_is_documented_with_all_its_options(words: str, command: click.Command) -> None:
    page = reference("commands.md")
    assert f"## onrecord {words}\n" in page
    assert command.help
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"{option.opts} has no help"
            assert f"`{option.opts[0]}`" in page
            assert option.help in page


def test_the_options_of_the_program_itself_have_help() -> None:
    assert all(option.help for option in main.onrecord.params if isinstance(option, click.Option))


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_is_documented(stage: stages.Stage) -> None:
    row = next(line for line in reference("stages.md").splitlines() if f"| `{stage.name}` |" in line)
    assert f"| {stage.version} |" in row
    assert stages.summary(stage) in row


@pytest.mark.parametrize("code", re.findall(r"^    (\d+)  ", main.__doc__ or "", re.MULTILINE))
def test_an_exit_code_is_documented(code: str) -> None:
    assert f"| `{code}` |" in reference("exit-codes.md")


def test_the_codes_that_the_commands_use_are_among_them() -> None:
    codes = set(re.findall(r"^    (\d+)  ", main.__doc__ or "", re.MULTILINE))
    assert {
        str(main.BROKEN_INSTALLATION),
        str(main.BROKEN_LEDGER),
        str(click.UsageError.exit_code),
        "0",
        "1",
        "3",
    } <= codes


@pytest.mark.parametrize("name", [name for name in vars(errors) if name.endswith("Error")])
def test_an_error_is_documented(name: str) -> None:
    assert name in reference("exit-codes.md")


@pytest.mark.parametrize("name", FILES)
def test_a_knowledge_file_is_documented_and_used(name: str) -> None:
    assert f"## {name}\n" in reference("knowledge.md")
    assert name in {*knowledge.schemas(), *SEARCHED}


@pytest.mark.parametrize("word", sorted(set(WORDS)))
def test_a_value_of_the_record_is_documented(word: str) -> None:
    assert f"`{word}`" in reference("claim.md")


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_of_the_record_is_documented(field: str) -> None:
    assert re.search(rf"\b{field}\b", reference("claim.md"))


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_is_documented(layer: str) -> None:
    assert f"## {layer}\n" in reference("mentions.md")


@pytest.mark.parametrize("field", [field.name for field in msgspec.structs.fields(Reading)])
def test_a_field_of_a_reading_is_documented(field: str) -> None:
    assert f"`{field}`" in reference("python.md")


@pytest.mark.parametrize("name", __import__("onrecord").__all__)
def test_a_public_name_is_documented(name: str) -> None:
    assert f"## `onrecord.{name}" in reference("python.md")


def test_the_limits_are_those_of_the_code() -> None:
    page, fetch = reference("limits.md"), Limits()
    for number in (MAX_BYTES, MAX_CHARACTERS, MAX_ELEMENTS, MAX_DEPTH):
        assert f"{number:,}" in page
    assert f"{fetch.total:g} seconds in all, {fetch.connect:g} to connect, {fetch.redirects} redirects" in page


def test_every_floor_is_documented() -> None:
    for floors in msgspec.json.decode(FLOORS.read_bytes())["floors"].values():
        for name in floors:
            assert f"`{name}`" in reference("limits.md")


def test_the_readme_names_every_layer_of_the_code() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    folders = [folder.name for folder in (ROOT / "src" / "onrecord").iterdir() if (folder / "__init__.py").exists()]
    for folder in folders:
        assert f"`src/onrecord/{folder}`" in readme


@pytest.mark.parametrize("name", [*schema.METADATA.tables, *schema.WORDS])
def test_a_table_of_the_ledger_is_documented(name: str) -> None:
    assert f"`{name}`" in reference("ledger.md")


@pytest.mark.parametrize("name", [*COLUMNS, *Heading.__struct_fields__])
def test_a_column_of_a_ledger_is_documented(name: str) -> None:
    assert f"`{name}`" in reference("ledger.md")


@pytest.mark.parametrize("field", ALL)
def test_a_field_of_questions_is_documented(field: str) -> None:
    assert f"`{field}`" in (ROOT / "docs" / "how-to" / "search-claims.md").read_text("utf-8")
    assert re.search(rf"\b{field}\b", search.help or "")
