"""Reads the encoder that the product carries back into a network that can learn: a course of new sentences is a quarter of
an hour, all of it anew is hours."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from sentencepiece import SentencePieceProcessor
from torch import Tensor

from bot.encoder.load import DEEP, MODEL, PIECES
from knowledge.danger_hear import CASES
from tests.encoder.network import Network, begun
from tests.encoder.weights import Pretrained

_READING = re.compile(r"/(cry|case|topic|card)/MatMul_quant")
_EIGHT_BITS = "_quantized"


def shipped(folder: Path, found: Pretrained, topics: int, cards: int) -> Network:
    """Return the network that ``folder`` holds, each weight as near as its eight bits tell.

    The vectors of words and places are the model's own, which no training changes.

    Raises:
        KeyError: the folder holds other layers, readings or word pieces than the network or the model has.
    """
    places = {piece: at for at, (piece, _) in enumerate(found.pieces)}
    pieces = SentencePieceProcessor(model_file=str(folder / PIECES))
    kept = [places[pieces.id_to_piece(at)] for at in range(pieces.get_piece_size())]
    network = begun(found, kept, len(CASES), topics, cards)
    state = network.state_dict()
    told = _half(folder / MODEL, "early") | _half(folder / DEEP, "late")
    for name in state:
        if not name.startswith(("words.", "places.")):
            state[name] = told[name]
    network.load_state_dict(state)
    network.eval()
    return network


def _half(path: Path, readings: str) -> dict[str, Tensor]:
    """Return the named weights of one file; those of its readings, which lost their names there, under ``readings``."""
    graph = onnx.load(path).graph
    held = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    found = {name.removeprefix("network."): weights for name, weights in held.items()}
    for name in [name for name in held if name.endswith(f".weight{_EIGHT_BITS}")]:
        found[name.removeprefix("network.").removesuffix(_EIGHT_BITS)] = _of_bytes(held, name)
    for node in graph.node:
        if read := _READING.fullmatch(node.name):
            found[f"{readings}.{read[1]}.weight"] = _of_bytes(held, node.input[1])
    return {name: torch.from_numpy(np.array(weights)) for name, weights in found.items() if weights.dtype == np.float32}


def _of_bytes(held: dict[str, np.ndarray], name: str) -> np.ndarray:
    """Return the weights of eight bits named so, outputs x inputs."""
    start = name.removesuffix(_EIGHT_BITS)
    bytes_, scale, zero = held[name], held[f"{start}_scale"], held[f"{start}_zero_point"]
    return ((bytes_.astype(np.float32) - zero) * scale).T.astype(np.float32)
