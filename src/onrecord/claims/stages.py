"""The stage list: every step from a document to its claims, in order. Nothing registers itself anywhere."""

from __future__ import annotations

from collections.abc import Callable

from onrecord.claims.basis import BASIS
from onrecord.claims.events import EVENTS
from onrecord.claims.fates import FATES
from onrecord.claims.figures import FIGURES
from onrecord.claims.finish import CLAIMS
from onrecord.claims.links import LINKS
from onrecord.claims.moments import MOMENTS
from onrecord.claims.pruning import PRUNING
from onrecord.claims.roles import ROLES
from onrecord.claims.sources import SOURCES
from onrecord.claims.status import STATUS
from onrecord.claims.trained import choices, opinions
from onrecord.claims.trained.opinions import Runs
from onrecord.claims.types import TYPES
from onrecord.knowledge import Stage
from onrecord.mentions.attributions import ATTRIBUTIONS
from onrecord.mentions.items import ITEMS
from onrecord.mentions.names import NAMES
from onrecord.mentions.quantities import QUANTITIES
from onrecord.mentions.quotations import QUOTATIONS
from onrecord.mentions.times import TIMES
from onrecord.models import builtin
from onrecord.sentences import SENTENCES

MENTIONS: tuple[Stage, ...] = (SENTENCES, QUOTATIONS, TIMES, QUANTITIES, NAMES, ITEMS, ATTRIBUTIONS)
RULES: tuple[Stage, ...] = (
    *MENTIONS, FIGURES, EVENTS, SOURCES, TYPES, FATES, PRUNING, STATUS, BASIS, ROLES, MOMENTS, LINKS, CLAIMS,
)  # fmt: skip
# What the trained reader judges: all drafts of the rules, before any is dropped.
DRAFTS: tuple[Stage, ...] = (*MENTIONS, FIGURES, EVENTS, SOURCES, TYPES, STATUS, BASIS, ROLES, MOMENTS)
# Each acts on one kind of answer of the model, and may be left out.
CHOICES: tuple[Stage, ...] = (
    choices.SOURCES,
    choices.TYPES,
    choices.STATUS,
    choices.BASIS,
    choices.PARTIES,
    choices.PLACES,
    choices.MOMENTS,
)


def trained(model: Callable[[], Runs]) -> tuple[Stage, ...]:
    """The stages of the reader that asks ``model()``; it is called when the stages are loaded."""
    return (
        *DRAFTS,
        opinions.stage(model),
        *CHOICES,
        FATES,
        choices.selection(lambda: model().card.keep),
        choices.confidence(lambda: model().card.confidence),
        LINKS,
        CLAIMS,
    )


TRAINED: tuple[Stage, ...] = trained(builtin)
READERS: dict[str, tuple[Stage, ...]] = {"rules": RULES, "trained": TRAINED}
