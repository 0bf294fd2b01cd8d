"""Keeps of the model's 250,000 word pieces those that our languages need, as a SentencePiece model."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from sentencepiece import SentencePieceProcessor, sentencepiece_model_pb2

from bot.encoder.text import normalized
from tests.ear.sentences import ROOT

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
_COMMON = 35_000  # pieces are in the order of their frequency: of these, all in our scripts are kept
_SCRIPTS = frozenset({"LATIN", "CYRILLIC", "ARABIC", "BENGALI", "TAMIL", "CJK", "BOPOMOFO"})
_CONTENT = ("i18n/*/*.po", "knowledge/**/*.yaml", "dialogs/**/*.yaml")


def kept_pieces(pieces: Sequence[tuple[str, float]], texts: Sequence[str]) -> list[int]:
    """Return the places of the pieces kept: special, used by ``texts`` or our content, common or single letters."""
    whole = SentencePieceProcessor(model_proto=spelled(pieces))
    used: Counter[int] = Counter()
    for text in (*texts, *_content()):
        used.update(whole.encode(normalized(text)))
    return [
        at for at, (piece, _) in enumerate(pieces) if at < len(SPECIAL) or used[at] or _is_ours(piece, at < _COMMON)
    ]


def spelled(pieces: Sequence[tuple[str, float]]) -> bytes:
    """Return a SentencePiece model of these pieces, the first four of them special; texts come to it normalized."""
    model = sentencepiece_model_pb2.ModelProto()
    for at, (piece, score) in enumerate(pieces):
        kind = "NORMAL" if at >= len(SPECIAL) else "UNKNOWN" if SPECIAL[at] == "<unk>" else "CONTROL"
        model.pieces.add(
            piece=piece, score=score, type=sentencepiece_model_pb2.ModelProto.SentencePiece.Type.Value(kind)
        )
    trainer = model.trainer_spec
    trainer.model_type = sentencepiece_model_pb2.TrainerSpec.UNIGRAM
    for at, (name, piece) in enumerate(zip(("bos", "pad", "eos", "unk"), SPECIAL, strict=True)):
        setattr(trainer, f"{name}_id", at)
        setattr(trainer, f"{name}_piece", piece)
    model.normalizer_spec.name = "identity"
    return bytes(model.SerializeToString())


def _is_ours(piece: str, common: bool) -> bool:
    scripts = {unicodedata.name(sign, "?").split()[0] for sign in piece if sign.isalpha()}
    return (common or len(piece) == 1) and normalized(piece) == piece and scripts <= _SCRIPTS


def _content() -> Iterator[str]:
    for pattern in _CONTENT:
        for path in sorted(Path(ROOT).glob(pattern)):
            yield from path.read_text(encoding="utf-8").splitlines()
