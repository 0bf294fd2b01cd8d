"""``make encoder``: trains the encoder, tells what it hears of authors left out, writes what the product reads.

Runs in an environment of its own (``requirements-encoder.txt``), some three and a half hours on two processors. The seed is fixed, but
other processors round otherwise: the weights differ in their last digits, the figures hardly. What is written never saw
the authors left out: the scores from which it counts are chosen on them.
"""

from __future__ import annotations

import json

import numpy as np
import torch
from sentencepiece import SentencePieceProcessor

from bot.encoder.load import DESCRIPTION, FILES, FOLDER, PIECES
from bot.encoder.text import MOST_PIECES, numbered
from knowledge.danger_hear import CASES
from knowledge.load import load_knowledge
from knowledge.trained import hash_of
from tests.ear import sentences as danger
from tests.ear import subjects
from tests.ear.sentences import ROOT
from tests.encoder import desk, scores
from tests.encoder.answers import learn_answers
from tests.encoder.learning import (
    AGAIN,
    DROWNED,
    ORDINARY,
    TWINS,
    Example,
    all_again,
    beside_twins,
    drowned,
    learn,
    ordinary,
    padded,
    shares,
    temper,
)
from tests.encoder.network import Network, begun
from tests.encoder.packing import write
from tests.encoder.vocabulary import kept_pieces, spelled
from tests.encoder.weights import pretrained

REQUESTS = frozenset({"ordinaires-3", "sujets-1-fr"})
"""Authors of ordinary requests, learned at the very end; until then they tell how well subjects are named."""
TWINNED = ("jumeaux-", "proches-", "quatre-", "vies-")
"""How authors are named whose cries and harmless sentences lie close to each other: learned after all others."""
LEFT_OUT = scores.BALANCED | {"auteur-15-es-pt-ro-ru-uk"}
"""Authors that the training never sees: the scores from which the encoder counts are chosen on them."""
_READ_AT_ONCE = 128


def main() -> None:
    """Train without some authors, choose the scores on them, write."""
    rows, named, asked = danger.sentences(), subjects.sentences(), desk.all_asked(load_knowledge(ROOT / "knowledge"))
    topics = sorted(frozenset().union(*(row.best for row in named)))
    cards = sorted(frozenset().union(*(row.cards for row in asked)))
    found = pretrained()
    kept = kept_pieces(found.pieces, [row.text for row in (*rows, *named, *asked)])
    pieces = SentencePieceProcessor(model_proto=spelled([found.pieces[at] for at in kept]))
    network = begun(found, kept, len(CASES), len(topics), len(cards))
    twinned = frozenset(row.author for row in rows if row.author.startswith(TWINNED))
    learned = [*examples(rows, named, topics, LEFT_OUT | REQUESTS | twinned), *of_desks(asked, cards)]
    learn(network, pieces, learned)
    tell_subjects(network, pieces, named, topics)
    temper(network, pieces, drowned(learned), DROWNED, 0.35)
    everyone = frozenset(row.author for row in (*rows, *named))
    temper(network, pieces, ordinary(learned, examples(rows, named, topics, everyone - REQUESTS)), ORDINARY, 0.7)
    learned += examples(rows, named, topics, everyone - REQUESTS)
    twins = examples(rows, named, topics, everyone - twinned)
    temper(network, pieces, beside_twins(learned, twins), TWINS, 0.7)
    learned += twins
    learn(network, pieces, all_again(learned, ()), AGAIN)
    learn_answers(network, pieces, learned)
    seuils = measured(network, pieces, rows)
    write(network, FOLDER)
    (FOLDER / PIECES).write_bytes(spelled([found.pieces[at] for at in kept]))
    describe(seuils, topics, cards)


def of_desks(asked: list[desk.Asked], cards: list[str]) -> list[Example]:
    """Return what is learned of the cards that desks ask for."""
    numbers = {card: number for number, card in enumerate(cards)}
    return [
        Example(row.language, row.text, None, None, (), {numbers[card]: share for card, share in row.cards.items()})
        for row in asked
    ]


