"""Writes the trained network as the product reads it: two halves in ONNX, word vectors apart, all on eight bits."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from bot.encoder.load import DEEP, MODEL, SCALES, WORDS
from tests.encoder.network import WIDTH, Network

_BYTE = 127


class FirstHalf(nn.Module):
    """The first layers and their readings for one text at a time, given the vectors of its words."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """Return cry, cases, topics in one row, and what goes on, of pieces x width."""
        hidden = self.network.begin(words[None], None)
        made = self.network.read(self.network.early, hidden, None)
        return torch.cat([made.cry, made.case[0], made.topic[0]]), hidden[0]


class OtherHalf(nn.Module):
    """The other layers and their readings, given what the first ones made of one text."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, hidden: Tensor) -> Tensor:
        """Return cry, cases, topics, cards in one row, of pieces x width."""
        made = self.network.read(self.network.late, self.network.go_on(hidden[None], None), None)
        assert made.card is not None
        return torch.cat([made.cry, made.case[0], made.topic[0], made.card[0]])


def write(network: Network, folder: Path) -> None:
    """Write the network into ``folder``."""
    words = network.words.weight.detach()
    scales = words.abs().amax(1) / _BYTE
    np.save(folder / WORDS, torch.round(words / scales[:, None]).to(torch.int8).numpy())
    np.save(folder / SCALES, scales.numpy().astype(np.float32))
    _export(FirstHalf(network), folder / MODEL, "words", ["scores", "hidden"])
    _export(OtherHalf(network), folder / DEEP, "hidden", ["scores"])


def _export(half: nn.Module, path: Path, given: str, made: list[str]) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        whole = Path(temporary) / "whole.onnx"
        torch.onnx.export(
            half.eval(),
            (torch.zeros(6, WIDTH),),
            str(whole),
            input_names=[given],
            output_names=made,
            dynamic_axes={name: {0: "pieces"} for name in (given, *made) if name != "scores"},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            whole, path, op_types_to_quantize=["MatMul", "Gemm"], per_channel=True, weight_type=QuantType.QInt8
        )
