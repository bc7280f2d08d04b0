"""The corpus as training sees it: what is held out, which answers belong to which drafts, swapped names."""

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
from training.answers import answers
from training.augment import pools, swapped
from training.dataset import CORPUS, columns, examples
from training.split import held_out

from onrecord.claims.trained.candidates import candidates
from onrecord.claims.trained.sheet import Sheet
from onrecord.engine.scoring.sameness import same_name

FILES = sorted(CORPUS.glob("*.json"))[::60]


@pytest.fixture(scope="module")
def gold() -> list[dict[str, Any]]:
    return [json.loads(file.read_text("utf-8")) for file in FILES]


def test_a_tenth_is_held_out_and_no_gold_is_trained_on() -> None:
    ids = [file.stem for file in sorted(CORPUS.glob("*.json"))]
    share = sum(held_out(id_) for id_ in ids) / len(ids)
    assert 0.08 < share < 0.12
    gold = Path(CORPUS).parent / "gold" / "dev"
    assert not {file.stem for file in gold.glob("*.json")} & set(ids)


def test_answers_are_those_of_the_annotators(gold: list[dict[str, Any]]) -> None:
    for item, example in zip(gold, examples(gold), strict=True):
        found = [answer for answer in example.answers if answer is not None]
        assert len(found) >= 0.5 * len(item["claims"])
        near = candidates(Sheet(example.reading))
        assert example.answers == answers(item, example.reading.drafts, near)
        for answer in found:
            matching = [c for c in item["claims"] if (c["type"], c["status"]) == (answer.type, answer.status)]
            assert matching
            for name in answer.links["source"] or ():
                assert any(same_name(part, name) for c in matching if c["source"]
                           for part in (c["source"], *c["source"].replace(", ", " and ").split(" and ")))  # fmt: skip


def test_figures_have_a_basis_and_events_have_none(gold: list[dict[str, Any]]) -> None:
    for example in examples(gold):
        for draft, answer in zip(example.reading.drafts, example.answers, strict=True):
            assert answer is None or (answer.basis is not None) == (draft.quantity is not None)


def test_columns_have_what_is_frequent_first(gold: list[dict[str, Any]]) -> None:
    found = columns(examples(gold))
    assert set(found) == {"tokens", "subjects", "mentions", "pairs"}
    for table in found.values():
        assert len(table.names) == len(table.values)
        assert all(len(values) == len(set(values)) for values in table.values)


def test_names_are_swapped_the_same_throughout(gold: list[dict[str, Any]]) -> None:
    readings = [example.reading for example in examples(gold)]
    pool = pools(readings)
    for reading in readings:
        tokens = [token for sentence in reading.sentences for token in sentence.tokens]
        words = swapped(reading, pool, 1.0, random.Random(7))
        assert len(words) == len(tokens)
        assert words == swapped(reading, pool, 1.0, random.Random(7))
        at = {token.start: index for index, token in enumerate(tokens)}
        new: dict[tuple[str, str], set[str]] = {}
        for entity in reading.mentions.entities:
            if entity.kind == "place" and entity.start in at:
                new.setdefault((entity.name, entity.text), set()).add(words[at[entity.start]])
        assert all(len(names) == 1 for names in new.values())


def test_numbers_keep_their_shape_and_years_stay(gold: list[dict[str, Any]]) -> None:
    shape = re.compile(r"\d")
    for example in examples(gold):
        tokens = [token for sentence in example.reading.sentences for token in sentence.tokens]
        words = swapped(example.reading, pools([example.reading]), 1.0, random.Random(7))
        named = {
            i for e in example.reading.mentions.entities for i, t in enumerate(tokens) if e.start <= t.start < e.end
        }
        for index, (token, word) in enumerate(zip(tokens, words, strict=True)):
            if index not in named:
                assert shape.sub("0", token.text) == shape.sub("0", word)
            if re.fullmatch(r"(19|20)\d\d", token.text):
                assert index in named or word == token.text


def test_nothing_is_swapped_at_no_share(gold: list[dict[str, Any]]) -> None:
    (example, *_) = examples(gold[:1])
    tokens = [token.text for sentence in example.reading.sentences for token in sentence.tokens]
    assert swapped(example.reading, pools([example.reading]), 0.0, random.Random(7)) == tokens
