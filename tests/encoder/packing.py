"""Writes the trained network as the product reads it: layers in ONNX, word vectors apart, both on eight bits."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from bot.encoder.load import MODEL, SCALES, WORDS
from tests.encoder.network import WIDTH, Network

_BYTE = 127


class Reader(nn.Module):
    """The layers and readings for one text at a time, given the vectors of its words."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, words: Tensor) -> Tensor:
        """Return cry, cases, topics in one row, of pieces x width."""
        cry, case, topic = self.network.read(words[None], None)
        return torch.cat([cry, case[0], topic[0]])


def write(network: Network, folder: Path) -> None:
    """Write the network into ``folder``."""
    words = network.words.weight.detach()
    scales = words.abs().amax(1) / _BYTE
    np.save(folder / WORDS, torch.round(words / scales[:, None]).to(torch.int8).numpy())
    np.save(folder / SCALES, scales.numpy().astype(np.float32))
    with tempfile.TemporaryDirectory() as temporary:
        whole = Path(temporary) / "whole.onnx"
        torch.onnx.export(
            Reader(network).eval(),
            (torch.zeros(6, WIDTH),),
            str(whole),
            input_names=["words"],
            output_names=["scores"],
            dynamic_axes={"words": {0: "pieces"}},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            whole,
            folder / MODEL,
            op_types_to_quantize=["MatMul", "Gemm"],
            per_channel=True,
            weight_type=QuantType.QInt8,
        )
