"""The network: an encoder reads a window, each draft reads the encoder's pieces and the other drafts, heads answer.

A draft does not look at all pieces alike: each layer adds to its attention what it learned about the *relation* of a
piece to the draft (its verb, that verb's subject, the sentence before …), an inductive bias in the manner of Shaw et
al. 2018, "Self-Attention with Relative Position Representations", over syntax instead of distance. Roles are filled by
scoring each candidate against the draft, bilinear and by features of the pair, as in Lee et al. 2017, "End-to-end
Neural Coreference Resolution"; the last candidate is nobody.

Shapes: B windows, T pieces, C drafts, K candidates.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModel

from onrecord.claims.trained.relations import PADDING, RELATIONS
from onrecord.models.card import Card
from training.device import quicker
from training.encoders import folder, numbers
from training.settings import Settings

_FAR = -1e4
_PEERS = 8


class Rows(nn.Module):
    """The sum of the embeddings of a row of ids, one table for each column: [..., columns] -> [..., width]."""

    def __init__(self, sizes: Sequence[int], width: int) -> None:
        super().__init__()
        self.table = nn.Embedding(sum(sizes), width)
        nn.init.normal_(self.table.weight, std=0.02)
        self.register_buffer("starts", torch.tensor([sum(sizes[:i]) for i in range(len(sizes))]))

    def forward(self, ids: Tensor) -> Tensor:
        """The sums."""
        return self.table(ids + self.starts).sum(-2)  # type: ignore[no-any-return]


class Reading(nn.Module):
    """One layer: drafts read the pieces, then each other, then think."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        width = settings.width
        self.heads = settings.heads
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(3))
        self.query, self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(4))
        self.relation = nn.Embedding(len(RELATIONS), settings.heads)
        nn.init.normal_(self.relation.weight, std=0.5)
        self.peers = nn.Linear(width, 3 * width)
        self.peers_out = nn.Linear(width, width)
        self.order = nn.Embedding(2 * _PEERS + 1, settings.heads)
        nn.init.zeros_(self.order.weight)
        self.think = nn.Sequential(
            nn.Linear(width, 2 * width), nn.GELU(), nn.Dropout(settings.dropout), nn.Linear(2 * width, width)
        )
        self.drop = nn.Dropout(settings.dropout)

    def forward(self, drafts: Tensor, pieces: Tensor, relations: Tensor, peers: Tensor) -> Tensor:
        """[B, C, width] read anew; ``relations`` [B, C, T]; ``peers`` [B, C] is false for padding."""
        query = self._split(self.query(self.norms[0](drafts)))
        bias = self.relation(relations).permute(0, 3, 1, 2)
        drafts = drafts + self.drop(
            self.out(self._attend(query, self.key(pieces), self.value(pieces), bias, relations != PADDING))
        )
        query, key, value = self.peers(self.norms[1](drafts)).chunk(3, -1)
        step = torch.arange(drafts.shape[1], device=drafts.device)
        apart = (step[None] - step[:, None]).clamp(-_PEERS, _PEERS) + _PEERS
        bias = self.order(apart).permute(2, 0, 1)[None]
        drafts = drafts + self.drop(self.peers_out(self._attend(self._split(query), key, value, bias, peers[:, None])))
        return drafts + self.drop(self.think(self.norms[2](drafts)))  # type: ignore[no-any-return]

    def _split(self, given: Tensor) -> Tensor:
        return given.view(*given.shape[:2], self.heads, -1).transpose(1, 2)

    def _attend(self, query: Tensor, key: Tensor, value: Tensor, bias: Tensor, seen: Tensor) -> Tensor:
        keys, values = self._split(key), self._split(value)
        scores = query @ keys.transpose(-1, -2) / math.sqrt(query.shape[-1]) + bias
        weights = scores.masked_fill(~seen[:, None], _FAR).softmax(-1)
        return (weights @ values).transpose(1, 2).flatten(2)


class Links(nn.Module):
    """Scores each candidate for each role of each draft."""

    def __init__(self, card: Card, settings: Settings) -> None:
        super().__init__()
        width, roles = settings.width, len(card.labels.roles)
        self.roles, self.by = roles, settings.link
        self.query, self.key = nn.Linear(width, roles * 2 * self.by), nn.Linear(width, roles * 2 * self.by)
        self.draft, self.candidate = nn.Linear(width, roles * self.by), nn.Linear(width, roles * self.by)
        self.pair = Rows(card.pairs.sizes, 2 * self.by)
        self.pair_out = nn.Linear(2 * self.by, roles * self.by)
        self.score = nn.Parameter(torch.randn(roles, self.by) * 0.1)
        self.nobody = nn.Linear(width, roles)

    def forward(self, drafts: Tensor, candidates: Tensor, pairs: Tensor, fits: Tensor) -> Tensor:
        """Scores [B, C, K + 1, roles]; ``pairs`` [B, C, K, columns], ``fits`` [B, K, roles]."""
        query = self._split(self.query(drafts))
        key = self._split(self.key(candidates))
        both = torch.einsum("bcrd,bkrd->bckr", query, key) / math.sqrt(2 * self.by)
        hidden = (
            self._split(self.draft(drafts))[:, :, None]
            + self._split(self.candidate(candidates))[:, None]
            + self._split(self.pair_out(self.pair(pairs)))
        )
        scores = both + (functional.gelu(hidden) * self.score).sum(-1)
        scores = scores.masked_fill(~fits[:, None], _FAR)
        return torch.cat([scores, self.nobody(drafts).unsqueeze(2)], 2)

    def _split(self, given: Tensor) -> Tensor:
        return given.view(*given.shape[:-1], self.roles, -1)


