"""Ranks the trees that a sentence is about.

Trees are ordered by evidence: the words of dialogs/sujets/, those of the lexicon (tree titles, topic words in the
person's language), the facts stated and the ages said; and by what the sentence asks as a whole (``subject_sense``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz.fuzz import ratio

from dialogs.lexicon import Lexicon
from dialogs.phrase_patterns import bare
from dialogs.subject_cues import cued_topics
from dialogs.subject_sense import sense
from dialogs.subjects import Topic, topics_of
from dialogs.tree_words import SHORTEST_NEAR, phrases_held, stem, tree_phrases, tree_words

MOST_TREES = 3
_WEAKEST = 0.34
"""A tree with less than this share of the best one's evidence is only likely, not what the text is about."""

_TELLING = 2.4
"""Evidence from which a tree is what a text is about: one of its sure words, if only by its sound."""

_ENOUGH, _EARLY = 4.5, 1.2
"""Evidence beyond which more says nothing; what the first words of a text add to what they are about."""

_SENSE, _SENSELESS = 1.2, -3.0
"""What a log-odd of the sense adds to the order; from where it says no."""

_READ = 0.45
"""What the encoder's log-odds weigh, which lie further apart, beside the sense's."""

_LIKELY, _POSSIBLE = 0.0, -3.0
"""Log-odds from which the sense names a tree of which no word speaks; from which it may be third, after others."""

_PHRASE, _MOST_PHRASES = 1.0, 2
"""What a phrase of the lexicon adds, and how many count."""

_OWN_PHRASE = 3.0
"""The same for a tree that is no topic of dialogs/sujets/ (those of young people): only its own words open it."""

_TOLD = 3.0
_OF_AGE, _OF_OWN_AGE = 1.3, 3.4
"""What an age adds to the topic of that age: said of anybody, and said of oneself."""

_NEAR_WORD = 84.0
_TREES_OF_FACTS: tuple[tuple[str, frozenset[str], str], ...] = (
    ("separation", frozenset({"en_cours", "recente", "ancienne"}), "separation"),
    ("pension", frozenset({"non_fixee", "impayee", "partielle", "versee"}), "separation"),
    ("emploi", frozenset({"demandeur_emploi"}), "garde-insertion"),
    ("autre_parent", frozenset({"incarcere"}), "incarceration"),
    ("deces", frozenset({"enfant", "conjoint", "perinatal"}), "deuil"),
)
_COVERS = {"garde-insertion": frozenset({"insertion", "accueillir-enfant"})}
"""A tree that asks what others would: they are not opened beside it."""

_AGE = re.compile(r"\b(\d{1,2}) ?(ans?|mois|years?|months?|anos|anni|ani|meses|yas\w*|aylik)\b")
_TOPICS_OF_AGES = ((3, "accueillir-enfant"), (11, "accompagner-enfant"), (18, "pre-ado-ado"), (26, "jeune-autonomie"))
_OLDEST_YOUNG = 16  # below, a young person's life is school and parents: « pre-ado-ado »


@dataclass(frozen=True, slots=True)
class Weighed:
    """The evidence for each tree that words, facts and ages speak for, the odds of each by the sentence; its words."""

    evidence: Mapping[str, Topic]
    odds: Mapping[str, float]
    length: int

    def ranked(self) -> dict[str, float]:
        """Return the trees a text may be about with the evidence for each (a plain word is worth 3), most first."""
        return _in_order(self, _LIKELY)

    def likely(self) -> tuple[str, ...]:
        """Return the same trees, then less likely ones where they are one or two; () where nothing speaks of any."""
        ranked = self.ranked()
        return tuple(ranked | (_in_order(self, _POSSIBLE) if 0 < len(ranked) < MOST_TREES else {}))


def weighed(lexicon: Lexicon, text: str, facts: Mapping[str, Any]) -> Weighed:
    """Return what speaks for each tree in a text.

    Args:
        lexicon: the words of the trees; only its trees are returned.
        text: the text as it was typed, not too long.
        facts: the facts it states, in plain form: « mon ex » speaks of a separation.
    """
    said = bare(text)
    words = said.split()
    evidence = _by_words(lexicon, text, words, facts)
    for tree, more in _of_ages(said, facts).items():
        if tree in lexicon.trees:
            known = evidence.get(tree, Topic(0.0, len(words)))
            evidence[tree] = Topic(known.score + more, known.first)
    return Weighed(evidence, _odds(lexicon, text, facts), len(words))


def _in_order(found: Weighed, least: float) -> dict[str, float]:
    """Return the evidence for each tree, and 0 for those of odds over ``least``, most first."""
    evidence, odds, length = found.evidence, found.odds, found.length
    likely = {tree: Topic(0.0, length) for tree, odd in odds.items() if odd > least and tree not in evidence}
    known = {**evidence, **likely}

    def place(tree: str) -> tuple[float, int]:
        asked = max(0.0, odds.get(tree, _SENSELESS) - _SENSELESS)
        return -_with_place(known[tree], length) - _SENSE * asked, known[tree].first

    return {tree: min(_ENOUGH, known[tree].score) for tree in sorted(known, key=place)}


