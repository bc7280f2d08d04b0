"""The model's files: what is refused, and what a run gives."""

import itertools
import shutil
from importlib.resources import files
from pathlib import Path

import msgspec
import numpy as np
import pytest

from onrecord.models import Model, Pieces, builtin
from onrecord.models.card import Columns
from onrecord.models.runner import FILES
from onrecord.values import ModelError

DATA = Path(str(files("onrecord.models") / "data"))
MEGABYTES = 30


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    for name in FILES:
        shutil.copyfile(DATA / name, tmp_path / name)
    return tmp_path


def test_the_weights_are_small() -> None:
    assert (DATA / "reader.onnx").stat().st_size <= MEGABYTES * 1_000_000


@pytest.mark.parametrize("name", FILES)
def test_an_absent_file_is_named(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(ModelError, match=name):
        Model(copied)


@pytest.mark.parametrize("name", ["reader.onnx", "tokenizer.json"])
def test_a_file_that_is_not_the_card_s_is_named(copied: Path, name: str) -> None:
    with (copied / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(ModelError, match=name):
        Model(copied)


@pytest.mark.parametrize("broken", [b"{", b"[]", b'{"name": "x"}'])
def test_a_broken_card_is_named(copied: Path, broken: bytes) -> None:
    (copied / "card.json").write_bytes(broken)
    with pytest.raises(ModelError, match=r"card\.json"):
        Model(copied)


def test_the_card_tells_where_the_model_comes_from() -> None:
    card = builtin().card
    assert card.license == "Apache-2.0"
    assert {"corpus", "sha256", "reports", "encoder"} <= set(card.data)
    assert card.limits
    assert card.metrics
    assert card.settings
    assert card.version == card.files["reader.onnx"][:12]


def test_confidence_rises() -> None:
    points = builtin().card.confidence
    assert points[0][0] == 0.0
    assert points[-1][0] == 1.0
    assert list(points) == sorted(points)
    assert all(low[1] <= high[1] for low, high in itertools.pairwise(points))
    assert all(0 <= value <= 1 for point in points for value in point)


def test_words_are_cut_once_and_the_same_each_time() -> None:
    pieces = builtin().pieces
    words = ["Police", "", "Kyiv", "3,000", "👩‍👩‍👧", "x" * 10_000, "Police"]
    first = pieces.of(words)
    assert first == pieces.of(words)
    assert first[0] == first[-1]
    assert first[1] == ()
    assert all(len(ids) <= 8 for ids in first)


def test_a_vocabulary_without_signs_is_refused() -> None:
    bare = {"version": "1.0", "model": {"type": "WordPiece", "unk_token": "a", "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100, "vocab": {"a": 0}}}  # fmt: skip
    with pytest.raises(ModelError, match="CLS"):
        Pieces(msgspec.json.encode(bare))


def test_rare_values_have_no_id_of_their_own() -> None:
    columns = Columns(("dep", "tag"), (("nsubj", "dobj"), ("NN",)))
    coder = columns.coder(("dep", "tag"))
    assert coder.rows([("dobj", "NN"), ("nsubj", "JJ"), ("odd", "NN")]) == [[2, 1], [1, 0], [0, 1]]
    later = columns.coder(("tag", "new", "dep"))
    assert later.rows([("NN", "x", "dobj")]) == [[2, 1]]
    with pytest.raises(ModelError, match="needs the feature 'tag'"):
        columns.coder(("dep",))


def test_a_run_scores_every_draft_and_candidate() -> None:
    card = builtin().card
    rng = np.random.default_rng(1)
    pieces, drafts, near = 40, 3, 5
    inputs = {
        "pieces": rng.integers(1000, 9000, pieces),
        "tokens": np.zeros((pieces, len(card.tokens.names)), np.int64),
        "subjects": np.array([[3, 5, 5, 6, 2, 20]] * drafts),
        "subject_features": np.zeros((drafts, len(card.subjects.names)), np.int64),
        "relations": np.ones((drafts, pieces), np.int64),
        "candidates": np.array([[3, 5, 4, 5]] * near),
        "candidate_features": np.zeros((near, len(card.candidates.names)), np.int64),
        "pairs": np.zeros((drafts, near, len(card.pairs.names)), np.int64),
        "fits": np.ones((near, len(card.labels.roles)), np.bool_),
    }
    scores = builtin().run(inputs)
    assert scores["types"].shape == (drafts, len(card.labels.types))
    assert scores["links"].shape == (drafts, near + 1, len(card.labels.roles))
    assert all(np.isfinite(values).all() for values in scores.values())
