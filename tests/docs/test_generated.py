"""The generated parts of the documentation are what ``make docs`` would write."""

import pytest
from docs.generators import samples
from tests.docs.pages import ROOT

from docs import generate


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return {str(path): text for path, text in generate.current().items()}


def test_everything_generated_is_current(files: dict[str, str]) -> None:
    stale = [path for path, text in files.items() if (ROOT / path).read_text("utf-8") != text]
    assert stale == [], "run make docs"


def test_no_schema_is_left_over(files: dict[str, str]) -> None:
    assert {f"schema/{file.name}" for file in (ROOT / "schema").iterdir()} <= set(files)


def test_a_sample_is_renewed_once_and_for_all() -> None:
    page = "Before.\n\n<!-- output: onrecord extract --help [lines 1-1] -->\nold\n<!-- end of output -->\n\nAfter.\n"
    renewed = samples.renewed(page, ROOT)
    assert "```text\nUsage: " in renewed
    assert "\n…\n```" in renewed
    assert "old" not in renewed
    assert renewed.startswith("Before.")
    assert renewed.endswith("After.\n")
    assert samples.renewed(renewed, ROOT) == renewed


def test_a_sample_whose_command_fails_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="no-such-command"):
        samples.output("no-such-command", ROOT)