def _by_words(lexicon: Lexicon, text: str, words: list[str], facts: Mapping[str, Any]) -> dict[str, Topic]:
    """Return the evidence for each tree that a word, a phrase or a stated fact speaks for, and where it first does."""
    evidence = {tree: topic for tree, topic in topics_of(text).items() if tree in lexicon.trees}
    stems = {stem(word, lexicon.language): place for place, word in reversed(list(enumerate(words)))}
    by_tree, told_of = phrases_held(lexicon, stems.keys()), _told_of(facts)
    for tree in lexicon.trees:
        held, told = by_tree.get(tree, []), told_of.get(tree, 0)
        if held or told:
            first = min((stems[each] for phrase in held for each in phrase), default=len(stems))
            known = evidence.get(tree, Topic(0.0, first))
            worth = _PHRASE if tree in cued_topics() else _OWN_PHRASE
            score = known.score + worth * min(_MOST_PHRASES, _apart(held)) + _TOLD * told
            evidence[tree] = Topic(score, min(first, known.first))
    return evidence


def _odds(lexicon: Lexicon, text: str, facts: Mapping[str, Any]) -> dict[str, float]:
    """Return tree -> log-odds that it is what the text asks about, of the trees the sense knows.

    A tree that covers others, and that a stated fact speaks for, is asked about where they are.
    """
    odds, told_of = _asked(lexicon, text), _told_of(facts)
    for tree, others in _COVERS.items():
        if odds and tree in told_of:
            odds[tree] = max(odds.get(each, _SENSELESS) for each in (tree, *others))
    return {tree: odd for tree, odd in odds.items() if tree in lexicon.trees}


def _asked(lexicon: Lexicon, text: str) -> dict[str, float]:
    """Return the odds by the sense, and by the encoder where there is one: each errs on other sentences."""
    trained = sense()
    odds = trained.odds(text) if trained else {}
    read = lexicon.encoder.reread(text).topics if lexicon.encoder else {}
    return odds | {topic: odds.get(topic, odd) + _READ * (odd - odds.get(topic, odd)) for topic, odd in read.items()}


def _with_place(topic: Topic, length: int) -> float:
    """Return the evidence for a topic: more and more of it counts no further, being said first counts a little."""
    return min(_ENOUGH, topic.score) + _EARLY * (1 - min(1.0, topic.first / max(1, length)))


def meant(ranked: Mapping[str, float]) -> tuple[str, ...]:
    """Return the trees that a text is plainly about, at most three, of :meth:`Weighed.ranked`; () when none is sure."""
    best = max(ranked.values(), default=0.0)
    sure = [tree for tree, score in ranked.items() if score >= max(_TELLING, best * _WEAKEST)]
    covered = frozenset(other for tree in sure for other in _COVERS.get(tree, ()))
    return tuple(tree for tree in sure if tree not in covered)[:MOST_TREES]


def is_a_subject(lexicon: Lexicon, said: str) -> bool:
    """Tell whether a text, words only, is a word of a tree: « aeeh » is a card and a word of disability."""
    return said in tree_phrases(lexicon)


def topic_of_age(years: int) -> str | None:
    """Return the topic of the lives of children of an age, None for grown-ups."""
    return next((name for end, name in _TOPICS_OF_AGES if years < end), None)


def _of_ages(said: str, facts: Mapping[str, Any]) -> dict[str, float]:
    """Return what the ages said add to the topics of these ages; one's own age counts most."""
    own = facts.get("age_parent")
    if isinstance(own, int):
        if own < _OLDEST_YOUNG:
            return {"pre-ado-ado": _OF_OWN_AGE}
        return {"jeune-autonomie": _OF_OWN_AGE} if own < _TOPICS_OF_AGES[-1][0] else {}
    found: dict[str, float] = {}
    for number, unit in _AGE.findall(said):
        years = int(number) // 12 if unit.startswith(("mo", "me", "ay")) else int(number)
        topic = topic_of_age(years)
        if topic:
            found[topic] = _OF_AGE
    return found


def _apart(held: list[frozenset[str]]) -> int:
    """Return how many of the phrases held share no word: « cherche du travail » and « travail » are one."""
    seen: set[str] = set()
    count = 0
    for phrase in sorted(held, key=lambda each: (-len(each), sorted(each))):
        count += seen.isdisjoint(phrase)
        seen |= phrase
    return count


def _told_of(facts: Mapping[str, Any]) -> Counter[str]:
    """Return tree -> how many stated facts speak for it, only those of which any does."""
    found: Counter[str] = Counter()
    for fact, values, about in _TREES_OF_FACTS:
        told = facts.get(fact)
        if told is not None and values.issuperset(told if isinstance(told, list) else [told]):
            found[about] += 1
    return found


def trees_near(lexicon: Lexicon, said: str) -> tuple[str, ...]:
    """Return the trees that have a word spelled almost like one of the text, nearest first, at most three."""
    words = [word for word in said.split()[:60] if len(word) >= SHORTEST_NEAR]
    scores = {
        tree: max((ratio(word, single) for word in words for single in singles), default=0.0)
        for tree, singles in tree_words(lexicon).items()
    }
    near = sorted((tree for tree, score in scores.items() if score >= _NEAR_WORD), key=lambda tree: -scores[tree])
    return tuple(near[:MOST_TREES])
