"""The page: every claim beside the words it rests on, in one HTML file that loads nothing.

The readings pass once and only their counts, titles and faults stay in memory; the documents wait in a spool until the
summary that stands above them can be written.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import importlib.resources
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from onrecord.values import Reading
from onrecord.views.article import BIDI, article, dateline, title
from onrecord.views.card import card
from onrecord.views.safe import one_line
from onrecord.views.summary import Tally, counted
from onrecord.views.words import OWN_VOICE

if TYPE_CHECKING:
    import jinja2
    from markupsafe import Markup

SPOOL, CHUNK = 8 << 20, 1 << 16
FAULTS_ON_TOP = 50
_PLAIN_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,79}")


def page(readings: Iterable[Reading]) -> Iterator[str]:
    """One self-contained HTML page with all ``readings``, in pieces.

    The text of each document stands in it unchanged, code point by code point; only U+0000, which HTML cannot hold,
    is shown as U+2400.

    Args:
        readings: they are taken once, one at a time.
    """
    env = environment()
    contents = _Contents()
    with tempfile.SpooledTemporaryFile(SPOOL, "w+", encoding="utf-8", newline="") as spool:
        for reading in readings:
            spool.writelines(env.get_template("document.html").generate(_document(reading, contents)))
        yield from env.get_template("head.html").generate(contents.head())
        spool.seek(0)
        while piece := spool.read(CHUNK):
            yield piece
    yield from env.get_template("foot.html").generate(script=_asset("page.js"))


class _Contents:
    """What the top of the page tells of all documents."""

    def __init__(self) -> None:
        self.tally = Tally()
        self.entries: list[dict[str, Any]] = []
        self.faults: list[dict[str, str]] = []
        self.types: Counter[str] = Counter()
        self.statuses: Counter[str] = Counter()
        self.sources: Counter[str] = Counter()
        self.anchors: set[str] = set()

    def add(self, reading: Reading) -> str:
        """Count a reading and return the anchor of its document."""
        self.tally.add(reading)
        anchor = f"d-{self.tally.documents}"
        entry = {
            "anchor": anchor,
            "title": title(reading.document),
            "dateline": dateline(reading.document),
            "claims": counted(len(reading.claims), "claim"),
            "faults": counted(len(reading.faults), "fault") if reading.faults else "",
        }
        self.entries.append(entry)
        for fault in reading.faults[: FAULTS_ON_TOP - len(self.faults)]:
            self.faults.append({"anchor": anchor, "title": entry["title"], "words": f"{fault.stage}: {fault.message}"})
        for claim in reading.claims:
            self.types[claim.type] += 1
            self.statuses[claim.status] += 1
            self.sources[card(claim).source] += 1
        return anchor

    def claim_anchor(self, id_: str) -> str:
        """An anchor that this page has not used yet: the claim's own id where it can be one."""
        plain = f"c-{id_}" if _PLAIN_ID.fullmatch(id_) else "c"
        anchor, more = plain, len(self.anchors)
        while anchor in self.anchors or anchor == "c":
            more += 1
            anchor = f"{plain}--{more}"
        self.anchors.add(anchor)
        return anchor

    def head(self) -> dict[str, Any]:
        """What head.html needs."""
        one = self.entries[0]["title"] if len(self.entries) == 1 else ""
        return {
            "title": f"{one} – claims on record" if one else "Claims on record",
            "tally": self.tally,
            "counts": self.tally.line().split(", "),
            "entries": self.entries,
            "faults": self.faults,
            "filters": [
                ("type", "Type", sorted(self.types.items())),
                ("source", "Source", sorted(self.sources.items(), key=lambda item: (item[0] != OWN_VOICE, item[0]))),
                ("status", "Status", sorted(self.statuses.items())),
            ],
            "style": _asset("page.css"),
            "policy": _policy(),
        }


def _document(reading: Reading, contents: _Contents) -> dict[str, Any]:
    """What document.html needs."""
    anchor = contents.add(reading)
    return article(reading.document, reading.claims, reading.faults, anchor=anchor, anchor_of=contents.claim_anchor)


@functools.cache
def environment() -> jinja2.Environment:
    """The templates; everything that they print is escaped, and harmless to look at."""
    import jinja2

    env = jinja2.Environment(
        loader=jinja2.PackageLoader("onrecord.views"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=_harmless,
    )
    env.filters["exact"] = exact
    return env


def _harmless(value: object) -> object:
    """``value`` as it is printed; markup that we made ourselves stays as it is."""
    return one_line(value) if type(value) is str else value


def exact(text: str) -> Markup:
    """``text`` as HTML that a browser reads back unchanged.

    Carriage returns are written as references, or the parser would turn them into line feeds. Characters that turn
    the direction of what follows are kept, but shut in so that they turn nothing.
    """
    from markupsafe import Markup, escape

    words = str(escape(text)).replace("\r", "&#13;").replace("\0", "\u2400")
    return Markup(BIDI.sub(r'<bdi class="turn">\g<0></bdi>', words))  # noqa: S704 (escaped above)


@functools.cache
def _asset(name: str) -> Markup:
    """A style sheet or script of ours, to stand inside the page as it is."""
    from markupsafe import Markup

    file = importlib.resources.files("onrecord.views") / "templates" / name
    return Markup(file.read_text("utf-8"))  # noqa: S704 (a file of this package)


def _policy() -> str:
    """A content security policy that allows our own style and script, and no request at all."""
    style, script = (_digest(str(_asset(name))) for name in ("page.css", "page.js"))
    return (
        f"default-src 'none'; style-src '{style}'; script-src '{script}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode("ascii")
