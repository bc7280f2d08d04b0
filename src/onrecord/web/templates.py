"""The templates of the desk, beside those of the pages that ``onrecord extract`` writes."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from onrecord.ledger import Heading
from onrecord.values import Claim
from onrecord.version import VERSION
from onrecord.views.card import card
from onrecord.views.page import environment
from onrecord.views.safe import middle
from onrecord.views.summary import counted
from onrecord.views.words import amount, day, number, speaker

if TYPE_CHECKING:
    import jinja2

# htmx must neither write a style of its own nor evaluate text, which the content security policy forbids.
_HTMX = {
    "includeIndicatorStyles": False,
    "allowEval": False,
    "allowScriptTags": False,
    "selfRequestsOnly": True,
    "historyCacheSize": 0,
}


def rendered(name: str, context: Mapping[str, Any]) -> str:
    """A template filled in; everything in it is escaped."""
    return _environment().get_template(name).render(context)


@functools.cache
def _environment() -> jinja2.Environment:
    import jinja2

    env = environment().overlay(
        loader=jinja2.ChoiceLoader(
            [jinja2.PackageLoader("onrecord.web"), jinja2.PackageLoader("onrecord.views", "templates")]
        )
    )
    env.globals.update(version=VERSION, htmx=json.dumps(_HTMX), address=address)
    env.filters.update(
        day=day,
        number=number,
        amount=amount,
        speaker=speaker,
        card=_card,
        counted=counted,
        called=called,
        outlet=outlet,
    )
    return env


def address(path: str, **asked: Any) -> str:
    """A path with what is asked; nothing for what is not."""
    given = {name: value for name, value in asked.items() if value not in (None, "")}
    return f"{path}?{urlencode(given)}" if given else path


def called(report: Heading) -> str:
    """What to call a report: its title, the id that came with it, else the last part of its address."""
    return middle(report.title or report.given or report.address.rstrip("/").rpartition("/")[2] or report.id, 200)


def outlet(report: Heading) -> str:
    """Who published it; what it is called where nobody is named."""
    return middle(report.publisher, 100) if report.publisher else called(report)


def _card(claim: Claim) -> Any:
    return card(claim)
