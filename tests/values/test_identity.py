"""Ids: the same content, the same id; other content, another id, however the fields are cut."""

from hypothesis import assume, given
from hypothesis import strategies as st

from onrecord.values import Document, Quote, content_id
from onrecord.values.claim import claim_id

field = st.one_of(st.none(), st.text(), st.integers())
fields = st.lists(field, max_size=5)


@given(fields)
def test_the_same_fields_give_the_same_id(given_fields: list[str | int | None]) -> None:
    assert content_id(*given_fields) == content_id(*given_fields)
    assert len(content_id(*given_fields)) == 24


@given(fields, fields)
def test_other_fields_give_another_id(a: list[str | int | None], b: list[str | int | None]) -> None:
    assume(a != b)
    assert content_id(*a) != content_id(*b)


@given(st.text(min_size=2), st.integers(1, 50))
def test_where_a_field_is_cut_matters(text: str, at: int) -> None:
    cut = at % (len(text) - 1) + 1
    assert content_id(text[:cut], text[cut:]) != content_id(text)


def test_nothing_differs_from_the_empty_text_and_a_number_from_its_digits() -> None:
    assert len({content_id(None), content_id(""), content_id(1), content_id("1")}) == 4


def test_a_document_without_an_id_gets_that_of_its_content() -> None:
    one, two = Document("Twelve died."), Document("Twelve died.")
    assert one.id == two.id == one.content_hash
    assert Document("Thirteen died.").id != one.id
    assert Document("Twelve died.", id="mine").content_hash == one.content_hash


def test_a_claim_keeps_its_id_until_its_words_change() -> None:
    evidence = Quote(0, 11, "Twelve died")
    first = claim_id("hash", evidence, Quote(0, 6, "Twelve"), "killed", None)
    assert first == claim_id("hash", evidence, Quote(0, 6, "Twelve"), "killed", None)
    assert first != claim_id("hash", evidence, None, "killed", None)
    assert first != claim_id("hash", evidence, Quote(0, 6, "Twelve"), "wounded", None)
    assert first != claim_id("other", evidence, Quote(0, 6, "Twelve"), "killed", None)
