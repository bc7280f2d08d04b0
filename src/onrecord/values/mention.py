"""What a text mentions, before anything is claimed: quotations, quantities, times, entities, attributions."""

from __future__ import annotations

import datetime
from typing import Literal

import msgspec

from onrecord.values.span import Quote, Span


class Quotation(Span, frozen=True):
    """Words in quotation marks. ``[start, end)`` includes the marks; it may run over paragraphs."""


class Quantity(Quote, frozen=True):
    """A number of something.

    Attributes:
        text: the number with its modifiers and its noun phrase, e.g. "around 3,000 more troops".
        number: the place of the bare numeral ("3,000").
        low, high: the bounds that were stated; ``None`` when open ("more than 100": 100, ``None``).
        approximate: whether the words say so ("about", "nearly", "dozens of").
        unit: singular lower-case noun counted; ISO 4217 code for money, "km2" for area, "percent" for shares.
        noun: the place of the counted noun phrase's head, ``None`` when the text leaves it out.
    """

    number: Span
    low: float | None
    high: float | None
    approximate: bool
    unit: str | None
    noun: Span | None = None


class Time(Quote, frozen=True):
    """A time expression, resolved against the publication date where that is possible.

    Attributes:
        timex: TIMEX3 value ("2025-03", "2025-W12", "P3D", "XXXX-WXX-4"), after TimeML 1.2.1.
        kind: TIMEX3 type.
        first, last: the first and last day meant, ``None`` when it cannot be resolved.
    """

    timex: str
    kind: Literal["DATE", "TIME", "DURATION", "SET"]
    first: datetime.date | None = None
    last: datetime.date | None = None


class Entity(Quote, frozen=True):
    """A named party, place or thing.

    Attributes:
        kind: country, body, person, role, place, outlet, item, other.
        name: the canonical name ("Volodymyr Zelensky" for a later "Zelensky").
        id: knowledge id, ``None`` when onrecord does not know it.
        country: canonical name of the country it belongs to, when known ("South Korea" for its general staff).
        reason: why it bears this name, in words ("acronym of …", "family name of …"); ``None`` as it is written.
    """

    kind: str
    name: str
    id: str | None = None
    country: str | None = None
    reason: str | None = None


class ItemMention(Quote, frozen=True):
    """Words that name a piece of equipment, or a class of it, of the catalogue.

    Attributes:
        id: of the catalogue. name: its name there.
        likened: whether something is only said to be like it ("resembling the RQ-4B"): no mention of it as itself.
        reason: "name" or "alias of …".
    """

    id: str
    name: str
    likened: bool = False
    reason: str | None = None


class Attribution(msgspec.Struct, frozen=True):
    """Someone said something: who (source), the attributing words (cue), and what (content).

    Each part is a tuple of places, since a content may be split around its cue. PolNeAR and the Penn Attribution
    Relations Corpus use the same three parts.

    Attributes:
        source: places of the words naming the source; empty when the text names none.
        party: who that is, resolved within the document (coreference, canonical name).
        via: asserters between the outlet and the source, outermost first.
        quoted: direct, indirect or mixed.
        denies: whether the cue denies its content ("denied that …").
        speech_act: whether the cue itself is the event ("urged", "accused", "vowed").
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    party: Entity | None = None
    via: tuple[Entity, ...] = ()
    quoted: Literal["direct", "indirect", "mixed"] = "indirect"
    denies: bool = False
    speech_act: bool = False


class Mentions(msgspec.Struct, frozen=True):
    """All mentions of a document, each list in the order of the text."""

    quotations: tuple[Quotation, ...] = ()
    times: tuple[Time, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    entities: tuple[Entity, ...] = ()
    items: tuple[ItemMention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
