"""Finds the cards that a text names: by name, alias or acronym. Full-text search over cards is elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from dialogs.lexicon import Lexicon
from dialogs.phrase_patterns import bare
from dialogs.phrases_load import phrases

MOST_CARDS = 5
_LONGEST_NAME = 12  # words
_FIGURE = re.compile(r"\d{1,2}e?")
"""A name that is most often something else: an age, an arrondissement, a class."""

_CALLING = frozenset({"appeler", "appelle", "appelez", "appel", "call", "numero", "samu"})
_SENTENCE = re.compile(r"(?:j|je|on|nous|il|elle|ils|elles|mon|ma|mes|notre|nos|i|we|he|she|they|my|our)(?: \w+){2,}")
"""Words that a card is also found by, « je suis enceinte »: who says them tells a need and asks about no name."""


def cards_named(lexicon: Lexicon, text: str, said: str) -> tuple[str, ...]:
    """Return the cards whose name, alias or acronym is written in a text, at most five.

    Acronyms first, then the longest names; of names alike the first said.

    A name of one common word (« crèche ») counts only in a short text; an acronym anywhere.
    """
    short = len([word for word in said.split() if word not in phrases().lists["vides"]]) <= 3
    shouted = text.upper() == text
    found: dict[str, int] = {}
    names = _card_names(lexicon)
    for name in _runs(said):
        if name not in names:
            continue
        acronym, cards = names[name]
        plain_word = (
            name in phrases().lists["sigles_et_mots"]
            and said != name
            and (shouted or not re.search(rf"\b{name.upper()}\b", text))
        )
        if plain_word or not (acronym or " " in name or short) or (_FIGURE.fullmatch(name) and not _alone(name, said)):
            continue
        for card in cards:
            found[card] = max(found.get(card, 0), len(name) + (100 if acronym else 0))
    return tuple(sorted(found, key=lambda card: -found[card])[:MOST_CARDS])


def _alone(name: str, said: str) -> bool:
    """Tell whether nothing but asking stands beside a name: « le 15 », « c'est quoi le 18 », not « 15 ans »."""
    ignored = phrases().lists["vides"] | phrases().lists["demande"] | _CALLING
    return all(word == name or word in ignored for word in said.split())


def is_a_name(lexicon: Lexicon, said: str) -> bool:
    """Tell whether a text is only the name or acronym of a card, asked about or not: « c'est quoi l'ASF »."""
    return _holds_all(said, (run for run in _named_runs(lexicon, said) if not _SENTENCE.fullmatch(run)))


def is_said_by_names(lexicon: Lexicon, said: str) -> bool:
    """Tell whether cards are found by all that a text says, sentences included: « je suis enceinte »."""
    return _holds_all(said, _named_runs(lexicon, said))


def _named_runs(lexicon: Lexicon, said: str) -> list[str]:
    """Return the acronyms and the names of several words that a text holds."""
    names = _card_names(lexicon)
    return [run for run in _runs(said) if run in names and (names[run][0] or " " in run)]


def _holds_all(said: str, runs: Iterable[str]) -> bool:
    named = {word for run in runs for word in run.split()}
    ignored = phrases().lists["vides"] | phrases().lists["demande"]
    return bool(named) and all(word in named or word in ignored for word in said.split())


def _runs(said: str) -> dict[str, None]:
    """Return every run of words of a text that a name may be, in their order."""
    words = said.split()
    return {
        " ".join(words[start:end]): None
        for start in range(len(words))
        for end in range(start + 1, min(len(words), start + _LONGEST_NAME) + 1)
    }


@lru_cache(maxsize=64)
def _card_names(lexicon: Lexicon) -> dict[str, tuple[bool, tuple[str, ...]]]:
    """Return name -> (it is an acronym, the cards it names)."""
    names: dict[str, tuple[bool, tuple[str, ...]]] = {}
    for card, words in lexicon.cards.items():
        for word in words:
            name = bare(word)
            if len(name) < 2:
                continue
            acronym, cards = names.get(name, (False, ()))
            is_acronym = " " not in name and word.isupper()
            names[name] = (acronym or is_acronym, tuple(dict.fromkeys((*cards, card))))
    return names
