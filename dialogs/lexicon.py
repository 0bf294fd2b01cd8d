"""What things are called in one person's language: the labels of choices, the words of trees, the names of
cards.

Built once per language by the service; this module only compares typed text with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from dialogs.model import Question
from dialogs.phrase_patterns import bare
from knowledge.encoder import Encoder

VERY_CLOSE = 88.0
"""Likeness (0 to 100) from which one typed answer is taken for a label, if no other choice comes near."""

NEAR = 72.0
CLEAR_LEAD = 8.0
MOST_CHOICES = 3
_LONGEST_ANSWER = 60  # characters; longer texts are sentences, not labels
_SHORTEST_NEAR = 4
_FEW_WORDS = 4
_DENIALS = frozenset(
    {"pas", "plus", "ne", "n", "non", "jamais", "aucun", "aucune", "sans", "not", "no", "never", "rien"}
)
_OPENINGS = (
    "je suis ", "je vis ", "nous sommes ", "on est ", "c est ", "plutot ", "en ", "a l ", "a la ", "au ",
    "moi ", "je ", "euh ",
    "i am ", "we are ", "it is ", "it s ", "the ",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Names in one language (and in French, which everyone may type), as mappings of ids to words."""

    language: str
    choices: Mapping[tuple[str, str], tuple[str, ...]]
    """(question id, choice id) -> labels and words."""
    trees: Mapping[str, tuple[str, ...]]
    """Tree id -> names and words of its topics."""
    cards: Mapping[str, tuple[str, ...]]
    """Card id -> names, acronyms, aliases."""
    encoder: Encoder | None = None
    """Reads whole sentences, where its libraries are installed."""


def labels_of(lexicon: Lexicon, question: Question) -> dict[str, tuple[str, ...]]:
    """Return choice id -> its labels, only words, folded; French ones included."""
    return _labels(lexicon, question.id, tuple((each.id, (each.text, *each.words)) for each in question.choices))


@lru_cache(maxsize=2_000)
def _labels(
    lexicon: Lexicon, question: str, french: tuple[tuple[str, tuple[str, ...]], ...]
) -> dict[str, tuple[str, ...]]:
    return {
        choice: tuple(dict.fromkeys(bare(each) for each in (*lexicon.choices.get((question, choice), ()), *words)))
        for choice, words in french
    }


@dataclass(frozen=True, slots=True)
class Likely:
    """Choices that a typed answer may name, likeliest first; ``sure``: it names the first and no other."""

    choices: tuple[str, ...]
    sure: bool


def exact_choices(labels: Mapping[str, tuple[str, ...]], said: str) -> Likely | None:
    """Return the choices one of whose labels is the whole text, « je suis » and the like apart."""
    forms = _forms(said)
    exact = tuple(choice for choice, words in labels.items() if forms.intersection(words) - {""})
    return Likely(exact[:MOST_CHOICES], sure=len(exact) == 1) if exact else None


def near_choices(labels: Mapping[str, tuple[str, ...]], said: str) -> Likely | None:
    """Return the choices that a short text names in other words around, or nearly spelled; None for none.

    A label with other numbers, or that denies what the text affirms, is not near.
    """
    if not said or len(said) > _LONGEST_ANSWER:
        return None
    fitting = {
        choice: same
        for choice, words in labels.items()
        if (same := tuple(word for word in words if _same_sense(word, said)))
    }
    return _held(fitting, said) or _near(fitting, said)


def _forms(said: str) -> frozenset[str]:
    return frozenset({said, *(said.removeprefix(opening) for opening in _OPENINGS)})


def _same_sense(label: str, said: str) -> bool:
    in_label, in_text = set(label.split()), set(said.split())
    if (in_label ^ in_text) & _DENIALS:
        return False
    return {each for each in in_label if each.isdecimal()} == {each for each in in_text if each.isdecimal()}


def _held(labels: Mapping[str, tuple[str, ...]], said: str) -> Likely | None:
    """Return the choices one of whose words stands whole in the text; sure when little else stands there."""
    padded = f" {said} "
    held = tuple(
        choice for choice, words in labels.items() if any(len(word) > 2 and f" {word} " in padded for word in words)
    )
    sure = len(held) == 1 and len(said.split()) <= _FEW_WORDS
    return Likely(held[:MOST_CHOICES], sure) if held else None


def _near(labels: Mapping[str, tuple[str, ...]], said: str) -> Likely | None:
    if len(said) < _SHORTEST_NEAR:
        return None
    forms = _forms(said)
    scores = [(max(ratio(form, word) for form in forms for word in words), choice) for choice, words in labels.items()]
    scores.sort(key=lambda each: -each[0])
    best = scores[0][0] if scores else 0.0
    if best < NEAR:
        return None
    lead = best - (scores[1][0] if len(scores) > 1 else 0.0)
    close = tuple(choice for score, choice in scores if score >= max(NEAR, best - 2 * CLEAR_LEAD))
    return Likely(close[:MOST_CHOICES], sure=best >= VERY_CLOSE and lead >= CLEAR_LEAD)
