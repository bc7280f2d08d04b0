"""A document as the model sees it: windows of bounded length, every draft once, every place within its window."""

import numpy as np
import pytest
from hypothesis import given, settings
from tests.claims.test_laws import texts

from onrecord.claims.stages import DRAFTS
from onrecord.claims.trained import opinions
from onrecord.claims.trained.candidates import candidates
from onrecord.claims.trained.relations import PADDING, RELATIONS
from onrecord.claims.trained.sheet import Sheet
from onrecord.claims.trained.windows import Desk, Window, stretches
from onrecord.engine.read import Reader
from onrecord.knowledge import builtin as knowledge
from onrecord.models import builtin
from onrecord.values import Document, Reading

DRAFTING = Reader("drafts", stages=DRAFTS)
JUDGING = Reader("judged", stages=(*DRAFTS, opinions.stage(builtin)))
LINE = "Police in Goma said on Monday that {n} people had been killed, and the army denied that it had fired. "


def drafted(text: str, title: str | None = None) -> Reading:
    (reading,) = DRAFTING.read([Document(text, title=title)])
    return reading


@pytest.fixture(scope="session")
def desk() -> Desk:
    model = builtin()
    return Desk(model.card, model.pieces, knowledge().lexicon)


def check(window: Window) -> None:
    card, given = builtin().card, window.inputs
    pieces, drafts, near = len(given["pieces"]), len(window.drafts), max(1, len(window.candidates))
    assert pieces <= card.longest
    assert given["tokens"].shape == (pieces, len(card.tokens.names))
    assert given["subject_features"].shape == (drafts, len(card.subjects.names))
    assert given["relations"].shape == (drafts, pieces)
    assert given["candidate_features"].shape == (near, len(card.candidates.names))
    assert given["pairs"].shape == (drafts, near, len(card.pairs.names))
    assert given["fits"].shape == (near, len(card.labels.roles))
    for name, columns in (("tokens", card.tokens), ("subject_features", card.subjects), ("pairs", card.pairs)):
        for column, size in enumerate(columns.sizes):
            values = given[name][..., column]
            assert values.size == 0 or (values.min() >= 0 and values.max() < size)
    assert given["fits"].any() == bool(window.candidates)
    for places in (given["subjects"], given["candidates"]):
        firsts, lasts = places[:, ::2], places[:, 1::2]
        assert np.all(firsts < lasts)
        assert np.all(lasts <= pieces)
    assert given["relations"].max() < len(RELATIONS)
    assert np.all(given["relations"][:, -1] == PADDING)
    assert np.all(given["relations"][:, :-1] != PADDING)


@settings(max_examples=60)
@given(texts)
def test_windows_of_any_text_are_well_formed(text: str) -> None:
    model = builtin()
    found = list(Desk(model.card, model.pieces, knowledge().lexicon).windows(drafted(text)))
    for window in found:
        check(window)
    drafts = [draft for window in found for draft in window.drafts]
    assert len(drafts) == len(set(drafts))


@settings(max_examples=60)
@given(texts)
def test_whatever_is_asked_is_answered(text: str) -> None:
    (reading,) = JUDGING.read([Document(text)])
    for draft in reading.drafts:
        if draft.opinion is not None:
            for shares in (draft.opinion.types, draft.opinion.statuses, draft.opinion.bases):
                assert 1 - 23 * 0.01 < sum(shares.values()) <= 1.01  # shares below a hundredth are left out
                assert list(shares.values()) == sorted(shares.values(), reverse=True)
            assert draft.opinion.time.party is None
            assert draft.opinion.source.time is None


def test_every_draft_of_a_long_report_is_asked_about_once(desk: Desk) -> None:
    reading = drafted("\n\n".join(LINE.format(n=n) * 3 for n in range(2, 60)), title="Dozens killed in Goma")
    found = list(desk.windows(reading))
    assert len(found) > 3
    assert [draft for window in found for draft in window.drafts] == list(range(len(reading.drafts)))
    for window in found:
        check(window)


def test_a_window_repeats_what_stands_before_it() -> None:
    sheet = Sheet(drafted("\n\n".join(LINE.format(n=n) for n in range(2, 12))))
    sizes = [1] * len(sheet.words)
    found = list(stretches(sheet, sizes, room=80, context=30))
    assert [stretch.own for stretch in found] == [0, *(stretch.last for stretch in found[:-1])]
    assert found[0].first == 0
    assert all(stretch.own - stretch.first == len(sheet.trees[0].tokens) for stretch in found[1:])


def test_a_sentence_longer_than_a_window_is_cut(desk: Desk) -> None:
    reading = drafted("Police said that 40 people were hurt " + "and then " * 500 + "12 people were killed.")
    (window,) = desk.windows(reading)
    check(window)
    assert len(window.inputs["pieces"]) == builtin().card.longest
    assert len(window.drafts) < len(reading.drafts)


def test_other_words_are_read_in_place_of_the_tokens(desk: Desk) -> None:
    reading = drafted("Police in Goma said 12 people were killed.")
    words = [token.text for sentence in reading.sentences for token in sentence.tokens]
    (as_is,) = desk.windows(reading)
    (other,) = desk.windows(reading, ["Lima" if word == "Goma" else word for word in words])
    assert not np.array_equal(as_is.inputs["pieces"], other.inputs["pieces"])
    assert np.array_equal(as_is.inputs["pairs"], other.inputs["pairs"])


def test_candidates_are_words_of_the_text() -> None:
    text = "The Russian army said on 3 May that Kyiv's forces, led by Oleksandr Syrskyi, had lost 40 men. He denied it."
    sheet = Sheet(drafted(text))
    found = candidates(sheet)
    assert {"Russia", "Ukraine", "Oleksandr Syrskyi"} <= {c.name for c in found}
    for candidate in found:
        span = candidate.entity or candidate.time
        assert span is not None
        assert text[span.start : span.end] == span.text
        assert candidate.tokens[0] <= candidate.head < candidate.tokens[1]


@pytest.mark.parametrize(
    ("word", "relation"),
    [
        ("Police", "up 2 subject"),
        ("rebels", "up 1 subject"),
        ("had", "up 1 auxiliary"),
        ("killed", "trigger"),
        ("12", "focus"),
        ("Monday", "up 3 noun of preposition"),
        ("Nobody", "sentence +1"),
        ("Later", "paragraph +1"),
    ],
)
def test_relations_follow_the_syntax(desk: Desk, word: str, relation: str) -> None:
    text = "Police said that rebels had killed 12 people, it told AFP on Monday. Nobody else came.\n\nLater it rained."
    reading = drafted(text)
    (window,) = desk.windows(reading)
    row = next(i for i, d in enumerate(window.drafts) if reading.drafts[d].quantity)
    pieces = builtin().pieces.of([token.text for s in reading.sentences for token in s.tokens])
    tokens = [token.text for s in reading.sentences for token in s.tokens]
    at = 2 + sum(len(ids) for ids in pieces[: tokens.index(word)])
    assert window.inputs["relations"][row, at] == RELATIONS[relation]
