"""The code on the pages: Python runs and prints what stands there; commands exist and take their options."""

import doctest
import importlib.util
import re
import shlex
from pathlib import Path

import click
import pytest
from tests.docs.pages import PAGES, ROOT, blocks

from onrecord.cli.main import onrecord

PYTHON = [pytest.param(page, id=page.stem) for page in PAGES if blocks(page, "python")]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = {name for line in re.findall(r"^([a-z ]+):", MAKEFILE, re.MULTILINE) for name in line.split()}
SEPARATORS = {"|", "||", "&", "&&", ";"}


def commands(page: Path) -> list[list[str]]:
    """The simple commands of a page's shell examples, each as a list of words without its redirections."""
    found: list[list[str]] = []
    for block in blocks(page, "sh"):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.shlex(line, posix=True, punctuation_chars=";&|<>")
            words.whitespace_split = True
            words.commenters = "#"
            found.append([])
            skip = False
            for word in words:
                if word in SEPARATORS:
                    found.append([])
                elif word in (">", "<"):
                    skip = True
                elif skip:
                    skip = False
                elif found[-1] or word != "do":
                    found[-1].append(word)
    return [command for command in found if command]


COMMANDS = [
    pytest.param(command, id=f"{page.stem}:{' '.join(command)[:50]}") for page in PAGES for command in commands(page)
]


@pytest.mark.parametrize("page", PYTHON)
def test_python_runs_and_prints_what_the_page_says(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    session = "\n".join(blocks(page, "python"))
    assert ">>>" in session
    examples = doctest.DocTestParser().get_doctest(session, {}, str(page), str(page), 0)
    told: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.FAIL_FAST).run(examples, out=told.append)
    assert not told, "".join(told)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_exists_and_takes_its_options(command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    program, *arguments = command
    program = program.removeprefix(".venv/bin/")
    if program == "onrecord":
        name, *rest = arguments
        found: click.Command = onrecord.commands[name]
        if isinstance(found, click.Group):
            name, *rest = rest
            found = found.commands[name]
        assert found.make_context(name, [word.replace("$part", "part") for word in rest])
    elif program == "make":
        assert set(arguments) <= TARGETS
    elif program == "python":
        assert arguments[0] == "-m"
        assert importlib.util.find_spec(arguments[1])
        settings = (ROOT / "training" / "settings.py").read_text("utf-8")
        for word in arguments[2:]:
            name, given, _ = word.partition("=")
            assert word.startswith("-") or (f"    {name}: " in settings if given else Path(word).exists())
    else:
        assert program in {"cat", "gzip", "split", "for", "done", "wait", "echo", "."}


def test_a_wrong_option_would_be_found() -> None:
    with pytest.raises(click.NoSuchOption):
        onrecord.commands["extract"].make_context("extract", ["--nonsense", "x"])
