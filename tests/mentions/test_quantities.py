"""Quantities in sentences, through the real parser and the real knowledge."""

import functools
import itertools
import re
import tomllib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.knowledge import builtin
from onrecord.knowledge.quantities import (
    Context,
    ContextFile,
    CountedFile,
    Currency,
    CurrencyFile,
    Distractor,
    DistractorFile,
    Measure,
    MeasureFile,
    Modifier,
    ModifierFile,
    Named,
    NumeralFile,
    Plural,
)
from onrecord.mentions.quantities import QUANTITIES
from onrecord.mentions.times import TIMES
from onrecord.sentences import SENTENCES
from onrecord.values import Document, Quantity, Reading

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "quantities.toml").read_text("utf-8"))["case"]
KNOWLEDGE = builtin()
STEPS = tuple(stage.load(KNOWLEDGE) for stage in (SENTENCES, TIMES, QUANTITIES))
NUMERALS = KNOWLEDGE.table("numerals.toml", NumeralFile)
MEASURES = KNOWLEDGE.table("units.toml", MeasureFile).measure
CURRENCIES = KNOWLEDGE.table("money.toml", CurrencyFile).currency
MODIFIERS = KNOWLEDGE.table("modifiers.toml", ModifierFile).modifier
DISTRACTORS = KNOWLEDGE.table("distractors.toml", DistractorFile)
COUNTED = KNOWLEDGE.table("counted.toml", CountedFile)
CONTEXTS = KNOWLEDGE.table("contexts.toml", ContextFile).context
EXAMPLES = [
    entry.example
    for entries in (
        *(getattr(NUMERALS, field) for field in NumeralFile.__struct_fields__),
        MEASURES, CURRENCIES, MODIFIERS, CONTEXTS, DISTRACTORS.distractor, DISTRACTORS.fate,
        *(getattr(COUNTED, field) for field in CountedFile.__struct_fields__),
    )
    for entry in entries
]  # fmt: skip


def read(texts: list[str]) -> list[tuple[Quantity, ...]]:
    """The quantities of each text."""
    readings = [Reading(Document(text)) for text in texts]
    for step in STEPS:
        readings = step(readings)
    for reading in readings:
        check(reading)
    return [reading.mentions.quantities for reading in readings]


def check(reading: Reading) -> None:
    """Every law that quantities obey."""
    text, found = reading.document.text, reading.mentions.quantities
    for quantity in found:
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.covers(quantity.number)
        assert quantity.noun is None or quantity.noun.start >= quantity.number.end
        assert quantity.low is not None or quantity.high is not None
        if quantity.low is not None and quantity.high is not None:
            assert quantity.low <= quantity.high
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@functools.cache
def quantities_of_all() -> dict[str, tuple[Quantity, ...]]:
    """The quantities of all cases and examples, parsed in one go."""
    texts = [case["text"] for case in CASES] + EXAMPLES
    return dict(zip(texts, read(texts), strict=True))


def bounds(quantity: Quantity) -> str:
    return "..".join("" if value is None else str(value) for value in (quantity.low, quantity.high))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:60])
def test_quantities_of_a_sentence(case: dict[str, object]) -> None:
    found = [
        {"text": q.text, "low": q.low, "high": q.high, "approximate": q.approximate or None, "unit": q.unit}
        for q in quantities_of_all()[str(case["text"])]
    ]
    assert [{k: v for k, v in q.items() if v is not None} for q in found] == case["expect"]


@pytest.mark.parametrize("field", NumeralFile.__struct_fields__)
def test_number_words_are_read_in_their_examples(field: str) -> None:
    for entry in getattr(NUMERALS, field):
        quantity = quantities_of_all()[entry.example][0]
        assert any(re.search(rf"(?<![a-z]){word}(?![a-z])", quantity.text.lower()) for word in entry.words), entry


@pytest.mark.parametrize("measure", MEASURES, ids=lambda m: f"{m.unit} {m.words[0]}")
def test_measures_are_read_in_their_examples(measure: Measure) -> None:
    assert [q.unit for q in quantities_of_all()[measure.example]] == [measure.unit]


@pytest.mark.parametrize("currency", CURRENCIES, ids=lambda c: c.code)
def test_currencies_are_read_in_their_examples(currency: Currency) -> None:
    assert [q.unit for q in quantities_of_all()[currency.example]] == [currency.code]


