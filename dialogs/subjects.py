"""Ranks the topics of a sentence by the words of dialogs/sujets/; several problems give several topics.

A sure word counts more than a vague one, a word met by its sound or near spelling less than one spelled right,
a second sign of one topic less than the first. It looks at words only: what is denied is left to the facts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from dialogs.languages import is_small_word, spoken
from dialogs.subject_cues import HAN, Cue, Cues, cues, dotless, singular
from knowledge.danger_text import skeleton, sound
from knowledge.folding import fold, words

_MOST_WORDS = 160
_WIDEST_GAP = 4
_GLUED, _HEARD, _NEAR = 0.95, 0.8, 0.7
"""How much a word counts that was met without its glued article, by its sound, or one letter away."""

_SHORTEST_NEAR, _MOST_REPAIRED = 6, 12
_AGAIN = 0.45
"""What each further sign of a topic counts, as a share of the one before."""

_OF_OTHERS = 0.4
"""How much a cue counts whose language is none of those that the text mixes: « dis » is a tooth in Turkish only."""

_LATIN = frozenset({"fr", "en", "es", "pt", "ro", "tr", "ar-latn"})
_PROCLITICS = "وبلفك"


class Sign(NamedTuple):
    """One cue met: its topic and weight, and the places of its words."""

    topic: str
    weight: float
    places: frozenset[int]


class Topic(NamedTuple):
    """How much a text speaks of a topic, and where it first does."""

    score: float
    first: int


def topics_of(text: str) -> dict[str, Topic]:
    """Return topic -> how much a text speaks of it, best first; {} when no word tells.

    Args:
        text: anything; its first words are read (see ``plain_text.shortened`` for long texts).
    """
    known = cues()
    folded = dotless(fold(text, 4_000))
    said = words(folded)[:_MOST_WORDS]
    mixed = spoken(text).mixed or _LATIN
    signs = _unmasked([*_signs(_places(said, known, mixed), known, mixed), *_pieces(folded, known)])
    by_topic: dict[str, list[Sign]] = defaultdict(list)
    for sign in signs:
        by_topic[sign.topic].append(sign)
    found = {topic: _summed(listed) for topic, listed in by_topic.items()}
    return dict(sorted(found.items(), key=lambda each: (-each[1].score, each[1].first)))


def _places(said: tuple[str, ...], known: Cues, mixed: frozenset[str]) -> dict[str, dict[int, float]]:
    """Return key -> place of the words that are it, and how surely."""
    found: dict[str, dict[int, float]] = defaultdict(dict)
    repaired = 0
    ears = tuple(sorted({"fr", "ar-latn"} & mixed))
    for place, word in enumerate(said):
        keys = _keys(word, ears)
        for key, trust in keys.items():
            if trust > found[key].get(place, 0.0):
                found[key][place] = trust
        if len(word) >= _SHORTEST_NEAR and repaired < _MOST_REPAIRED and known.by_key.keys().isdisjoint(keys):
            repaired += 1
            near = _nearest(word)
            if near:
                found[near][place] = max(_NEAR, found[near].get(place, 0.0))
    return found


@lru_cache(maxsize=20_000)
def _keys(word: str, ears: tuple[str, ...]) -> dict[str, float]:
    """Return the keys that one word of a text meets, with how surely; ``ears``: languages whose sounds count."""
    known = cues()
    found = {singular(word): 1.0, word: 1.0}
    if word.isdecimal():
        found["#"] = 1.0
    for form, trust in _forms(word):
        found.setdefault(singular(form), trust)
        _add_starts(found, form, trust, known)
        for heard in _heard(form, ears) if form.isascii() else ():
            for key in known.heard.get(heard, ()):
                found[key] = max(_HEARD * trust, found.get(key, 0.0))
    return found


def _heard(word: str, ears: tuple[str, ...]) -> Iterable[str]:
    if "fr" in ears and word.isalpha() and not is_small_word(word):
        yield from (f"~{sound(word)}", f"~{sound(singular(word))}")
    if "ar-latn" in ears:
        yield f"^{skeleton(word)}"


def _forms(word: str) -> Iterable[tuple[str, float]]:
    """Yield a word, and what is left of it without a glued article or pronoun: « lecole », « jcherche », « zanfan »."""
    yield word, 1.0
    if is_small_word(word) and word[0] != "j":
        return
    if word.isascii():
        if len(word) > 4 and word[0] in "ldjmnstcz":
            yield word[1:], _GLUED
        if len(word) > 6 and word.startswith("qu"):
            yield word[2:], _GLUED
    elif word[0] in _PROCLITICS and len(word) > 3:
        yield word[1:], _GLUED
        if word[1:3] == "ال":
            yield word[3:], _GLUED


def _add_starts(found: dict[str, float], word: str, trust: float, known: Cues) -> None:
    for end in range(2, min(len(word), 14) + 1):
        start = f"{word[:end]}*"
        if start in known.starts:
            found[start] = max(trust, found.get(start, 0.0))
    if not word.isascii():  # endings say the case, the person, the article: the beginning is the word
        for end in range(3, len(word)):
            found.setdefault(word[:end], trust)


@lru_cache(maxsize=20_000)
def _nearest(word: str) -> str | None:
    if not (word.isascii() and word.isalpha()):
        return None
    near = extractOne(singular(word), cues().known, scorer=OSA.distance, score_cutoff=1)
    return near[0] if near and near[0][0] == word[0] and len(near[0]) >= _SHORTEST_NEAR - 1 else None


def _signs(places: Mapping[str, Mapping[int, float]], known: Cues, mixed: frozenset[str]) -> Iterable[Sign]:
    for key in places:
        for cue in known.by_key.get(key, ()):
            sign = _met(cue, places)
            if sign:
                foreign = cue.language in _LATIN and cue.language not in mixed
                yield sign._replace(weight=sign.weight * _OF_OTHERS) if foreign else sign


def _met(cue: Cue, places: Mapping[str, Mapping[int, float]]) -> Sign | None:
    """Return the sign that a cue gives when all its words stand in the text, close enough to each other."""
    listed = [places.get(key) for key in cue.keys]
    if not all(listed):
        return None
    for start in listed[0] or ():
        used, last = [start], start
        for spots in listed[1:]:
            ahead = [at for at in spots or () if at not in used and (cue.anywhere or 0 < at - last <= _WIDEST_GAP)]
            if not ahead:
                break
            last = min(ahead)
            used.append(last)
        if len(used) == len(listed):
            trust = min((spots or {})[at] for spots, at in zip(listed, used, strict=True))
            return Sign(cue.topic, cue.weight * trust, frozenset(used))
    return None


def _pieces(folded: str, known: Cues) -> Iterable[Sign]:
    if not HAN.search(folded):
        return
    for cue in known.pieces:
        at = [folded.find(key) for key in cue.keys]
        if min(at) >= 0:
            spots = (range(-1 - start - len(key), -1 - start) for start, key in zip(at, cue.keys, strict=True))
            yield Sign(cue.topic, cue.weight, frozenset(spot for each in spots for spot in each))


def _unmasked(signs: list[Sign]) -> list[Sign]:
    """Leave out signs that lie inside a longer turn of phrase that means nothing of the kind."""
    masks = [sign.places for sign in signs if not sign.topic]
    return [sign for sign in signs if sign.topic and not any(sign.places <= mask for mask in masks)]


def _summed(signs: list[Sign]) -> Topic:
    """Return the strength of signs that share no word, each further one counting less."""
    seen: set[int] = set()
    score, share = 0.0, 1.0
    for sign in sorted(signs, key=lambda each: (-each.weight, -len(each.places))):
        if seen.isdisjoint(sign.places):
            score += sign.weight * share
            share *= _AGAIN
        seen |= sign.places
    return Topic(score, min(abs(place) for sign in signs for place in sign.places))
