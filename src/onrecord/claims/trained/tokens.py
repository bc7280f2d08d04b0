"""What the rules know of each token: its syntax, what it is part of, and the event that it may tell of."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.claims.trained.sheet import Sheet
from onrecord.claims.votes import frames_at, part_of
from onrecord.knowledge.frames import Lexicon
from onrecord.values import Span

COLUMNS = ("dep", "tag", "kind", "frame", "said", "mark", "quoted")
NONE = "-"


def token_features(sheet: Sheet, lexicon: Lexicon) -> list[tuple[str, ...]]:
    """One row of ``COLUMNS`` for each token of the document, as words; ``NONE`` where a column says nothing.

    Columns: dependency label; Penn tag; kind of the entity around it; type of the first frame it opens; part of an
    attribution (source, cue, content); number, quantity or time; whether it stands in quotation marks.
    """
    mentions = sheet.reading.mentions
    kind, said, mark, quoted = ([NONE] * len(sheet.words) for _ in range(4))
    for entity in mentions.entities:
        _fill(sheet, kind, [entity], entity.kind)
    for attribution in mentions.attributions:
        _fill(sheet, said, attribution.content, "content", over=False)
        _fill(sheet, said, attribution.source, "source")
        _fill(sheet, said, attribution.cue, "cue")
    for quantity in mentions.quantities:
        _fill(sheet, mark, [quantity], "quantity")
        _fill(sheet, mark, [quantity.number], "number")
    for time in mentions.times:
        _fill(sheet, mark, [time], "time" if time.first else "open time")
    for quotation in mentions.quotations:
        _fill(sheet, quoted, [quotation], "quoted")
    frame = _frames(sheet, lexicon)
    return [
        (token.dep, token.tag, kind[i], frame[i], said[i], mark[i], quoted[i])
        for i, token in enumerate(sheet.words.tokens)
    ]


def _fill(sheet: Sheet, column: list[str], spans: Iterable[Span], value: str, *, over: bool = True) -> None:
    """Write ``value`` at the tokens of the spans, over what stands there or only where nothing does."""
    for span in spans:
        for index in range(*sheet.range(span)):
            if over or column[index] == NONE:
                column[index] = value


def _frames(sheet: Sheet, lexicon: Lexicon) -> list[str]:
    found = []
    for tree in sheet.trees:
        for index, token in enumerate(tree.tokens):
            part = part_of(token)
            frames = frames_at(tree, index, part, lexicon) if part else ()
            found.append(frames[0].type if frames else NONE)
    return found
