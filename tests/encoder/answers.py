"""What a desk asks for is read last, once more: a linear classifier over what all layers make of its texts."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from sentencepiece import SentencePieceProcessor
from torch import Tensor
from torch.nn import functional as F

from bot.encoder.text import MOST_PIECES, numbered
from tests.encoder.learning import Example, padded
from tests.encoder.network import PAD, WIDTH, Network

EPOCHS, BATCH, RATE, DECAY, DROPPED = 12, 256, 4e-3, 0.02, 0.2
_LEAST = 0.02  # what is left of the rate at the end


def learn_answers(network: Network, pieces: SentencePieceProcessor, examples: Sequence[Example]) -> None:
    """Set the reading of cards anew; the layers stay as they are, what a few epochs of them taught it is too little."""
    told = [each for each in examples if each.cards]
    made = _means(network, pieces, [each.text for each in told])
    middle, spread = made.mean(0), made.std(0, correction=0)
    wanted = torch.zeros(len(told), network.late["card"].out_features)  # type: ignore[arg-type]
    for row, each in enumerate(told):
        for card, share in each.cards.items():
            wanted[row, card] = share
    found = _fitted((made - middle) / spread, wanted)
    weight = found.weight.detach() / spread
    network.late["card"].load_state_dict({"weight": weight, "bias": found.bias.detach() - weight @ middle})


def _fitted(given: Tensor, wanted: Tensor) -> torch.nn.Linear:
    torch.manual_seed(0)
    reading = torch.nn.Linear(WIDTH, wanted.shape[1])
    reading.weight.data *= 0.1
    optimizer = torch.optim.AdamW(reading.parameters(), lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * -(-len(given) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda at: max(_LEAST, 1 - at / steps))
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(given)).split(BATCH):
            loss = F.cross_entropy(reading(F.dropout(given[batch], DROPPED)), wanted[batch])
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    return reading


def _means(network: Network, pieces: SentencePieceProcessor, texts: Sequence[str]) -> Tensor:
    """Return the mean of what all layers make of the pieces of each text: texts x width."""
    ids = [numbered(pieces, text)[:MOST_PIECES] for text in texts]
    order = sorted(range(len(ids)), key=lambda at: len(ids[at]))
    found = torch.empty(len(ids), WIDTH)
    with torch.no_grad():
        for at in range(0, len(order), BATCH):
            places = order[at : at + BATCH]
            rows = padded([ids[place] for place in places])
            real = rows != PAD
            hidden = network.go_on(network.begin(network.words(rows), real), real)
            kept = real[:, :, None].to(hidden.dtype)
            found[places] = (hidden * kept).sum(1) / kept.sum(1)
    return found
