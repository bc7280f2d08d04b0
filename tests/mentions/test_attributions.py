"""Who says what: cases, every cue's example, and laws, through the real stages."""

from __future__ import annotations

import pathlib
import tomllib
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.knowledge import builtin
from onrecord.knowledge.cues import CountNoun, Cues, NounCue, PhraseCue, SourceNoun, VerbCue
from onrecord.mentions.attributions import ATTRIBUTIONS, binding
from onrecord.mentions.names import NAMES
from onrecord.mentions.quotations import QUOTATIONS
from onrecord.sentences import SENTENCES
from onrecord.values import Attribution, Document, Entity, Reading, Span

FOLDER = pathlib.Path(__file__).parent.parent / "cases"
CASES = tomllib.loads((FOLDER / "attributions.toml").read_text("utf-8"))["case"]
TABLE = builtin().table("cues.toml", Cues)
Cue = VerbCue | PhraseCue | NounCue | SourceNoun | CountNoun
ENTRIES: list[Cue] = [*TABLE.verb, *TABLE.phrase, *TABLE.noun, *TABLE.source, *TABLE.count]


def read(texts: Sequence[str]) -> list[Reading]:
    readings = [Reading(Document(text)) for text in texts]
    for stage in (SENTENCES, QUOTATIONS, NAMES, ATTRIBUTIONS):
        readings = stage.load(builtin())(readings)
    return readings


@pytest.fixture(scope="session")
def examples() -> dict[str, Reading]:
    """Every example of the cue table, read once."""
    texts = sorted({entry.example for entry in ENTRIES})
    return dict(zip(texts, read(texts), strict=True))


def shown(text: str, attribution: Attribution) -> dict[str, object]:
    """An attribution as the case file writes it."""
    out: dict[str, object] = {
        "source": [s.cut(text) for s in attribution.source],
        "cue": [s.cut(text) for s in attribution.cue],
        "content": [s.cut(text) for s in attribution.content],
        "quoted": attribution.quoted,
    }
    if attribution.denies:
        out["denies"] = True
    if attribution.speech_act:
        out["speech_act"] = True
    if attribution.via:
        out["via"] = [party.text for party in attribution.via]
    return out


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:50])
def test_case(case: dict[str, object]) -> None:
    text = str(case["text"])
    (reading,) = read([text])
    assert [shown(text, a) for a in reading.mentions.attributions] == case["found"]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: f"{type(e).__name__}: {e.example[:50]}")
def test_every_cue_is_found_in_its_example(entry: Cue, examples: dict[str, Reading]) -> None:
    reading = examples[entry.example]
    cues = [piece for a in reading.mentions.attributions for piece in a.cue]
    words = " ".join(piece.cut(entry.example) for piece in cues).lower()
    lemmas = {
        t.lemma for s in reading.sentences for t in s.tokens if any(c.start <= t.start < c.end for c in cues)
    }  # fmt: skip
    match entry:
        case VerbCue():
            assert entry.lemma in lemmas
        case PhraseCue():
            assert entry.words in words
        case NounCue():
            assert entry.noun in lemmas or entry.noun in words
        case _:
            assert cues


def test_table_has_no_entry_twice() -> None:
    verbs = [(v.lemma, v.then, v.kind) for v in TABLE.verb]
    nouns = [s.noun for s in TABLE.source if s.kind == "speaker"]
    assert len(set(verbs)) == len(verbs)
    assert len(set(nouns)) == len(nouns)


NEWS = st.lists(
    st.sampled_from(
        [
            "said", "the ministry", "that", "12 people", "died", ",", ".", '"', "according to", "citing", ":", "\n\n",
            "Reuters", "denied", "it", "who", "adding", "was quoted", "as saying", "by", "- ", "told", "’s", "(", ";",
        ]
    ),
    max_size=25,
).map(" ".join)  # fmt: skip


@settings(max_examples=60)
@given(st.text(max_size=80) | NEWS)
def test_any_text_gives_attributions_with_words(text: str) -> None:
    (reading,) = read([text])
    for attribution in reading.mentions.attributions:
        assert attribution.cue
        assert attribution.content
        for span in (*attribution.source, *attribution.cue, *attribution.content):
            assert 0 <= span.start < span.end <= len(text)
            assert span.cut(text).strip()


def test_long_coordinations_and_nestings_are_read() -> None:
    texts = ["A & " * 1200 + "B said that it rained.", "The minister said that " * 150 + "it rained.", "said " * 800]
    assert any(a.cue for reading in read(texts) for a in reading.mentions.attributions)


def attribution(source: int, *content: tuple[int, int], party: bool = True) -> Attribution:
    entity = Entity(source, source + 1, "x", "person", "X") if party else None
    spans = (Span(source, source + 1),) if party else ()
    return Attribution(spans, (Span(source + 2, source + 3),), tuple(Span(*c) for c in content), entity)


def test_binding_takes_the_innermost() -> None:
    outer, inner = attribution(0, (10, 100)), attribution(11, (20, 60))
    assert binding([outer, inner], Span(10, 100), Span(30, 40)) is inner
    assert binding([outer, inner], Span(10, 100), Span(70, 80)) is outer


def test_binding_passes_over_what_names_nobody() -> None:
    outer, unsourced = attribution(0, (10, 100)), attribution(11, (20, 60), party=False)
    assert binding([outer, unsourced], Span(30, 40)) is outer


def test_binding_counts_the_cue_of_an_act() -> None:
    act = attribution(0, (5, 20))
    assert binding([act], Span(0, 20)) is act


def test_binding_of_the_reporter_is_none() -> None:
    assert binding([attribution(0, (5, 20))], Span(200, 240)) is None
    assert binding([], Span(0, 4)) is None
