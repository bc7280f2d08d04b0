"""What the trained reader thinks of a draft, before any stage acts on it."""

from __future__ import annotations

import msgspec

from onrecord.values.claim import Basis, Status, Type
from onrecord.values.mention import Entity, Time


class Pick(msgspec.Struct, frozen=True):
    """What most likely fills a role.

    Attributes:
        share: how likely that is right, 0..1, over all mentions of the same name.
        party: the likeliest mention of who or where; ``None`` for nobody, and for a time.
        time: when; ``None`` for never said, and for a party.
    """

    share: float
    party: Entity | None = None
    time: Time | None = None


class Opinion(msgspec.Struct, frozen=True):
    """The trained reader's answers to what may be asked of a draft.

    Attributes:
        keep: how likely the draft is to be put on record, 0..1.
        types, statuses, bases: how likely each is, 0..1, likeliest first, without those below one in a hundred.
        source, actor, target, place, time: who or what fills the roles.
    """

    keep: float
    types: dict[Type, float]
    statuses: dict[Status, float]
    bases: dict[Basis, float]
    source: Pick
    actor: Pick
    target: Pick
    place: Pick
    time: Pick
