"""The stage: the time expressions of a document, each resolved against what stands before it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from onrecord.knowledge import Knowledge, Stage, Step
from onrecord.knowledge.times import times
from onrecord.mentions.times import govern
from onrecord.mentions.times.arithmetic import Day
from onrecord.mentions.times.context import Context, Resolved
from onrecord.mentions.times.lexicon import Lexicon
from onrecord.mentions.times.line import Line
from onrecord.mentions.times.meaning import Calendar, Found, Interval, Shift
from onrecord.mentions.times.resolve import pair, resolve
from onrecord.mentions.times.scan import scan, starters
from onrecord.mentions.times.tense import tense
from onrecord.values import Document, Reading, Sentence, Time

# A sentence of more tokens is never put together with the next, so that a list of dates stays cheap.
LONGEST = 200


class Reader:
    """Reads the times of one document; the date last mentioned goes on from sentence to sentence."""

    def __init__(self, lexicon: Lexicon, first_words: frozenset[str], document: Document) -> None:
        self.lexicon = lexicon
        self.first_words = first_words
        self.document = document
        self.focus: Resolved | None = None
        self.here: Day | None = None

    def read(self, sentence: Sentence) -> list[Time]:
        """The sentence's time expressions in order."""
        line = Line(self.lexicon, sentence, self.document.text)
        found = scan(line, self.first_words)
        if not found:
            return []
        return [self._time(line, item, value) for item, value in zip(found, self._resolved(line, found), strict=True)]

    def _time(self, line: Line, item: Found, value: Resolved) -> Time:
        start, end = line.start[item.start], line.end[item.end - 1]
        text = self.document.text[start:end]
        return Time(start, end, text, value.timex, value.kind, value.first, value.last)

    def _context(self, line: Line, item: Found) -> Context:
        token = line.token_index(item.start)
        found = tense(line.sentence, token, self.lexicon.ahead)
        possessive = line.word(item.end) == "'" and line.word(item.end + 1) == "s"
        if govern.role(line, item) == "onward":
            found = "past" if found != "perfect" else found
        if possessive and found in {"future", "planned"}:
            found = "present"
        ahead = found in {"future", "planned"} or (
            found == "possible" and line.word(item.start - 1) in {"until", "till"}
        )
        window = govern.window_of(line, item, found)
        return Context(self.document.published, self.lexicon.units, self.focus, self.here, ahead, found, window)

    def _resolved(self, line: Line, found: list[Found]) -> list[Resolved]:
        values: list[Resolved] = []
        for index, item in enumerate(found):
            following = found[index + 1] if index + 1 < len(found) else None
            if item.joined and index:
                values[-1], value = self._joined(line, found[index - 1], item, values[-1])
            else:
                context = self._context(line, item)
                own = resolve(item.meaning, context)
                value = own if following and following.joined else govern.governed(own, line, item, context)
                self._remember(item, own)
            values.append(value)
        return self._windows(line, found, values)

    def _joined(self, line: Line, before: Found, item: Found, first: Resolved) -> tuple[Resolved, Resolved]:
        context = self._context(line, before)
        if {first.kind} - {"DATE", "TIME"} or isinstance(before.meaning, Interval):
            return first, govern.governed(resolve(item.meaning, context), line, item, context)
        begin, end = pair(before.meaning, item.meaning, context)
        if end.kind not in {"DATE", "TIME"}:
            return first, end
        self._remember(item, end)
        begin, end = govern.ranged(begin, end)
        if item.joined == "and":
            kind = govern.role(line, before)
            if kind in {"onward", "deadline"}:
                return govern.governed(begin, line, before, context), end
        return begin, end

    def _windows(self, line: Line, found: list[Found], values: list[Resolved]) -> list[Resolved]:
        """Lengths that run up to the date after them take its days, and it theirs."""
        for index in range(1, len(found)):
            if not govern.is_window(line, found[index - 1], found[index]):
                continue
            context = self._context(line, found[index])
            days = govern.window(found[index - 1], resolve(found[index].meaning, context), context)
            if days:
                for place in (index - 1, index):
                    values[place] = msgspec.structs.replace(values[place], first=days[0], last=days[1])
        return values

    def _remember(self, item: Found, value: Resolved) -> None:
        """The date becomes the one that "the next day" and "at 3 p.m." count from."""
        if value.kind not in {"DATE", "TIME"} or value.first is None or value.unit in {"era", ""}:
            return
        if isinstance(item.meaning, Calendar | Shift | Interval) or value.unit == "day":
            self.focus = value
        if value.unit == "day" and value.first == value.last:
            self.here = value.first


def whole(sentences: Sequence[Sentence], lexicon: Lexicon) -> list[Sentence]:
    """The sentences, those put together again that were cut between a day and its month ("1 | May")."""
    out: list[Sentence] = []
    for sentence in sentences:
        last = out[-1] if out else None
        if last is not None and last.paragraph == sentence.paragraph and _cut_date(last, sentence, lexicon):
            sentence = _glued(out.pop(), sentence)
        out.append(sentence)
    return out


def _cut_date(before: Sentence, after: Sentence, lexicon: Lexicon) -> bool:
    if len(before.tokens) > LONGEST:
        return False
    left, right = before.tokens[-1].lower.rstrip("."), after.tokens[0].lower.rstrip(".:,")
    if right in lexicon.months:
        return left.isdigit()
    return left in lexicon.months and right[:1].isdigit()


def _glued(before: Sentence, after: Sentence) -> Sentence:
    """Two sentences as one; heads are indices, so those of the second move on."""
    size = len(before.tokens)
    moved = tuple(msgspec.structs.replace(t, head=t.head + size) for t in after.tokens)
    return Sentence(before.start, after.end, before.tokens + moved, before.paragraph)


def load(knowledge: Knowledge) -> Step:
    """The stage: every reading gets its times."""
    lexicon = Lexicon(times(knowledge))
    first_words = starters(lexicon)

    def step(readings: Sequence[Reading]) -> list[Reading]:
        out = []
        for reading in readings:
            reader = Reader(lexicon, first_words, reading.document)
            found = tuple(time for sentence in whole(reading.sentences, lexicon) for time in reader.read(sentence))
            out.append(
                msgspec.structs.replace(reading, mentions=msgspec.structs.replace(reading.mentions, times=found))
            )
        return out

    return step


TIMES = Stage("times", "1", ("sentences",), ("mentions.times",), load)
