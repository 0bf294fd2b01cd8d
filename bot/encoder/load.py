"""Finds the encoder's files and the libraries that run them; without either the lexicons and the ear go on alone."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

from bot.encoder.network import OnnxEncoder
from knowledge.danger_hear import CASES
from knowledge.encoder import Encoder
from knowledge.reader import ContentError, Problem, Where
from knowledge.trained import hash_of, stale

FOLDER = Path(__file__).parent
MODEL, DEEP, WORDS, SCALES, PIECES = FILES = "phrases.onnx", "fond.onnx", "mots.npy", "echelles.npy", "morceaux.model"
DESCRIPTION = "encodeur.json"
_SHOWN = "bot/encoder"
_SENTENCES = ("knowledge/urgences/oreille", "dialogs/sujets/phrases")
_TURN = 2e-4
"""Seconds after which a busy thread lets the encoder's go on with the next layers; Python's own 5 ms outlast both."""
_AGAIN = "reprenez le fichier du dépôt, ou lancez « make encoder »"


def load_encoder(folder: Path = FOLDER) -> Encoder | None:
    """Return the encoder of a folder, None where it has none or the extra ``sens`` is not installed.

    Where there is one, threads of the whole process take turns sooner.

    Raises:
        ContentError: a file is there and cannot be read.
    """
    arrays = _library("numpy")  # first: onnxruntime complains loudly without it
    runtime, pieces = arrays and _library("onnxruntime"), _library("sentencepiece")
    if arrays is None or runtime is None or pieces is None or not (folder / DESCRIPTION).exists():
        return None
    try:
        told = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
        sys.setswitchinterval(min(_TURN, sys.getswitchinterval()))
        return OnnxEncoder(
            session=_session(runtime, folder / MODEL),
            deep=_session(runtime, folder / DEEP),
            pieces=pieces.SentencePieceProcessor(model_file=str(folder / PIECES)),
            words=arrays.load(folder / WORDS, mmap_mode="r"),  # read where they lie: 2 MB in use instead of 23
            scales=arrays.load(folder / SCALES),
            cases=tuple(told["cas"]),
            topics=tuple(told["sujets"]),
            cards=tuple(told["fiches"]),
            doubt=int(told["seuils"]["doute"]),
            alarm=int(told["seuils"]["alerte"]),
            calm=int(told["seuils"]["calme"]),
            silence=int(told["seuils"]["silence"]),
        )
    except Exception as error:  # each library has its own for a file that it cannot read
        raise ContentError(
            [Problem(Where(f"{_SHOWN}/{MODEL}"), f"ne se lit pas ({type(error).__name__})", _AGAIN)]
        ) from error


def encoder_problems(root: Path) -> list[Problem]:
    """Return what is wrong with the encoder below a project's root: files that do not match, or older sentences."""
    folder = root / _SHOWN
    try:
        told = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
        files, cases = dict(told["fichiers"]), list(told["cas"])
    except FileNotFoundError:
        return []
    except (ValueError, KeyError, TypeError) as error:
        return [Problem(Where(f"{_SHOWN}/{DESCRIPTION}"), f"ne se lit pas ({type(error).__name__})", _AGAIN)]
    problems = [
        Problem(Where(f"{_SHOWN}/{name}"), "n'est pas le fichier que décrit encodeur.json", _AGAIN)
        for name, known in files.items()
        if not (folder / name).exists() or hash_of(folder / name) != known
    ]
    if cases != list(CASES):
        problems.append(Problem(Where(f"{_SHOWN}/{DESCRIPTION}"), "'cas' n'est pas la liste des dangers", _AGAIN))
    return [*problems, *stale(root, folder / DESCRIPTION, *(root / each for each in _SENTENCES))]


def _library(name: str) -> ModuleType | None:
    try:
        return import_module(name)
    except ImportError:
        return None


def _session(runtime: ModuleType, path: Path) -> object:
    """Return a session on one thread that keeps no memory between two texts."""
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    return runtime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
