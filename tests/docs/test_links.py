"""Every relative link leads to a file, and to a heading where it names one."""

import re
from pathlib import Path

import pytest
from tests.docs.pages import PAGES, ROOT, prose

LINKS = [
    pytest.param(page, target, id=f"{page.relative_to(ROOT)}:{target}")
    for page in PAGES
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page))
    if not target.startswith(("http://", "https://", "mailto:"))
]


def anchors(page: Path) -> set[str]:
    """The anchors that Markdown gives to the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize(("page", "target"), LINKS)
def test_a_link_leads_somewhere(page: Path, target: str) -> None:
    path, _, anchor = target.partition("#")
    there = (page.parent / path).resolve() if path else page
    assert there.exists()
    assert there.is_relative_to(ROOT)
    assert not anchor or anchor in anchors(there)


def test_every_page_can_be_reached_from_the_index() -> None:
    index = ROOT / "docs" / "index.md"
    linked = {
        (index.parent / target.partition("#")[0]).resolve() for target in re.findall(r"\]\(([^)]+)\)", prose(index))
    }
    pages = {page for page in PAGES if page.is_relative_to(ROOT / "docs")} - {index}
    assert pages <= linked
