from __future__ import annotations

from onrecord.values import Document, Fault, Reading
from onrecord.views.summary import Tally, counted


def test_the_counts_are_told_in_words():
    tally = Tally()
    assert tally.line() == "0 documents, 0 claims, 0 faults"
    tally.add(Reading(Document("x"), faults=(Fault("a", "b"),)))
    assert tally.line() == "1 document, 0 claims, 1 fault"
    assert counted(1391, "claim") == "1,391 claims"
