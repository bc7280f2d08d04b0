"""Review in a ledger: decisions are added, never changed; they hold through readings and make training data."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from ledger.reports import BLAST, figures, harvest, write
from onrecord.engine.evaluate import evaluate
from onrecord.ledger import Ledger
from onrecord.ledger.review import BACK, Agreement
from onrecord.values import RequestError, annotation_of
from onrecord.views.gold import gold


def filled(ledger: Ledger) -> list[str]:
    """A ledger with a report of two claims; their ids."""
    write(ledger, harvest(BLAST, url="https://example.org/1", title="Blast"))
    return [entry.claim.id for entry in ledger.claims()]


def test_the_queue_moves_on_with_each_decision(ledger: Ledger) -> None:
    ids = filled(ledger)
    review = ledger.review("Ada")
    assert [entry.claim.id for entry in review.queue()] == ids
    review.decide(ids[0], "right")
    assert [entry.claim.id for entry in review.queue()] == ids[1:]
    assert [entry.claim.id for entry in review.queue("type:killed")] == [
        id_ for id_ in ids[1:] if ledger.claim(id_)[0].claim.type == "killed"
    ]
    assert len(list(ledger.review("Grace").queue())) == len(ids)


def test_nothing_is_overwritten_and_the_last_decision_stands(ledger: Ledger) -> None:
    first, *_ = filled(ledger)
    review = ledger.review("Ada")
    review.decide(first, "right")
    review.decide(first, "wrong")
    assert [one.value for one in review.decisions()] == ["wrong"]
    assert [one.value for one in ledger.judgements(first)] == ["right", "wrong"]
    undone = review.undo()
    assert undone is not None
    assert undone.value == "wrong"
    assert [one.value for one in review.decisions()] == ["right"]
    assert len(ledger.judgements(first)) == 3


def test_ten_can_be_taken_back_in_a_row(ledger: Ledger) -> None:
    first, *_ = filled(ledger)
    review = ledger.review("Ada")
    for _ in range(BACK + 2):
        review.decide(first, "right")
    assert [review.undo() is not None for _ in range(BACK + 1)] == [True] * BACK + [False]
    assert ledger.review("Grace").undo() is None
    review.decide(first, "unsure")
    assert review.undo() is not None


def test_decisions_survive_reading_again(ledger: Ledger) -> None:
    first, *_ = filled(ledger)
    ledger.review("Ada").decide(first, "right")
    write(ledger, harvest(BLAST, url="https://example.org/1", title="Blast", version="later/1"))
    assert first not in {entry.claim.id for entry in ledger.review("Ada").queue()}


@pytest.mark.parametrize(
    ("theirs", "same", "kappa"),
    [(("right", "right"), 2, None), (("right", "wrong"), 1, 0.0), (("wrong", "right"), 1, 0.0)],
)
def test_agreement(ledger: Ledger, theirs: tuple[str, str], same: int, kappa: float | None) -> None:
    for id_, verdict in zip(filled(ledger), theirs, strict=True):
        ledger.review("Ada").decide(id_, "right")
        ledger.review("Grace").decide(id_, verdict)
    assert ledger.review("Ada").agreement() == [Agreement("Ada", "Grace", 2, same, kappa)]


def test_kappa_is_cohens(ledger: Ledger) -> None:
    """Full agreement on claims of both kinds is 1."""
    for id_, verdict in zip(filled(ledger), ("right", "wrong"), strict=True):
        ledger.review("Ada").decide(id_, verdict)
        ledger.review("Grace").decide(id_, verdict)
    assert ledger.review("Ada").agreement()[0].kappa == 1.0


def test_what_was_reviewed_is_gold(ledger: Ledger, tmp_path: Path) -> None:
    ids = filled(ledger)
    review = ledger.review("Ada")
    read = [annotation_of(entry.claim) for entry in ledger.claims()]
    killed = next(place for place, one in enumerate(read) if one.type == "killed")
    review.decide(ids[killed], "right")
    assert list(gold(ledger, "Ada")) == []
    assert len(next(gold(ledger, "Ada", partial=True))["claims"]) == 1
    right = msgspec.structs.replace(read[1 - killed], status="possible", source="Goma hospital")
    review.correct(ids[1 - killed], right)
    missed = msgspec.structs.replace(
        right, evidence="The blast in Goma", sort="event", quantity=None, type="attack", source=None, source_text=None
    )
    document = ledger.claim(ids[0])[0].document.id
    review.add(document, missed)
    (made,) = gold(ledger, "Ada")
    assert made["text"] == BLAST
    assert {claim.type for claim in made["claims"]} == {"killed", "wounded", "attack"}
    assert next(claim for claim in made["claims"] if claim.type == "wounded").source == "Goma hospital"
    (tmp_path / "reviewed.json").write_bytes(msgspec.json.encode(made))
    assert evaluate(tmp_path, reader="rules")  # the scorer takes it


def test_what_was_read_wrongly_is_left_out(ledger: Ledger) -> None:
    ids = filled(ledger)
    ledger.review("Ada").decide(ids[0], "wrong")
    ledger.review("Ada").decide(ids[1], "right")
    (made,) = gold(ledger, "Ada")
    assert len(made["claims"]) == 1
    # Of two reviewers the one who asks is followed.
    ledger.review("Grace").decide(ids[0], "right")
    assert len(next(gold(ledger, "Ada"))["claims"]) == 1
    assert len(next(gold(ledger, "Grace"))["claims"]) == 2
    assert figures(ledger.claims())


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 101])
def test_a_reviewer_has_a_name(ledger: Ledger, name: str) -> None:
    with pytest.raises(RequestError, match="no name for a reviewer"):
        ledger.review(name)
