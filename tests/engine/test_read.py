"""The engine: order, batches, faults, and that it takes documents only as it needs them."""

from collections.abc import Iterator

import pytest

import onrecord
from onrecord.engine.read import BATCH_DOCUMENTS, Reader
from onrecord.values import Document, DocumentError, RequestError


def test_readings_come_in_order_over_batches() -> None:
    documents = [Document(f"Police said {n} people died.", id=str(n)) for n in range(2, BATCH_DOCUMENTS * 2 + 5)]
    readings = list(Reader().read(documents))
    assert [r.document.id for r in readings] == [d.id for d in documents]
    assert [r.claims[0].quantity and r.claims[0].quantity.low for r in readings] == list(range(2, len(documents) + 2))


def test_documents_are_taken_as_needed() -> None:
    taken = 0

    def endless() -> Iterator[Document]:
        nonlocal taken
        while True:
            taken += 1
            yield Document(f"Report {taken}.")

    next(Reader().read(endless()))
    assert taken <= BATCH_DOCUMENTS


@pytest.mark.parametrize(
    ("text", "message"), [("", "empty"), (" \n", "empty"), ("x " * 600_000, "1,200,000 characters")]
)
def test_what_cannot_be_read_is_a_fault_and_costs_nothing_else(text: str, message: str) -> None:
    sound = "Police said 12 people died."
    first, faulty, last = onrecord.extract_many([{"text": sound}, {"text": text}, {"text": sound}])
    assert message in faulty.faults[0].message
    assert faulty.claims == ()
    assert len(first.claims) == len(last.claims) > 0


def test_an_unknown_reader_is_named() -> None:
    with pytest.raises(RequestError, match="oracle"):
        Reader("oracle")


@pytest.mark.parametrize("given", [{"text": 3}, {}, {"text": "x", "published": "soon"}])
def test_a_mapping_that_is_no_document_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(DocumentError):
        list(onrecord.extract_many([given]))


def test_bytes_are_refused() -> None:
    with pytest.raises(DocumentError, match="bytes"):
        onrecord.extract(b"Police said")  # type: ignore[arg-type]  # the point of the test


def test_the_reader_names_its_version_and_knowledge() -> None:
    for reader, marks in (("rules", 1), ("trained", 2)):
        reading = onrecord.extract("Police said 12 people died.", reader=reader)
        assert reading.reader.startswith(f"{reader}/")
        assert reading.reader.count("+") == marks, "the digests of the knowledge, and of the model where there is one"
        assert all(claim.reader == reading.reader for claim in reading.claims)


def test_a_reading_and_a_claim_show_in_a_notebook() -> None:
    reading = onrecord.extract("Police said <b>12</b> people died.")
    for shown in (reading._repr_html_(), reading.claims[0]._repr_html_()):  # type: ignore[attr-defined]  # set by the api
        assert "<b>12</b> people" not in shown
        assert "12" in shown
