"""A claim as pages and notebooks show it: every field in words, none longer than a screen can bear."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from onrecord.values import Claim
from onrecord.views.safe import middle
from onrecord.views.words import OWN_VOICE, carriers, measured, parties, period, thing

QUOTE, NAME, CHAIN = 600, 160, 8


class Card(msgspec.Struct, frozen=True):
    """What is shown of a claim; empty strings where the claim says nothing.

    Attributes:
        anchor: the id of its card in the page; that of its words has "-evidence" after it.
        places: "evidence 3 7;figure 4 4": kinds with first and last segment number.
        own: whether the report says it in its own voice, and ``source`` is only our phrase for that.
        links: what its names were linked to: role, knowledge id, and why.
        stated: the words of the figure; ``amount`` is how they were understood.
    """

    anchor: str
    places: str
    type: str
    status: str
    source: str
    own: bool
    kind: str
    via: tuple[str, ...]
    amount: str
    basis: str
    stated: str
    thing: str
    parties: str
    place: str
    coordinates: str
    time: str
    time_text: str
    evidence: str
    cue: str
    quoted: str
    confidence: str
    reader: str
    id: str
    links: tuple[tuple[str, str, str], ...] = ()


def card(claim: Claim, anchor: str = "", places: tuple[tuple[str, int, int], ...] = ()) -> Card:
    """The words for ``claim``; long ones are cut in the middle, so that a page stays linear in its claims."""
    figure, place, time, source = claim.quantity, claim.place, claim.time, claim.source
    known = place is not None and place.lat is not None and place.lon is not None
    return Card(
        anchor=anchor,
        places=";".join(f"{kind} {first} {last}" for kind, first, last in places),
        type=claim.type,
        status=claim.status,
        source=OWN_VOICE if source is None else middle(source.name, NAME),
        own=source is None,
        kind="" if source is None or source.kind is None else source.kind,
        via=_chain(claim),
        amount="" if figure is None else measured(figure)[0],
        basis="" if figure is None or figure.basis == "unknown" else figure.basis,
        stated="" if figure is None else middle(figure.text, NAME),
        thing=middle(thing(claim), NAME),
        parties=middle(parties(claim), 2 * NAME),
        place="" if place is None else middle(place.name, NAME),
        coordinates=f"{place.lat:.4g}, {place.lon:.4g}" if place is not None and known else "",
        time="" if time is None else middle(period(time), NAME),
        time_text="" if time is None else middle(time.text, NAME),
        evidence=middle(claim.evidence.text, QUOTE),
        cue="" if claim.cue is None else middle(claim.cue.text, NAME),
        quoted=claim.quoted or "",
        confidence=f"{claim.confidence:.2f}",
        reader=middle(claim.reader, NAME),
        id=middle(claim.id, NAME),
        links=tuple(_links(claim)),
    )


def _links(claim: Claim) -> Iterator[tuple[str, str, str]]:
    """The roles whose names are known, each with its id and the reason."""
    for role in ("source", "actor", "target", "object", "place"):
        named = getattr(claim, role)
        if named is not None and named.id is not None:
            yield role, middle(named.id, NAME), middle(named.reason or "", NAME)


def _chain(claim: Claim) -> tuple[str, ...]:
    chain = [middle(name, NAME) for name in carriers(claim)]
    return (*chain[:CHAIN], *([f"{len(chain) - CHAIN} more"] if len(chain) > CHAIN else []))
