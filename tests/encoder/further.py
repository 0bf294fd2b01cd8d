"""``make encoder-further``: teaches the encoder that the product carries what was written since it was trained.

Three quarters of an hour instead of hours: one more passage over all, what is new twice, and weights halfway between
before and after; new pieces of words wait for ``make encoder``.
"""

from __future__ import annotations

import json
from typing import Any

from sentencepiece import SentencePieceProcessor
from torch import nn

from bot.encoder.load import DESCRIPTION, FOLDER, PIECES
from knowledge.load import load_knowledge
from knowledge.trained import hash_of
from tests.ear import sentences as danger
from tests.ear import subjects
from tests.ear.sentences import ROOT
from tests.encoder import desk
from tests.encoder.__main__ import LEFT_OUT, describe, examples, measured, of_desks, read
from tests.encoder.answers import learn_answers
from tests.encoder.learning import AGAIN, Example, all_again, temper
from tests.encoder.network import WIDTH, Network
from tests.encoder.packing import write
from tests.encoder.shipped import shipped
from tests.encoder.weights import pretrained

_RIGHT = 0.95
"""Of fresh sentences, how many are on the right side of zero where no course is needed."""
_HALFWAY = 0.5
"""How much of a passage is kept: the mean of before and after hears more and alarms less than either."""


def main() -> None:
    """Teach what is new beside all that was known, choose the scores on authors left out, write.

    Raises:
        SystemExit: subjects came or went, which only ``make encoder`` can teach.
    """
    described = json.loads((FOLDER / DESCRIPTION).read_text(encoding="utf-8"))
    rows, named, asked = danger.sentences(), subjects.sentences(), desk.all_asked(load_knowledge(ROOT / "knowledge"))
    topics, cards = described["sujets"], sorted(frozenset().union(*(row.cards for row in asked)))
    if set(topics) != {topic for row in named for topic in row.best}:
        raise SystemExit("des sujets sont nouveaux ou ont disparu : lancez « make encoder »")
    new = written_since(described)
    fresh = examples(rows, named, topics, frozenset(row.author for row in (*rows, *named)) - new | LEFT_OUT)
    network = shipped(FOLDER, pretrained(), len(topics), len(described["fiches"]))
    pieces = SentencePieceProcessor(model_file=str(FOLDER / PIECES))
    known = [*examples(rows, named, topics, LEFT_OUT | new), *of_desks(asked, cards)]
    teach(network, pieces, known, fresh, cards, described["fiches"])
    seuils = measured(network, pieces, rows)
    write(network, FOLDER)
    describe(seuils, topics, cards)


def reads_right(network: Network, pieces: SentencePieceProcessor, fresh: list[Example]) -> bool:
    """Return whether hardly a fresh sentence is read on the wrong side: a few answers and greetings need no course."""
    told = [each for each in fresh if each.cry is not None]
    if not told or len(told) < len(fresh):
        return not fresh
    cries = read(network, pieces, [each.text for each in told])[1]
    return sum((cry > 0) == each.cry for cry, each in zip(cries, told, strict=True)) >= _RIGHT * len(told)


def teach(
    network: Network,
    pieces: SentencePieceProcessor,
    known: list[Example],
    fresh: list[Example],
    cards: list[str],
    before: list[str],
) -> None:
    """Teach the network fresh sentences beside known ones, and anew what desks ask for."""
    if cards != before:
        network.late["card"] = nn.Linear(WIDTH, len(cards))
        learn_answers(network, pieces, known)
    print(f"phrases nouvelles : {len(fresh)}", flush=True)
    if not reads_right(network, pieces, fresh):
        temper(network, pieces, all_again(known, fresh), AGAIN, _HALFWAY)
    learn_answers(network, pieces, known)


def written_since(described: dict[str, Any]) -> frozenset[str]:
    """Return the authors whose file is new or changed since the encoder was described."""
    known = described["phrases"]
    files = (*danger.files(), *subjects.files())
    return frozenset(path.stem for path in files if known.get(path.relative_to(ROOT).as_posix()) != hash_of(path))


if __name__ == "__main__":
    main()
