"""Writing: what becomes of documents, that nothing is doubled, and that a batch is whole or not there."""

import datetime
import threading

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.errors import NotNullViolation
from sqlalchemy.exc import IntegrityError

from ledger.reports import BLAST, LATER, MARCH, figures, harvest, write
from onrecord.documents import Failure
from onrecord.ledger import Counts, Harvest, Ledger
from onrecord.ledger.doctor import examine
from onrecord.values import Capture, Document, Fault, Reading


def test_a_new_report_and_the_same_again(ledger: Ledger) -> None:
    assert write(ledger, harvest(BLAST, url="https://a.example/1")) == Counts(new=1)
    size = ledger.size()
    assert write(ledger, harvest(BLAST, url="https://a.example/1")) == Counts(unchanged=1)
    assert {**ledger.size(), "runs": 1} == size
    assert list(examine(ledger.engine)) == []


def test_every_claim_comes_back_as_it_was_read(ledger: Ledger) -> None:
    one = harvest(BLAST, url="https://a.example/1", published=datetime.date(2025, 3, 27), publisher="Radio Okapi")
    write(ledger, one)
    assert tuple(entry.claim for entry in ledger.claims()) == one.readings[0].claims
    entry = next(iter(ledger.claims()))
    document = ledger.document(entry.document.id)
    assert document.text == BLAST
    assert document.text[entry.claim.evidence.start : entry.claim.evidence.end] == entry.claim.evidence.text
    assert (entry.document.publisher, entry.document.published) == ("Radio Okapi", datetime.date(2025, 3, 27))


def test_other_words_at_the_same_address_are_an_update(ledger: Ledger) -> None:
    write(ledger, harvest(BLAST, url="https://a.example/1"))
    later = harvest(LATER, url="https://a.example/1", fetched=MARCH + datetime.timedelta(days=1))
    assert write(ledger, later) == Counts(updated=1)
    assert len(list(ledger.documents())) == 2


def test_the_same_words_in_other_bytes_are_another_capture_of_one_document(ledger: Ledger) -> None:
    one = harvest(BLAST, url="https://a.example/1")
    assert one.capture is not None
    other = msgspec.structs.replace(
        one, capture=msgspec.structs.replace(one.capture, body=b"\xef\xbb\xbf" + BLAST.encode())
    )
    assert write(ledger, one, other) == Counts(new=1, unchanged=1)
    assert len(ledger.captures(one.readings[0].document.id)) == 2


def test_what_is_stated_makes_another_document(ledger: Ledger) -> None:
    write(ledger, harvest(BLAST))
    assert write(ledger, harvest(BLAST, published=datetime.date(2025, 3, 27))) == Counts(updated=1)
    (killed, wounded) = ledger.claims("type:killed,wounded")
    assert {killed.document.published, wounded.document.published} == {datetime.date(2025, 3, 27)}


def test_reading_again_adds_a_reading_and_keeps_the_old(ledger: Ledger) -> None:
    write(ledger, harvest(BLAST, version="rules/1"))
    assert write(ledger, harvest(BLAST, version="rules/2")) == Counts(reread=1)
    assert {entry.claim.reader for entry in ledger.claims()} == {"rules/2"}
    assert {entry.claim.reader for entry in ledger.claims(superseded=True)} == {"rules/1", "rules/2"}
    first, second = ledger.claim(next(iter(ledger.claims())).claim.id)
    assert (first.claim.reader, first.in_force) == ("rules/2", True)
    assert (second.claim.reader, second.in_force) == ("rules/1", False)
    assert list(examine(ledger.engine)) == []


def test_a_judgement_survives_reading_again(ledger: Ledger) -> None:
    write(ledger, harvest(BLAST, version="rules/1"))
    claim = next(iter(ledger.claims())).claim.id
    made = ledger.judge(claim[:8], "grade", "B2", "an analyst")
    write(ledger, harvest(BLAST, version="rules/2"))
    assert ledger.judgements(next(iter(ledger.claims())).claim.id) == [made]


def test_failures_and_faults_are_kept_and_counted(ledger: Ledger) -> None:
    fault = Fault("quantities", "the figure states no bound; none", 3, 7)
    reading = Reading(Document("Five people died.", source="/r/x.txt"), faults=(fault,), reader="rules/1")
    failed = Harvest(None, failures=(Failure("a.bin", "a.bin: is empty; give text"),))
    assert write(ledger, Harvest(Capture(source="/r/x.txt", body=b"Five"), "{}", (reading,)), failed) == Counts(
        new=1, failed=2
    )
    assert ledger.size()["faults"] == 2


def test_a_batch_that_fails_is_not_there_at_all(ledger: Ledger) -> None:
    good = harvest(BLAST, source="/reports/good.txt")
    claim = good.readings[0].claims[0]
    bad = msgspec.structs.replace(good.readings[0], document=Document("Other words."), claims=(claim,), reader=None)
    with pytest.raises((IntegrityError, NotNullViolation)):
        write(ledger, good, msgspec.structs.replace(good, readings=(bad,)))
    assert (ledger.size()["documents"], ledger.size()["captures"], ledger.size()["claims"]) == (0, 0, 0)
    assert write(ledger, good) == Counts(new=1)
    assert list(examine(ledger.engine)) == []


def test_two_writers_at_once_put_everything_in_once(ledger: Ledger) -> None:
    batches = [
        [harvest(f"{BLAST} Bulletin {n}.", source=f"/r/{n}.txt") for n in range(m, m + 4)] for m in range(0, 24, 2)
    ]
    failed: list[BaseException] = []

    def work() -> None:
        try:
            for batch in batches:
                write(ledger, *batch)
        except BaseException as error:
            failed.append(error)
            raise

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert ledger.size()["documents"] == 26
    assert list(examine(ledger.engine)) == []


def test_a_capture_in_parts_is_not_passed_over_before_all_is_read(ledger: Ledger) -> None:
    one = harvest(BLAST, version="rules/1")
    assert one.capture is not None
    from onrecord.ledger.rows import capture_id

    identity = capture_id(one.capture, one.stated)
    writer = ledger.writer("test")
    assert writer.finished([identity], "rules/1") == {}
    writer.write([one])
    assert writer.finished([identity], "rules/1") == {identity: 1}
    assert writer.finished([identity], "rules/2") == {}
    broken = msgspec.structs.replace(one, stated='{"title":"T"}', failures=(Failure("x", "x: is broken"),))
    writer.write([broken])
    assert writer.finished([capture_id(one.capture, broken.stated)], "rules/1") == {}


TEXTS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1, max_size=60)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, st.none() | TEXTS, st.none() | TEXTS)
def test_any_text_comes_back_as_it_was(ledger: Ledger, text: str, title: str | None, publisher: str | None) -> None:
    document = Document(text, title=title, publisher=publisher)
    capture = Capture(source="-", body=text.encode())
    write(ledger, Harvest(capture, "{}", (Reading(document, reader="none/1"),)))
    again = ledger.document(document.content_hash)
    assert (again.text, again.title, again.publisher) == (text, title, publisher)
    assert ledger.original(capture.hash) == text.encode()


def test_figures_are_told_in_the_order_of_the_report(ledger: Ledger) -> None:
    write(ledger, harvest(BLAST))
    assert figures(ledger.claims()) == ["8 people", "Five others"]
