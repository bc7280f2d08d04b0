"""From a claim and its report to what it measures, in the terms in which claims are compared."""

from __future__ import annotations

import datetime
import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from onrecord.knowledge import Knowledge, builtin
from onrecord.knowledge.comparing import Comparables, comparables
from onrecord.knowledge.names import names
from onrecord.series.blocks import family
from onrecord.series.compare import WORDY
from onrecord.series.credits import credits_of
from onrecord.series.voices import state_of, voice_of
from onrecord.values import Claim, Document, Measure, Mode, Party, Place, Span, Voice

_CLOCK = re.compile(
    r"\b([01]?\d|2[0-3])[:.]([0-5]\d)\b(?:\s*([ap])\.?m\b)?|\b(1[0-2]|[1-9])\s*([ap])\.?m\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_OF = re.compile(r"\s+of\s+((?:(?!\b(?:to|from|in|for|by|at|were|was|have|has|had)\b)[^,.;:()\"”])*)")
_STEADY = ("toll", "attack")  # families in which the count of an incident and its running total are one measure
_ALONGSIDE = ("wounded", "missing", "casualties")  # "another 40 were wounded": beside the dead, not on top of others
_IDLE = frozenset(
    [
        "about", "around", "nearly", "almost", "some", "more", "than", "least", "over", "most", "the", "and",
        "other", "others", "another", "additional", "additionally", "further", "total", "people", "person",
        "persons", "hundred", "hundreds", "thousand", "thousands", "million", "billion", "dozens", "dozen",
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fewer",
        "less", "new", "pieces", "units", "unit", "piece",
    ]
)  # fmt: skip
_LOOKED = 20_000  # of a text, for what brought it all about
_AGO = datetime.timedelta(days=25)  # what was said so long ago is no news
_RECALLED, _CLAUSE, _OFFICE = 400, 120, 80
_NAMES = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}  # fmt: skip
_MONTH = re.compile(
    r"\b(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|March|April|May|June|July|Aug(?:ust|\.)|Sept?(?:ember|\.)|Oct(?:ober|\.)|"
    r"Nov(?:ember|\.)|Dec(?:ember|\.))"
)
_BEFORE_MONTH = re.compile(r"(?:\b(since|from|between|until|by|through|end of) )?(?:the )?(?:\b(\d{1,2}) )?$")
_AFTER_MONTH = re.compile(r"(?: (\d{1,2})\b)?(?:,? (20\d\d|19\d\d))?")
_FROM = re.compile(r"\bfrom (?:the )?\S{0,4}$", re.IGNORECASE)
_LEAD = 12
_BEFORE = 40
_BESIDE = 40


def measures(document: Document, claims: Sequence[Claim], knowledge: Knowledge | None = None) -> Iterator[Measure]:
    """What the claims of ``document`` measure; ``order`` of each tells which claim it is of.

    Claims that nothing can be compared with have none; these are the ones without a figure that are no denials.
    """
    known = knowledge or builtin()
    report = _Report(document, claims, known)
    for order, claim in enumerate(claims):
        if claim.quantity is not None or claim.status == "denied":
            yield report.measure(claim, order)


class _Told(msgspec.Struct, frozen=True):
    """What a sentence tells: that a figure moved, that something is recalled, and the cause."""

    moved: bool
    recalls: bool
    cause: str | None


class _Report:
    """What the claims of one report share."""

    def __init__(self, document: Document, claims: Sequence[Claim], knowledge: Knowledge) -> None:
        self.document, self.knowledge = document, knowledge
        self.table: Comparables = comparables(knowledge)
        self.whole = _commonest(self.table, (document.title or "", document.text[:_LOOKED]))
        self.told: dict[Span, _Told] = {}
        self.roots = Counter(claim.source.name for claim in claims if claim.source is not None)
        self.credits = credits_of(document, claims, knowledge)
        states = Counter(
            state for claim in claims for party in (claim.actor, claim.target)
            if party is not None and (state := _state(party, knowledge))
        )  # fmt: skip
        lands = Counter(land for claim in claims if claim.place is not None and (land := self._spot(claim.place)[2]))
        spoken = (claim.source.id for claim in claims if claim.source is not None and claim.source.kind == "body")
        lands.update(state for id_ in spoken if id_ and (state := state_of(id_, knowledge)))
        self.land = _first(lands) or _first(states)
        self.states: Counter[str] = states

    def measure(self, claim: Claim, order: int) -> Measure:
        """What ``claim`` measures."""
        figure, time = claim.quantity, claim.time
        where, within, land = self._spot(claim.place) if claim.place is not None else (None, (), None)
        parties = [_side(party, self.knowledge) for party in (claim.actor, claim.target) if party is not None]
        kin = family(claim.type)
        told = parties[0] if parties and len(parties[0]) == 2 else None
        country = (told or land) if kin in ("forces", "arms", "funding") else (land or told)
        mode = self._mode(claim)
        counted, sentence = self._counted(claim), self._told(claim)
        return Measure(
            type=claim.type,
            status=claim.status,
            mode=mode,
            counted=counted,
            about=self._about(claim),
            where=where,
            within=within,
            country=country or self.land,
            parties=tuple(sorted(set(parties))),
            side=self._side(claim, counted, parties, land),
            running=figure is not None and figure.basis == "total",
            part=self._part(claim),
            moved=sentence.moved,
            recalled=not sentence.moved and claim.status != "planned" and (sentence.recalls or self._recalled(claim)),
            was=figure is not None and self._was(figure.start, figure.text),
            ahead=claim.status == "possible" and self.table.aheads.search(claim.evidence.text) is not None,
            deed=figure is None and self._deed(claim),
            # Whole numbers come as either kind from JSON, and are the same.
            low=float(figure.low) if figure and figure.low is not None else None,
            high=float(figure.high) if figure and figure.high is not None else None,
            approximate=figure.approximate if figure else False,
            first=time.first if time else None,
            last=time.last if time else None,
            minute=self._minute(claim),
            root=self._root(claim, land),
            via=tuple(party.name for party in claim.via),
            outlet=self.document.publisher,
            credits=self.credits,
            cause=sentence.cause,
            standing=self.roots[claim.source.name] if claim.source is not None else 0,
            order=order,
        )

    def _side(self, claim: Claim, counted: str, parties: Sequence[str], land: str | None) -> str | None:
        """Whose soldiers they were: of the parties at war, the foreign one of which the report speaks most."""
        if family(claim.type) != "toll" or claim.type == "missing":
            return None
        soldierly = counted in ("soldier", "militant") or claim.type == "casualties"
        if counted in ("civilian", "child", "woman") or not (soldierly or self._of_troops(claim)):
            return None
        foreign = [party for party in parties if party in self.states and party != land]
        return min(foreign, key=lambda state: (-self.states[state], state), default=None)

    def _of_troops(self, claim: Claim) -> bool:
        """Whether the figure is of soldiers by its own words, or by the whole of which it is: "of 11,000 troops"."""
        figure = claim.quantity
        if figure is None:
            return False
        if self.table.troops.search(figure.text) is not None:
            return True
        whole = re.search(r"\b[Oo]f ([^.;]*)$", self._before(figure))
        return whole is not None and self.table.troops.search(whole[1]) is not None

    def _root(self, claim: Claim, land: str | None) -> Voice | None:
        if claim.source is None:
            return None
        year = self.document.published.year if self.document.published else None
        voice = voice_of(claim.source, self.knowledge, year)
        if voice.state is not None or voice.outlet or not (land or self.land):
            return voice
        if voice.id is None and voice.name.lower() in self.table.relays and self.credits:
            return Voice(self.credits[0], outlet=True)
        told = f"{voice.name} {claim.source.text[:_OFFICE]}"
        office = voice.body is not None and voice.body.startswith("office:")
        local = voice.general or office or (voice.id is None and self.table.officials.search(told) is not None)
        return msgspec.structs.replace(voice, state=land or self.land) if local else voice

    def _spot(self, place: Place) -> tuple[str | None, tuple[str, ...], str | None]:
        """A place: itself, what it lies in, and its country."""
        land = state_of(place.id, self.knowledge) if place.id else None
        if place.id and place.id.startswith("place:"):
            region = _region(place.id, self.knowledge)
            return place.id, tuple(part for part in (region, land and f"country:{land}") if part), land
        if land is not None:
            return f"country:{land}", (), land
        known = names(self.knowledge).aliases.exact(place.name)
        if known is not None and known.kind == "country" and known.id:
            return known.id, (), known.id.removeprefix("country:")
        return place.name.casefold(), (), None

    def _mode(self, claim: Claim) -> Mode:
        figure = claim.quantity
        if figure is None:
            return "event"
        if figure.unit == "percent":
            return "share"
        text = self.document.text
        lead = text[max(0, figure.start - _LEAD) : figure.start]
        behind = re.split(r"[,.;:()\n]", text[figure.end : figure.end + _BESIDE])[0]
        if claim.type not in _ALONGSIDE and self.table.additions.search(f"{lead} {figure.text} {behind}"):
            return "more"
        if family(claim.type) in _STEADY:
            return "count"
        dated = claim.time is not None and claim.time.first is not None and claim.time.first != claim.time.last
        return "count" if figure.basis == "increment" and dated else "total"

    def _counted(self, claim: Claim) -> str:
        """The class of what is counted."""
        figure = claim.quantity
        unit = (figure.unit if figure else None) or (claim.object.name if claim.object else "") or "item"
        class_ = self.table.classes.get(unit.lower(), unit.lower())
        if class_ == "item" and claim.object is not None:
            thing = claim.object.name.lower()
            class_ = self.table.classes.get(thing, self.table.classes.get(thing.rsplit(" ", 1)[-1], class_))
        return class_

    def _about(self, claim: Claim) -> tuple[str, ...]:
        """The words that tell what is counted more closely."""
        figure = claim.quantity
        if figure is None:
            return tuple(sorted(_plain(claim.evidence.text)))
        words = figure.text
        follows = _OF.match(self.document.text, figure.end, figure.end + 120)
        if follows:
            words += " " + follows[1]
        if claim.object is not None:
            words += " " + claim.object.name
        if claim.type in WORDY or figure.unit == "percent":
            words += " " + claim.evidence.text
        return tuple(sorted(_plain(words)))

    def _part(self, claim: Claim) -> bool:
        """Whether words close to the figure make it a part of something."""
        figure, text = claim.quantity, self.document.text
        if figure is None:
            return False
        start = max(claim.evidence.start, figure.start - _BESIDE)
        clause = text[max(claim.evidence.start, figure.start - _CLAUSE) : min(claim.evidence.end, figure.end + _BESIDE)]
        if figure.basis != "total":
            clause = self._before(figure) + clause
        if self.table.periods.search(clause):
            return True
        near = re.split(r"[;.]\s", text[start : figure.start])[-1] + figure.text
        after = re.split(r"[,;.]\s", text[figure.end : min(claim.evidence.end, figure.end + _BESIDE)])[0]
        return self.table.parts.search(f"{near} {after}") is not None

    def _before(self, figure: Span) -> str:
        """What stands before a figure in its clause."""
        text = self.document.text[max(0, figure.start - _CLAUSE) : figure.start]
        return re.split(r"[.;]\s|\n", text)[-1]

    def _recalled(self, claim: Claim) -> bool:
        """Whether its paragraph, up to its words, dates what was said to some time before the report."""
        published, text = self.document.published, self.document.text
        if published is None:
            return False
        start = max(text.rfind("\n", 0, claim.evidence.start) + 1, claim.evidence.start - _RECALLED)
        told = text[start : claim.evidence.end + _BESIDE].split("\n")[0]
        return any(abs(day - published) > _AGO for day in _months(told, published))

    def _was(self, start: int, words: str) -> bool:
        """Whether the figure is what was before: "up from the 70"."""
        return _FROM.search(self.document.text[max(0, start - 12) : start] + words[:4]) is not None

    def _deed(self, claim: Claim) -> bool:
        pattern = self.table.deeds.get(claim.type)
        return pattern is not None and pattern.search(claim.evidence.text) is not None

    def _told(self, claim: Claim) -> _Told:
        """What the sentence of a claim tells of it; claims of one piece of evidence share it."""
        place = claim.evidence.place
        if place not in self.told:
            sentence = self._sentence(claim)
            self.told[place] = _Told(
                self.table.revisions.search(sentence) is not None,
                self.table.recalls.search(sentence) is not None,
                _commonest(self.table, (sentence,)) or self.whole,
            )
        return self.told[place]

    def _sentence(self, claim: Claim) -> str:
        """The sentence around the evidence, as far as its signs tell."""
        text, evidence = self.document.text, claim.evidence
        first = max(text.rfind(sign, 0, evidence.start) for sign in (". ", "\n", "? ", "! ")) + 1
        last = min((at for sign in (". ", "\n") if (at := text.find(sign, evidence.end)) >= 0), default=len(text))
        return text[max(first, evidence.start - 300) : min(last, evidence.end + 300)]

    def _minute(self, claim: Claim) -> int | None:
        """The minute of the day as of which it holds."""
        start = max(0, claim.evidence.start - _BEFORE)
        before = max(self.document.text.rfind(sign, start, claim.evidence.start) for sign in (".", "\n", ";"))
        found = _CLOCK.search(self.document.text, max(start, before + 1), claim.evidence.end)
        if found is None:
            return None
        hour, minute = int(found[1] or found[4]), int(found[2] or 0)
        half = (found[3] or found[5] or "").lower()
        return (hour % 12 + 12 * (half == "p") if half else hour) * 60 + minute


def _months(text: str, published: datetime.date) -> Iterator[datetime.date]:
    """The days, by and large, of the months that a text names, but for those since or until which something holds."""
    for match in _MONTH.finditer(text):
        before = _BEFORE_MONTH.search(text[max(0, match.start() - 16) : match.start()])
        after = _AFTER_MONTH.match(text, match.end())
        if before is None or before[1] is not None or after is None:
            continue
        month = _NAMES[match[0][:3].lower()]
        day = min(int(after[1] or before[2] or 15), 28)
        year = int(after[2]) if after[2] else published.year - (month > published.month)
        yield datetime.date(year, month, max(day, 1))


def _commonest(table: Comparables, texts: Iterable[str]) -> str | None:
    """The cause that most words of ``texts`` tell; of the first text, if that tells one more than the others."""
    found: Counter[str] = Counter()
    for text in texts:
        found.update(table.causes_in(text))
        if found and len(found) == 1:
            break
    return _first(found)


@functools.lru_cache(maxsize=16_384)
def _region(id_: str, knowledge: Knowledge) -> str:
    """The id of the region in which a place of the gazetteer lies; "" where it tells none."""
    spot = knowledge.gazetteer.place(id_)
    return spot.region if spot is not None else ""


def _first(found: Counter[str]) -> str | None:
    return min(found, key=lambda name: (-found[name], name)) if found else None


def _plain(words: str) -> set[str]:
    """Words worth comparing, in the singular."""
    found = {
        word[:-1] if word.endswith("s") and not word.endswith("ss") else word for word in _WORD.findall(words.lower())
    }
    return found - _IDLE


def _state(party: Party, knowledge: Knowledge) -> str | None:
    return state_of(party.id, knowledge) if party.id else None


def _side(party: Party, knowledge: Knowledge) -> str:
    """What tells a party from another: its state, else its id, else its name."""
    return _state(party, knowledge) or party.id or party.name.casefold()
