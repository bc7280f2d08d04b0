"""Train the network.

python -m training.fit [--dataset build/dataset.msgpack] [--to build/network.pt] [--set NAME=VALUE ...]
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import torch
from torch import Tensor, nn
from torch.nn import functional

from onrecord.claims.trained.relations import PADDING, TITLE
from onrecord.claims.trained.windows import Desk
from onrecord.knowledge import builtin
from onrecord.models.card import Card
from onrecord.models.pieces import Pieces
from training.augment import Pools, pools
from training.batches import UNKNOWN, Batch, Item, Lesson, collate, placed
from training.card import draft_card
from training.dataset import BUILT, Dataset
from training.device import DEVICE
from training.encoders import folder
from training.network import Network
from training.settings import Settings
from training.variants import variant

NETWORK = BUILT.with_name("network.pt")
# By report, form and window (training/teach.py).
Taught = list[list[list[Lesson]]]


class Run:
    """A training run.

    Args:
        dataset: what to train on.
        settings: how.
        taught: by report, form and window what a teacher answers; without it only the annotators teach.
    """

    def __init__(self, dataset: Dataset, settings: Settings, taught: Taught | None = None) -> None:
        torch.set_num_threads(settings.threads)
        torch.manual_seed(settings.seed)
        self.chance = random.Random(settings.seed)
        self.settings = settings
        order = random.Random(settings.seed).sample(range(len(dataset.train)), len(dataset.train))
        self.examples = [dataset.train[index] for index in sorted(order[: round(settings.share * len(order))])]
        self.card: Card = draft_card(dataset, settings)
        self.desk = Desk(self.card, Pieces((folder("small") / "tokenizer.json").read_bytes()), builtin().lexicon)
        self.network = Network(self.card, settings).to(DEVICE)
        self.network.quick = True
        if taught is not None and len(taught) != len(self.examples):
            raise SystemExit(f"the teacher answered on {len(taught)} reports, not on these {len(self.examples)}")
        self.taught = taught
        self.pools: Pools = pools(example.reading for example in self.examples)
        self.average = {name: value.detach().clone() for name, value in self.network.state_dict().items()}
        self.steps = settings.epochs * math.ceil(len(self.examples) / settings.batch)
        self.optimiser, self.rates = self._optimiser()
        self.taken = 0

    def _optimiser(self) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
        s = self.settings
        encoder = [parameter for parameter in self.network.encoder.parameters() if parameter.requires_grad]
        inside = {id(parameter) for parameter in encoder}
        heads = [p for p in self.network.parameters() if p.requires_grad and id(p) not in inside]
        optimiser = torch.optim.AdamW(
            [{"params": encoder, "lr": s.encoder_rate}, {"params": heads, "lr": s.head_rate}], weight_decay=s.decay
        )

        def rate(step: int) -> float:
            return min(1.0, (step + 1) / (s.warm * self.steps)) * max(0.0, 1 - step / self.steps)

        return optimiser, torch.optim.lr_scheduler.LambdaLR(optimiser, rate)

    def epoch(self) -> Counter[str]:
        """One pass over the reports; the mean of each loss."""
        self.network.train()
        lost: Counter[str] = Counter()
        batches = 0
        for batch in self._batches():
            batches += 1
            losses = self.losses(batch)
            self.optimiser.zero_grad()
            torch.stack(list(losses.values())).sum().backward()
            nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
            self.optimiser.step()
            self.rates.step()
            self._follow()
            for name, loss in losses.items():
                lost[name] += loss.item()
        return Counter({name: loss / batches for name, loss in lost.items()})

    def _batches(self) -> Iterator[Batch]:
        """The reports in random order, those of like length together."""
        order = list(range(len(self.examples)))
        self.chance.shuffle(order)
        size = self.settings.batch
        groups = []
        for start in range(0, len(order), 8 * size):
            near = sorted(order[start : start + 8 * size], key=lambda i: len(self.examples[i].reading.document.text))
            groups += [near[i : i + size] for i in range(0, len(near), size)]
        self.chance.shuffle(groups)
        for group in groups:
            taught = self.taught is not None and self.chance.random() < self.settings.lessons
            found = [item for index in group for item in (self._lesson(index) if taught else self._shown(index))]
            if found:
                yield placed(self._hidden(collate(found, self.card.labels)))

    def _shown(self, index: int) -> list[Item]:
        """The windows of a report in one of its forms."""
        number = self.chance.randrange(self.settings.forms)
        return variant(self.examples[index], number, self.desk, self.pools, self.settings)

    def _lesson(self, index: int) -> list[Item]:
        """The windows of a report in one of the forms that the teacher has seen, with what it thinks of them."""
        assert self.taught is not None
        number = self.chance.randrange(len(self.taught[index]))
        shown = variant(self.examples[index], number, self.desk, self.pools, self.settings)
        return [
            msgspec.structs.replace(item, lesson=lesson)
            for item, lesson in zip(shown, self.taught[index][number], strict=True)
        ]

    def _hidden(self, batch: Batch) -> Batch:
        """The batch with some of its pieces hidden, some titles, and some of the rules' choices."""
        pieces = batch.inputs["pieces"]
        hidden = torch.rand(pieces.shape) < self.settings.hide
        batch.inputs["pieces"] = pieces.masked_fill(hidden, self.desk.hides)
        title = batch.inputs["relations"][:, 0] == TITLE
        title[:, 0] = False
        untitled = torch.rand(len(pieces), 1) < self.settings.untitled
        batch.inputs["attend"] &= ~(title & untitled)
        batch.inputs["relations"].masked_fill_((title & untitled)[:, None], PADDING)
        column = self.card.pairs.names.index("rule")
        forgotten = torch.rand(batch.keep.shape) < self.settings.forget
        batch.inputs["pairs"][..., column].masked_fill_(forgotten[..., None], 0)
        return batch

    def losses(self, batch: Batch) -> dict[str, Tensor]:
        """What the network still has to learn from the annotators, and from the teacher."""
        scores = self.network(batch.inputs)
        own = self._own(scores, batch)
        if batch.lesson is None:
            return own
        s = self.settings
        return (
            {name: s.own * loss for name, loss in own.items()}
            | {f"taught {name}": s.taught * loss for name, loss in answers_lost(scores, batch).items()}
            | {f"state {name}": s.states * loss for name, loss in states_lost(scores, batch).items()}
        )

    def _own(self, scores: dict[str, Tensor], batch: Batch) -> dict[str, Tensor]:
        """Cross entropy of each answer of the annotators; of links that of all right candidates together."""
        found = {
            name: functional.cross_entropy(
                scores[name].flatten(0, 1),
                batch.labels[name].flatten(),
                ignore_index=UNKNOWN,
                label_smoothing=self.settings.smoothing,
            )
            for name in ("types", "statuses", "bases")
            if (batch.labels[name] != UNKNOWN).any()
        }
        there = batch.keep >= 0
        found["keep"] = functional.binary_cross_entropy_with_logits(scores["keep"][there], batch.keep[there])
        each = scores["links"].log_softmax(2).masked_fill(~batch.right, -1e4).logsumexp(2)
        for column, role in enumerate(self.card.labels.roles):
            asked = batch.asked[..., column]
            if asked.any():
                found[role] = -each[..., column][asked].mean()
        return found

    def _follow(self) -> None:
        """Move the running average of the weights."""
        self.taken += 1
        decay = min(self.settings.average, self.taken / (self.taken + 10))
        for name, value in self.network.state_dict().items():
            if value.dtype.is_floating_point:
                self.average[name].mul_(decay).add_(value, alpha=1 - decay)


