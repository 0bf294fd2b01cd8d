"""The training: sentences in batches of like length, all readings learned together, the same seed each time."""

from __future__ import annotations

import math
import random
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import torch
from sentencepiece import SentencePieceProcessor
from torch import Tensor
from torch.nn import functional as F

from bot.encoder.text import MOST_PIECES, numbered
from tests.encoder.network import PAD, Made, Network

BATCH = 128
_SMOOTH = 0.03  # a label is believed that much less than wholly: some sentences are arguable
_CASE, _TOPIC, _CARD = 0.3, 2.4, 6.0  # what the other readings weigh beside the cry
_ALSO = 0.25  # a topic that also fits, beside the best ones
_BARE, _UNENDED = 0.2, 0.15  # how often accents, the last mark are left out, as people do
_LEAST, _MOST = 20, 250  # signs of that other one at least; of both at most
_FIRST = 0.5  # how often it comes before that other one
_BETWEEN = (". ", " ", ", ", "\n", "; ", "... ")
_ACCENTED = frozenset({"fr", "en", "es", "pt", "ro", "tr"})
_WARM, _LAST = 0.06, 0.02  # the part of the steps in which the rate rises; what is left of it at the end
_CHUNK = 20  # batches whose sentences are sorted by length together


@dataclass(frozen=True, slots=True)
class Course:
    """How long and how fast to learn, and how many sentences are told once more in a passage, amid another one."""

    epochs: int
    rate: float
    head_rate: float
    amid: float


