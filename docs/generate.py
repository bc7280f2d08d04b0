"""Write the generated parts of the documentation: reference pages, JSON Schemas, and samples of real output.

    python -m docs.generate            write what has changed
    python -m docs.generate --check    write nothing; name what has changed, and fail

Running it twice changes nothing more. A test holds that the files in the repository are what this program writes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from docs.generators import commands, floors, knowledge, names, samples, schemas, stages

ROOT = Path(__file__).parents[1]
REFERENCE = Path("docs/reference")


def generated() -> dict[Path, str]:
    """Every file that is generated as a whole, by its path below the root."""
    pages = {
        REFERENCE / "commands.md": commands.page(),
        REFERENCE / "stages.md": stages.page(),
        REFERENCE / "knowledge.md": knowledge.page(),
    }
    pages |= {REFERENCE / name: text for name, text in names.pages().items()}
    return pages | {Path("schema") / name: text for name, text in schemas.files().items()}


def written() -> dict[Path, str]:
    """Every page that people write and that shows samples of output or the floors, with these made anew."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    texts = {page.relative_to(ROOT): page.read_text("utf-8") for page in pages}
    return {path: floors.renewed(samples.renewed(text, ROOT)) for path, text in texts.items()}


def current() -> dict[Path, str]:
    """Every file as it should be; a page that is generated whole is not also renewed from its old self."""
    return written() | generated()


def changed() -> dict[Path, str]:
    """The files whose content is not what it should be, with what it should be."""
    return {path: text for path, text in current().items() if _content(ROOT / path) != text}


def main(arguments: list[str] | None = None) -> int:
    """Write, or check, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if something would change")
    check = parser.parse_args(arguments).check
    found = changed()
    for path, text in found.items():
        if not check:
            (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / path).write_text(text, "utf-8")
        print(f"{path} {'is not current; run make docs' if check else 'written'}", file=sys.stderr)
    return 1 if check and found else 0


def _content(path: Path) -> str | None:
    return path.read_text("utf-8") if path.exists() else None


if __name__ == "__main__":
    sys.exit(main())
