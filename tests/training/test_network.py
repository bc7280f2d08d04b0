"""The network and its steps, where PyTorch is installed (make .venv/train): padding changes nothing, lessons fit."""

import json

import pytest

torch = pytest.importorskip("torch")

from training.batches import UNKNOWN, Item, collate, items  # noqa: E402
from training.card import draft_card  # noqa: E402
from training.dataset import CORPUS, Dataset, columns, examples  # noqa: E402
from training.encoders import folder, numbers  # noqa: E402
from training.fit import Run, answers_lost, states_lost  # noqa: E402
from training.network import Network, whole  # noqa: E402
from training.settings import Settings  # noqa: E402
from training.smooth import Smooth, smooth  # noqa: E402
from training.variants import variant  # noqa: E402

from onrecord.claims.trained.windows import Desk  # noqa: E402
from onrecord.knowledge import builtin  # noqa: E402
from onrecord.models.pieces import Pieces  # noqa: E402

SETTINGS = Settings(epochs=1, batch=2, longest=160, context=40)
OUTPUTS = ("types", "statuses", "bases", "keep", "links")


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    files = sorted(CORPUS.glob("*.json"))[:6]
    found = examples([json.loads(file.read_text("utf-8")) for file in files])
    return Dataset("test", found[:4], found[4:], columns(found))


@pytest.fixture(scope="module")
def run(dataset: Dataset) -> Run:
    run = Run(dataset, SETTINGS)
    run.network.quick = False
    return run


@pytest.fixture(scope="module")
def windows(dataset: Dataset, run: Run) -> list[Item]:
    return [item for example in dataset.train for item in items(run.desk, example)]


def test_padding_changes_no_score(run: Run, windows: list[Item]) -> None:
    run.network.eval()
    with torch.no_grad():
        together = run.network(collate(windows[:4], run.card.labels).inputs)
        for row, item in enumerate(windows[:4]):
            alone = run.network(collate([item], run.card.labels).inputs)
            drafts, near = len(item.window.drafts), len(item.window.inputs["candidates"])
            for name in OUTPUTS[:4]:
                assert torch.allclose(together[name][row, :drafts], alone[name][0], atol=1e-4)
            assert torch.allclose(together["links"][row, :drafts, :near], alone["links"][0, :, :-1], atol=1e-4)
            assert torch.allclose(together["links"][row, :drafts, -1], alone["links"][0, :, -1], atol=1e-4)


def test_every_answer_fits_its_outputs(run: Run, windows: list[Item]) -> None:
    batch = collate(windows, run.card.labels)
    for name, labels in batch.labels.items():
        assert labels[labels != UNKNOWN].max() < len(getattr(run.card.labels, name))
    assert bool((batch.right.any(2) | ~batch.asked).all()), "what is asked has a right answer"


def test_a_network_that_agrees_with_its_teacher_has_no_state_to_learn(run: Run, windows: list[Item]) -> None:
    run.network.eval()
    with torch.no_grad():
        scores = run.network(collate(windows[:1], run.card.labels).inputs)
        lesson = {name: scores[name][0] for name in (*OUTPUTS, "memory", "drafts", "near")}
        item = Item(windows[0].window, windows[0].answers, lesson)
        batch = collate([item], run.card.labels)
        lost = states_lost(run.network(batch.inputs), batch)
        own = answers_lost(run.network(batch.inputs), batch)
    assert all(float(loss) < 1e-6 for loss in lost.values())
    other = {**lesson, "types": lesson["types"].flip(-1)}
    worse = collate([Item(windows[0].window, windows[0].answers, other)], run.card.labels)
    assert float(answers_lost(scores, worse)["types"]) > float(own["types"])


def test_an_epoch_moves_the_weights_and_their_average(dataset: Dataset) -> None:
    run = Run(dataset, SETTINGS)
    before = {name: value.clone() for name, value in run.network.state_dict().items()}
    lost = run.epoch()
    assert {"types", "statuses", "bases", "keep", "source", "actor", "target", "place", "time"} == set(lost)
    assert all(loss == loss and loss > 0 for loss in lost.values())
    after = run.network.state_dict()
    assert any(not torch.equal(before[name], after[name]) for name in before)
    assert all(run.average[name].shape == value.shape for name, value in after.items())


def test_layers_that_stay_still_keep_their_weights(dataset: Dataset) -> None:
    run = Run(dataset, Settings(epochs=1, batch=2, longest=160, context=40, still=2))
    before = [value.clone() for value in run.network.encoder.encoder.layer[1].parameters()]
    run.epoch()
    assert all(map(torch.equal, before, run.network.encoder.encoder.layer[1].parameters()))


def test_a_form_is_the_same_each_time(dataset: Dataset, run: Run) -> None:
    example = dataset.train[0]
    first, again, other = (variant(example, n, run.desk, run.pools, SETTINGS) for n in (3, 3, 4))
    pieces = [item.window.inputs["pieces"].tolist() for item in first]
    assert pieces == [item.window.inputs["pieces"].tolist() for item in again]
    assert pieces != [item.window.inputs["pieces"].tolist() for item in other]


def test_the_card_s_settings_rebuild_the_network(dataset: Dataset, run: Run) -> None:
    card = draft_card(dataset, SETTINGS)
    assert Network(card, SETTINGS).state_dict().keys() == run.network.state_dict().keys()
    desk = Desk(card, Pieces((folder("small") / "tokenizer.json").read_bytes()), builtin().lexicon)
    assert list(desk.windows(dataset.train[0].reading))
    assert numbers("small") is None


def test_a_smoothed_encoder_answers_the_same_with_channels_of_like_size(dataset: Dataset) -> None:
    run = Run(dataset, SETTINGS)
    run.network.quick = False
    run.network.eval()
    given = [
        {name: torch.from_numpy(value) for name, value in item.window.inputs.items()}
        for item in items(run.desk, dataset.train[0])
    ]
    with torch.no_grad():
        before = run.network(whole(given[0]))
        smooth(run.network, given)
        after = run.network(whole(given[0]))
    for name in OUTPUTS:
        assert torch.allclose(before[name], after[name], atol=1e-3)
    smoothed = [part for part in run.network.encoder.modules() if isinstance(part, Smooth)]
    assert len(smoothed) == 6 * run.network.encoder.config.num_hidden_layers
    assert any(float(part.shrink.max() / part.shrink.min()) > 2 for part in smoothed)