def examples(
    rows: list[danger.Sentence], named: list[subjects.Named], topics: list[str], left: frozenset[str] = frozenset()
) -> list[Example]:
    """Return what is learned: each text once, with all that is known of it, but for the authors left out."""
    about = {row.text.casefold(): shares([*row.best], [*row.also], topics) for row in named if row.author not in left}
    made = [
        Example(
            row.language,
            row.text,
            row.cry,
            CASES.index(row.case) if row.cry else None,  # type: ignore[arg-type]
            about.pop(row.text.casefold(), ()),
        )
        for row in rows
        if row.author not in left
    ]
    texts = {row.text.casefold(): row for row in named}
    return made + [Example(texts[key].language, texts[key].text, None, None, share) for key, share in about.items()]


def measured(network: Network, pieces: SentencePieceProcessor, rows: list[danger.Sentence]) -> dict[str, int]:
    """Return the scores from which the encoder counts, chosen on authors left out; prints what it hears of them."""
    left = [*(row for row in rows if row.author in LEFT_OUT), *danger.kept_back()]
    texts = [row.text for row in left]
    heard = scores.by_phrases(texts)
    around = [(at, *passage) for at, each in enumerate(heard) for passage in each.around]
    said = texts + [passage for _, passage, _ in around]
    ear = scores.by_the_ear([row for row in rows if row.author not in LEFT_OUT], said)
    first, late, cases, _ = read(network, pieces, said)
    right = np.mean([CASES[case] == row.case for case, row in zip(cases.argmax(1), left, strict=False) if row.cry])
    print(f"sans rien apprendre de {', '.join(sorted({row.author for row in left}))}\n  le bon danger : {right:.1%}")
    cry = scores.together(said, late, ear)
    plain = np.zeros(len(left), bool)
    np.logical_or.at(plain, [at for at, _, _ in around], cry[len(left) :] >= [least for _, _, least in around])
    early = scores.together(texts, first[: len(left)], ear[: len(left)])
    return scores.chosen(left, heard, scores.Scored(early, cry[: len(left)], plain))


def tell_subjects(
    network: Network, pieces: SentencePieceProcessor, named: list[subjects.Named], topics: list[str]
) -> None:
    """Print how often the right subject comes first, and in the first three, for requests not learned yet."""
    asked = [row for row in named if row.author in REQUESTS]
    order = np.argsort(-read(network, pieces, [row.text for row in asked])[3], axis=1)
    for first in (1, 3):
        good = [
            bool({topics[at] for at in places[:first]} & row.best) for places, row in zip(order, asked, strict=True)
        ]
        print(f"le bon sujet parmi les {first} premiers : {np.mean(good):.1%}")


def read(
    network: Network, pieces: SentencePieceProcessor, texts: list[str]
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return of each text the cry by the first layers and by all, the case and the topics by all."""
    ids = [numbered(pieces, text)[:MOST_PIECES] for text in texts]
    order = sorted(range(len(ids)), key=lambda at: len(ids[at]))
    made: list[tuple[np.ndarray, ...]] = []
    with torch.no_grad():
        for at in range(0, len(order), _READ_AT_ONCE):
            early, late = network(padded([ids[each] for each in order[at : at + _READ_AT_ONCE]]))
            found = (early.cry, late.cry, late.case, late.topic)
            made.append(tuple(each.float().numpy() for each in found))
    back = np.argsort(order)
    first, cry, case, topic = (np.concatenate(each)[back] for each in zip(*made, strict=True))
    return first, cry, case, topic


def describe(seuils: dict[str, int], topics: list[str], cards: list[str]) -> None:
    """Write what the product must know of the model."""
    path = FOLDER / DESCRIPTION
    described = {
        "lisez": "Écrit par « make encoder » à partir des phrases nommées ici : ne pas modifier à la main.",
        "phrases": {file.relative_to(ROOT).as_posix(): hash_of(file) for file in (*danger.files(), *subjects.files())},
        "fichiers": {name: hash_of(FOLDER / name) for name in FILES},
        "seuils": seuils,
        "cas": list(CASES),
        "sujets": topics,
        "fiches": cards,
    }
    path.write_text(json.dumps(described, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{sum((FOLDER / name).stat().st_size for name in FILES) // 1_000_000} Mo")


if __name__ == "__main__":
    main()