class Network(nn.Module):
    """The whole model.

    Args:
        card: labels and columns.
        settings: sizes.

    Attributes:
        quick: whether the encoder may be run in half precision; for training and teaching, not for measuring.
    """

    def __init__(self, card: Card, settings: Settings) -> None:
        super().__init__()
        self.card = card
        self.quick = False
        self.encoder = AutoModel.from_pretrained(folder(settings.encoder), add_pooling_layer=False)
        table = numbers(settings.encoder)
        self.register_buffer("numbers", torch.tensor(table) if table else None)
        # Dropping attention weights costs a third of the time here and gains nothing.
        self.encoder.config.attention_probs_dropout_prob = 0.0
        for module in self.encoder.modules():
            if hasattr(module, "dropout") and type(module).__name__.endswith("SelfAttention"):
                module.dropout.p = 0.0
        if settings.still:
            for part in (self.encoder.embeddings, *self.encoder.encoder.layer[: settings.still]):
                part.requires_grad_(False)
        hidden, width = self.encoder.config.hidden_size, settings.width
        self.marks = Rows(card.tokens.sizes, width)
        self.memory, self.memory_norm = nn.Linear(hidden, width), nn.LayerNorm(width)
        self.asked, self.asked_by = nn.Linear(4 * hidden, width), Rows(card.subjects.sizes, width)
        self.near, self.near_by = nn.Linear(3 * hidden, width), Rows(card.candidates.sizes, width)
        self.near_norm, self.asked_norm = nn.LayerNorm(width), nn.LayerNorm(width)
        self.layers = nn.ModuleList(Reading(settings) for _ in range(settings.layers))
        self.drop = nn.Dropout(settings.dropout)
        self.forget = settings.forget
        labels = card.labels
        self.types, self.statuses, self.bases, self.keep = (
            self._head(settings, size) for size in (len(labels.types), len(labels.statuses), len(labels.bases), 1)
        )
        self.links = Links(card, settings)

    @staticmethod
    def _head(settings: Settings, size: int) -> nn.Module:
        width = settings.width
        return nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Dropout(settings.dropout), nn.Linear(width, size))

    def forward(self, batch: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """The scores of a batch: ``types`` [B, C, types], ``statuses``, ``bases``, ``keep`` [B, C], ``links``.

        Beside them stand the states that they come from: ``memory`` of the pieces [B, T, width], ``drafts`` [B, C,
        width] and ``near``, of the candidates [B, K, width].

        Args:
            batch: the inputs of ``claims.trained.windows.Window``, each with an axis of windows before the others, and
                ``attend`` [B, T] and ``peers`` [B, C], which are false for padding.
        """
        mask = (~batch["attend"] * _FAR)[:, None, None]
        pieces = batch["pieces"] if self.numbers is None else self.numbers[batch["pieces"]]
        embedded = self.encoder.embeddings.word_embeddings(pieces)
        with quicker(self.quick):
            read = self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        read = self.drop(read.float())
        sums = functional.pad(read.cumsum(1), (0, 0, 1, 0))
        memory = self.memory_norm(self.memory(read) + self.marks(batch["tokens"]))
        drafts = self._drafts(batch, read, sums)
        for layer in self.layers:
            drafts = layer(drafts, memory, batch["relations"], batch["peers"])
        drafts, near = self.asked_norm(drafts), self._candidates(batch, read, sums)
        asked = self.drop(drafts)
        return {
            "types": self.types(asked),
            "statuses": self.statuses(asked),
            "bases": self.bases(asked),
            "keep": self.keep(asked).squeeze(-1),
            "links": self.links(asked, self.drop(near), batch["pairs"], batch["fits"]),
            "memory": memory,
            "drafts": drafts,
            "near": near,
        }

    def _drafts(self, batch: Mapping[str, Tensor], read: Tensor, sums: Tensor) -> Tensor:
        places = batch["subjects"]
        seen = (batch["relations"] != PADDING).float()
        whole = seen @ read / seen.sum(-1, keepdim=True).clamp(min=1)
        own = [_mean(sums, places[..., i], places[..., i + 1]) for i in (0, 2, 4)]
        known = self.asked_by(batch["subject_features"])
        if self.training and self.forget:
            known = known * (torch.rand(*known.shape[:2], 1, device=known.device) >= self.forget)
        return self.asked(torch.cat([*own, whole], -1)) + known  # type: ignore[no-any-return]

    def _candidates(self, batch: Mapping[str, Tensor], read: Tensor, sums: Tensor) -> Tensor:
        places = batch["candidates"]
        parts = [_mean(sums, places[..., 0], places[..., 1]), _mean(sums, places[..., 2], places[..., 3])]
        parts.append(_at(read, places[..., 0]))
        known = self.near_by(batch["candidate_features"])
        return self.near_norm(self.near(torch.cat(parts, -1)) + known)  # type: ignore[no-any-return]


def whole(inputs: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The inputs of one window as a batch of one."""
    there = {
        "attend": torch.ones_like(inputs["pieces"], dtype=torch.bool),
        "peers": torch.ones_like(inputs["subjects"][:, 0], dtype=torch.bool),
    }
    return {name: value[None] for name, value in (inputs | there).items()}


def _at(given: Tensor, index: Tensor) -> Tensor:
    """[B, T, H] and [B, N] -> [B, N, H]."""
    return given.gather(1, index.unsqueeze(-1).expand(-1, -1, given.shape[-1]))


def _mean(sums: Tensor, first: Tensor, last: Tensor) -> Tensor:
    """The mean over pieces ``[first, last)``, from running sums that begin with zero."""
    return (_at(sums, last) - _at(sums, first)) / (last - first).unsqueeze(-1).clamp(min=1)