def answers_lost(scores: dict[str, Tensor], batch: Batch) -> dict[str, Tensor]:
    """Cross entropy against the teacher's answers, for every draft."""
    assert batch.lesson is not None
    there = batch.inputs["peers"]
    found = {
        name: _against(scores[name], batch.lesson[name], -1)[there].mean() for name in ("types", "statuses", "bases")
    }
    shares = batch.lesson["keep"].sigmoid()
    found["keep"] = functional.binary_cross_entropy_with_logits(scores["keep"][there], shares[there])
    found["links"] = _against(scores["links"], batch.lesson["links"], 2)[there].sum(-1).mean()
    return found


def _against(scores: Tensor, taught: Tensor, axis: int) -> Tensor:
    return -(taught.softmax(axis) * scores.log_softmax(axis)).sum(axis)


def states_lost(scores: dict[str, Tensor], batch: Batch) -> dict[str, Tensor]:
    """Squared distance from the teacher's states."""
    assert batch.lesson is not None
    there = {
        "memory": batch.inputs["attend"],
        "drafts": batch.inputs["peers"],
        "near": batch.inputs["fits"].any(-1),
    }
    return {name: functional.mse_loss(scores[name][seen], batch.lesson[name][seen]) for name, seen in there.items()}


def adopted(network: Network, weights: dict[str, Tensor]) -> None:
    """Take a teacher's weights for everything above the encoder."""
    own = network.state_dict()
    fitting = {
        name: value
        for name, value in weights.items()
        if not name.startswith("encoder.") and name in own and own[name].shape == value.shape
    }
    network.load_state_dict(fitting, strict=False)


def fit(dataset: Dataset, settings: Settings, to: Path, taught: Taught | None, teacher: Path | None) -> None:
    """Train, and write the averaged weights with their card draft and settings."""
    run = Run(dataset, settings, taught)
    if teacher is not None:
        data = run.card.data | {"teacher": "all-mpnet-base-v2 (Apache-2.0), trained on the same reports"}
        run.card = msgspec.structs.replace(run.card, data=data)
        adopted(run.network, torch.load(teacher, weights_only=True, map_location=DEVICE))
    for epoch in range(settings.epochs):
        start = time.perf_counter()
        lost = run.epoch()
        told = " ".join(f"{name} {loss:.2f}" for name, loss in lost.items())
        print(f"epoch {epoch + 1} of {settings.epochs}, {time.perf_counter() - start:.0f} s: {told}", flush=True)
        save(run.average, run.card, to)


def save(weights: dict[str, Tensor], card: Card, to: Path) -> None:
    """Write weights, and their card beside them."""
    to.parent.mkdir(parents=True, exist_ok=True)
    torch.save({name: value.cpu() for name, value in weights.items()}, to)
    to.with_suffix(".json").write_bytes(msgspec.json.format(msgspec.json.encode(card)))


def main(arguments: Sequence[str] | None = None) -> None:
    """Train with the settings given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dataset", type=Path, default=BUILT)
    parser.add_argument("--to", type=Path, default=NETWORK)
    parser.add_argument("--teacher", type=Path, help="weights of a larger network, to begin with above the encoder")
    parser.add_argument("--taught", type=Path, help="what that network answers (training.teach)")
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE", help="settings other than the usual")
    given = parser.parse_args(arguments)
    changes = {name: msgspec.json.decode(value) for name, _, value in (pair.partition("=") for pair in given.set)}
    settings = msgspec.convert(changes, Settings)
    dataset = msgspec.msgpack.decode(given.dataset.read_bytes(), type=Dataset)
    taught = torch.load(given.taught, weights_only=True) if given.taught else None
    fit(dataset, settings, given.to, taught, given.teacher)


if __name__ == "__main__":
    main()
