"""Sentences and tokens: exact words, whatever the script, and the syntax the stages rely on."""

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.knowledge import builtin
from onrecord.sentences import SENTENCES
from onrecord.values import Document, Reading, Sentence

STEP = SENTENCES.load(builtin())


def parse(*texts: str) -> list[tuple[Sentence, ...]]:
    return [reading.sentences for reading in STEP([Reading(Document(text)) for text in texts])]


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=120))
def test_tokens_slice_to_their_words_in_order(text: str) -> None:
    (sentences,) = parse(text)
    end = 0
    for sentence in sentences:
        assert (sentence.start, sentence.end) == (sentence.tokens[0].start, sentence.tokens[-1].end)
        for token in sentence.tokens:
            assert text[token.start : token.end] == token.text
            assert token.start >= end
            assert 0 <= token.head < len(sentence.tokens)
            end = token.end


def test_typographic_apostrophes_are_read_and_kept() -> None:
    ((sentence,),) = parse("Kyiv’s army didn’t move.")
    assert [t.text for t in sentence.tokens][:2] == ["Kyiv", "’s"]
    assert [t.lower for t in sentence.tokens][:2] == ["kyiv", "'s"]


def test_sentences_know_their_paragraph() -> None:
    (sentences,) = parse("One fell. Two rose.\n\nThree stayed.")
    assert [s.paragraph for s in sentences] == [0, 0, 1]


def test_documents_do_not_mix() -> None:
    first, second, third = parse("Police came.", "", "Troops left. Peace held.")
    assert (len(first), len(second), len(third)) == (1, 0, 2)


def test_the_subject_hangs_on_its_verb() -> None:
    ((sentence,),) = parse("The army killed 12 rebels.")
    verb = next(i for i, t in enumerate(sentence.tokens) if t.lemma == "kill")
    assert {t.dep for t in sentence.tokens if t.head == verb} >= {"nsubj", "dobj"}
