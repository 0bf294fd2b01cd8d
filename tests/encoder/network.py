"""The network: multilingual-e5-small, read twice: after the first half of its layers, and after all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from tests.encoder.weights import Pretrained

WIDTH, INNER, HEADS, PLACES, LAYERS = 384, 1536, 12, 512, 12
FIRST = 6
"""Layers after which a text is read at once; in doubt, and for a desk, the others go on from there."""
PAD = 1
_EPSILON, _DROPPED = 1e-12, 0.1
_PARTS = {"out": "ao", "norm1": "aln", "inner": "fi", "outer": "fo", "norm2": "oln"}  # ours -> theirs


class Layer(nn.Module):
    """One layer of a BERT encoder."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, _EPSILON)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, _EPSILON)

    def forward(self, x: Tensor, real: Tensor | None) -> Tensor:
        """Return the layer's output for texts x pieces x width; ``real`` tells pieces from padding, None: no padding."""
        texts, length, width = x.shape
        asked, keys, values = self.seen(x).view(texts, length, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        seen = None if real is None else real[:, None, None, :]
        mixed = F.scaled_dot_product_attention(asked, keys, values, seen, _DROPPED if self.training else 0.0)
        mixed = mixed.transpose(1, 2).reshape(texts, length, width)
        x = self.norm1(x + F.dropout(self.out(mixed), _DROPPED, self.training))
        return self.norm2(x + F.dropout(self.outer(F.gelu(self.inner(x))), _DROPPED, self.training))


class Made(NamedTuple):
    """What is read in texts: cry (texts), case (texts x cases), topic (texts x topics), card (texts x cards).

    After the first layers nothing is read of the cards.
    """

    cry: Tensor
    case: Tensor
    topic: Tensor
    card: Tensor | None = None


class Network(nn.Module):
    """Layers and readings: the log-odds of a cry, one score a case, one a topic, one a card."""

    def __init__(self, pieces: int, cases: int, topics: int, cards: int) -> None:
        super().__init__()
        self.words = nn.Embedding(pieces, WIDTH)
        self.places = nn.Embedding(PLACES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, _EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        sizes = {"cry": 1, "case": cases, "topic": topics, "card": cards}
        self.early = nn.ModuleDict({name: nn.Linear(WIDTH, size) for name, size in sizes.items() if name != "card"})
        self.late = nn.ModuleDict({name: nn.Linear(WIDTH, size) for name, size in sizes.items()})

    def forward(self, ids: Tensor) -> tuple[Made, Made]:
        """Return what is read in padded rows of piece numbers: after the first layers, and after all."""
        real = ids != PAD
        hidden = self.begin(self.words(ids), real)
        return self.read(self.early, hidden, real), self.read(self.late, self.go_on(hidden, real), real)

    def begin(self, words: Tensor, real: Tensor | None) -> Tensor:
        """Return what the first layers make of the words' vectors: texts x pieces x width."""
        x = self.norm(words + self.places.weight[: words.shape[1]])
        for layer in self.layers[:FIRST]:
            x = layer(x, real)
        return x

    def go_on(self, hidden: Tensor, real: Tensor | None) -> Tensor:
        """Return what the other layers make of that."""
        for layer in self.layers[FIRST:]:
            hidden = layer(hidden, real)
        return hidden

    @staticmethod
    def read(readings: nn.ModuleDict, hidden: Tensor, real: Tensor | None) -> Made:
        """Return what ``early`` or ``late`` readings find in the mean of the pieces; ``real`` None: no padding."""
        if real is None:
            mean = hidden.mean(1)
        else:
            kept = real[:, :, None].to(hidden.dtype)
            mean = (hidden * kept).sum(1) / kept.sum(1)
        found = {name: reading(mean) for name, reading in readings.items()}
        return Made(**found | {"cry": found["cry"].squeeze(-1)})


def begun(found: Pretrained, kept: Sequence[int], cases: int, topics: int, cards: int) -> Network:
    """Return a network that begins with the weights of the model, of the pieces kept; its readings begin at random.

    The vectors of words and places are not trained further: words that no sentence holds keep their meaning.
    """
    network = Network(len(kept), cases, topics, cards)
    state = network.state_dict()
    words = found.weights["emb.word"].reshape(-1, WIDTH)[np.array(kept)]
    state["words.weight"] = torch.from_numpy(np.array(words))
    places = found.weights["emb.pos"].reshape(-1, WIDTH) + found.weights["emb.type"][:WIDTH]
    state["places.weight"] = torch.from_numpy(places)
    state |= _named("norm", found, "emb.ln", 1)
    for at in range(LAYERS):
        state |= _layer(found, at)
    network.load_state_dict(state)
    network.words.weight.requires_grad = False
    network.places.weight.requires_grad = False
    return network


def _layer(found: Pretrained, at: int) -> dict[str, Tensor]:
    seen = [_named(name, found, f"l{at}.{name}", 2) for name in ("q", "k", "v")]
    state = {
        f"layers.{at}.seen.{kind}": torch.cat([each[f"{name}.{kind}"] for name, each in zip("qkv", seen, strict=True)])
        for kind in ("weight", "bias")
    }
    for ours, theirs in _PARTS.items():
        state |= _named(f"layers.{at}.{ours}", found, f"l{at}.{theirs}", 1 if "norm" in ours else 2)
    return state


def _named(ours: str, found: Pretrained, theirs: str, dimensions: int) -> dict[str, Tensor]:
    bias = torch.from_numpy(np.array(found.weights[f"{theirs}.b"]))
    weight = torch.from_numpy(np.array(found.weights[f"{theirs}.w"]))
    return {f"{ours}.weight": weight.view(len(bias), -1) if dimensions > 1 else weight, f"{ours}.bias": bias}
