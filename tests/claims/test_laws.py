"""What holds for any text: words are exact, ids are stable, nothing raises."""

import datetime

import msgspec
from hypothesis import example, given, settings
from hypothesis import strategies as st

import onrecord
from onrecord.values import Quote, Reading

PIECES = [
    "Police said ", "more than 300 people", " were killed", ", the ministry said", " on Monday", ". ", "\n\n", "“", "”",
    "according to ", "the UN", " between 12 and 15 ", "$1.5 bn", " may have ", "not ", "Зеленський ", "قال ", "👩‍👩‍👧",
    "e\u0301", "\u202e", "\ufeff", "\u00a0", "half a million", "2,000–3,000", "%", "in Goma", " wounded", "- ", "\t",
    "\r\n", "\u2028", "İstanbul ", "ﬁve ", "𝟛𝟘𝟘 ", "he added", ": ", "'s ", "’", "of them", "since March",
]  # fmt: skip
texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=200),
)


def quotes(value: object) -> list[Quote]:
    """Every span with words anywhere in a value."""
    if isinstance(value, msgspec.Struct):
        own = [value] if isinstance(value, Quote) else []
        return own + [q for f in value.__struct_fields__ for q in quotes(getattr(value, f))]
    if isinstance(value, tuple):
        return [q for item in value for q in quotes(item)]
    return []


def check(reading: Reading) -> None:
    text = reading.document.text
    for words in quotes(reading):
        assert text[words.start : words.end] == words.text
    for sentence in reading.sentences:
        for token in sentence.tokens:
            assert text[token.start : token.end] == token.text
    assert msgspec.json.decode(msgspec.json.encode(reading), type=Reading) == reading


@settings(max_examples=150)
@given(texts, st.one_of(st.none(), st.dates()))
@example("قال more than 300 people“Police said ", None)
def test_words_are_exact_and_nothing_raises(text: str, published: datetime.date | None) -> None:
    check(onrecord.extract(text, published=published))


@settings(max_examples=25)
@given(texts)
def test_the_same_text_gives_the_same_claims(text: str) -> None:
    assert onrecord.extract(text).claims == onrecord.extract(text).claims


@settings(max_examples=10)
@given(st.lists(texts, max_size=5))
def test_a_batch_reads_each_as_if_alone(many: list[str]) -> None:
    together = list(onrecord.extract_many({"text": text} for text in many))
    assert [r.document.text for r in together] == many
    assert [[c.id for c in r.claims] for r in together] == [[c.id for c in onrecord.extract(t).claims] for t in many]


def test_the_seed_words_survive_every_script() -> None:
    text = "القاهرة — قال مسؤول إن 12 شخصا قتلوا. 👩‍👩‍👧 “More than 40 people were killed,” the ministry said. 🇺🇦"
    reading = onrecord.extract(text)
    check(reading)
    assert any(c.quantity and c.quantity.low == 40 for c in reading.claims)