WHOLE = Course(epochs=3, rate=1e-4, head_rate=1e-3, amid=0.12)
DROWNED = Course(epochs=1, rate=3e-5, head_rate=2e-4, amid=0.7)
ORDINARY = Course(epochs=1, rate=3e-5, head_rate=2e-4, amid=0.3)
TWINS = Course(epochs=1, rate=1e-4, head_rate=3e-4, amid=0.2)
AGAIN = Course(epochs=1, rate=1e-4, head_rate=3e-4, amid=0.15)
_SHORTEST = 60  # signs: what is shorter drowns easily


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence; ``cry`` and ``case`` None where nobody said, ``topics`` empty where nobody did."""

    language: str
    text: str
    cry: bool | None
    case: int | None
    topics: tuple[float, ...]
    """The share of each topic, of sum 1."""
    cards: Mapping[int, float] = field(default_factory=dict)
    """The share of each card that a desk should find, by its number, of sum 1; {} where nobody said."""


def shares(best: Sequence[str], also: Sequence[str], topics: Sequence[str]) -> tuple[float, ...]:
    """Return the share of each topic that a sentence is about."""
    weights = [1.0 if topic in best else _ALSO if topic in also else 0.0 for topic in topics]
    return tuple(weight / sum(weights) for weight in weights)


def learn(
    network: Network, pieces: SentencePieceProcessor, examples: Sequence[Example], course: Course = WHOLE
) -> None:
    """Train the network on the examples; prints how far it is."""
    chance = random.Random(0)
    torch.manual_seed(0)
    steps = course.epochs * math.ceil((1 + course.amid) * len(examples) / BATCH)
    optimizer = _optimizer(network, course)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda at: min(1.0, (at + 1) / (_WARM * steps)) * max(_LAST, 1 - at / steps)
    )
    network.train()
    for epoch in range(course.epochs):
        total = 0.0
        for rows, ids in _batches(examples, pieces, chance, course.amid):
            with torch.autocast("cpu", torch.bfloat16):
                read = network(ids)
            loss = _loss(read, rows)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item() * len(rows)
        print(f"passage {epoch + 1} sur {course.epochs} : perte {total / len(examples):.3f}", flush=True)
    network.eval()


def drowned(examples: Sequence[Example]) -> list[Example]:
    """Return what teaches that a request silences no cry: some of all, and short cries, to be learned amid others."""
    heard = [each for each in examples if each.cry is not None]
    short = [each for each in heard if each.cry and len(each.text) < _SHORTEST]
    return _some(5, (heard, 9_000), (short, 3_000), (_asked(examples), 2_500))


def ordinary(examples: Sequence[Example], requests: Sequence[Example]) -> list[Example]:
    """Return what teaches that a hard life is no danger: requests kept for the end, and some of all so as to forget none."""
    heard = [each for each in examples if each.cry is not None]
    return [*(each for each in requests if each.cry is False), *_some(6, (heard, 6_000), (_asked(examples), 1_500))]


def beside_twins(examples: Sequence[Example], twins: Sequence[Example]) -> list[Example]:
    """Return what teaches which words make a cry of a harmless sentence: the twins twice, and much of all."""
    heard = [each for each in examples if each.cry is not None]
    about = [each for each in examples if each.topics]
    return [*twins, *twins, *_some(7, (heard, 20_000), (about, 5_000), (_asked(examples), 4_000))]


def all_again(examples: Sequence[Example], fresh: Sequence[Example]) -> list[Example]:
    """Return all there is, and what is fresh twice: after short courses, a passage over all mends what each bent."""
    return [*fresh, *fresh, *examples]


def temper(
    network: Network, pieces: SentencePieceProcessor, examples: Sequence[Example], course: Course, later: float
) -> None:
    """Train a little more, and keep weights between before (0) and after (1).

    Learned whole, drowned cries cost more on plain sentences than they give; between both weights nothing is lost.
    """
    before = {name: weights.clone() for name, weights in network.state_dict().items()}
    learn(network, pieces, examples, course)
    after = network.state_dict()
    network.load_state_dict({name: torch.lerp(before[name], after[name], later) for name in before})


def _asked(examples: Sequence[Example]) -> list[Example]:
    return [each for each in examples if each.cards]


def _some(seed: int, *wanted: tuple[list[Example], int]) -> list[Example]:
    chance = random.Random(seed)
    return [each for rows, most in wanted for each in chance.sample(rows, min(most, len(rows)))]


def padded(rows: Sequence[Sequence[int]]) -> Tensor:
    """Return rows of piece numbers as one array, filled up at the end."""
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[PAD] * (longest - len(row))] for row in rows])


def _optimizer(network: Network, course: Course) -> torch.optim.Optimizer:
    heads = [*network.early.parameters(), *network.late.parameters()]
    own = {id(each) for each in heads}
    body = [each for each in network.parameters() if each.requires_grad and id(each) not in own]
    groups = [{"params": body, "lr": course.rate}, {"params": heads, "lr": course.head_rate}]
    return torch.optim.AdamW(groups, weight_decay=0.01)


def _batches(
    examples: Sequence[Example], pieces: SentencePieceProcessor, chance: random.Random, amid: float
) -> Iterator[tuple[list[Example], Tensor]]:
    told = [*examples, *_amid_others(examples, chance, amid)]
    ids = [numbered(pieces, _as_typed(each, chance))[:MOST_PIECES] for each in told]
    order = list(range(len(told)))
    chance.shuffle(order)
    size = BATCH * _CHUNK
    chunks = [sorted(order[at : at + size], key=lambda each: len(ids[each])) for at in range(0, len(order), size)]
    batches = [chunk[at : at + BATCH] for chunk in chunks for at in range(0, len(chunk), BATCH)]
    chance.shuffle(batches)
    for batch in batches:
        yield [told[at] for at in batch], padded([ids[at] for at in batch])


def _amid_others(examples: Sequence[Example], chance: random.Random, amid: float) -> Iterator[Example]:
    """Yield some sentences before or after a harmless one: a fear told between two questions stays one."""
    others: dict[str, list[str]] = {each.language: [] for each in examples}
    for each in examples:
        if each.cry is False and len(each.text) >= _LEAST:
            others[each.language].append(each.text)
    for each in chance.sample(examples, round(amid * len(examples))):
        if each.cry is None or not others[each.language]:
            continue
        other, between = chance.choice(others[each.language]), chance.choice(_BETWEEN)
        first, last = (each.text, other) if chance.random() < _FIRST else (other, each.text)
        joined = f"{first.rstrip('.') if between[0] in ',.;' else first}{between}{last}"
        if len(joined) <= _MOST:
            yield replace(each, text=joined, topics=())


def _as_typed(example: Example, chance: random.Random) -> str:
    text = example.text
    if example.language in _ACCENTED and chance.random() < _BARE:
        text = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return text.rstrip(".!? ") or text if chance.random() < _UNENDED else text


def _loss(read: tuple[Made, Made], rows: Sequence[Example]) -> Tensor:
    """Return what both readings err, and the last one about cards."""
    early, late = read
    loss = _said(early, rows) + _said(late, rows)
    asked = [at for at, row in enumerate(rows) if row.cards]
    if asked and late.card is not None:
        wanted = torch.zeros(len(asked), late.card.shape[1])
        for place, at in enumerate(asked):
            for card, share in rows[at].cards.items():
                wanted[place, card] = share
        loss = loss + _CARD * len(asked) / len(rows) * F.cross_entropy(late.card[asked].float(), wanted)
    return loss


def _said(made: Made, rows: Sequence[Example]) -> Tensor:
    loss = torch.zeros(())
    told = [at for at, row in enumerate(rows) if row.cry is not None]
    if told:
        wanted = torch.tensor([_SMOOTH + (1 - 2 * _SMOOTH) * bool(rows[at].cry) for at in told])
        loss = loss + F.binary_cross_entropy_with_logits(made.cry[told].float(), wanted)
    named = [at for at, row in enumerate(rows) if row.case is not None]
    if named:
        cases = torch.tensor([rows[at].case for at in named])
        loss = loss + _CASE * F.cross_entropy(made.case[named].float(), cases)
    about = [at for at, row in enumerate(rows) if row.topics]
    if about:
        wanted = torch.tensor([rows[at].topics for at in about])
        loss = loss + _TOPIC * len(about) / len(rows) * F.cross_entropy(made.topic[about].float(), wanted)
    return loss
