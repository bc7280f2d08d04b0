"""The stage list: every step from a document to its claims, in order. Nothing registers itself anywhere."""

from __future__ import annotations

from onrecord.claims.basis import BASIS
from onrecord.claims.events import EVENTS
from onrecord.claims.figures import FIGURES
from onrecord.claims.finish import CLAIMS
from onrecord.claims.moments import MOMENTS
from onrecord.claims.pruning import PRUNING
from onrecord.claims.roles import ROLES
from onrecord.claims.sources import SOURCES
from onrecord.claims.status import STATUS
from onrecord.claims.types import TYPES
from onrecord.knowledge import Stage
from onrecord.mentions.attributions import ATTRIBUTIONS
from onrecord.mentions.names import NAMES
from onrecord.mentions.quantities import QUANTITIES
from onrecord.mentions.quotations import QUOTATIONS
from onrecord.mentions.times import TIMES
from onrecord.sentences import SENTENCES

MENTIONS: tuple[Stage, ...] = (SENTENCES, QUOTATIONS, TIMES, QUANTITIES, NAMES, ATTRIBUTIONS)
RULES: tuple[Stage, ...] = (*MENTIONS, FIGURES, EVENTS, SOURCES, TYPES, PRUNING, STATUS, BASIS, ROLES, MOMENTS, CLAIMS)
READERS: dict[str, tuple[Stage, ...]] = {"rules": RULES}