@pytest.mark.parametrize("modifier", MODIFIERS, ids=lambda m: f"{m.place} {m.bound}")
def test_modifiers_bound_their_examples(modifier: Modifier) -> None:
    expected = {"low": ("40..", False), "high": ("..40", False), "about": ("40..40", True), "none": ("40..40", False)}
    [quantity] = quantities_of_all()[modifier.example]
    assert (bounds(quantity), quantity.approximate) == expected[modifier.bound]


@pytest.mark.parametrize("modifier", [m for m in MODIFIERS if m.place == "before" and m.bound != "none"])
def test_every_phrase_before_a_number_bounds_it(modifier: Modifier) -> None:
    words = modifier.words
    expected = {"low": "40..", "high": "..40", "about": "40..40"}[modifier.bound]
    found = read([f"They found {word} 40 soldiers there." for word in words])
    wrong = {word: qs for word, qs in zip(words, found, strict=True) if [bounds(q) for q in qs] != [expected]}
    assert not wrong


@pytest.mark.parametrize("distractor", DISTRACTORS.distractor, ids=lambda d: f"{d.kind} {d.where}")
def test_distractors_are_no_quantities(distractor: Distractor) -> None:
    assert not quantities_of_all()[distractor.example]


@pytest.mark.parametrize("context", CONTEXTS, ids=lambda c: c.rule)
def test_context_words_steer_their_rule(context: Context) -> None:
    found = [bounds(q) for q in quantities_of_all()[context.example]]
    assert found == list(context.reads)


@pytest.mark.parametrize("entry", [*COUNTED.unit, *COUNTED.state])
def test_words_for_units_give_the_unit(entry: Named) -> None:
    assert [q.unit for q in quantities_of_all()[entry.example]] == [entry.unit]


@pytest.mark.parametrize("plural", COUNTED.plural, ids=lambda p: p.singular)
def test_irregular_plurals_have_their_singular(plural: Plural) -> None:
    assert [q.unit for q in quantities_of_all()[plural.example]] == [plural.singular]


def test_the_rest_of_the_examples_hold() -> None:
    for entry in (*COUNTED.people, *DISTRACTORS.fate):
        assert len(quantities_of_all()[entry.example]) == 1
    assert [q.unit for q in quantities_of_all()[COUNTED.people[0].example]] == ["person"]
    assert [q.noun for q in quantities_of_all()[COUNTED.elided[0].example]] == [None]


def test_elided_nouns_come_from_the_sentences_before() -> None:
    [found] = read(["The ministry counted 300 tanks. A year ago the figure was 250. Of those, 40 were lost."])
    assert [q.unit for q in found] == ["tank", "tank", "tank"]


def test_whole_numbers_are_written_without_decimals() -> None:
    [found] = read(["They sent 3,000 men and 2.5 tonnes of rice."])
    assert [msgspec.json.encode(q.low) for q in found] == [b"3000", b"2.5"]


@pytest.mark.parametrize(
    "text",
    [
        "9" * 400 + " people", "1e400 people", "∞ people", "² people", "½", "a million " * 300, "thousands of " * 300,
        "1-2-3-" * 300, "one " * 500, "1 " * 500, "$" * 300, "two hundred and " * 200, "(" * 300 + "1" + ")" * 300,
        "9,99,99,999.99.99,9", "1\u202f\u00a0000", "half a half a half", "a few several couple of", "of of of 3 of of",
    ],
    ids=lambda t: t[:20],
)  # fmt: skip
def test_odd_texts_are_read_without_error(text: str) -> None:
    read([text])


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_any_text_is_read_without_error(text: str) -> None:
    read([text])


PIECES = [
    "half", "a", "million", "three", "of", "1,500", "2.3bn", "$", "%", "to", "-", "between", "and", "one", "in",
    "people", "more than", "or so", "km", "hundreds", "several", "third", "(", ")", "40", "+", "years", ".", "12",
]  # fmt: skip


@settings(max_examples=80)
@given(st.lists(st.sampled_from(PIECES), max_size=14), st.sampled_from(["", " "]))
def test_any_heap_of_number_words_is_read_without_error(words: list[str], glue: str) -> None:
    read([glue.join(words), " ".join(words)])
